"""STIRPAT, EKC and Moran's I against independent computations."""

import math

import numpy as np
import polars as pl
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from xietong.cocontrol.ekc import ekc
from xietong.cocontrol.moran import moran, shandong_neighbours
from xietong.cocontrol.stirpat import stirpat
from xietong.errors import TableError

RANDOM = np.random.default_rng(7)
YEARS = 24
TREND = np.linspace(0, 1, YEARS)
DRIVERS = {
    "p": np.exp(0.1 * TREND + 0.002 * RANDOM.standard_normal(YEARS)),
    "a": np.exp(2.0 * TREND + 0.02 * RANDOM.standard_normal(YEARS)),
    "t": np.exp(-1.0 * TREND + 0.02 * RANDOM.standard_normal(YEARS)),
}
IMPACT = DRIVERS["p"] * DRIVERS["a"] ** 0.8 * DRIVERS["t"] ** 0.5
TABLE = pl.DataFrame({"year": range(YEARS), "i": IMPACT} | DRIVERS)


def test_ridge_agrees_with_statsmodels_at_the_same_penalty() -> None:
    k = 0.2
    ours = stirpat(TABLE, "i", ["p", "a", "t"], k=k).table.filter(pl.col("driver") != "constant")
    x = np.log(np.column_stack([DRIVERS[name] for name in "pat"]))
    y = np.log(IMPACT)
    z = (x - x.mean(axis=0)) / x.std(axis=0)
    target = (y - y.mean()) / y.std()
    # statsmodels' ridge minimises RSS/(2n) + α‖β‖²/2: α is our k
    other = sm.OLS(target, z).fit_regularized(alpha=k, L1_wt=0.0)
    assert np.allclose(ours["beta"], other.params, atol=1e-8)


def test_k_0_is_least_squares_and_growing_k_shrinks() -> None:
    plain = stirpat(TABLE, "i", ["p", "a", "t"], k=0.0).table
    assert np.allclose(plain["ridge"], plain["ols"])
    sizes = [
        float((stirpat(TABLE, "i", ["p", "a", "t"], k=k).table["beta"].drop_nulls() ** 2).sum())
        for k in (0.0, 0.1, 0.5, 1.0)
    ]
    assert sizes == sorted(sizes, reverse=True)


def test_collinear_drivers_are_reported_and_k_is_chosen_by_the_stated_rule() -> None:
    result = stirpat(TABLE, "i", ["p", "a", "t"])
    trace, k = result.details["trace"], result.details["k"]
    assert max(result.table["vif"].drop_nulls()) > 10 and 0 < k <= 1
    assert any("共线性强" in warning for warning in result.warnings)
    after = trace.filter(pl.col("k") >= k)
    assert after["vif_max"][0] < 10
    for name in "pat":
        assert after[name].diff().drop_nulls().abs().max() <= 0.01


def test_a_steady_trace_is_not_enough_while_vif_is_high() -> None:
    noise = np.random.default_rng(11).standard_normal(YEARS)
    near = TABLE.with_columns(q=pl.col("a") * pl.Series(np.exp(1e-3 * noise)))
    near = near.with_columns(i=pl.col("a") * pl.col("q"))  # equal parts: steady from k = 0 on
    result = stirpat(near, "i", ["a", "q"])
    trace = result.details["trace"]
    assert trace["a"].diff().abs().max() < 0.01 and trace["vif_max"][0] > 1000
    assert result.details["k"] == trace.filter(pl.col("vif_max") < 10)["k"][0] > 0


def test_stirpat_refuses_what_cannot_be_estimated() -> None:
    twice = TABLE.with_columns(b=pl.col("a") ** 2)
    with pytest.raises(TableError, match="exactly collinear"):
        stirpat(twice, "i", ["a", "b"])
    with pytest.raises(TableError, match="complete rows"):
        stirpat(TABLE.head(3), "i", ["p", "a", "t"])
    with pytest.raises(TableError, match="above 0"):
        stirpat(TABLE.with_columns(p=pl.col("p") - 1.05), "i", ["p", "a"])


def curve(turn: float, low: float, high: float, sign: float = -1.0) -> pl.DataFrame:
    y = np.exp(np.linspace(math.log(low), math.log(high), 30))
    noise = 0.001 * np.random.default_rng(1).standard_normal(30)
    e = np.exp(5 + sign * (np.log(y) - math.log(turn)) ** 2 + noise)
    return pl.DataFrame({"year": range(30), "gdp": y, "co2": e})


