"""Indicator values from reported statistics: computed where all series are there, else reported."""

from collections.abc import Sequence

import polars as pl

from xietong.errors import TableError
from xietong.indicators.constant_price import constant_price
from xietong.indicators.definition import Definition, definitions
from xietong.indicators.formulas import FORMULAS

KEYS = ("region", "year")
COLUMNS = ("region", "indicator", "year", "value", "unit", "how", "source")


def compute(
    statistics: pl.DataFrame, base_year: int, wanted: Sequence[str] | None = None
) -> pl.DataFrame:
    """All indicators that the statistics allow.

    Parameters
    ----------
    statistics
        One row per (region, indicator, year); ``value`` in the unit of its definition, ``source``.
    base_year
        Prices of which year the intensities are at.
    wanted
        Ids; default all.

    Returns
    -------
    One row per region, indicator and year: ``value`` [``unit``], ``how`` (``computed``: then
    ``source`` lists the sources of all series used; ``reported``: its own). What was reported stands
    before what could be computed, so that an official figure is never replaced. Nothing is made up:
    a row exists only where all series of the year exist.

    ``TableError`` where an intensity is asked for by name and no region has the base year's GDP.
    """
    wide = _wide(statistics)
    wide = _with_constant_price(wide, base_year)
    made = [_reported(statistics)]
    for one in definitions().values():
        if one.formula and (wanted is None or one.id in wanted):
            found = _computed(one, wide, statistics)
            if found is None or not found.height:
                _say_why(one, wide, base_year, wanted)
                continue
            made.append(found.join(made[0], on=("region", "indicator", "year"), how="anti"))
    table = pl.concat(made)
    if wanted is not None:
        table = table.filter(pl.col("indicator").is_in(list(wanted)))
    return table.select(COLUMNS).sort("region", "indicator", "year")


def missing(statistics: pl.DataFrame, indicator: str) -> pl.DataFrame:
    """Which series keep an indicator from being computed: one row per region, year, series."""
    wide = _wide(statistics)
    needs = _leaves(indicator)
    absent = [name for name in needs if name not in wide.columns]
    full = wide.with_columns(pl.lit(None, dtype=pl.Float64).alias(name) for name in absent)
    long = full.unpivot(needs, index=KEYS, variable_name="series", value_name="value")
    return long.filter(pl.col("value").is_null()).select(*KEYS, "series").sort(*KEYS, "series")


def _leaves(indicator: str) -> list[str]:
    one = definitions()[indicator]
    if not one.formula:
        return [indicator]
    return list(dict.fromkeys(leaf for need in one.needs for leaf in _leaves(need)))


def _wide(statistics: pl.DataFrame) -> pl.DataFrame:
    return (
        statistics.pivot("indicator", index=KEYS, values="value", aggregate_function="first")
        .sort(KEYS)
        .with_columns(pl.exclude(KEYS).cast(pl.Float64))
    )


def _with_constant_price(wide: pl.DataFrame, base_year: int) -> pl.DataFrame:
    """A region that reports constant prices keeps its own series whole; others are chained."""
    name = "gdp_constant"
    own = pl.col(name).is_not_null().any().over("region")
    if name not in wide.columns:
        wide = wide.with_columns(pl.lit(None, dtype=pl.Float64).alias(name))
    if "gdp" not in wide.columns or "gdp_index" not in wide.columns:
        return wide
    chained = constant_price(wide, base_year).rename("chained")
    return (
        wide.with_columns(chained)
        .with_columns(pl.when(own).then(name).otherwise("chained").alias(name))
        .drop("chained")
    )


def _reported(statistics: pl.DataFrame) -> pl.DataFrame:
    units = {one.id: one.unit for one in definitions().values()}
    return statistics.select(
        "region",
        "indicator",
        "year",
        "value",
        unit=pl.col("indicator").replace_strict(units, default="", return_dtype=pl.String),
        how=pl.lit("reported"),
        source=pl.col("source"),
    )


def _computed(one: Definition, wide: pl.DataFrame, statistics: pl.DataFrame) -> pl.DataFrame | None:
    if one.formula == "constant_price":
        expression = pl.col("gdp_constant")
        needs: tuple[str, ...] = ("gdp_constant",)
    else:
        expression, needs = FORMULAS[one.formula], one.needs
    if any(name not in wide.columns for name in needs):
        return None
    values = wide.select(*KEYS, value=expression).drop_nulls("value")
    used = _used(one, statistics)
    sources = used.group_by(KEYS).agg(source=pl.col("source").unique().sort().str.join("；"))
    return values.join(sources, on=KEYS, how="left").select(
        "region",
        pl.lit(one.id).alias("indicator"),
        "year",
        "value",
        unit=pl.lit(one.unit),
        how=pl.lit("computed"),
        source=pl.col("source").fill_null(""),
    )


def _used(one: Definition, statistics: pl.DataFrame) -> pl.DataFrame:
    """The rows behind a value: a reported constant-price series stands for what it is chained from."""
    own = statistics.filter(pl.col("indicator") == "gdp_constant").select(KEYS)
    chained = statistics.filter(pl.col("indicator").is_in(["gdp", "gdp_index"])).join(
        own, on=KEYS, how="semi"
    )
    return statistics.filter(pl.col("indicator").is_in([*_leaves(one.id), *one.needs])).join(
        chained, on=("region", "indicator", "year"), how="anti"
    )


def _say_why(
    one: Definition, wide: pl.DataFrame, base_year: int, wanted: Sequence[str] | None
) -> None:
    if wanted is None or "gdp_constant" not in (one.id, *one.needs):
        return
    based = (
        "gdp" in wide.columns
        and wide.filter((pl.col("year") == base_year) & pl.col("gdp").is_not_null()).height
    )
    if not based:
        raise TableError(
            f"{one.zh}（{one.id}）需要基年 {base_year} 的地区生产总值 needs the GDP of the base year. "
            "请补 gdp 与 gdp_index，或换基年 --base-year"
        )
