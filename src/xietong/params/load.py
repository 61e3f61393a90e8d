"""Ask for parameters by topic: by year for factors, by date for rules; wide, ready to join."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from xietong.errors import ParameterError
from xietong.params.resolve import resolve
from xietong.params.topic import Topic, programmes, read_long, topic


@dataclass(frozen=True)
class Parameters:
    """An answer: ``wide`` to join, ``rows`` to explain (one row per key and parameter)."""

    topic: Topic
    wide: pl.DataFrame
    rows: pl.DataFrame


def load(
    name: str,
    *,
    programme: str | Sequence[str] | None = None,
    fill: Sequence[str] = (),
    years: Sequence[int] = (),
    keys: pl.DataFrame | None = None,
    workspace: Path | None = None,
) -> Parameters:
    """The parameters of a topic for some years.

    Parameters
    ----------
    name
        Topic such as ``combustion/carbon``.
    programme
        The set to choose by name, where the topic has several; a sequence asks in that order.
    fill
        Sets that may answer where ``programme`` has nothing: a visible step of the caller.
    years
        Years the values must be in force; the wide table then has the key ``year``.
    keys
        The keys asked for (the topic's key columns, ``year`` too if wished); None asks for every
        key that is stated, classes and ``*`` included.
    workspace
        Folder whose ``factors/`` overrides come first.

    A key with no value has nulls in ``wide``; it is not dropped when ``keys`` are given.
    """
    one = topic(name)
    order = _order(one, programme, fill, workspace)
    long = _in_force(read_long(name, workspace), years)
    if one.choice:
        long = long.filter(pl.col(one.choice).is_in([*order, "*"]))
    long = long.with_columns(family=_family(one, long))
    asked = _keys(one, long, keys, years)
    rows = resolve(long, asked, one, order)
    return Parameters(one, _wide(one, rows, asked), rows)


def on(
    name: str,
    date: datetime.date,
    *,
    programme: str | None = None,
    workspace: Path | None = None,
) -> Parameters:
    """The rows in force on a day, as a wide table without ``year``.

    >>> on("energy/heat", datetime.date(2026, 1, 1)).wide.get_column("heat_kg_per_gj").item()
    110.0
    """
    one = topic(name)
    order = _order(one, programme, (), workspace)
    long = read_long(name, workspace).filter(
        pl.col("from_date").is_null() | (pl.col("from_date") <= date),
        pl.col("to_date").is_null() | (pl.col("to_date") >= date),
    )
    if one.choice:
        long = long.filter(pl.col(one.choice).is_in([*order, "*"]))
    long = long.with_columns(family=_family(one, long))
    asked = _keys(one, long, None, ())
    rows = resolve(long, asked, one, order)
    return Parameters(one, _wide(one, rows, asked), rows)


def _family(one: Topic, long: pl.DataFrame) -> pl.Series:
    names = [one.family(parameter) for parameter in long.get_column("parameter")]
    return pl.Series("family", names, dtype=pl.String)


def _order(
    one: Topic,
    programme: str | Sequence[str] | None,
    fill: Sequence[str],
    workspace: Path | None,
) -> list[str | None]:
    if one.choice is None:
        return [None]
    if programme is None:
        raise ParameterError(
            f"{one.name}: 请指定 {one.choice}（name one of）: {', '.join(programmes(one.name))}"
        )
    asked = [programme] if isinstance(programme, str) else list(programme)
    known = set(read_long(one.name, workspace).get_column(one.choice))
    unknown = [each for each in (*asked, *fill) if each not in known]
    if unknown:
        raise ParameterError(
            f"{one.name}: 没有 {one.choice} {', '.join(map(repr, unknown))}（no such set）。"
            f"现有 known: {', '.join(programmes(one.name))}"
        )
    return [*asked, *(each for each in fill if each not in asked)]


def _in_force(long: pl.DataFrame, years: Sequence[int]) -> pl.DataFrame:
    if not years:
        return long
    asked = pl.DataFrame({"year": sorted(set(years))}, schema={"year": pl.Int64})
    return long.join(asked, how="cross").filter(
        pl.col("from_date").is_null() | (pl.col("from_date").dt.year() <= pl.col("year")),
        pl.col("to_date").is_null() | (pl.col("to_date").dt.year() >= pl.col("year")),
    )


def _keys(
    one: Topic, long: pl.DataFrame, keys: pl.DataFrame | None, years: Sequence[int]
) -> pl.DataFrame:
    if keys is None:
        columns = [*one.keys, *(["year"] if years else [])]
        return long.select(columns).unique(maintain_order=True) if columns else pl.DataFrame([{}])
    asked = keys.select(*one.keys, *(["year"] if "year" in keys.columns else [])).unique(
        maintain_order=True
    )
    if years and "year" not in asked.columns:
        asked = asked.join(pl.DataFrame({"year": sorted(set(years))}), how="cross")
    return asked.with_columns(pl.col(*one.keys).cast(pl.String)) if one.keys else asked


def _wide(one: Topic, rows: pl.DataFrame, asked: pl.DataFrame) -> pl.DataFrame:
    keys = asked.columns
    if not keys:
        values = dict(rows.select("parameter", "value").iter_rows())
        return pl.DataFrame(
            {column: [values.get(column)] for column in one.columns},
            schema=dict.fromkeys(one.columns, pl.Float64),
        )
    wide = rows.pivot(on="parameter", index=keys, values="value") if rows.height else asked
    wide = asked.join(wide, on=keys, how="left", maintain_order="left") if rows.height else asked
    absent = [column for column in one.columns if column not in wide.columns]
    return wide.with_columns(
        pl.lit(None, dtype=pl.Float64).alias(column) for column in absent
    ).select(*keys, *one.columns)
