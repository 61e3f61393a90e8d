"""Implied factors: what came out, by heat, within wide limits of what fuels can give."""

import csv
from functools import cache
from pathlib import Path

import polars as pl

from xietong.inventory.checks.finding import Finding, Material
from xietong.inventory.factors import run
from xietong.inventory.prepare import factor_keys, prepare
from xietong.methods import METHODS
from xietong.tables import schema
from xietong.vocab.fuels import fuels


@cache
def ranges() -> dict[tuple[str, str], tuple[float, float]]:
    """Limits by species and phase [kg/GJ]."""
    path = Path(__file__).parent / "implied_ranges.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["species"], row["phase"]): (
                float(row["low_kg_per_gj"]),
                float(row["high_kg_per_gj"]),
            )
            for row in csv.DictReader(file)
        }


def implied_factors(material: Material) -> list[Finding]:
    """An error for each row whose CO2 by heat lies outside the limits of its phase."""
    settings = material.inventory.settings
    findings = []
    for method in METHODS:
        rows = material.activity.get(method.activity)
        if rows is None or "fuels" not in method.params:
            continue
        keys = factor_keys(method, rows.columns, list(schema(method.activity).numbers))
        prepared = prepare(method, rows.select(keys).unique(), settings)
        phases = {one.fuel: one.phase for one in fuels()}
        made = run(method, rows, prepared).with_columns(
            all_co2=pl.sum_horizontal("co2_t", "co2_bio_t", "co2_recovered_t", ignore_nulls=False),
            phase=pl.col("fuel").replace_strict(phases, default="", return_dtype=pl.String),
        )
        implied = made.filter(pl.col("heat_gj") > 0).with_columns(
            implied=pl.col("all_co2") * 1000 / pl.col("heat_gj")
        )
        for (species, phase), (low, high) in ranges().items():
            out = implied.filter(
                (pl.col("phase") == phase) & ~pl.col("implied").is_between(low, high)
            )
            findings += [
                Finding(
                    "implied-factor",
                    "error",
                    f"CO2 {row['implied']:.1f} kg/GJ 超出 outside {low:g}–{high:g}: 核对热值、含碳量与单位 check NCV, carbon and units",
                    region=row["region"],
                    sector=row["sector"],
                    fuel=row["fuel"],
                    species=species,
                    value=row["implied"],
                )
                for row in out.iter_rows(named=True)
            ]
    return findings
