"""Bands of conditions leave no gap and do not overlap; the corrections of a road factor use them."""

import math

import narwhals as nw
import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from xietong.methods.formulas.condition_bands import Band, bands, by_band

CONDITIONS = ("speed", "temperature", "warmth", "humidity", "altitude", "sulfur", "load", "day")
EDGES = {
    name: sorted(
        {edge for band in bands(name) for edge in (band.low, band.high) if edge is not None}
    )
    for name in CONDITIONS
}


def inside(band: Band, value: float) -> bool:
    rows = nw.from_native(pl.DataFrame({"v": [value]}))
    return bool(rows.select(held=band.holds(nw.col("v")))["held"][0])


def named(condition: str, values: list[float | None]) -> list[str]:
    rows = nw.from_native(pl.DataFrame({"v": values}, schema={"v": pl.Float64}))
    band = by_band(condition, nw.col("v"), nw.lit, nw.lit("blank"))
    return rows.select(band=band)["band"].to_list()


@pytest.mark.parametrize("condition", CONDITIONS)
def test_every_edge_and_its_neighbours_are_in_one_band(condition: str) -> None:
    for edge in EDGES[condition]:
        for value in (math.nextafter(edge, -math.inf), edge, math.nextafter(edge, math.inf)):
            assert sum(inside(band, value) for band in bands(condition)) == 1, (condition, value)


@given(st.sampled_from(CONDITIONS), st.floats(-1e4, 1e4))
@example("speed", 80.0)
@example("speed", 30.0)
def test_every_number_is_in_one_band(condition: str, value: float) -> None:
    assert sum(inside(band, value) for band in bands(condition)) == 1
    assert named(condition, [value]) != ["blank"]


def test_known_values() -> None:
    assert named("speed", [19.9, 20, 30, 30.1, 40, 79.9, 80, 120, None]) == [
        "below_20", "20_30", "base", "30_40", "40_80", "40_80", "from_80", "from_80", "blank",
    ]  # fmt: skip
    assert named("temperature", [9.9, 10, 25, 25.1]) == ["cold", "base", "base", "hot"]
    assert named("sulfur", [10, 50, 350, 500, 501]) == ["10", "50", "350", "500", "above_500"]
    assert named("load", [0, 0.5, 0.6, 0.75, 1]) == ["empty", "base", "60", "75", "100"]
