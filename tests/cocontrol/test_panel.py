"""The door: every problem of a table in one message."""

import polars as pl
import pytest

from xietong.cocontrol.panel import check_panel
from xietong.errors import TableError


def test_lists_every_problem_with_its_line() -> None:
    table = pl.DataFrame(
        {
            "entity": ["济南", "济南", "青岛"],
            "year": ["2020", "2020", "20x1"],
            "co2": ["1.5", "abc", "inf"],
            "gpd": ["1", "2", "3"],
        }
    )
    with pytest.raises(TableError) as caught:
        check_panel(table, ["co2", "gdp"], where="a.csv", minimum_rows=5)
    message = str(caught.value)
    for part in (
        "a.csv: 6 个问题",
        "missing column 'gdp'（是不是 did you mean 'gpd'?）",
        "co2: 第 3 行 line 3: 'abc'",
        "column co2, line 4: inf",
        "not a year in column year: 第 4 行 line 4: '20x1'",
        "济南, 2020 (第 2, 3 行 lines)",
        "at least 5 needed",
    ):
        assert part in message, part


def test_empty_cells_stay_unknown_and_other_columns_pass_through() -> None:
    table = pl.DataFrame({"entity": ["a", "b"], "co2": ["", " 2 "], "note": ["x", "y"]})
    out = check_panel(table, ["co2"])
    assert out["co2"].to_list() == [None, 2.0] and out["note"].to_list() == ["x", "y"]


def test_needs_a_key() -> None:
    with pytest.raises(TableError, match="missing column 'entity'"):
        check_panel(pl.DataFrame({"co2": [1.0]}), ["co2"])
