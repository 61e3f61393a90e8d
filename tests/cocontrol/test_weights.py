"""Normalisation and weights: what must hold for any table."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.cocontrol.ahp import ahp_weights, random_index_table
from xietong.cocontrol.indicator import Indicator, indicators_of
from xietong.cocontrol.normalise import normalise
from xietong.cocontrol.weights import METHODS, combine_weights, data_weights
from xietong.errors import TableError

CELL = st.integers(1, 1000).map(float)
TABLES = st.lists(st.tuples(CELL, CELL, CELL), min_size=2, max_size=8).filter(
    lambda rows: any(len(set(column)) > 1 for column in zip(*rows, strict=True))
)


def frame(rows: list[tuple[float, ...]]) -> pl.DataFrame:
    columns = zip(*rows, strict=True)
    return pl.DataFrame({name: list(values) for name, values in zip("abc", columns, strict=False)})


@given(TABLES, st.sampled_from(METHODS))
def test_weights_are_shares_that_sum_to_1(rows: list[tuple[float, ...]], method: str) -> None:
    scaled = normalise(frame(rows), indicators_of("abc", negative=["b"]))
    result = data_weights(scaled.table, list("abc"), method, constant=scaled.constant)
    weights = result.table["weight"]
    assert weights.sum() == pytest.approx(1)
    assert ((weights >= 0) & (weights <= 1)).all()
    constant = result.table.filter(pl.col("indicator").is_in(scaled.constant))
    assert (constant["weight"] == 0).all()


@given(TABLES, st.sampled_from(METHODS), st.permutations(list("abc")), st.randoms())
def test_order_of_rows_and_columns_does_not_matter(
    rows: list[tuple[float, ...]], method: str, order: list[str], random: object
) -> None:
    table = normalise(frame(rows), indicators_of("abc")).table
    a = data_weights(table, list("abc"), method).table
    b = data_weights(table.reverse(), order, method).table
    both = a.join(b, on="indicator")
    assert np.allclose(both["weight"], both["weight_right"])


@given(TABLES, st.floats(0.1, 10), st.floats(0, 100))
def test_normalising_forgets_unit_and_zero_point(
    rows: list[tuple[float, ...]], factor: float, shift: float
) -> None:
    columns = indicators_of("abc", negative=["b"])
    a = normalise(frame(rows), columns).table
    b = normalise(frame(rows).select(pl.all() * factor + shift), columns).table
    assert np.allclose(a.to_numpy(), b.to_numpy(), atol=1e-6)
    assert a.to_numpy().min() >= 0 and a.to_numpy().max() <= 1


def test_moderate_indicator_and_given_bounds() -> None:
    table = pl.DataFrame({"ph": [6.0, 7.0, 9.0], "share": [0.2, 0.5, 0.9]})
    ideal = Indicator("ph", "moderate", ideal=7)
    bounded = Indicator("share", lower=0.4, upper=0.8)
    result = normalise(table, [ideal, bounded])
    assert result.table["ph"].to_list() == [0.5, 1.0, 0.0]
    assert result.table["share"].to_list() == pytest.approx([0.0, 0.25, 1.0])
    assert any("beyond the given bounds" in warning for warning in result.warnings)


def test_constant_column_gets_1_and_weight_0_and_a_warning() -> None:
    table = pl.DataFrame({"a": [1.0, 2.0, 3.0], "b": [5.0, 5.0, 5.0]})
    scaled = normalise(table, indicators_of("ab"))
    assert scaled.table["b"].to_list() == [1.0, 1.0, 1.0] and scaled.constant == ("b",)
    weights = data_weights(scaled.table, ["a", "b"], constant=scaled.constant).table["weight"]
    assert weights.to_list() == [1.0, 0.0]
    assert any("b 全表相同" in warning for warning in scaled.warnings)


def test_unknown_stays_unknown() -> None:
    table = pl.DataFrame({"a": [1.0, None, 3.0], "b": [1.0, 4.0, 2.0]})
    scaled = normalise(table, indicators_of("ab"))
    assert scaled.table["a"].to_list() == [0.0, None, 1.0]
    result = data_weights(scaled.table, ["a", "b"])
    assert any("1 行有未知值" in warning for warning in result.warnings)


@pytest.mark.parametrize(
    ("table", "part"),
    [
        ({"a": [1.0], "b": [2.0]}, "single row"),
        ({"a": [1.0, 1.0], "b": [2.0, 2.0]}, "every indicator column is constant"),
    ],
)
def test_refuses_what_cannot_be_compared(table: dict[str, list[float]], part: str) -> None:
    with pytest.raises(TableError, match=part):
        normalise(pl.DataFrame(table), indicators_of("ab"))


def test_shift_changes_entropy_weights_and_is_named() -> None:
    z = pl.DataFrame({"a": [0.0, 0.5, 1.0], "b": [0.0, 0.0, 1.0]})
    plain, shifted = data_weights(z, ["a", "b"]), data_weights(z, ["a", "b"], shift=0.01)
    assert plain.table["weight"].to_list() != shifted.table["weight"].to_list()
    assert "shift 0.01" in shifted.variant and shifted.warnings


def test_standard_deviation_is_not_maximum_deviation() -> None:
    z = pl.DataFrame({"a": [0.0, 0.5, 1.0, 1.0], "b": [0.0, 0.0, 0.0, 1.0]})
    one = data_weights(z, ["a", "b"], "standard-deviation").table["weight"]
    other = data_weights(z, ["a", "b"], "maximum-deviation").table["weight"]
    assert one[0] != pytest.approx(other[0], abs=1e-3)


MATRIX = [[1, 3, 5], [1 / 3, 1, 2], [1 / 5, 1 / 2, 1]]


def test_ahp_solves_the_eigenvalue_problem_and_tests_consistency() -> None:
    result = ahp_weights(MATRIX, ["a", "b", "c"])
    w, largest = result.table["weight"].to_numpy(), result.details["lambda_max"]
    assert np.allclose(np.array(MATRIX) @ w, largest * w)
    assert result.details["cr"] == pytest.approx((largest - 3) / 2 / 0.58)
    other = ahp_weights(MATRIX, ["a", "b", "c"], random_index="alternative-1.26")
    assert other.details["cr"] == pytest.approx((largest - 3) / 2 / 0.52)


@given(st.lists(st.integers(1, 9), min_size=2, max_size=6))
def test_consistent_judgements_give_back_their_weights(scale: list[int]) -> None:
    matrix = [[a / b for b in scale] for a in scale]
    for method in ("eigenvector", "geometric-mean", "column-sum"):
        result = ahp_weights(matrix, [str(i) for i in range(len(scale))], method=method)
        assert np.allclose(result.table["weight"], np.array(scale) / sum(scale))
        assert abs(result.details["cr"]) < 1e-9


def test_ahp_warns_of_inconsistency_and_refuses_what_is_not_reciprocal() -> None:
    circle = ahp_weights([[1, 9, 1 / 9], [1 / 9, 1, 9], [9, 1 / 9, 1]], ["a", "b", "c"])
    assert not circle.details["accepted"] and circle.warnings
    with pytest.raises(TableError, match="not reciprocal"):
        ahp_weights([[1, 3], [3, 1]], ["a", "b"])


def test_two_tables_of_the_random_index() -> None:
    rows = random_index_table()
    assert rows["table"].unique().len() == 2 and rows.height == 30


SETS = st.lists(st.tuples(st.floats(0.01, 1), st.floats(0.01, 1)), min_size=2, max_size=6)


@given(SETS, st.sampled_from(["multiplicative", "minimum-entropy", "linear", "game"]))
def test_combined_weights_sum_to_1(pairs: list[tuple[float, float]], how: str) -> None:
    v, u = (np.array(column) / sum(column) for column in zip(*pairs, strict=True))
    names = [str(i) for i in range(len(v))]
    result = combine_weights(
        pl.DataFrame({"indicator": names, "weight": v}),
        pl.DataFrame({"indicator": names, "weight": u}),
        how,
    )
    assert result.table["weight"].sum() == pytest.approx(1)
    if how in ("linear", "game", "minimum-entropy") and np.allclose(v, u):
        assert np.allclose(result.table["weight"], v)


def test_combination_names_the_indicator_that_is_missing() -> None:
    one = pl.DataFrame({"indicator": ["a", "b"], "weight": [0.5, 0.5]})
    with pytest.raises(TableError, match="b: 只在一组权重中"):
        combine_weights(one, one.head(1))
