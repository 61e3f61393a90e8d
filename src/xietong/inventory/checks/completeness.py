"""Completeness: which sector and species has a value, and what stands where there is none."""

import polars as pl

from xietong.inventory.checks.finding import Finding, Material

GIVEN = ("NO", "IE", "C")


def matrix(material: Material) -> pl.DataFrame:
    """One row per region, year, sector and species: ``key`` is E (estimated), PE (partly), NE, or
    NO, IE, C as the user stated in ``activity/notation.csv`` (region, sector, species, key, reason).

    What the user states holds only where nothing was estimated.
    """
    table = material.inventory.totals.select(
        "region", "year", "sector", "species", "rows", "not_estimated", "value"
    ).filter(~pl.col("species").str.starts_with("co2e_"))
    made = table.with_columns(
        key=pl.when(pl.col("value").is_null())
        .then(pl.lit("NE"))
        .when(pl.col("not_estimated") > 0)
        .then(pl.lit("PE"))
        .otherwise(pl.lit("E"))
    )
    if material.notation is None or not material.notation.height:
        return made.with_columns(reason=pl.lit(""))
    stated = material.notation.select("region", "sector", "species", stated="key", reason="reason")
    return (
        made.join(stated, on=["region", "sector", "species"], how="left")
        .with_columns(
            key=pl.when(pl.col("key") == "NE")
            .then(pl.coalesce("stated", "key"))
            .otherwise(pl.col("key")),
            reason=pl.col("reason").fill_null(""),
        )
        .drop("stated")
    )


def completeness(material: Material) -> list[Finding]:
    """A note for each sector and species not or only partly estimated."""
    gaps = matrix(material).filter(pl.col("key").is_in(["NE", "PE"]))
    return [
        Finding(
            "completeness",
            "note",
            f"{row['key']}：{row['not_estimated']}/{row['rows']} 行未估算 rows not estimated",
            region=row["region"],
            sector=row["sector"],
            species=row["species"],
        )
        for row in gaps.iter_rows(named=True)
    ]
