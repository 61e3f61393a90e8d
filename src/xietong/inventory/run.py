"""An inventory: every method on its activity table, totals, memo items and warnings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import narwhals as nw
import polars as pl

from xietong.engine import Engine
from xietong.errors import TableError
from xietong.inventory.cautions import Caution, cautions_of
from xietong.inventory.control_carbon import SHEET, attached, unknown_is_not_zero
from xietong.inventory.gwp import equivalents
from xietong.inventory.prepare import Prepared
from xietong.inventory.settings import Settings
from xietong.inventory.totals import totals
from xietong.methods import METHODS
from xietong.vocab.species import columns

Activity = Mapping[str, nw.LazyFrame[Any]]


@dataclass(frozen=True)
class Inventory:
    """What a run gives: ``totals`` (direct emissions and CO2 equivalents), ``memo`` (biogenic and
    recovered CO2, indirect CO2 of electricity and heat), ``warnings``.

    Grain of both tables: one row per region, year, sector, species. ``value`` in tonnes (mercury
    kg), null where nothing could be estimated; ``not_estimated`` counts the rows without a value;
    ``weak_share`` is what rests on values not verified or foreign.
    """

    totals: pl.DataFrame
    memo: pl.DataFrame
    warnings: tuple[Caution, ...]
    settings: Settings
    prepared: Mapping[str, Prepared] = field(repr=False)


def run(activity: Activity, engine: Engine, settings: Settings) -> Inventory:
    """Run every method whose activity table is given; ``TableError`` where there is none.

    With ``settings.control_carbon`` the devices that the tables name bring their own carbon with them,
    in the sector ``pollution_control`` (``inventory.control_carbon``).
    """
    activity = attached(activity, engine, settings)
    parts, prepared = [], {}
    for method in METHODS:
        if method.activity in activity:
            made = totals(method, activity[method.activity], engine, settings)
            table = unknown_is_not_zero(made.table) if method.activity == SHEET else made.table
            parts.append(table.with_columns(pl.col("sector").cast(pl.String)))
            prepared[method.name] = made.prepared
    if not parts:
        known = ", ".join(method.activity for method in METHODS)
        raise TableError(f"没有活动水平（no activity table）。可用 known: energy_balance, {known}")
    table = summed(pl.concat(parts, how="diagonal_relaxed"))
    aside = [*columns("memo"), *columns("indirect")]
    direct = table.filter(~pl.col("species").is_in(aside))
    direct = pl.concat(
        [direct, with_share(equivalents(direct, settings.gwp)).select(direct.columns)]
    )
    memo = table.filter(pl.col("species").is_in(aside))
    return Inventory(
        direct.sort("region", "year", "sector", "species"),
        memo,
        cautions_of(table, prepared, settings),
        settings,
        prepared,
    )


def summed(lines: pl.DataFrame) -> pl.DataFrame:
    """Lines of several methods to one row per region, year, sector and species."""
    made = (
        lines.group_by("region", "year", "sector", "species", maintain_order=True)
        .agg(
            value=pl.when(pl.col("value").count() > 0).then(pl.col("value").sum()).first(),
            rows=pl.col("rows").sum(),
            not_estimated=pl.col("not_estimated").sum(),
            weak=pl.col("weak").sum(),
        )
        .sort("region", "year", "sector", "species")
    )
    return with_share(made)


def with_share(table: pl.DataFrame) -> pl.DataFrame:
    """Adds ``weak_share`` from 0 to 1: |weak| of |weak| + |the rest|; null where nothing was estimated.

    Rows below zero (heat sold) cannot push it past 1 nor hide what is weak behind a small sum.

    >>> with_share(pl.DataFrame({"value": [10.0, 10.0, 0.0], "weak": [4.0, 40.0, 0.0]}))["weak_share"].to_list()
    [0.4, 0.5714285714285714, 0.0]
    """
    weak, rest = pl.col("weak").abs(), (pl.col("value") - pl.col("weak")).abs()
    share = pl.when(weak + rest == 0).then(0.0).otherwise(weak / (weak + rest))
    return table.with_columns(weak_share=pl.when(pl.col("value").is_not_null()).then(share))


def by_species(table: pl.DataFrame) -> pl.DataFrame:
    """The sum over sectors and regions, one row per year and species."""
    made = table.group_by("year", "species", maintain_order=True).agg(
        value=pl.when(pl.col("value").count() > 0).then(pl.col("value").sum()).first(),
        rows=pl.col("rows").sum(),
        not_estimated=pl.col("not_estimated").sum(),
        weak=pl.col("weak").sum(),
    )
    return with_share(made)
