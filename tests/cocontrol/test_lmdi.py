"""LMDI: exactness, zeros, chains; and the effort index."""

import math

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.cocontrol.effort import decoupling_effort
from xietong.cocontrol.lmdi import contributions, lmdi
from xietong.cocontrol.log_mean import log_mean
from xietong.errors import TableError

POSITIVE = st.floats(1e-3, 1e3)
CHAIN = "population, gdp/population, energy/gdp, co2/energy"
YEARS = st.lists(st.tuples(POSITIVE, POSITIVE, POSITIVE, POSITIVE), min_size=2, max_size=5)


def kaya(rows: list[tuple[float, float, float, float]]) -> pl.DataFrame:
    names = ("population", "gdp", "energy", "co2")
    columns = {
        name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)
    }
    years = list(range(2000, 2000 + len(rows)))
    return pl.DataFrame({"entity": ["a"] * len(rows), "year": years} | columns)


def effects(table: pl.DataFrame, span: str, **options: str) -> tuple[list[float], float]:
    rows = lmdi(table, CHAIN, **options).table.filter(pl.col("span") == span)
    parts = rows.filter(pl.col("factor") != "total")["effect"].to_list()
    return parts, rows.filter(pl.col("factor") == "total")["effect"][0]


@given(YEARS)
def test_additive_effects_add_up_to_the_change(rows: list[tuple[float, ...]]) -> None:
    for mode, span in (("chained", "sum of years"), ("end-to-end", "end-to-end")):
        parts, total = effects(kaya(rows), span, mode=mode)
        change = rows[-1][3] - rows[0][3]
        scale = max(abs(part) for part in parts) + abs(change) + max(row[3] for row in rows)
        assert math.fsum(parts) == pytest.approx(change, rel=1e-9, abs=1e-9 * scale)
        assert total == pytest.approx(change, rel=1e-9, abs=1e-9 * scale)


@given(YEARS)
def test_multiplicative_effects_multiply_to_the_ratio(rows: list[tuple[float, ...]]) -> None:
    for mode, span in (("chained", "sum of years"), ("end-to-end", "end-to-end")):
        parts, total = effects(kaya(rows), span, mode=mode, form="multiplicative")
        assert math.prod(parts) == pytest.approx(rows[-1][3] / rows[0][3], rel=1e-9)
        assert total == pytest.approx(rows[-1][3] / rows[0][3], rel=1e-9)


SECTORS = st.lists(st.tuples(POSITIVE, POSITIVE, POSITIVE, POSITIVE), min_size=2, max_size=4)


@given(SECTORS)
def test_structure_and_intensity_of_sectors_add_up(rows: list[tuple[float, ...]]) -> None:
    table = pl.DataFrame(
        [
            {"entity": "a", "year": year, "sector": str(i), "gdp": row[0 + k], "co2": row[2 + k]}
            for i, row in enumerate(rows)
            for k, year in enumerate((2000, 2001))
        ]
    )
    chain = "activity = sum(gdp), structure = gdp/sum(gdp), intensity = co2/gdp"
    result = lmdi(table, chain, mode="end-to-end", sector="sector", total="co2")
    parts = contributions(result)
    change = sum(row[3] - row[2] for row in rows)
    scale = sum(abs(value) for value in parts.values()) + 1
    assert parts["total"] == pytest.approx(change, abs=1e-9 * scale)
    added = parts["activity"] + parts["structure"] + parts["intensity"]
    assert added == pytest.approx(change, abs=1e-9 * scale)


@given(YEARS)
def test_turning_time_round_turns_the_signs(rows: list[tuple[float, ...]]) -> None:
    forward, _ = effects(kaya(rows), "end-to-end", mode="end-to-end")
    back, _ = effects(kaya(rows[::-1]), "end-to-end", mode="end-to-end")
    scale = max(abs(value) for value in forward) + 1
    assert forward == pytest.approx([-value for value in back], abs=1e-9 * scale)


def test_equal_totals_are_not_zero_over_zero() -> None:
    # gdp doubles, intensity halves, total stays 4: effects ±4·ln 2, not 0/0 or 0
    rows = pl.DataFrame({"entity": ["a"] * 2, "year": [1, 2], "gdp": [1.0, 2.0], "co2": [4.0, 4.0]})
    parts = contributions(lmdi(rows, "gdp, co2/gdp", mode="end-to-end"))
    assert parts["gdp"] == pytest.approx(4 * math.log(2))
    assert parts["co2/gdp"] == pytest.approx(-4 * math.log(2))


@given(POSITIVE, st.floats(-1e-4, 1e-4))
def test_log_mean_lies_between_and_does_not_lose_digits_near_equality(a: float, d: float) -> None:
    b = a * (1 + d)
    assert min(a, b) * (1 - 1e-12) <= log_mean(a, b) <= max(a, b) * (1 + 1e-12)
    # series: a·(1 + d/2 − d²/12 + d³/24), exact to 1e-17 for |d| ≤ 1e-4
    assert log_mean(a, b) == pytest.approx(a * (1 + d / 2 - d**2 / 12 + d**3 / 24), rel=1e-12)


def zero_table() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "entity": ["a"] * 4,
            "year": [2000, 2000, 2001, 2001],
            "fuel": ["coal", "gas", "coal", "gas"],
            "energy": [10.0, 0.0, 6.0, 5.0],
            "co2": [25.0, 0.0, 15.0, 8.0],
        }
    )


