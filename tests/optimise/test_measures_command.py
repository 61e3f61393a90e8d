"""The Shandong inventory of 2014 with the shipped catalogue: cuts in per cent, met at least cost."""

import pytest

from xietong.app.optimise_measures import optimise_measures
from xietong.errors import InputError


def test_cuts_of_the_base_year_are_met_and_said():
    found = optimise_measures({"co2e": 3, "nox": 5}, example=True)
    assert found["status"] == "optimal" and found["took_part"] >= 20
    cut = {one["target"]: one for one in found["shadow_prices"]}
    assert len(cut) == 2
    shares = {}
    for one in found["choices"]:
        shares[one["source"]] = shares.get(one["source"], 0) + one["share"]
    assert all(share <= 1 + 1e-6 for share in shares.values())
    # its effect on both targets is unknown, so its savings are not taken
    assert "kiln-coal-to-biomass" not in {one["option"] for one in found["choices"]}
    stricter = optimise_measures({"co2e": 4, "nox": 5}, example=True)
    assert stricter["cost"] >= found["cost"] - 1
    base = found["baseline"]
    assert 0 < found["touched"]["co2e_t"] <= base["co2e_t"]


def test_out_of_reach_is_explained_and_wrong_input_refused():
    found = optimise_measures({"co2e": 90}, example=True)
    assert found["status"] == "infeasible" and found["conflicts"]
    for wrong in ({"co2e": 0}, {"co2e": 120}, {"nothing": 5}, {}):
        with pytest.raises(InputError):
            optimise_measures(wrong, example=True)
    with pytest.raises(InputError):
        optimise_measures({"co2e": 3}, example=True, year=1999)
    with pytest.raises(InputError):
        optimise_measures({"co2e": 3}, example=True, region="110000")
