"""Carbon of land closes: two methods agree, constants cancel, what does not change gives nothing."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xietong.inventory.factors import run
from xietong.inventory.prepare import prepare
from xietong.inventory.settings import Settings
from xietong.methods import find_method
from xietong.methods.worked import examples
from xietong.params import read_long

HERE = Path(__file__).parent
KEYS = {
    "region": "370600",
    "year": 2024,
    "sector": "forest_land",
    "facility": "",
    "stand": "poplar",
}
SHARES, VOLUMES = st.floats(0.05, 0.95), st.floats(1, 400)


def answer(name: str, row: dict[str, Any], chosen: dict[str, str] | None = None) -> dict[str, Any]:
    """A method on one row with the shipped values."""
    method, rows = find_method(name), pl.DataFrame([row])
    given_ = run(method, rows, prepare(method, rows, Settings(chosen=chosen or {})))
    return given_.row(0, named=True)


@settings(max_examples=60, deadline=None)
@given(
    area=st.floats(1, 1e5), before=VOLUMES, growth=st.floats(0.1, 20), cut=st.floats(0, 40),
    density=SHARES, bef=st.floats(1, 3), roots=st.floats(0, 1), carbon=st.floats(0.4, 0.55),
)  # fmt: skip
def test_gains_less_losses_are_the_change_of_stock(
    area: float, before: float, growth: float, cut: float,
    density: float, bef: float, roots: float, carbon: float,
) -> None:  # fmt: skip
    """Growth − cut = what the second survey finds more or less, whichever sign it has."""
    cut = min(cut, before + growth)
    tree = {
        "wood_density_t_per_m3": density, "expansion_factor": bef, "root_shoot_ratio": roots,
        "carbon_share": carbon, "stock_level": "unknown",
    }  # fmt: skip
    stock = answer("forest_stock", {
        **KEYS, **tree, "area_ha": area, "volume_before_m3_per_ha": before,
        "volume_after_m3_per_ha": before + growth - cut, "between_years": 1.0,
    })  # fmt: skip
    gain = answer("forest_growth", {**KEYS, **tree, "area_ha": area, "growth_m3_per_ha": growth,
                                    "stock_1e4m3": None, "growth_share": None})  # fmt: skip
    loss = answer("wood_loss", {**KEYS, **tree, "loss": "harvest", "lost_1e4m3": area * cut / 1e4})
    net = gain["co2_removed_land_t"] - loss["co2_land_t"]
    assert stock["co2_removed_land_t"] - stock["co2_land_t"] == pytest.approx(
        net, rel=1e-6, abs=1e-6 * gain["co2_removed_land_t"] + 1e-9
    )
    assert min(stock["co2_removed_land_t"], stock["co2_land_t"]) == pytest.approx(0, abs=1e-6)
    assert stock["co2_removed_land_t"] >= 0 and stock["co2_land_t"] >= 0


def test_area_by_growth_and_stock_by_rate_are_one_thing() -> None:
    tree = {"stock_level": "unknown"}
    by_area = answer("forest_growth", {**KEYS, **tree, "area_ha": 100.0, "growth_m3_per_ha": 6.0,
                                       "stock_1e4m3": None, "growth_share": None})  # fmt: skip
    by_stock = answer("forest_growth", {**KEYS, **tree, "area_ha": None, "growth_m3_per_ha": None,
                                        "stock_1e4m3": 1.0, "growth_share": 0.06})  # fmt: skip
    assert by_area["co2_removed_land_t"] == pytest.approx(by_stock["co2_removed_land_t"])


@given(constant=st.floats(-10, 100))
@settings(max_examples=20, deadline=None)
def test_the_constant_of_the_regression_cancels_in_the_change(constant: float) -> None:
    case = examples(find_method("forest_stock"), HERE / "forest_stock.toml")[1]
    trees = case.params["trees"].with_columns(intercept_t_per_ha=pl.lit(constant))
    row = case.run(find_method("forest_stock"), trees=trees).row(0, named=True)
    assert row["co2_land_t"] == pytest.approx(case.expect["co2_land_t"], rel=1e-9)


def test_one_programme_answers_all_of_a_stand() -> None:
    """The regression has no factor for black pine: nothing of another family steps in."""
    row = {**KEYS, "stand": "black_pine", "stock_level": "40_100", "area_ha": 100.0,
           "volume_before_m3_per_ha": 40.0, "volume_after_m3_per_ha": 50.0, "between_years": 5.0}  # fmt: skip
    by = {
        p: answer("forest_stock", row, {"land/trees": p})
        for p in ("expansion-china", "regression-fang")
    }
    assert by["expansion-china"]["co2_removed_land_t"] > 0
    assert by["regression-fang"]["co2_removed_land_t"] is None
    assert by["regression-fang"]["wood_density_t_per_m3"] is None


def test_two_families_of_burial_differ_and_are_never_mixed() -> None:
    row = {"region": "370500", "year": 2024, "sector": "wetlands", "facility": "", "habitat": "salt_marsh",
           "salinity": "saline", "area_ha": 1000.0}  # fmt: skip
    made = {p: answer("coastal_wetlands", row, {"land/coast": p})["co2_removed_blue_t"]
            for p in ("ipcc-2013", "literature")}  # fmt: skip
    assert made["ipcc-2013"] == pytest.approx(910 * 44 / 12)
    assert made["literature"] == pytest.approx(2447 * 44 / 12)


def soil(direction: str, **changed: Any) -> dict[str, Any]:
    return answer("soil_carbon", {
        "region": "370600", "year": 2024, "sector": "soils", "facility": "", "direction": direction,
        "climate": "warm_dry", "soil": "hac", "use": "annual", "tillage": "full", "input": "low",
        "area_ha": 1000.0, **changed,
    })  # fmt: skip


def test_a_soil_that_does_not_change_gives_nothing_and_a_richer_one_takes_up() -> None:
    same = soil("before")["co2_soil_t"] + soil("after")["co2_soil_t"]
    assert same == pytest.approx(0, abs=1e-9)
    richer = (
        soil("before")["co2_soil_t"]
        + soil("after", tillage="no_till", input="medium")["co2_soil_t"]
    )
    # 1000 ha x 38 x 0.76 x (0.95 - 1.04) / 20 x 44/12
    assert richer == pytest.approx(1000 * 38 * 0.76 * (0.95 - 1.04) / 20 * 44 / 12)


def test_shares_of_flesh_and_shell_are_the_whole_animal() -> None:
    long = read_long("land/mariculture").filter(
        pl.col("parameter").is_in(["soft_share", "shell_share"])
    )
    sums = long.group_by("culture").agg(pl.col("value").sum())
    assert sums.height == 10 and sums["value"].to_list() == pytest.approx([1.0] * 10, abs=0.002)


def test_warmer_and_brighter_months_give_off_more_up_to_the_optimum() -> None:
    def made(temperature: float, light: float) -> float:
        row = {"region": "370600", "year": 2024, "month": 7.0, "sector": "natural_vegetation",
               "facility": "", "plant": "poplar", "area_ha": 100.0, "temperature_c": temperature,
               "light_umol_per_m2_s": light, "daylight_hours": 400.0, "hours": 744.0,
               "leaf_g_per_m2": 300.0, "other_voc_ug_per_g_h": 0.5}  # fmt: skip
        value: float = answer("vegetation_voc", row)["nmvoc_bio_t"]
        return value

    assert made(15, 800) < made(25, 800) < made(35, 800) > made(50, 800)
    assert made(25, 0) < made(25, 400) < made(25, 1200)
    assert made(25, 0) > 0  # monoterpenes need no light
