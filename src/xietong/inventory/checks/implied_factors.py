"""Implied factors: what came out, by heat, within wide limits of what fuels can give."""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polars as pl

from xietong import params
from xietong.inventory.checks.finding import Finding, Material
from xietong.inventory.factors import run
from xietong.inventory.prepare import factor_keys, prepare
from xietong.methods import METHODS
from xietong.tables import schema
from xietong.vocab.fuels import fuels, parents
from xietong.vocab.tree import line

POLLUTANTS = ("so2", "nox", "tsp", "co", "nmvoc")
TIMES_HIGHEST = 3  # how far above the highest published factor is still thought possible


@cache
def ranges() -> dict[tuple[str, str], tuple[float, float]]:
    """Limits of CO2 by species and phase [kg/GJ]."""
    path = Path(__file__).parent / "implied_ranges.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["species"], row["phase"]): (
                float(row["low_kg_per_gj"]),
                float(row["high_kg_per_gj"]),
            )
            for row in csv.DictReader(file)
        }


@cache
def highest_published() -> dict[tuple[str, str], float]:
    """The highest factor [kg/GJ] of any programme, by pollutant and phase of the fuel."""
    below: dict[str, set[str]] = {}
    for fuel in fuels():
        for name in line(fuel.fuel, parents()):
            below.setdefault(name, set()).update({fuel.phase} - {""})
    found: dict[tuple[str, str], float] = {}
    rows = params.read_long("combustion/pollutants").filter(
        pl.col("value").is_not_null(), pl.col("parameter").str.ends_with("_kg_per_gj")
    )
    for row in rows.iter_rows(named=True):
        pollutant = row["parameter"].removesuffix("_kg_per_gj")
        for phase in below.get(row["fuel"], ()):
            key = (pollutant, phase)
            found[key] = max(found.get(key, 0.0), row["value"])
    return found


def implied_factors(material: Material) -> list[Finding]:
    """An error for CO2 by heat outside its limits, a warning for pollutants far above all published.

    A pollutant's limit is ``TIMES_HIGHEST`` times the highest factor of all programmes for fuels of
    that phase: only values given by the user (assays, own factors, heat) can lead above it.
    """
    return [finding for made in _made(material) for finding in (*_carbon(made), *_pollutants(made))]


def _made(material: Material) -> Iterator[pl.DataFrame]:
    """The rows of each method that burns fuels, with ``phase`` and ``heat_gj`` above zero."""
    phases = {one.fuel: one.phase for one in fuels()}
    for method in METHODS:
        rows = material.activity.get(method.activity)
        if rows is None or "fuels" not in method.params:
            continue
        keys = factor_keys(method, rows.columns, list(schema(method.activity).numbers))
        prepared = prepare(method, rows.select(keys).unique(), material.inventory.settings)
        made = run(method, rows, prepared).filter(pl.col("heat_gj") > 0)
        yield made.with_columns(
            phase=pl.col("fuel").replace_strict(phases, default="", return_dtype=pl.String)
        )


def _carbon(made: pl.DataFrame) -> Iterator[Finding]:
    all_co2 = pl.sum_horizontal("co2_t", "co2_bio_t", "co2_recovered_t", ignore_nulls=False)
    implied = made.with_columns(implied=all_co2 * 1000 / pl.col("heat_gj"))
    for (species, phase), (low, high) in ranges().items():
        out = implied.filter((pl.col("phase") == phase) & ~pl.col("implied").is_between(low, high))
        for row in out.iter_rows(named=True):
            said = (
                f"CO2 {row['implied']:.1f} kg/GJ 超出 outside {low:g}–{high:g}: "
                "核对热值、含碳量与单位 check NCV, carbon and units"
            )
            yield _finding("error", said, row, species)


def _pollutants(made: pl.DataFrame) -> Iterator[Finding]:
    for pollutant in POLLUTANTS:
        species = f"{pollutant}_t"
        implied = made.with_columns(implied=pl.col(species) * 1000 / pl.col("heat_gj"))
        for phase in ("solid", "liquid", "gas"):
            highest = highest_published().get((pollutant, phase))
            if highest is None:
                continue
            limit = highest * TIMES_HIGHEST
            out = implied.filter((pl.col("phase") == phase) & (pl.col("implied") > limit))
            for row in out.iter_rows(named=True):
                said = (
                    f"{pollutant.upper()} {row['implied']:.3g} kg/GJ 高于各套公开系数最大值的 "
                    f"{TIMES_HIGHEST} 倍 above {TIMES_HIGHEST} times the highest published factor "
                    f"({highest:.3g}): 核对硫分、灰分、系数与单位 check assay, factor and units"
                )
                yield _finding("warning", said, row, species)


def _finding(severity: str, said: str, row: dict[str, object], species: str) -> Finding:
    value = row["implied"]
    return Finding(
        "implied-factor",
        severity,
        said,
        region=str(row["region"]),
        sector=str(row["sector"]),
        fuel=str(row["fuel"]),
        species=species,
        value=float(value) if isinstance(value, float) else None,
    )
