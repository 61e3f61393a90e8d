"""Each target against its latest value: how far, how fast, where it leads, and what it means.

A target is one of four forms. ``level``: the value itself is to be reached; ``change``: per cent up or
down against a base year; ``increment``: the growth since the base year, in units; ``annual_growth``: mean
yearly growth since the base year in per cent. The *measure* of a target is what its form makes of the
indicator: the drop in per cent, the value, the growth. All that follows is about the measure.
"""

import polars as pl
from polars import col

from xietong.assessment.trend import forecast

FORMS = ("level", "change", "increment", "annual_growth")
STATES = ("met", "missed", "on_track", "at_risk", "off_track", "no_data")
SHORT_OF_PACE = 0.8  # share of the elapsed time below which a target without a trend is off track

TARGET_COLUMNS = {
    "id": pl.String,
    "region": pl.String,
    "indicator": pl.String,
    "target_year": pl.Int64,
    "target": pl.Float64,
    "falls": pl.Boolean,
    "form": pl.String,
    "base_year": pl.Int64,
    "at_most": pl.Boolean,
}


def assess(targets: pl.DataFrame, values: pl.DataFrame, year: int) -> pl.DataFrame:
    """Hold every target against the values known up to ``year``.

    Parameters
    ----------
    targets
        One row per target (``TARGET_COLUMNS``): ``target`` as printed (a fall is a positive number with
        ``falls``), ``base_year`` null where none is given, ``at_most`` where the value may not exceed it.
    values
        One row per (region, indicator, year); ``value`` in the target's unit for levels and increments,
        in any one unit for changes.

    Returns
    -------
    ``targets`` with ``actual`` (the measure) of ``actual_year``, ``start`` and ``start_year``, ``progress``
    (share of the way, raw, may be negative or above 1), ``elapsed`` (share of the time), ``required_pace``
    and ``pace`` (per year), ``forecast``, ``low``, ``high``, ``gap`` (what is missing, positive), ``status`` and
    ``why``. Nothing is filled: a base year without a value, or a base value of zero, leaves ``actual`` null, the
    status ``no_data`` and the cause in ``why``.
    """
    known = values.drop_nulls("value").filter(col("year") <= year)
    measured = _measured(targets, known)
    latest = (
        measured.drop_nulls("measure")
        .sort("id", "year")
        .group_by("id", maintain_order=True)
        .agg(
            actual=col("measure").last(),
            actual_year=col("year").last(),
            first=col("measure").first(),
            first_year=col("year").first(),
        )
    )
    series = measured.select("id", "year", value="measure").drop_nulls()
    ahead = forecast(series, targets.select("id", "target_year"))
    table = targets.join(latest, on="id", how="left").join(ahead, on="id", how="left")
    return _judged(_paced(table, year), _causes(targets, known), year)