@pytest.mark.parametrize("zero", ["limit", "small-value"])
def test_a_new_fuel_belongs_to_the_structure(zero: str) -> None:
    chain = "activity = sum(energy), structure = energy/sum(energy), factor = co2/energy"
    result = lmdi(zero_table(), chain, mode="end-to-end", sector="fuel", total="co2", zero=zero)
    parts = contributions(result)
    assert parts["total"] == pytest.approx(-2)
    assert sum(parts[k] for k in ("activity", "structure", "factor")) == pytest.approx(-2, abs=1e-6)
    assert parts["factor"] == pytest.approx(0, abs=1e-6)  # 25/10 = 15/6; gas has no earlier factor
    coal = log_mean(15, 25)
    if zero == "limit":
        assert parts["activity"] == pytest.approx(coal * math.log(11 / 10))
        assert parts["structure"] == pytest.approx(coal * math.log((6 / 11) / 1.0) + 8)
    assert any("零值" in warning for warning in result.warnings)


def test_chained_and_end_to_end_differ_and_say_so() -> None:
    rows = [(1.0, 1.0, 1.0, 1.0), (1.0, 3.0, 2.0, 5.0), (1.0, 4.0, 2.0, 2.0)]
    chained, _ = effects(kaya(rows), "sum of years")
    ends, _ = effects(kaya(rows), "end-to-end", mode="end-to-end")
    assert chained != pytest.approx(ends, abs=1e-3)
    assert "chained" in lmdi(kaya(rows), CHAIN).variant
    assert any("逐年链式" in warning for warning in lmdi(kaya(rows), CHAIN).warnings)


def test_six_factors_of_commercial_buildings() -> None:
    # factors of an example published with PyLMDI (its Examples_China.py); the change and its total
    rows = {
        "year": [2017, 2018],
        "p": [1390.08, 1395.38],
        "g": [59.04367375, 64.52073987],
        "s": [0.51892765, 0.521570193],
        "i": [0.002876626, 0.002743568],
        "e": [3.004500526, 3.053397862],
        "k": [2.07, 2.02],
        "co2": [761.984276581356, 794.6119504871361],
    }
    result = lmdi(pl.DataFrame(rows), "p, g, s, i, e, k", mode="end-to-end", total="co2")
    parts = contributions(result)
    assert sum(parts[name] for name in "pgsiek") == pytest.approx(32.62767390578, rel=1e-6)
    weight = (rows["co2"][1] - rows["co2"][0]) / math.log(rows["co2"][1] / rows["co2"][0])
    assert parts["g"] == pytest.approx(weight * math.log(64.52073987 / 59.04367375), rel=1e-6)


def test_unknown_values_leave_the_effect_unknown() -> None:
    table = kaya([(1.0, 1.0, 1.0, 1.0), (1.0, 2.0, 1.0, 1.0), (1.0, 2.0, 2.0, 1.0)])
    table = table.with_columns(pl.when(pl.col("year") != 2001).then("energy").alias("energy"))
    result = lmdi(table, CHAIN)
    assert result.table.filter(pl.col("factor") == "population")["effect"].to_list() == [None] * 3
    assert any("未知值" in warning for warning in result.warnings)


def test_a_gap_in_one_sector_leaves_the_sum_over_sectors_unknown() -> None:
    gap = zero_table().with_columns(
        energy=pl.when((pl.col("fuel") == "coal") | (pl.col("year") == 2001)).then("energy")
    )
    result = lmdi(gap, "activity = sum(energy), factor = co2/sum(energy)", sector="fuel")
    assert result.table["effect"].null_count() == result.table.height


def test_problems_come_together() -> None:
    table = kaya([(1.0, 1.0, -1.0, 1.0)])
    with pytest.raises(TableError) as caught:
        lmdi(table, CHAIN, form="wrong")
    for part in ("wrong", "energy: 第 2 行为负", "one year only"):
        assert part in str(caught.value)
    with pytest.raises(TableError, match="product of the chain is not co2"):
        lmdi(kaya([(1.0, 2.0, 3.0, 4.0), (1.0, 2.0, 3.0, 5.0)]), "gdp, energy/gdp", total="co2")


def test_effort_index_and_its_reversal_in_a_recession() -> None:
    growing = lmdi(kaya([(1.0, 1.0, 1.0, 1.0), (1.0, 2.0, 1.0, 0.5)]), CHAIN, mode="end-to-end")
    row = decoupling_effort(growing, "gdp/population").table.row(0, named=True)
    assert (
        row["effort"] == pytest.approx(2) and row["state"] == "strong"
    )  # halves while gdp doubles
    shrinking = lmdi(kaya([(1.0, 2.0, 1.0, 1.0), (1.0, 1.0, 1.0, 1.0)]), CHAIN, mode="end-to-end")
    result = decoupling_effort(shrinking, "gdp/population")
    row = result.table.row(0, named=True)
    assert row["recession"] and row["state"] is None
    assert any("反转" in warning for warning in result.warnings)
    with pytest.raises(TableError, match="gdp/population"):
        decoupling_effort(growing, "gdp")


def test_a_total_of_zero_has_no_multiplicative_form_and_that_is_said() -> None:
    table = pl.DataFrame(
        {"entity": ["a"] * 2, "year": [2020, 2021], "gdp": [1.0, 2.0], "co2": [4.0, 0.0]}
    )
    result = lmdi(table, "gdp, co2/gdp", form="multiplicative", mode="end-to-end")
    assert result.table["effect"].to_list() == [None, None, 0.0]
    assert any("take the additive one" in warning for warning in result.warnings)
    same = lmdi(table, "gdp, co2/gdp", mode="end-to-end").table["effect"].to_list()
    assert same == [0.0, -4.0, -4.0]  # the additive form has a limit: all of it is the factor at 0
