"""The inventory's activity tables as measures act on them: one year, summed by key."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import polars as pl

from xietong import params
from xietong.errors import ParameterError
from xietong.inventory.prepare import DEVICES, FUELS
from xietong.inventory.settings import Settings
from xietong.measures.blocks import Base
from xietong.methods import METHODS
from xietong.methods.method import Method
from xietong.params.topic import stamp
from xietong.tables import schema

ASIDE = ("source", "amount_u95_share")
FUEL_USE, CARBON = "fuel_use", "combustion/carbon"
REMEMBERED = 8
SMALL = 2_000  # rows below which summing by key is not worth its time


def bases(
    tables: Mapping[str, pl.DataFrame], names: Iterable[str], year: int, settings: Settings
) -> dict[str, Base]:
    """The tables that measures name, of one year, each one row per key with its amounts summed.

    A table that the inventory does not have is there without rows. Fuel can be said as heat: tonnes
    and cubic metres by the calorific value that the inventory itself uses, null without one.
    """
    return {name: _base(name, tables.get(name), year, settings) for name in dict.fromkeys(names)}


def regions_of(tables: Mapping[str, pl.DataFrame], year: int) -> tuple[str, ...]:
    """The regions of an inventory in a year.

    >>> regions_of({"fuel_use": pl.DataFrame({"region": ["370100", "370200"], "year": [2020, 2021]})}, 2020)
    ('370100',)
    """
    held = (t.filter(pl.col("year") == year) for t in tables.values() if "region" in t.columns)
    return tuple(sorted({one for table in held for one in table["region"].drop_nulls()}))


def methods_of(table: str) -> list[Method]:
    """The methods that read an activity table.

    >>> [one.name for one in methods_of("electricity_exchange")]
    ['electricity_exchange']
    """
    return [method for method in METHODS if method.activity == table]


def _base(name: str, table: pl.DataFrame | None, year: int, settings: Settings) -> Base:
    methods = methods_of(name)
    numbers = schema(name).numbers
    amounts = tuple(dict.fromkeys(a for one in methods for a in one.amounts if a in numbers))
    rows = _empty(name) if table is None else table.filter(pl.col("year") == year)
    rows = rows.drop(column for column in ASIDE if column in rows.columns)
    rows = rows.with_columns(
        pl.lit(None, dtype=pl.Float64).alias(a) for a in amounts if a not in rows.columns
    )
    if rows.height > SMALL:
        rows = _summed(rows, amounts)
    views = _heat(rows, settings) if name == FUEL_USE and rows.height else {}
    return Base(name, rows, amounts, _replaces(methods), views)


def _empty(name: str) -> pl.DataFrame:
    kinds: dict[str, Any] = {}
    for column in schema(name).columns:
        for one in column.into.values() or (column.name,):
            if column.type in {"number", "share", "quantity"}:
                kinds[one] = pl.Float64
            elif column.type != "unit":
                kinds[one] = pl.Int64 if column.type == "year" else pl.String
    return pl.DataFrame(schema=kinds)


def _summed(rows: pl.DataFrame, amounts: tuple[str, ...]) -> pl.DataFrame:
    """Rows of one key and one filled amount become one; which amount is filled stays apart."""
    filled = [pl.col(name).is_not_null().alias(f"__{name}") for name in amounts]
    keys = [name for name in rows.columns if name not in amounts and name != "facility"]
    marks = [f"__{name}" for name in amounts]
    made = (
        rows.with_columns(filled)
        .group_by([*keys, *marks], maintain_order=True)
        .agg(
            pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()).first().alias(name)
            for name in amounts
        )
        .drop(marks)
    )
    return made if made.height < rows.height else rows


def _replaces(methods: Iterable[Method]) -> dict[str, frozenset[str]]:
    """Measured columns: which look-up keys say the value that they stand in for."""
    found: dict[str, set[str]] = {}
    for method in methods:
        for name in method.params.values():
            if name not in {FUELS, DEVICES}:
                topic = params.topic(name)
                for column in topic.columns:
                    found.setdefault(column, set()).update(topic.keys)
    return {column: frozenset(keys) for column, keys in found.items()}


def _heat(rows: pl.DataFrame, settings: Settings) -> dict[str, np.ndarray[Any, Any]]:
    """Heat of each row [GJ] with the calorific values of the inventory, NaN where there is none."""
    table = _calorific(rows.select("sector", "fuel", "year").unique().sort(pl.all()), settings)
    if table is None:
        return {}
    keys = ["sector", "fuel", "year"]
    wide = rows.with_row_index("__order").join(
        table.rename({name: f"__{name}" for name in table.columns if name not in keys}),
        on=keys, how="left", maintain_order="left", nulls_equal=True,
    )  # fmt: skip

    def ncv(name: str) -> pl.Expr:
        own = [pl.col(name)] if name in rows.columns else []
        looked = [pl.col(f"__{name}")] if f"__{name}" in wide.columns else []
        return pl.coalesce(*own, *looked, pl.lit(None, dtype=pl.Float64))

    heat = wide.select(
        pl.coalesce(
            pl.col("energy_gj"),
            pl.col("fuel_t") * ncv("ncv_gj_per_t"),
            pl.col("gas_1e4m3") * ncv("ncv_gj_per_1e4m3"),
        ).cast(pl.Float64)
    ).to_series()
    return {"energy_gj": heat.to_numpy().copy()}


_memory: dict[tuple[object, ...], pl.DataFrame | None] = {}


def _calorific(keys: pl.DataFrame, settings: Settings) -> pl.DataFrame | None:
    """The calorific values of some keys, None without a table; the last few answers are kept."""
    chosen, fill = settings.programme(CARBON), settings.fill.get(CARBON, ())
    held = tuple(keys.iter_rows())
    asked = (held, chosen, fill, settings.workspace, stamp(settings.workspace))
    if asked not in _memory:
        if len(_memory) >= REMEMBERED:
            _memory.pop(next(iter(_memory)))
        years = keys["year"].unique().to_list()
        try:
            _memory[asked] = params.load(
                CARBON, programme=chosen, fill=fill, years=years, keys=keys,
                workspace=settings.workspace,
            ).wide  # fmt: skip
        except ParameterError:
            _memory[asked] = None
    return _memory[asked]
