"""Many indivisible options: the quick way gives what HiGHS gives, within the gap."""

import numpy as np
import polars as pl
import pytest

from xietong.optimise import many_whole
from xietong.optimise.model import build
from xietong.optimise.read import problem_of
from xietong.optimise.run import run
from xietong.optimise.solve import solve

GAP = 1e-3


def drawn(sources: int, whole: str = "yes", **content):
    draw = np.random.default_rng(4)
    rows = [(f"s{i}", f"o{j}") for i in range(sources) for j in range(3)]
    nox, co2 = draw.uniform(1, 50, len(rows)), draw.uniform(-5, 90, len(rows))
    cost = draw.lognormal(0, 0.5, len(rows)) * (nox * 10 + np.maximum(co2, 0))
    table = pl.DataFrame(
        {
            "source": [one for one, _ in rows],
            "option": [one for _, one in rows],
            "cost_cny_per_year": cost.astype(str),
            "nox_t": nox.astype(str),
            "co2_t": co2.astype(str),
            "indivisible": [whole] * len(rows),
        }
    )
    names = [f"s{i}" for i in range(sources)]
    places = pl.DataFrame(
        {"source": names, "region": [f"r{i % 2}" for i in range(sources)], "sector": "x"}
    )
    target = [
        {"id": "n", "what": "NOx", "reduce": 12.0 * sources},
        {"id": "c", "what": "CO2e", "reduce": 10.0 * sources, "region": "r1"},
    ]
    said = {"name": "m", "years": [2030], "gap": GAP, "target": target} | content
    return problem_of(said, {"sources": places, "options": table})


def test_the_quick_way_agrees_with_branch_and_bound() -> None:
    problem = drawn(250)
    assert many_whole.fits(problem)
    told = run(problem)
    model = build(problem)
    other = solve(model, GAP)
    assert told["solver"] == "shares"
    assert told["bound"] <= other.objective * (1 + 1e-9)
    assert other.bound <= told["objective"] * (1 + 1e-9)
    assert told["objective"] == pytest.approx(other.objective, rel=2 * GAP)
    assert told["cost"] == pytest.approx(told["objective"])
    assert told["totals"]["nox_t"]["reduced"] >= 12.0 * 250 * (1 - 1e-6)
    east = sum(one["reduced"]["co2e_t"] for one in told["choices"] if one["region"] == "r1")
    assert east >= 10.0 * 250 * (1 - 1e-6)
    assert {one["share"] for one in told["choices"]} == {1.0}
    assert any("松弛" in one["zh"] for one in told["words"])


def test_other_shapes_go_the_general_way() -> None:
    assert not many_whole.fits(drawn(20))
    assert not many_whole.fits(drawn(250, whole="no"))
    assert not many_whole.fits(drawn(250, budget=[{"limit": 1e9}]))
    assert not many_whole.fits(drawn(250, goal="greatest-benefit", prices={"NOx": 1}))


def test_many_that_cannot_is_explained() -> None:
    told = run(drawn(250, target=[{"id": "n", "what": "NOx", "reduce": 1e6}]))
    assert told["status"] == "infeasible"
    assert told["conflicts"][0]["target"] == "n"
