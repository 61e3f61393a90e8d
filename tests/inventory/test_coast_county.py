"""The coastal county as a workspace to copy: land stands beside the inventory, never in it."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from xietong.app.inventory import activity_tables, check_inventory, run_inventory
from xietong.app.inventory_files import find_folder, import_file, load, read_settings
from xietong.app.workspace import create_workspace
from xietong.engine import open_engine
from xietong.inventory.land_balance import land_balance
from xietong.inventory.run import run

INVENTED = "示例，非真实数据"
LAND = {
    "co2_land_t", "ch4_land_t", "n2o_land_t", "co2_soil_t", "co2_removed_land_t",
    "co2_removed_blue_t", "co2_disputed_t", "co2_calcification_t", "nmvoc_bio_t",
}  # fmt: skip


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("examples") / "county"
    create_workspace(root, example="coast-county")
    return root


@pytest.fixture(scope="module")
def answer(county: Path) -> dict[str, Any]:
    return run_inventory(county, year=2025)


def balance(root: Path) -> dict[int, dict[str, Any]]:
    engine = open_engine("polars")
    frames = {name: engine.frame(table) for name, table in activity_tables(load(root)).items()}
    table = land_balance(run(frames, engine, read_settings(root)))
    return {row["year"]: row for row in table.iter_rows(named=True)}


def test_the_example_says_that_it_is_invented() -> None:
    folder = find_folder(example=True).parent / "coast-county"
    assert INVENTED in (folder / "xietong.toml").read_text(encoding="utf-8").splitlines()[0]
    for path in (folder / "activity").glob("*.csv"):
        assert pl.read_csv(path)["数据来源"].str.starts_with(INVENTED).all(), path.name


def test_land_is_shown_apart_and_in_no_total(answer: dict[str, Any]) -> None:
    assert {one["species"] for one in answer["memo"]} == LAND
    assert not {one["species"] for one in answer["totals"]} & LAND
    # A county without anything but land, sea and fires has no greenhouse gas of its own.
    assert not [
        one for one in answer["totals"] if one["species"].startswith("co2e_") and one["value_t"]
    ]
    assert all(one["value_t"] >= 0 for one in answer["memo"] if one["species"] != "co2_soil_t")


def test_no_error_of_check_and_one_warning(county: Path) -> None:
    found = check_inventory(county)["findings"]
    assert [one["check"] for one in found if one["severity"] != "note"] == ["fire-carbon-twice"]


def test_the_balance_keeps_removals_apart(county: Path) -> None:
    rows = balance(county)
    assert sorted(rows) == list(range(2020, 2026))
    for row in rows.values():
        net = row["given_off_t"] + row["soils_t"] - row["removed_land_t"] - row["removed_blue_t"]
        assert row["net_t"] == pytest.approx(net)
        assert row["disputed_t"] > 0  # shown, not in the net
        assert row["not_estimated"] == 0
    assert rows[2025]["removed_blue_t"] > rows[2020]["removed_blue_t"]  # the marsh grows
    # 1.6 kha marsh below 18 ppt and nothing of the seagrass, with GWP 28, is part of what is given off
    assert rows[2025]["given_off_t"] > 1600 * 193.7 / 1000 * 28


def test_a_kiln_beside_the_land_keeps_its_total(county: Path, tmp_path: Path) -> None:
    """Direct emissions are the same with and without land; only ``with_land_t`` moves."""
    root = tmp_path / "w"
    create_workspace(root, example="coast-county")
    sheet = tmp_path / "fuel_use.csv"
    sheet.write_text(
        "地区代码,年份,行业,燃料,数量,单位\n370600,2025,工业合计,柴油,1000,吨\n", encoding="utf-8"
    )
    import_file(sheet, root)
    totals = {x["species"]: x["value_t"] for x in run_inventory(root, year=2025)["totals"] if x["sector"] == "industry_total"}  # fmt: skip
    row = balance(root)[2025]
    assert row["without_land_t"] == pytest.approx(totals["co2e_ar5_t"])
    assert row["with_land_t"] == pytest.approx(row["without_land_t"] + row["net_t"])
    assert balance(county)[2025]["net_t"] == pytest.approx(row["net_t"])


def test_check_finds_a_stand_by_both_methods(tmp_path: Path) -> None:
    root = tmp_path / "w"
    create_workspace(root, example="coast-county")
    growth = root / "activity" / "forest_growth.csv"
    text = growth.read_text(encoding="utf-8")
    growth.write_text(text.replace("平原杨树,杨树", "山地林,黑松", 1), encoding="utf-8")
    found = [one["check"] for one in check_inventory(root)["findings"]]
    assert "forest-twice" in found
