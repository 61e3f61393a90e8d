"""TOPSIS and grey relation."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.cocontrol.grey import SCALINGS, grey_relation
from xietong.cocontrol.indicator import indicators_of
from xietong.cocontrol.topsis import FORMULAS, topsis
from xietong.errors import TableError

CELL = st.integers(1, 100).map(float)
ROWS = st.lists(st.tuples(CELL, CELL), min_size=2, max_size=8)
COLUMNS = indicators_of(["x", "y"], negative=["y"])


def frame(rows: list[tuple[float, float]]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "entity": [f"e{i}" for i in range(len(rows))],
            "x": [x for x, _ in rows],
            "y": [y for _, y in rows],
        }
    )


@given(ROWS, st.sampled_from(list(FORMULAS)), st.floats(0.1, 0.9))
def test_who_is_better_in_everything_is_never_ranked_below(
    rows: list[tuple[float, float]], variant: str, w: float
) -> None:
    result = topsis(frame(rows), COLUMNS, {"x": w, "y": 1 - w}, variant=variant).table
    close = result["closeness"].to_list()
    assert all(0 <= value <= 1 for value in close)
    assert sorted(result["rank"].to_list()) == list(range(1, len(rows) + 1))
    for i, (x1, y1) in enumerate(rows):
        for j, (x2, y2) in enumerate(rows):
            if x1 >= x2 and y1 <= y2:
                assert close[i] >= close[j] - 1e-12


@given(ROWS, st.permutations([0, 1]))
def test_order_of_columns_and_rows_does_not_matter(
    rows: list[tuple[float, float]], order: list[int]
) -> None:
    weights = {"x": 0.3, "y": 0.7}
    a = topsis(frame(rows), COLUMNS, weights).table
    b = topsis(frame(rows).reverse(), [COLUMNS[i] for i in order], weights).table.reverse()
    assert a["closeness"].to_list() == pytest.approx(b["closeness"].to_list())
    assert a["rank"].to_list() == b["rank"].to_list()


def test_the_two_weightings_differ_by_hand() -> None:
    table = pl.DataFrame({"entity": ["a", "b", "c"], "x": [3.0, 1.0, 0.0], "y": [4.0, 0.0, 3.0]})
    weights = {"x": 0.8, "y": 0.2}
    # scaled by √10 and 5; the best row keeps y low, c: x worst, y middling
    before = topsis(table, COLUMNS, weights).table.row(2, named=True)
    inside = topsis(table, COLUMNS, weights, variant="weight-in-distance").table.row(2, named=True)
    rx, ry = 3 / 10**0.5, 0.6
    assert before["d_best"] == pytest.approx(((0.8 * rx) ** 2 + (0.2 * ry) ** 2) ** 0.5)
    assert inside["d_best"] == pytest.approx((0.8 * rx**2 + 0.2 * ry**2) ** 0.5)


def test_gaps_are_not_ranked_and_problems_are_listed() -> None:
    table = pl.DataFrame({"entity": ["a", "b", "c"], "x": [1.0, None, 3.0], "y": [1.0, 1.0, 2.0]})
    result = topsis(table, COLUMNS, {"x": 1, "y": 1})
    assert result.table["rank"].to_list() == [2, None, 1]
    with pytest.raises(TableError) as caught:
        topsis(table, indicators_of(["x", "y"], moderate={"y": 1}), {"x": -1}, variant="other")
    assert "other" in str(caught.value) and "negative weight" in str(caught.value)
    assert "y: 缺权重" in str(caught.value)


@given(
    st.lists(st.tuples(CELL, CELL, CELL), min_size=3, max_size=8).filter(
        lambda rows: all(len(set(column)) > 1 for column in zip(*rows, strict=True))
    ),
    st.sampled_from(SCALINGS),
    st.floats(0.1, 1),
)
def test_grey_degrees_lie_in_0_to_1_and_a_multiple_follows_perfectly(
    rows: list[tuple[float, float, float]], scaling: str, rho: float
) -> None:
    r, a, b = (list(column) for column in zip(*rows, strict=True))
    table = pl.DataFrame({"r": r, "a": a, "b": b, "twice": [2 * v for v in r]})
    result = grey_relation(table, "r", ["a", "b", "twice"], rho=rho, scaling=scaling).table
    assert ((result["degree"] > 0) & (result["degree"] <= 1 + 1e-12)).all()
    assert result.filter(pl.col("series") == "twice")["degree"][0] == pytest.approx(1)
