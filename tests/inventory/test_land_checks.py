"""Land counted twice, areas that do not close and forests that cannot be are found, and only then."""

from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest

from xietong.inventory.checks.finding import Material
from xietong.inventory.checks.forest_values import forest_values
from xietong.inventory.checks.land_areas import land_areas
from xietong.inventory.checks.land_twice import land_twice

WHERE = {"region": "370600", "year": 2024, "facility": "a"}
STOCK = {
    **WHERE, "stand": "oak", "stock_level": "unknown", "area_ha": 10.0, "carbon_share": None,
    "volume_before_m3_per_ha": 40.0, "volume_after_m3_per_ha": 50.0, "between_years": 5.0,
}  # fmt: skip
FLOW = {**WHERE, "stand": "oak"}


def material(prepared: dict[str, Any] | None = None, **tables: Any) -> Material:
    activity = {
        name: pl.DataFrame(rows if isinstance(rows, list) else [rows])
        for name, rows in tables.items()
    }
    if "forest_stock" in activity:
        activity["forest_stock"] = activity["forest_stock"].with_columns(
            pl.col("carbon_share").cast(pl.Float64)
        )
    return Material(SimpleNamespace(prepared=prepared or {}), activity)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("flow", "named"),
    [
        ({}, ["forest-twice"]),
        ({"facility": ""}, ["forest-twice"]),
        ({"facility": "b"}, []),
        ({"year": 2023}, []),
        ({"stand": "poplar"}, []),
        ({"region": "370700"}, []),
    ],
)
@pytest.mark.parametrize("sheet", ["forest_growth", "wood_loss"])
def test_a_stand_by_both_methods(sheet: str, flow: dict[str, Any], named: list[str]) -> None:
    found = land_twice(material(forest_stock=STOCK, **{sheet: {**FLOW, **flow}}))
    assert [one.check for one in found] == named


def test_a_forest_fire_beside_a_stock_difference_is_said_once() -> None:
    fires = [{**WHERE, "year": year, "vegetation": "forest"} for year in (2023, 2024)]
    stock = [{**STOCK, "year": year} for year in (2023, 2024)]
    found = land_twice(material(forest_stock=stock, vegetation_fires=fires))
    assert [(one.check, one.severity) for one in found] == [("fire-carbon-twice", "warning")]
    assert "2023～2024" in found[0].message
    grass = {**WHERE, "vegetation": "grassland"}
    assert not land_twice(material(forest_stock=STOCK, vegetation_fires=grass))


def areas(**by_year: dict[str, float]) -> list[dict[str, Any]]:
    return [
        {"region": "370600", "year": int(year[1:]), "use": use, "area_ha": value}
        for year, uses in by_year.items()
        for use, value in uses.items()
    ]


def moved(area: float) -> list[dict[str, Any]]:
    return [{**WHERE, "from_use": "cropland", "to_use": "settlement", "area_ha": area}]


FIRST = {"cropland": 900.0, "settlement": 100.0}


@pytest.mark.parametrize(
    ("second", "area", "named"),
    [
        ({"cropland": 880.0, "settlement": 120.0}, 20.0, set()),
        ({"cropland": 880.0, "settlement": 120.0}, 5.0, {"land-matrix-open"}),
        ({"cropland": 880.0, "settlement": 140.0}, 20.0, {"land-matrix-open", "territory-changed"}),
    ],
)
def test_areas_close_with_conversions(
    second: dict[str, float], area: float, named: set[str]
) -> None:
    table = areas(y2023=FIRST, y2024=second)
    found = land_areas(material(land_areas=table, land_conversion=moved(area)))
    assert {one.check for one in found} == named
    assert all(one.severity == "error" for one in found)


def test_years_apart_are_not_held_against_one_years_conversions() -> None:
    table = areas(y2020=FIRST, y2024={"cropland": 800.0, "settlement": 200.0})
    assert not land_areas(material(land_areas=table, land_conversion=moved(20.0)))


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [(10.0, 10.0, []), (10.0, 9.0, ["soil-pair-open"]), (0.0, 10.0, ["soil-pair-open"])],
)
def test_a_change_of_soil_has_two_sides(before: float, after: float, named: list[str]) -> None:
    rows = [
        {**WHERE, "climate": "warm_dry", "soil": "hac", "direction": side, "area_ha": area}
        for side, area in (("before", before), ("after", after))
        if area
    ]
    assert [one.check for one in land_areas(material(soil_carbon=rows))] == named


@pytest.mark.parametrize(
    ("share", "named"),
    [(None, []), (0.4, []), (0.47, []), (0.55, []), (0.39, ["carbon-share-range"]), (0.6, ["carbon-share-range"])],
)  # fmt: skip
def test_carbon_share_of_a_row_and_of_own_factors(share: float | None, named: list[str]) -> None:
    found = forest_values(material(forest_stock={**STOCK, "carbon_share": share}))
    assert [one.check for one in found] == named
    rows = pl.DataFrame({"row": ["factors/trees.csv:2"], "parameter": ["carbon_share"], "value": [share]},
                        schema_overrides={"value": pl.Float64})  # fmt: skip
    prepared = {"forest_stock": SimpleNamespace(rows={"land/trees": rows})}
    assert [one.check for one in forest_values(material(prepared, forest_stock=STOCK))] == named


def test_growth_that_no_plantation_has() -> None:
    fast = {**STOCK, "volume_after_m3_per_ha": 200.0}
    assert [one.check for one in forest_values(material(forest_stock=fast))] == [
        "forest-growth-fast"
    ]


def surveys(*pairs: tuple[int, float, float]) -> list[dict[str, Any]]:
    return [
        {**STOCK, "year": year, "volume_before_m3_per_ha": before, "volume_after_m3_per_ha": after}
        for year, before, after in pairs
    ]


@pytest.mark.parametrize(
    ("pairs", "named"),
    [
        ([(y, 40, 50) for y in range(2016, 2021)] + [(2021, 50, 58)], []),
        ([(y, 40, 50) for y in range(2016, 2022)], ["forest-change-repeated"]),
        ([(2020, 40, 50), (2021, 52, 58)], ["forest-survey-gap"]),
    ],
)
def test_surveys_follow_one_another(
    pairs: list[tuple[int, float, float]], named: list[str]
) -> None:
    assert [one.check for one in forest_values(material(forest_stock=surveys(*pairs)))] == named
