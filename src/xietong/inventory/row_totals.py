"""Totals by joining every row with the factors of its key: the way of any engine."""

from collections.abc import Sequence
from typing import Any

import narwhals as nw
import polars as pl
from narwhals import col

from xietong.engine import Engine
from xietong.inventory.factors import PATTERN, Factors, remembered
from xietong.inventory.prepare import Prepared
from xietong.inventory.settings import Settings
from xietong.methods.method import Method

NO_VALUE = -1.0e300  # stands for null in measured columns while joining


def lines_of_rows(
    method: Method,
    activity: nw.LazyFrame[Any],
    engine: Engine,
    settings: Settings,
    by: list[str],
    keys: list[str],
    amounts: list[str],
    measured: Sequence[str],
) -> tuple[pl.DataFrame, Prepared, dict[str, float]]:
    """One row per reporting group and species, what was used, and the least of each amount."""
    if measured:
        activity = activity.with_columns(col(name).fill_null(NO_VALUE) for name in measured)
    found = engine.collect(activity.select(keys).unique()).sort(keys)
    real = found.with_columns(
        pl.when(pl.col(name) == NO_VALUE).then(None).otherwise(pl.col(name)).alias(name)
        for name in measured
    )
    prepared, made = remembered(method, real, settings, amounts)
    least: dict[str, float] = {}
    parts = []
    for one in made:
        table = one.table.with_columns(found[name] for name in measured)
        sums = _sums(method, activity, engine, table, by, keys, one.amount)
        lowest = sums["least"].min()
        least[one.amount] = float(lowest) if isinstance(lowest, int | float) else 0.0
        parts.append(_lines(method, sums, one, by))
    counted = engine.collect(activity.group_by(by).agg(nw.len().alias("rows")))
    known = (
        pl.concat(parts)
        .group_by(*by, "species")
        .agg(
            value=pl.when(pl.col("value").count() > 0).then(pl.col("value").sum()).first(),
            known=pl.col("known").sum(),
            weak=pl.col("weak").sum(),
        )
    )
    lines = known.join(counted.with_columns(pl.col("rows").cast(pl.Int64)), on=by, nulls_equal=True)
    return lines.with_columns(not_estimated=pl.col("rows") - pl.col("known")), prepared, least


def _sums(
    method: Method,
    activity: nw.LazyFrame[Any],
    engine: Engine,
    table: pl.DataFrame,
    by: list[str],
    keys: list[str],
    amount: str,
) -> pl.DataFrame:
    joined = activity.join(engine.frame(table), on=keys, how="left")
    return engine.collect(
        joined.with_columns((col(amount) * col(name)).alias(name) for name in method.species)
        .group_by(*by, PATTERN)
        .agg(
            *(col(name).sum().alias(name) for name in method.species),
            col(amount).min().alias("least"),
            col(amount).count().alias("filled"),
        )
    ).with_columns(pl.col("filled").cast(pl.Int64))


def _lines(method: Method, sums: pl.DataFrame, one: Factors, by: list[str]) -> pl.DataFrame:
    lines = sums.unpivot(
        index=[*by, PATTERN, "filled"], on=list(method.species), variable_name="species"
    ).join(one.patterns, on=[PATTERN, "species"], how="left")
    known = ~pl.col("is_null").fill_null(True) & (pl.col("filled") > 0)
    return lines.select(
        *by,
        "species",
        value=pl.when(known).then(pl.col("value")),
        known=pl.when(known).then(pl.col("filled")).otherwise(0),
        weak=pl.when(known & pl.col("is_weak")).then(pl.col("value")).otherwise(0.0),
    )
