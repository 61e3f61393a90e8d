"""The golden case: Shandong 2014 from the official balance, held against CEADs where it is at hand."""

import os
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from xietong.app.inventory import (
    activity_tables,
    check_inventory,
    run_inventory,
)
from xietong.app.inventory_files import find_folder, load, read_settings
from xietong.app.inventory_sides import compare_inventories
from xietong.inventory.checks.balance_closure import balance_closure
from xietong.inventory.checks.finding import Material
from xietong.inventory.compare import details

DATA = Path(os.environ.get("XIETONG_DATA", Path(__file__).parents[3] / "shared" / "data"))
CEADS = DATA / "ceads" / "ceads_shandong_1997_2019_sector_fuel_mtco2.csv"
OFFICIAL = DATA / "energy_balance" / "shandong_energy_balance_2014_mtce.csv"
ITEMS = {
    "raw_coal": "Raw Coal", "cleaned_coal": "Cleaned Coal", "washed_coal": "Other Washed Coal", "briquettes": "Briquettes", "coke": "Coke",
    "coke_oven_gas": "Coke Oven Gas", "crude_oil": "Crude Oil", "gasoline": "Gasoline", "kerosene": "Kerosene", "diesel": "Diesel Oil",
    "fuel_oil": "Fuel Oil", "lpg": "LPG", "refinery_gas": "Refinery Gas", "natural_gas": "Natural Gas", "lng": "Natural Gas",
}  # fmt: skip


def sums(result: dict[str, Any]) -> dict[str, float]:
    return {row["species"]: row["value_t"] for row in result["sums"]}


def test_total_with_and_without_recovered_gases() -> None:
    memo = run_inventory(example=True)
    assert sums(memo)["co2_t"] / 1e6 == pytest.approx(773.26, abs=0.01)
    aside = sum(row["value_t"] for row in memo["memo"] if row["species"] == "co2_recovered_t")
    assert aside / 1e6 == pytest.approx(48.62, abs=0.01)
    counted = run_inventory(example=True, changed={"recovered": "count"})
    assert sums(counted)["co2_t"] == pytest.approx(sums(memo)["co2_t"] + aside)
    assert any(warning["code"] == "recovered-gases" for warning in memo["warnings"])
    assert not any(warning["code"] == "recovered-gases" for warning in counted["warnings"])


def test_one_sum_by_hand() -> None:
    """Raw coal of thermal power: 99.853257 Mtce, 26.18 kg C/GJ, 95 % oxidised."""
    loaded = load(find_folder(example=True))
    table = details(activity_tables(loaded), read_settings(find_folder(example=True)), "co2_t")
    coal = table.filter(sector="public_power", fuel="raw_coal")["value"].item()
    assert coal == pytest.approx(99.853257e6 * 29.3076 * 26.18e-3 * 0.95 * 44 / 12, rel=1e-6)


def test_the_balance_closes_and_a_broken_one_is_found() -> None:
    assert [f for f in check_inventory(example=True)["findings"] if f["severity"] == "error"] == []
    loaded = load(find_folder(example=True))
    assert loaded.balance is not None
    broken = loaded.balance.with_columns(
        energy_gj=pl.when((pl.col("fuel") == "raw_coal") & (pl.col("flow") == "industry"))
        .then(pl.col("energy_gj") * 1.05)
        .otherwise("energy_gj")
    )
    found = balance_closure(Material(None, {}, broken))  # type: ignore[arg-type]
    assert {(one.fuel, one.message.split()[1]) for one in found} == {("raw_coal", "final_total:")}


def test_programmes_compared() -> None:
    result = compare_inventories("-", "programme=enterprise-24", "co2", example=True, by=("fuel",))
    steps = result["waterfall"]
    assert sum(step["value"] for step in steps[:-1]) == pytest.approx(steps[-1]["value"])
    coke = next(row for row in result["rows"] if row["fuel"] == "coke")
    assert coke["right"] / coke["left"] == pytest.approx(0.93 / 0.85 * 29.4 / 29.42, rel=2e-3)


@pytest.mark.skipif(
    not OFFICIAL.is_file(), reason="the official balance is not at hand (XIETONG_DATA)"
)
def test_the_example_is_the_official_balance() -> None:
    official = pl.read_csv(OFFICIAL).filter(~pl.col("fuel").str.starts_with("Total"))
    loaded = load(find_folder(example=True))
    assert loaded.balance is not None
    assert loaded.balance["energy_gj"].sum() / 29.3076e6 == pytest.approx(
        official["value_mtce"].sum(), rel=1e-9
    )


@pytest.mark.skipif(not CEADS.is_file(), reason="CEADs is not at hand (XIETONG_DATA)")
def test_oil_and_gas_agree_with_ceads_and_coal_differs_by_its_factors() -> None:
    folder = find_folder(example=True)
    table = details(activity_tables(load(folder)), read_settings(folder), "co2_t")
    ours = dict.fromkeys(ITEMS.values(), 0.0)
    for fuel, value in table.group_by("fuel").agg(pl.col("value").sum()).iter_rows():
        if fuel in ITEMS:
            ours[ITEMS[fuel]] += value / 1e6
    ceads = dict(
        pl.read_csv(CEADS).filter(year=2014, sector="Total").select("item", "mt_co2").iter_rows()
    )
    assert ceads["Scope 1 Total"] == pytest.approx(819.06, abs=0.01)
    assert ceads["Scope 1 Total"] - ceads["Process"] == pytest.approx(770.96, abs=0.01)
    for name in ("Gasoline", "Kerosene", "Diesel Oil", "Fuel Oil", "Crude Oil"):
        assert ours[name] == pytest.approx(ceads[name], rel=0.01), name
    assert ours["Natural Gas"] == pytest.approx(ceads["Natural Gas"], rel=0.025)
    assert ours["Raw Coal"] / ceads["Raw Coal"] == pytest.approx(1.07, abs=0.005)
    assert sum(table["value"].drop_nulls()) / 1e6 == pytest.approx(770.96, rel=0.005)
