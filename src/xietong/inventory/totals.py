"""Totals by region, sector and species with what is missing and what is weak, in one pass.

The activity stays lazy and only small tables are brought here. Three ways, the same answer: keys
that repeat are summed by the engine first; Polars sums other tables into a cube; other engines
join row by row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import polars as pl
from narwhals import col

from xietong.engine import Engine
from xietong.errors import TableError
from xietong.inventory.cube import Cube, cube
from xietong.inventory.cube_totals import layout, lines_of
from xietong.inventory.factors import remembered
from xietong.inventory.grouped_totals import lines_of_groups
from xietong.inventory.prepare import Prepared, factor_keys
from xietong.inventory.row_totals import lines_of_rows
from xietong.inventory.settings import Settings
from xietong.methods.method import Method
from xietong.tables import schema

SAMPLE = 20_000  # rows looked at to see whether keys repeat
REPEATS = 0.8  # distinct keys per row in the sample, below which they are summed first
BY = ("region", "year", "sector")
COLUMNS = ("species", "value", "rows", "not_estimated", "weak")


@dataclass(frozen=True)
class Totals:
    """``table``: one row per region, year, sector and species; ``prepared``: what was used."""

    table: pl.DataFrame
    prepared: Prepared
    rows: int


def totals(
    method: Method,
    activity: nw.LazyFrame[Any],
    engine: Engine,
    settings: Settings,
    way: str | None = None,
) -> Totals:
    """Sum a method's emissions over an activity table of any size.

    Columns of the result: ``value`` (tonnes, mercury in kg; null where nothing could be
    estimated), ``rows``, ``not_estimated`` (rows without value), ``weak`` (tonnes that rest on a
    value not verified or foreign). Amounts below zero raise ``TableError``. ``way`` forces one of
    ``sums``, ``cube``, ``rows``; by itself the quickest is taken.
    """
    columns = activity.collect_schema().names()
    by = [name for name in BY if name in columns]
    numbers = [name for name in schema(method.activity).numbers if name in columns]
    keys = factor_keys(method, columns, numbers)
    amounts = [name for name in method.amounts if name in columns]
    activity = activity.select(list(dict.fromkeys([*by, *keys, *amounts])))
    if way == "sums" or (way is None and _repeats(activity, engine, by, keys)):
        return _of_sums(method, activity, engine, settings, by, keys, amounts)
    native = activity.to_native()
    if way != "rows" and isinstance(native, pl.LazyFrame):
        outer = [name for name in by if name not in keys]
        made = cube(native, [*outer, *keys], amounts)
        if made is not None:
            return _of_cube(method, made, settings, by, keys)
    measured = [name for name in keys if name in numbers]
    table, prepared, least = lines_of_rows(
        method, activity, engine, settings, by, keys, amounts, measured
    )
    _refuse_negative(method, least)
    return _finished(table, prepared, by, method.species)


def _of_sums(
    method: Method,
    activity: nw.LazyFrame[Any],
    engine: Engine,
    settings: Settings,
    by: list[str],
    keys: list[str],
    amounts: list[str],
) -> Totals:
    groups = list(dict.fromkeys([*by, *keys]))
    summed = engine.collect(
        activity.group_by(groups).agg(
            *(col(name).sum().alias(name) for name in amounts),
            *(col(name).min().alias(f"least_{name}") for name in amounts),
            *(col(name).count().alias(f"rows_{name}") for name in amounts),
            nw.len().alias("rows"),
        )
    )
    _refuse_negative(method, {name: _number(summed[f"least_{name}"].min()) for name in amounts})
    distinct = summed.select(keys).unique().sort(keys)
    prepared, found = remembered(method, distinct, settings, amounts)
    table = lines_of_groups(summed, distinct, found, by, method.species)
    return _finished(table, prepared, by, method.species)


def _of_cube(
    method: Method, made: Cube, settings: Settings, by: list[str], keys: list[str]
) -> Totals:
    _refuse_negative(method, made.least)
    read = layout(made, by, keys)
    prepared, found = remembered(method, read.keys, settings, list(made.amounts))
    return _finished(lines_of(made, read, found, method.species), prepared, by, method.species)


def _finished(
    table: pl.DataFrame, prepared: Prepared, by: list[str], species: Sequence[str]
) -> Totals:
    table = table.select(*by, *COLUMNS).sort(*by, "species")
    first = table.filter(pl.col("species") == species[0])
    return Totals(table, prepared, int(first["rows"].sum() or 0))


def _repeats(activity: nw.LazyFrame[Any], engine: Engine, by: list[str], keys: list[str]) -> bool:
    sample = engine.collect(activity.select(list(dict.fromkeys([*by, *keys]))).head(SAMPLE))
    return sample.height > 0 and sample.n_unique() / sample.height < REPEATS


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _refuse_negative(method: Method, least: dict[str, float]) -> None:
    below = {name: value for name, value in least.items() if value < 0}
    if below:
        listed = "、".join(f"{name}（最小 lowest {value:g}）" for name, value in below.items())
        raise TableError(
            f"{schema(method.activity).title}: 有负值 negative amounts: {listed}。"
            "请核对符号；送出量用“方向”表示。Check the sign."
        )
