"""Columns of a sheet of which a row may have one only, unless another column says which counts."""

from collections.abc import Iterator

import polars as pl

from xietong.tables.numbers import LISTED
from xietong.tables.problem import Problem
from xietong.tables.schema import Schema

ROW = "__row"


def more_than_one(table: pl.DataFrame, schema: Schema, sheet: str) -> Iterator[Problem]:
    """A problem for each row of ``table`` with several columns of an ``[[exclusive]]`` entry filled.

    ``table`` has house columns and ``__row``; a column that is not there counts as empty.

    >>> from xietong.tables.schema import schema
    >>> rows = pl.DataFrame({"__row": [2, 3], "sorbent_t": [9.0, 9.0], "so2_removed_t": [4.0, None]})
    >>> [one.row for one in more_than_one(rows, schema("control_operation"), "s")]
    [2]
    """
    for rule in schema.exclusive:
        present = [name for name in rule.columns if name in table.columns]
        filled = table.filter(
            pl.sum_horizontal(pl.col(name).is_not_null() for name in present) > 1
            if len(present) > 1
            else pl.lit(False)
        )
        if rule.unless and rule.unless in table.columns:
            said = pl.col(rule.unless).is_not_null() & (pl.col(rule.unless) != "")
            filled = filled.filter(~said)
        for row in filled.head(LISTED).iter_rows(named=True):
            yield Problem(
                "counted-twice",
                sheet,
                row[ROW],
                "、".join(schema.column(name).heading for name in present),
                " / ".join(f"{row[name]:g}" for name in present if row[name] is not None),
                rule.cause,
                rule.remedy,
            )
