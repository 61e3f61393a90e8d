"""Jumps: a sector's species that moves by more than half from one year to the next."""

import polars as pl

from xietong.inventory.checks.finding import Finding, Material
from xietong.inventory.factors import run
from xietong.methods import find_method

LIMIT = 0.5
YOUNG = 5  # years after its first deposit in which a landfill's gas builds up
DECAY, METHANE = "landfill", "ch4_t"
WHERE = ("region", "sector", "year")


def jumps(material: Material) -> list[Finding]:
    """A warning for each change beyond ±50 % between two years that follow each other.

    A landfill by first-order decay gives nothing in its first year and a multiple in the next ones,
    whatever is brought to it: a rise that is gone without the sites of at most five years is none.
    """
    table = (
        material.inventory.totals.drop_nulls("value")
        .sort("region", "sector", "species", "year")
        .with_columns(
            before=pl.col("value").shift(1).over("region", "sector", "species"),
            year_before=pl.col("year").shift(1).over("region", "sector", "species"),
        )
        .filter(pl.col("year") == pl.col("year_before") + 1, pl.col("before") != 0)
        .with_columns(change=pl.col("value") / pl.col("before") - 1)
        .filter(pl.col("change").abs() > LIMIT)
    )
    return [
        Finding(
            "jump",
            "warning",
            f"{row['year_before']}→{row['year']}: {row['change']:+.0%}",
            region=row["region"],
            sector=row["sector"],
            species=row["species"],
            value=row["value"],
            expected=row["before"],
        )
        for row in _without_young(table, _young_rise(material)).iter_rows(named=True)
    ]


def _without_young(changes: pl.DataFrame, young: pl.DataFrame | None) -> pl.DataFrame:
    """Changes less those of methane, and of its CO2 equivalents, that young sites explain."""
    if young is None or not changes.height:
        return changes
    told = changes.join(young, on=WHERE, how="left", maintain_order="left").with_columns(
        pl.col("young", "young_before").fill_null(0.0)
    )
    left, left_before = pl.col("value") - pl.col("young"), pl.col("before") - pl.col("young_before")
    noise = 1e-9 * pl.col("value").abs()  # of sums in another order
    explained = (left - left_before).abs() <= LIMIT * left_before.abs() + noise
    methane = told.filter(
        pl.col("species") == METHANE, pl.col("change") > 0, pl.col("young") > 0, explained
    ).select(*WHERE, methane_change="change")
    is_gas = (pl.col("species") == METHANE) | pl.col("species").str.starts_with("co2e_")
    excused = (
        is_gas & (pl.col("change") > 0) & (pl.col("change") <= pl.col("methane_change") + 1e-9)
    )
    return changes.join(methane, on=WHERE, how="left", maintain_order="left").filter(
        ~excused.fill_null(False)
    )


def _young_rise(material: Material) -> pl.DataFrame | None:
    """Methane of sites at most ``YOUNG`` years after their first deposit, in a year and the one before.

    Grain: one row per region, sector, year; ``young``, ``young_before`` [t]. The sites of a year are
    looked at in both years. None where no landfill is computed by decay.
    """
    table, prepared = material.activity.get(DECAY), material.inventory.prepared.get(DECAY)
    if table is None or prepared is None or not table.height:
        return None
    site = ["region", "sector", "facility"]
    made = (
        run(find_method(DECAY), table, prepared)
        .with_columns(age=pl.col("year") - pl.col("deposit_year").min().over(site))
        .group_by(*site, "year", "age")
        .agg(pl.col(METHANE).sum())
        .sort(*site, "year")
        .with_columns(last=pl.col(METHANE).shift(1, fill_value=0.0).over(site))
    )
    return (
        made.filter(pl.col("age") <= YOUNG)
        .group_by(WHERE)
        .agg(young=pl.col(METHANE).sum(), young_before=pl.col("last").sum())
    )
