"""Totals by region, sector and species with what is missing and what is weak, in one pass.

The activity stays lazy: rows are joined with the factors of their key, multiplied and summed by
the engine; where keys repeat much they are summed first. Only small tables are brought here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import polars as pl
from narwhals import col

from xietong.engine import Engine
from xietong.errors import TableError
from xietong.inventory.factors import PATTERN, factors
from xietong.inventory.prepare import Prepared, factor_keys, prepare
from xietong.inventory.settings import Settings
from xietong.methods.method import Method
from xietong.tables import schema

SAMPLE = 100_000  # rows looked at to see whether keys repeat
REPEATS = 0.25  # distinct keys per row in the sample, below which they are summed first
NO_VALUE = -1.0e300  # stands for null in measured columns while joining
BY = ("region", "year", "sector")


@dataclass(frozen=True)
class Totals:
    """``table``: one row per region, year, sector and species; ``prepared``: what was used."""

    table: pl.DataFrame
    prepared: Prepared
    rows: int


def totals(
    method: Method, activity: nw.LazyFrame[Any], engine: Engine, settings: Settings
) -> Totals:
    """Sum a method's emissions over an activity table of any size.

    Columns of the result: ``value`` (tonnes, mercury in kg; null where nothing could be
    estimated), ``rows``, ``not_estimated`` (rows without value), ``weak`` (tonnes that rest on a
    value not verified or foreign). Amounts below zero raise ``TableError``.
    """
    columns = activity.collect_schema().names()
    by = [name for name in BY if name in columns]
    numbers = [name for name in schema(method.activity).numbers if name in columns]
    keys = factor_keys(method, columns, numbers)
    amounts = [name for name in method.amounts if name in columns]
    measured = [name for name in keys if name in numbers]
    activity = activity.select(list(dict.fromkeys([*by, *keys, *amounts])))
    if measured:
        activity = activity.with_columns(col(name).fill_null(NO_VALUE) for name in measured)
    if _repeats(activity, engine, by, keys):
        summed = _summed(activity, engine, by, keys, amounts)
        found = summed.select(keys).unique(maintain_order=True)
        prepared = prepare(method, _nulls_back(found, measured), settings)
        parts = [
            _from_sums(method, summed, found, measured, prepared, by, keys, name)
            for name in amounts
        ]
    else:
        found = engine.collect(activity.select(keys).unique())
        prepared = prepare(method, _nulls_back(found, measured), settings)
        parts = [
            _from_rows(
                method,
                activity,
                engine,
                found,
                measured,
                prepared,
                by,
                keys,
                name,
                len(amounts) > 1,
            )
            for name in amounts
        ]
    if len(amounts) > 1:
        parts.append(_unfilled(method, activity, engine, by, amounts).select(parts[0].columns))
    return _finish(method, pl.concat(parts), prepared, by)


def _unfilled(
    method: Method, activity: nw.LazyFrame[Any], engine: Engine, by: list[str], amounts: list[str]
) -> pl.DataFrame:
    """Rows in which no amount is given: not estimated in every species."""
    empty = nw.all_horizontal(*(col(name).is_null() for name in amounts), ignore_nulls=False)
    rows = engine.collect(
        activity.filter(empty).group_by(by).agg(nw.len().alias("rows"))
    ).with_columns(pl.col("rows").cast(pl.Int64))
    kinds = pl.DataFrame({"species": list(method.species)})
    return rows.join(kinds, how="cross").with_columns(
        pl.lit(None, dtype=pl.Int32).alias(PATTERN),
        filled=pl.col("rows"),
        value=pl.lit(None, dtype=pl.Float64),
        is_null=pl.lit(True),
        is_weak=pl.lit(False),
        not_estimated=pl.col("rows"),
        weak=pl.lit(0.0),
    )


def _nulls_back(found: pl.DataFrame, measured: Sequence[str]) -> pl.DataFrame:
    return found.with_columns(
        pl.when(pl.col(name) == NO_VALUE).then(None).otherwise(pl.col(name)).alias(name)
        for name in measured
    )


def _repeats(activity: nw.LazyFrame[Any], engine: Engine, by: list[str], keys: list[str]) -> bool:
    sample = engine.collect(activity.select(list(dict.fromkeys([*by, *keys]))).head(SAMPLE))
    return sample.height > 0 and sample.n_unique() / sample.height < REPEATS


def _summed(
    activity: nw.LazyFrame[Any], engine: Engine, by: list[str], keys: list[str], amounts: list[str]
) -> pl.DataFrame:
    groups = list(dict.fromkeys([*by, *keys]))
    return engine.collect(
        activity.group_by(groups).agg(
            *(col(name).sum().alias(name) for name in amounts),
            *(col(name).min().alias(f"least_{name}") for name in amounts),
            *(col(name).count().alias(f"rows_{name}") for name in amounts),
            nw.len().alias("rows"),
        )
    )


def _from_sums(
    method: Method,
    summed: pl.DataFrame,
    found: pl.DataFrame,
    measured: Sequence[str],
    prepared: Prepared,
    by: list[str],
    keys: list[str],
    amount: str,
) -> pl.DataFrame:
    made = factors(method, _nulls_back(found, measured), prepared, amount)
    table = made.table.with_columns(found[name] for name in measured)
    joined = summed.join(table, on=keys, how="left")
    sums = joined.group_by(*by, PATTERN).agg(
        *((pl.col(amount) * pl.col(name)).sum().alias(name) for name in method.species),
        least=pl.col(f"least_{amount}").min(),
        filled=pl.col(f"rows_{amount}").sum().cast(pl.Int64),
        rows=pl.col("rows").sum().cast(pl.Int64),
    )
    return _long(method, sums, made.patterns, by, amount)


def _from_rows(
    method: Method,
    activity: nw.LazyFrame[Any],
    engine: Engine,
    found: pl.DataFrame,
    measured: Sequence[str],
    prepared: Prepared,
    by: list[str],
    keys: list[str],
    amount: str,
    several: bool,
) -> pl.DataFrame:
    made = factors(method, _nulls_back(found, measured), prepared, amount)
    table = made.table.with_columns(found[name] for name in measured)
    rows = activity.filter(~col(amount).is_null()) if several else activity
    joined = rows.join(engine.frame(table), on=keys, how="left")
    sums = engine.collect(
        joined.with_columns((col(amount) * col(name)).alias(name) for name in method.species)
        .group_by(*by, PATTERN)
        .agg(
            *(col(name).sum().alias(name) for name in method.species),
            col(amount).min().alias("least"),
            col(amount).count().alias("filled"),
            nw.len().alias("rows"),
        )
    ).with_columns(pl.col("filled", "rows").cast(pl.Int64))
    return _long(method, sums, made.patterns, by, amount)


def _long(
    method: Method, sums: pl.DataFrame, patterns: pl.DataFrame, by: list[str], amount: str
) -> pl.DataFrame:
    least = sums["least"].min()
    if isinstance(least, int | float) and least < 0:
        raise TableError(
            f"{schema(method.activity).title}: {amount} 有负值（negative, lowest {least:g}）。"
            "请核对符号；送出量用“方向”表示。Check the sign."
        )
    lines = sums.unpivot(
        index=[*by, PATTERN, "filled", "rows"], on=list(method.species), variable_name="species"
    )
    return lines.join(patterns, on=[PATTERN, "species"], how="left").with_columns(
        value=pl.when(~pl.col("is_null") & (pl.col("filled") > 0)).then(pl.col("value")),
        not_estimated=pl.when(pl.col("is_null"))
        .then(pl.col("rows"))
        .otherwise(pl.col("rows") - pl.col("filled")),
        weak=pl.when(pl.col("is_weak") & ~pl.col("is_null")).then(pl.col("value")).otherwise(0.0),
    )


def _finish(method: Method, lines: pl.DataFrame, prepared: Prepared, by: list[str]) -> Totals:
    several = len(method.amounts) > 1
    counted = pl.col("filled") if several else pl.col("rows")
    missing = (
        pl.when(pl.col("is_null")).then(pl.col("filled")).otherwise(0)
        if several
        else pl.col("not_estimated")
    )
    table = (
        lines.group_by(*by, "species", maintain_order=True)
        .agg(
            value=pl.when(pl.col("value").count() > 0).then(pl.col("value").sum()),
            rows=counted.sum(),
            not_estimated=missing.sum(),
            weak=pl.col("weak").sum(),
        )
        .sort(*by, "species")
    )
    first = table.filter(pl.col("species") == method.species[0])
    return Totals(table, prepared, int(first["rows"].sum() or 0))
