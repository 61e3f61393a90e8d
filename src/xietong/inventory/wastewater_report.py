"""A plant's months: what was removed, and the carbon of it by part, per cubic metre and per kg COD.

Which method and species make which part stands in ``wastewater_parts.csv``.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from xietong import params
from xietong.errors import TableError
from xietong.inventory.factors import run
from xietong.inventory.prepare import factor_keys, prepare
from xietong.inventory.settings import Settings
from xietong.inventory.wastewater_months import SHEET
from xietong.methods.method import Method
from xietong.methods.water import WATER
from xietong.tables import schema

HERE = Path(__file__).parent
PLANT = ("region", "year", "facility")
REMOVED = tuple(f"{name}_removed_t" for name in ("cod", "bod", "nh3n", "tn", "tp"))
EMITTED = ("direct", "indirect", "upstream")


@dataclass(frozen=True)
class Part:
    """A line of ``wastewater_parts.csv``: ``species`` of ``method`` counts as ``gas`` in ``part``."""

    part: str
    method: str
    species: str
    gas: str
    group: str
    name_zh: str
    name_en: str


@cache
def wastewater_parts() -> tuple[Part, ...]:
    """The parts in their order.

    >>> [one.part for one in wastewater_parts() if one.group == "avoided"]
    ['avoided_energy', 'avoided_reuse']
    """
    with (HERE / "wastewater_parts.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(Part(**row) for row in csv.DictReader(stream))


def wastewater_report(activity: Mapping[str, pl.DataFrame], settings: Settings) -> pl.DataFrame:
    """Removed masses, parts and intensities of each plant, by month and for the year.

    Parameters
    ----------
    activity
        The tables of the inventory, ``wastewater_plant`` and what ``with_months`` made of it among
        them. Rows that others filled in for the same plant and year count too; without a month only
        in the year.
    settings
        Sets chosen by name, as for the inventory.

    Returns
    -------
    One row per region, facility, year and month, and one with ``month`` null for the year:
    ``water_1e4m3`` [10⁴ m³], ``cod_removed_t`` … [t], ``<part>_co2e_t``, ``direct_co2e_t``,
    ``total_co2e_t`` [t CO2e] of what could be estimated, ``not_estimated`` the parts that lack a
    value, ``direct_kg_per_m3``, ``total_kg_per_m3`` [kg/m³], ``total_kg_per_kg_cod`` [kg/kg]. What is
    avoided stands apart and is in no total. A part the plant does not have is null and not counted
    as missing.

    Source
    ------
    The methods' own; warming potentials of the set chosen.
    """
    if SHEET not in activity:
        raise TableError(
            f"没有“{schema(SHEET).title}”（no {SHEET} sheet）。请用 xietong inventory template 填写"
        )
    months = _made(_method(SHEET), activity[SHEET], settings)
    plants = months.select(PLANT).unique(maintain_order=True)
    parts = pl.concat(_parts(activity, plants, settings), how="diagonal_relaxed")
    rows = [
        _table(months, parts, [*PLANT, "month"]).filter(pl.col("month").is_not_null()),
        _table(months, parts, list(PLANT)).with_columns(month=pl.lit(None, dtype=pl.Int64)),
    ]
    return pl.concat(rows, how="diagonal").sort(
        "region", "facility", "year", "month", nulls_last=True
    )


def _method(name: str) -> Method:
    return next(one for one in WATER if one.name == name)


def _made(method: Method, table: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    keys = factor_keys(method, table.columns, list(schema(method.activity).numbers))
    made = run(method, table, prepare(method, table.select(keys).unique(), settings))
    month = pl.col("month") if "month" in made.columns else pl.lit(None)
    return made.with_columns(month=month.cast(pl.Int64, strict=False))


def _parts(
    activity: Mapping[str, pl.DataFrame], plants: pl.DataFrame, settings: Settings
) -> Iterator[pl.DataFrame]:
    """Long: plant, month, part, ``value`` [t CO2e]; null where a row could not be estimated."""
    wide = params.load("gwp/gwp100", programme=settings.gwp).wide
    gwp = dict(wide.select("gas", "gwp100").iter_rows()) | {"CO2": 1.0}
    answers: dict[str, pl.DataFrame] = {}
    for one in wastewater_parts():
        if one.method not in activity:
            continue
        if one.method not in answers:
            table = activity[one.method].join(plants, on=PLANT, how="semi")
            answers[one.method] = _made(_method(one.method), table, settings)
        yield answers[one.method].select(
            *PLANT,
            "month",
            part=pl.lit(one.part),
            value=pl.col(one.species) * gwp[one.gas],
        )


def _table(months: pl.DataFrame, parts: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """Sums of a plant's months, or of its years."""
    masses = months.group_by(by, maintain_order=True).agg(
        pl.col("water_1e4m3", *REMOVED).sum(),
        *(pl.col(name).is_null().any().alias(f"{name}_gap") for name in REMOVED),
    )
    masses = masses.with_columns(
        pl.when(~pl.col(f"{name}_gap")).then(pl.col(name)).alias(name) for name in REMOVED
    ).drop(f"{name}_gap" for name in REMOVED)
    summed = parts.group_by([*by, "part"], maintain_order=True).agg(
        value=pl.when(pl.col("value").count() > 0).then(pl.col("value").sum()).first(),
        gap=pl.col("value").is_null().any(),
    )
    gaps = summed.filter("gap").group_by(by, maintain_order=True).agg(not_estimated=pl.col("part"))
    table = masses
    for name in dict.fromkeys(one.part for one in wastewater_parts()):
        one = summed.filter(pl.col("part") == name).select(*by, pl.col("value").alias(name))
        table = table.join(
            one.rename({name: f"{name}_co2e_t"}), on=by, how="left", nulls_equal=True
        )
    table = table.join(gaps, on=by, how="left", nulls_equal=True)
    cubic_metres = pl.when(pl.col("water_1e4m3") > 0).then(pl.col("water_1e4m3") * 10_000)
    return table.with_columns(
        direct_co2e_t=_known(("direct",)), total_co2e_t=_known(EMITTED)
    ).with_columns(
        direct_kg_per_m3=pl.col("direct_co2e_t") * 1000 / cubic_metres,
        electricity_kg_per_m3=pl.col("electricity_co2e_t") * 1000 / cubic_metres,
        total_kg_per_m3=pl.col("total_co2e_t") * 1000 / cubic_metres,
        total_kg_per_kg_cod=pl.when(pl.col("cod_removed_t") > 0).then(
            pl.col("total_co2e_t") / pl.col("cod_removed_t")
        ),
        not_estimated=pl.col("not_estimated").fill_null([]),
    )


def _known(groups: tuple[str, ...]) -> pl.Expr:
    """The sum of the parts that have a value; null where none has."""
    names = dict.fromkeys(f"{one.part}_co2e_t" for one in wastewater_parts() if one.group in groups)
    some = pl.any_horizontal(pl.col(name).is_not_null() for name in names)
    return pl.when(some).then(pl.sum_horizontal(*names))
