"""Shandong's industry 1993-2024: the example holds the series, nothing is filled in, the chart is of it."""

import csv
import importlib.util
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from xietong.app.inventory import check_inventory, run_inventory
from xietong.app.workspace import create_workspace

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = files("xietong") / "examples" / "shandong-industry"
SHEET_OF = {"水泥": "水泥（不是熟料）", "钢材": "钢材轧制", "十种有色金属": "十种有色金属（合计）"}


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((EXAMPLE / name).read_text(encoding="utf-8").splitlines()))


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("industry") / "w"
    create_workspace(root, example="shandong-industry")
    return root


@pytest.fixture(scope="module")
def result(workspace: Path) -> dict[str, Any]:
    return run_inventory(workspace)


def value(result: dict[str, Any], year: int, sector: str, species: str) -> float:
    key = (year, sector, species)
    found = [x for x in result["totals"] if (x["year"], x["sector"], x["species"]) == key]
    assert len(found) == 1
    return float(found[0]["value_t"])


def test_the_sheet_is_the_series() -> None:
    sheet = {(one["产品"], one["年份"]): one for one in rows("activity/industrial_output.csv")}
    series = [one for one in rows("series.csv") if one["产品"] != "火力发电量"]
    assert len(series) == len(sheet)
    for one in series:
        row = sheet[SHEET_OF.get(one["产品"], one["产品"]), one["年份"]]
        assert (row["产量"], row["单位"]) == (one["数值"], one["计量单位"])
        assert one["数据来源"].startswith("National Bureau of Statistics of China")


def test_weighted_cases_are_read(result: dict[str, Any]) -> None:
    glass_t = 89_996_922.5 * 0.05  # weighted cases of 50 kg
    assert value(result, 2024, "mineral_processes", "nox_t") == pytest.approx(glass_t * 2.93e-3)


def test_what_cannot_be_computed_is_not(result: dict[str, Any]) -> None:
    """Cement of 1993 alone, ten metals, steel without a process: not estimated, never 0."""
    first = [one for one in result["totals"] if one["year"] == 1993]
    assert {one["value_t"] for one in first} == {None}
    metals = [one for one in result["totals"] if one["sector"] == "nonferrous_processes"]
    assert {one["value_t"] for one in metals} == {None}
    iron_only = value(result, 2024, "steel_processes", "tsp_t")
    assert iron_only == pytest.approx(72.6279e6 * 0.05e-3)


def test_breaks_are_told(workspace: Path) -> None:
    found = check_inventory(workspace)["findings"]
    assert not [one for one in found if one["severity"] == "error"]
    assert "2003→2004: +62%" in {one["message"] for one in found if one["check"] == "jump"}


def test_the_chart_is_drawn_from_the_command(result: dict[str, Any]) -> None:
    spec = importlib.util.spec_from_file_location("series", ROOT / "docs/industry_series.py")
    assert spec and spec.loader
    chart = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(chart)
    assert chart.draw(result) == chart.IMAGE.read_text(encoding="utf-8")
