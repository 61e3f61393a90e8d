"""Tapio: eight states, borders, guards."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.cocontrol.tapio import FLAT, tapio, tapio_states
from xietong.errors import TableError


def one(dc: float, dg: float) -> dict[str, object]:
    table = pl.DataFrame(
        {"entity": ["a"] * 2, "year": [1, 2], "co2": [100.0, 100 + dc], "gdp": [100.0, 100 + dg]}
    )
    return tapio(table, "co2", "gdp", prices="constant").table.row(0, named=True)


@pytest.mark.parametrize(
    ("dc", "dg", "state"),
    [
        (5, 10, "WD"),
        (10, 10, "EC"),
        (20, 10, "END"),
        (-5, 10, "SD"),
        (5, -10, "SND"),
        (-5, -10, "WND"),
        (-10, -10, "RC"),
        (-20, -10, "RD"),
        (8, 10, "EC"),
        (12, 10, "EC"),
        (-8, -10, "RC"),
        (-12, -10, "RC"),
        (0, 10, FLAT),
        (0, -10, FLAT),
    ],
)
def test_states_and_their_borders(dc: float, dg: float, state: str) -> None:
    row = one(dc, dg)
    assert row["state"] == state
    assert row["elasticity"] == pytest.approx(dc / dg)


CHANGE = st.floats(-50, 100).filter(lambda v: v == 0 or abs(v) > 1e-6)


@given(CHANGE, CHANGE)
def test_every_change_has_exactly_one_state(dc: float, dg: float) -> None:
    row = one(dc, dg)
    if row["driver_change_share"] == 0:
        assert row["state"] is None and row["elasticity"] is None
        return
    names = set(tapio_states()["code"])
    assert row["state"] in names | {FLAT}
    assert row["state_zh"] and row["state_en"]


def test_tiny_growth_is_flagged_and_none_has_no_elasticity() -> None:
    assert one(5, 0.1)["unstable"] is True
    assert one(5, 0)["elasticity"] is None
    table = pl.DataFrame({"year": [1, 2], "co2": [100.0, 105.0], "gdp": [100.0, 100.1]})
    result = tapio(table, "co2", "gdp", prices="constant")
    assert any("分母极小" in warning for warning in result.warnings)


def test_warns_of_current_prices_and_of_an_index_in_place_of_a_level() -> None:
    table = pl.DataFrame({"year": [1, 2, 3], "co2": [1.0, 2.0, 3.0], "gdp": [108.0, 107.0, 106.0]})
    said = " ".join(tapio(table, "co2", "gdp", prices="current").warnings)
    assert "不变价" in said and "上年=100" in said
    constant = pl.DataFrame({"year": [1, 2], "co2": [1.0, 2.0], "gdp": [1000.0, 1100.0]})
    assert not tapio(constant, "co2", "gdp", prices="constant").warnings


def test_growth_rates_are_refused_as_levels() -> None:
    table = pl.DataFrame({"year": [1, 2], "co2": [0.05, -0.02], "gdp": [0.08, 0.07]})
    with pytest.raises(TableError, match="levels, not growth rates"):
        tapio(table, "co2", "gdp")


def test_chain_fixed_and_periods() -> None:
    table = pl.DataFrame(
        {
            "entity": ["a"] * 3 + ["b"] * 3,
            "year": [2000, 2001, 2002] * 2,
            "co2": [10.0, 11.0, 12.0, 5.0, 4.0, None],
            "gdp": [10.0, 12.0, 15.0, 5.0, 6.0, 7.0],
        }
    )
    chain = tapio(table, "co2", "gdp").table
    assert chain.select("from_year", "to_year").rows() == [(2000, 2001), (2001, 2002)] * 2
    fixed = tapio(table, "co2", "gdp", mode="fixed").table
    assert fixed["elasticity"].to_list()[:2] == pytest.approx([0.5, 0.4])
    periods = tapio(table, "co2", "gdp", mode="periods", periods=[(2000, 2002)]).table
    assert periods["state"].to_list() == ["WD", None]


def test_a_period_beyond_the_table_is_named() -> None:
    table = pl.DataFrame(
        {"entity": ["a"] * 2, "year": [2020, 2021], "co2": [1.0, 2.0], "gdp": [1.0, 3.0]}
    )
    result = tapio(table, "co2", "gdp", mode="periods", periods=[(2020, 2030)], prices="constant")
    assert result.table["state"].to_list() == [None]
    assert "not in the table: 2030" in result.warnings[0]
