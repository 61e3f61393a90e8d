"""Jumps: a sector's species that moves by more than half from one year to the next."""

import polars as pl

from xietong.inventory.checks.finding import Finding, Material

LIMIT = 0.5


def jumps(material: Material) -> list[Finding]:
    """A warning for each change beyond ±50 % between two years that follow each other."""
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
        for row in table.iter_rows(named=True)
    ]
