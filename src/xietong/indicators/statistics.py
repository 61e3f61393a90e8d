"""Statistics as the formulas want them: one unit a series, one value a region and year."""

import polars as pl

from xietong.errors import TableError, VocabularyError
from xietong.indicators.definition import definitions
from xietong.vocab.fuels import parents
from xietong.vocab.measures_of_quantity import convert
from xietong.vocab.tree import line

COLUMNS = ("region", "indicator", "year", "value", "source")
GJ_PER_TCE = 29.3076
SUPPLY = (
    "production",
    "imports",
    "interprovincial_in",
    "exports",
    "interprovincial_out",
    "stock_change",
)


def read_statistics(table: pl.DataFrame) -> pl.DataFrame:
    """The checked sheet ``statistic`` in the units of the definitions.

    Grain in and out: one row per region, indicator, year. All problems are raised at once: a unit that
    does not fit the series, two different values for one year. The same value twice is one.
    """
    problems: list[str] = []
    values: list[float | None] = []
    for row in table.iter_rows(named=True):
        values.append(_in_unit(row, problems))
    made = table.with_columns(value=pl.Series(values, dtype=pl.Float64))
    keys = ["region", "indicator", "year"]
    twice = made.group_by(keys).agg(pl.col("value").unique()).filter(pl.col("value").list.len() > 1)
    problems += [
        f"{region} {indicator} {year}: {len(found)} 个不同的值 different values for one year: "
        f"{', '.join(f'{one:g}' for one in sorted(found))}。请只留一个 keep one"
        for region, indicator, year, found in twice.sort(keys).iter_rows()
    ]
    if problems:
        listed = "\n".join(f"  - {one}" for one in problems)
        raise TableError(f"statistic: {len(problems)} 个问题 problems\n{listed}")
    return made.unique(keys, maintain_order=True).select(COLUMNS)


def _in_unit(row: dict[str, object], problems: list[str]) -> float | None:
    one = definitions()[str(row["indicator"])]
    value, printed = row["value"], str(row["unit"]).strip()
    if not isinstance(value, int | float):
        return None
    if printed == one.unit:
        return float(value)
    try:
        return convert(float(value), printed, one.unit)
    except VocabularyError as error:
        problems.append(
            f"{row['region']} {one.zh} {row['year']}: 单位应能换成 the unit must convert to "
            f"{one.unit!r}; {error}"
        )
        return None


def from_balance(balance: pl.DataFrame) -> pl.DataFrame:
    """Series of an energy balance (calorific convention): total, coal, oil, final energy and electricity.

    Grain in: region, year, flow, fuel with ``energy_gj`` and ``electricity_mwh``; out: as
    ``read_statistics``. Consumption is the primary supply (production, imports and brought in, less
    exports, taken out, plus the change of stock); coal includes coal products brought in.
    """
    tree = parents()
    classes = {fuel: line(fuel, tree) for fuel in balance["fuel"].unique()}
    supply = balance.filter(pl.col("flow").is_in(SUPPLY))
    final = balance.filter(pl.col("flow") == "final_total")
    coal = [fuel for fuel, above in classes.items() if {"coal", "coal_product"} & set(above)]
    oil = [fuel for fuel, above in classes.items() if "oil" in above]
    tce = pl.col("energy_gj").sum() / GJ_PER_TCE / 1e4
    mwh = pl.coalesce("electricity_mwh", pl.col("energy_gj") / 3.6)
    kwh = mwh.sum() / 1e5
    parts = [
        _series("energy_consumption_calorific", supply, tce),
        _series("coal_consumption_tce", supply.filter(pl.col("fuel").is_in(coal)), tce),
        _series("oil_consumption_tce", supply.filter(pl.col("fuel").is_in(oil)), tce),
        _series("final_energy", final, tce),
        _series("final_electricity", final.filter(pl.col("fuel") == "electricity"), kwh),
    ]
    return pl.concat(parts).with_columns(source=pl.lit("能源平衡表 energy balance")).select(COLUMNS)


def from_inventory(totals: pl.DataFrame) -> pl.DataFrame:
    """Carbon dioxide of energy [1e4 t] from the totals of an inventory run on energy methods.

    A year in which nothing could be estimated gives no row.
    """
    co2 = totals.filter(pl.col("species") == "co2_t").drop_nulls("value")
    made = _series("co2_energy", co2, pl.col("value").sum() / 1e4)
    return made.with_columns(source=pl.lit("清单 inventory")).select(COLUMNS)


def _series(indicator: str, table: pl.DataFrame, value: pl.Expr) -> pl.DataFrame:
    return (
        table.group_by("region", "year")
        .agg(value=value)
        .select(
            "region", pl.lit(indicator).alias("indicator"), "year", pl.col("value").cast(pl.Float64)
        )
    )
