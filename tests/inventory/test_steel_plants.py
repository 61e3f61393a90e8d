"""Steelworks as points: capacity times one stated ratio adds up to the province, places go along."""

import csv
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from xietong.app.inventory import check_inventory, explain_inventory, opened, run_inventory
from xietong.app.inventory_files import TableProblemsError, import_file
from xietong.app.workspace import create_workspace
from xietong.engine import open_engine
from xietong.inventory.factors import run
from xietong.inventory.prepare import factor_keys
from xietong.inventory.run import run as run_methods
from xietong.methods import find_method
from xietong.tables import schema

EXAMPLES = files("xietong") / "examples"
STATISTICS = {"pig_iron": "生铁", "crude_steel": "粗钢"}


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((EXAMPLES / name).read_text(encoding="utf-8").splitlines()))


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("steel") / "w"
    create_workspace(root, example="steel-plants")
    return root


@pytest.fixture(scope="module")
def table(workspace: Path) -> Any:
    """The emissions table: the sheet's rows with what the method made of them."""
    _, settings, loaded = opened(workspace)
    sheet, engine = loaded.tables["industrial_output"], open_engine()
    inventory = run_methods({"industrial_output": engine.frame(sheet)}, engine, settings)
    return run(find_method("product_output"), sheet, inventory.prepared["product_output"])


def test_plants_add_up_to_the_province(table: Any) -> None:
    series = {
        (one["产品"], one["年份"]): float(one["数值"])
        for one in rows("shandong-industry/series.csv")
    }
    for product, name in STATISTICS.items():
        made = table.filter(product=product)["made_t"].sum()
        assert made == pytest.approx(series[name, "2024"] * 1e4, rel=1e-8)
    routes = table.filter(product="steel_route")["made_t"].sum()
    assert routes == pytest.approx(table.filter(product="crude_steel")["made_t"].sum())


def test_emissions_of_plants_add_up_to_the_totals(table: Any, workspace: Path) -> None:
    sums = {one["species"]: one["value_t"] for one in run_inventory(workspace)["sums"]}
    for species in ("co2_t", "tsp_t", "nox_t"):
        assert table[species].sum() == pytest.approx(sums[species])
    iron = table.filter(product="pig_iron")["tsp_t"].sum()
    assert iron == pytest.approx(72.6279e6 * 0.05e-3)  # as for the province in one row


def test_places_go_along(table: Any, workspace: Path) -> None:
    plants = {
        one["名称"]: (float(one["经度"]), float(one["纬度"]))
        for one in rows("steel-plants/plants.csv")
    }
    assert len(plants) == 25
    for facility, east, north in table.select("facility", "longitude", "latitude").rows():
        assert plants[facility] == (east, north)
    row = explain_inventory(["日照", "co2"], workspace)["rows"][0]["activity"]
    assert (row["longitude"], row["latitude"]) == (119.366672, 35.16535)


def test_a_place_is_no_key_of_a_factor(table: Any) -> None:
    """One factor for all blast furnaces, wherever they stand: keys stay few in a large table."""
    numbers = list(schema("industrial_output").numbers)
    keys = factor_keys(find_method("product_output"), table.columns, numbers)
    assert "utilisation_ratio" in keys
    assert not {"longitude", "latitude"} & set(keys)


@pytest.mark.parametrize(
    ("east", "north", "code"), [("35.2", "119.4", "too-small"), ("119.4", "95", "absurd")]
)
def test_places_outside_the_range_are_refused(
    tmp_path: Path, east: str, north: str, code: str
) -> None:
    create_workspace(tmp_path / "w")
    sheet = tmp_path / "industrial_output.csv"
    sheet.write_text(
        f"地区代码,年份,产品,产量,单位,经度,纬度\n371100,2024,石灰,1,万吨,{east},{north}\n",
        encoding="utf-8",
    )
    with pytest.raises(TableProblemsError) as error:
        import_file(sheet, tmp_path / "w")
    assert code in {one.code for one in error.value.problems}


def test_nothing_is_counted_twice(workspace: Path) -> None:
    assert [
        one for one in check_inventory(workspace)["findings"] if one["severity"] == "error"
    ] == []
