"""The one join that methods do: left, on unique keys, extra keys included."""

from collections.abc import Sequence

import narwhals as nw

from xietong.methods.method import Frame

EXTRA_KEYS = ("draw", "scenario")
_SUFFIX = "__table"


def look_up(activity: Frame, table: Frame, *keys: str) -> Frame:
    """``activity`` with the columns of ``table``; every row stays, null where nothing is found.

    Keys such as ``draw`` and ``scenario`` join too where both tables have them. A column that the
    activity already has is a measured value and wins; the table's value is used where it is null.

    >>> import polars as pl
    >>> rows = nw.from_native(pl.LazyFrame({"fuel": ["a", "b"], "ncv": [None, 5.0]}))
    >>> table = nw.from_native(pl.LazyFrame({"fuel": ["a", "b"], "ncv": [1.0, 2.0]}))
    >>> look_up(rows, table, "fuel").collect().to_native().rows()
    [('a', 1.0), ('b', 5.0)]
    """
    here, there = _names(activity), _names(table)
    on = [*keys, *(key for key in EXTRA_KEYS if key in here and key in there)]
    measured = [name for name in there if name in here and name not in on]
    joined = activity.join(table, on=on, how="left", suffix=_SUFFIX)
    if not measured:
        return joined
    return joined.with_columns(
        **{name: nw.coalesce(nw.col(name), nw.col(name + _SUFFIX)) for name in measured}
    ).drop([name + _SUFFIX for name in measured])


def _names(frame: Frame) -> Sequence[str]:
    return frame.collect_schema().names()