def test_ekc_finds_the_turning_point_and_says_when_it_is_extrapolated() -> None:
    inside = ekc(curve(5, 1, 20), "co2", "gdp")
    assert inside.details["turning_point"] == pytest.approx(5, rel=1e-2)
    assert inside.details["shape"] == "inverted-U" and inside.details["inside_sample"]
    outside = ekc(curve(50, 1, 20), "co2", "gdp")
    assert not outside.details["inside_sample"]
    assert any("外推" in warning for warning in outside.warnings)
    upward = ekc(curve(5, 1, 20, sign=1.0), "co2", "gdp")
    assert upward.details["shape"] == "U" and upward.details["turning_point"] is None


def test_ekc_fixed_effects_see_through_levels() -> None:
    a, b = curve(5, 1, 20), curve(5, 3, 60).with_columns(co2=pl.col("co2") * 40)
    both = pl.concat([a.with_columns(entity=pl.lit("a")), b.with_columns(entity=pl.lit("b"))])
    within = ekc(both, "co2", "gdp", fixed_effects=True)
    pooled = ekc(both, "co2", "gdp")
    assert within.details["turning_point"] == pytest.approx(5, rel=1e-2)
    assert pooled.details["turning_point"] != pytest.approx(5, rel=0.05)


def test_ekc_without_curvature_is_not_significant() -> None:
    noise = np.random.default_rng(3).standard_normal(40)
    table = pl.DataFrame({"year": range(40), "gdp": np.arange(1.0, 41.0), "co2": np.exp(noise)})
    result = ekc(table, "co2", "gdp")
    assert result.details["shape"] == "not significant"
    assert any("不显著" in warning for warning in result.warnings)


CODES = sorted(set(shandong_neighbours()["a"]) | set(shandong_neighbours()["b"]))
VALUES = [((i * 37) % 17) + 0.5 * i for i in range(16)]
CITIES = pl.DataFrame({"entity": CODES, "x": VALUES})
# esda 2.9.0 with libpysal 4.14.1 on the same 16 values and 29 pairs
ESDA = {"row": -0.20102716659182754, "binary": -0.20808881594227582}
ESDA_LOCAL = (0.268158, -0.380136, 0.054024, -0.07367, -0.191541, -0.666957)


@pytest.mark.parametrize("weights", ["row", "binary"])
def test_moran_agrees_with_esda(weights: str) -> None:
    result = moran(CITIES, "x", shandong_neighbours(), weights=weights)
    assert result.table["i"][0] == pytest.approx(ESDA[weights], rel=1e-12)
    assert 0.2 < result.table["p_two_sided"][0] < 0.8


def test_local_moran_agrees_with_esda_and_averages_to_the_global_one() -> None:
    result = moran(CITIES, "x", shandong_neighbours())
    local = result.details["local"]["local_i"]
    # esda divides by Σz²/(n−1), this one by Σz²/n
    assert [v * 15 / 16 for v in local[:6]] == pytest.approx(ESDA_LOCAL, abs=1e-6)
    assert local.mean() == pytest.approx(result.table["i"][0])


@given(st.permutations(list(range(16))), st.floats(0.1, 10), st.floats(-5, 5))
def test_moran_forgets_order_unit_and_zero_point(order: list[int], a: float, b: float) -> None:
    moved = CITIES[order].with_columns(x=pl.col("x") * a + b)
    ours = moran(moved, "x", shandong_neighbours(), permutations=0).table["i"][0]
    assert ours == pytest.approx(ESDA["row"], rel=1e-6)


def test_moran_is_repeatable_and_names_islands_and_gaps() -> None:
    first, again = (moran(CITIES, "x", shandong_neighbours()).table for _ in range(2))
    assert first.equals(again)
    lone = pl.concat([CITIES, pl.DataFrame({"entity": ["999999"], "x": [1.0]})])
    assert any("999999" in w for w in moran(lone, "x", shandong_neighbours()).warnings)
    gap = CITIES.with_columns(x=pl.when(pl.col("entity") != "370100").then("x"))
    result = moran(gap, "x", shandong_neighbours())
    assert result.table["i"][0] is None and any("未知值" in w for w in result.warnings)
    with pytest.raises(TableError, match="no entity is in the neighbour table"):
        moran(CITIES.with_columns(entity="e" + pl.col("entity")), "x", shandong_neighbours())
