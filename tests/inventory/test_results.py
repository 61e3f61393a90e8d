"""Results that are kept, somebody else's table, and what they are compared with."""

import json
from pathlib import Path

import pytest

from xietong.app.inventory_results import (
    keep_table,
    remove_result,
    save_result,
    saved_results,
    saved_totals,
)
from xietong.app.inventory_sides import compare_inventories
from xietong.app.workspace import create_workspace
from xietong.errors import TableError
from xietong.tables.problem import TableProblemsError

HEAD = "地区代码,年份,行业,燃料,数量,单位\n"
OTHER = "地区代码,年份,行业,燃料,物种,排放量,数据来源\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    create_workspace(tmp_path / "w", title="测试")
    settings = tmp_path / "w" / "xietong.toml"
    chosen = '\n[inventory]\nprogramme = "provincial-2011"\n'
    settings.write_text(settings.read_text("utf-8") + chosen, encoding="utf-8")
    rows = "370100,2022,火力发电,柴油,10,吨\n370100,2023,火力发电,柴油,30,吨\n"
    (tmp_path / "w" / "activity" / "fuel_use.csv").write_text(HEAD + rows, encoding="utf-8")
    return tmp_path / "w"


def other(folder: Path, rows: str) -> Path:
    path = folder.parent / "inventory_table.csv"
    path.write_text(OTHER + rows, encoding="utf-8")
    return path


def total(found: dict, side: str) -> float:
    return sum(row[side] for row in found["rows"])


def test_a_kept_result_stays_when_the_activity_changes(folder: Path) -> None:
    made = save_result("before", folder, year=2023)
    (co2,) = [row["value_t"] for row in made["sums"] if row["species"] == "co2_t"]
    rows = "370100,2023,火力发电,柴油,60,吨\n"
    (folder / "activity" / "fuel_use.csv").write_text(HEAD + rows, encoding="utf-8")
    found = compare_inventories("saved=before", "-", folder=folder)
    assert total(found, "left") == pytest.approx(co2)
    assert total(found, "right") == pytest.approx(2 * co2)
    (about,) = saved_results(folder)
    assert about["settings"]["gwp"] == "AR5" and set(about["inputs"]) == {"fuel_use.csv"}
    kept = {
        (row["sector"], row["species"]): row["value_t"] for row in saved_totals(folder, "before")
    }
    assert kept["public_power", "co2_t"] == pytest.approx(co2)


def test_a_side_without_a_year_takes_the_other_sides_year(folder: Path) -> None:
    found = compare_inventories("year=2022", "programme=enterprise-24", folder=folder)
    assert total(found, "right") == pytest.approx(total(found, "left"), rel=0.15)
    years = compare_inventories("year=2022", "year=2023", folder=folder)
    assert total(years, "right") == pytest.approx(3 * total(years, "left"))
    with pytest.raises(TableError, match="2022"):
        compare_inventories("year=2019", "-", folder=folder)


def test_the_table_of_somebody_else(folder: Path) -> None:
    path = other(
        folder, "370100,2023,火力发电,柴油,CO2,50,市级报告\n370100,2023,火力发电,,汞,2,市级报告\n"
    )
    direct = compare_inventories("year=2023", str(path), folder=folder)
    keep_table("city", path, folder)
    kept = compare_inventories("year=2023", "saved=city", folder=folder)
    assert direct["rows"] == kept["rows"] and total(kept, "right") == 50
    mercury = compare_inventories("year=2023", "saved=city", "汞", folder=folder)
    assert total(mercury, "right") == 2000  # kg
    with pytest.raises(TableError, match="so2_t"):
        compare_inventories("-", "saved=city", "so2", folder=folder)


def test_bad_tables_and_names_store_nothing(folder: Path) -> None:
    with pytest.raises(TableProblemsError) as caught:
        keep_table("city", other(folder, "370100,2023,不存在,原煤,CO2,x,市级报告\n"), folder)
    assert len(caught.value.problems) == 2
    for name in ("../x", "", ".hidden", "a/b", "x" * 61):
        with pytest.raises(TableError):
            save_result(name, folder, year=2023)
    assert saved_results(folder) == []
    save_result("once", folder, year=2023)
    with pytest.raises(TableError, match="once"):
        save_result("once", folder, year=2022)
    save_result("once", folder, year=2022, replace=True)
    about = json.loads((folder / "results/inventory/once/about.json").read_text("utf-8"))
    assert about["year"] == 2022
    remove_result(folder, "once")
    with pytest.raises(TableError):
        remove_result(folder, "once")