def _measured(targets: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    keys = ["region", "indicator"]
    base = known.rename({"value": "base", "year": "base_year"})
    rows = targets.join(known, on=keys, how="left").join(
        base.select(*keys, "base_year", "base"), on=[*keys, "base_year"], how="left"
    )
    ratio = pl.when(col("base") != 0).then(col("value") / col("base"))
    span = col("year") - col("base_year")
    sign = pl.when(col("falls")).then(-1.0).otherwise(1.0)
    grown = pl.when((span > 0) & (ratio > 0)).then(sign * ((ratio ** (1.0 / span)) - 1) * 100)
    measure = (
        pl.when(col("form") == "level")
        .then(col("value"))
        .when(col("form") == "change")
        .then(sign * (ratio - 1) * 100)
        .when(col("form") == "increment")
        .then(sign * (col("value") - col("base")))
        .otherwise(grown)
    )
    started = col("base_year").is_null() | (col("year") >= col("base_year"))
    late = col("year") <= col("target_year")
    return rows.with_columns(measure=measure).filter(started & late)


def _paced(table: pl.DataFrame, year: int) -> pl.DataFrame:
    level = col("form") == "level"
    zero = pl.when(level).then(col("first")).otherwise(0.0)
    begun = pl.when(level).then(col("first_year")).otherwise(col("base_year"))
    table = table.with_columns(start=zero, start_year=begun)
    way = col("target") - col("start")
    done = col("actual") - col("start")
    left = col("target_year") - col("actual_year")
    spent = pl.min_horizontal(pl.lit(year), "target_year") - col("start_year")
    return table.with_columns(
        progress=pl.when(way != 0).then(done / way),
        elapsed=pl.when(col("target_year") > col("start_year")).then(
            spent / (col("target_year") - col("start_year"))
        ),
        required_pace=pl.when(left > 0).then((col("target") - col("actual")) / left),
        pace=pl.when(col("actual_year") > col("start_year")).then(
            done / (col("actual_year") - col("start_year"))
        ),
        gap=pl.when(_at_most())
        .then(col("actual") - col("target"))
        .otherwise(col("target") - col("actual"))
        .clip(lower_bound=0),
    )


def _at_most() -> pl.Expr:
    """Whether less is better: an upper limit of a level; changes count in their own direction."""
    return (col("form") == "level") & col("at_most")


def _reached(measure: str) -> pl.Expr:
    near = col("target").abs() * 1e-9
    return (
        pl.when(_at_most())
        .then(col(measure) <= col("target") + near)
        .otherwise(col(measure) >= col("target") - near)
    )


def _judged(table: pl.DataFrame, causes: pl.DataFrame, year: int) -> pl.DataFrame:
    table = table.with_columns(worst=pl.when(_at_most()).then(col("high")).otherwise(col("low")))
    at_year = col("actual_year") == col("target_year")
    late = pl.lit(year) >= col("target_year")
    paced = col("progress") >= col("elapsed")
    nearly = col("progress") >= col("elapsed") * SHORT_OF_PACE
    status = (
        pl.when(col("actual").is_null() | (late & ~at_year))
        .then(pl.lit("no_data"))
        .when(at_year & _reached("actual"))
        .then(pl.lit("met"))
        .when(at_year)
        .then(pl.lit("missed"))
        .when(col("forecast").is_not_null() & _reached("worst"))
        .then(pl.lit("on_track"))
        .when(col("forecast").is_not_null() & _reached("forecast"))
        .then(pl.lit("at_risk"))
        .when(col("forecast").is_not_null())
        .then(pl.lit("off_track"))
        .when(_reached("actual") | paced)
        .then(pl.lit("on_track"))
        .when(nearly)
        .then(pl.lit("at_risk"))
        .when(col("progress").is_not_null())
        .then(pl.lit("off_track"))
        .otherwise(pl.lit("no_data"))
    )
    late_gap = pl.lit("目标年的数据还没有 no value of the target's year yet")
    why = (
        pl.when(late & ~at_year & col("actual").is_not_null()).then(late_gap).otherwise(col("why"))
    )
    return (
        table.with_columns(status=status)
        .join(causes, on="id", how="left", maintain_order="left")
        .with_columns(why=why.fill_null(""))
        .drop("first", "first_year", "worst")
    )


def _causes(targets: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Why a target has no measure, in words."""
    keys = ["region", "indicator"]
    base = known.select(*keys, base_year="year", base="value")
    seen = known.select(keys).unique().with_columns(seen=True)
    rows = targets.join(seen, on=keys, how="left").join(base, on=[*keys, "base_year"], how="left")
    why = (
        pl.when(col("seen").is_null())
        .then(pl.lit("没有该指标的数据 no value of this indicator"))
        .when((col("form") != "level") & col("base_year").is_null())
        .then(pl.lit("目标没有基年 the target names no base year"))
        .when((col("form") != "level") & col("base").is_null())
        .then(pl.format("缺基年 {} 的数据 no value of the base year", col("base_year")))
        .when((col("form") != "level") & (col("base") == 0))
        .then(pl.lit("基年数值为零 the base year's value is zero"))
    )
    return rows.select("id", why=why)
