"""Areas that do not close: territory, conversions, and the pairs of rows of a change of soil."""

from collections.abc import Iterator

import polars as pl

from xietong.inventory.checks.finding import Finding, Material

CLOSES_WITHIN = 0.005  # of the territory, or of the larger row of a pair
CHANGE = ("region", "year", "facility", "climate", "soil")


def land_areas(material: Material) -> list[Finding]:
    """What of the areas of land does not add up."""
    return [*_territory(material), *_conversions(material), *_pairs(material)]


def _territory(material: Material) -> Iterator[Finding]:
    """The sum of all uses stays the same from year to year."""
    areas = material.activity.get("land_areas")
    if areas is None:
        return
    sums = (
        areas.group_by("region", "year")
        .agg(pl.col("area_ha").sum())
        .sort("region", "year")
        .with_columns(before=pl.col("area_ha").shift(1).over("region"))
    )
    open_ = (pl.col("area_ha") - pl.col("before")).abs() > CLOSES_WITHIN * pl.col("before")
    for row in sums.filter(open_).iter_rows(named=True):
        yield Finding(
            "territory-changed",
            "error",
            f"{row['year']}：各地类合计 {row['area_ha']:,.0f} 公顷，上一期 {row['before']:,.0f} 公顷 "
            "the sum of all land uses changed: a use is missing or was counted twice",
            region=str(row["region"]),
            value=row["area_ha"],
            expected=row["before"],
        )


def _conversions(material: Material) -> Iterator[Finding]:
    """The change of a use from one year to the next is what came in less what went out."""
    areas, moved = (material.activity.get(name) for name in ("land_areas", "land_conversion"))
    if areas is None or moved is None:
        return
    flows = pl.concat(
        [
            moved.select("region", "year", use="to_use", flow="area_ha"),
            moved.select("region", "year", use="from_use", flow=-pl.col("area_ha")),
        ]
    )
    flows = flows.group_by("region", "year", "use").agg(pl.col("flow").sum())
    by_use = areas.group_by("region", "year", "use").agg(pl.col("area_ha").sum())
    change = (
        by_use.sort("year")
        .with_columns(
            before=pl.col("area_ha").shift(1).over("region", "use"),
            year_before=pl.col("year").shift(1).over("region", "use"),
            territory=pl.col("area_ha").sum().over("region", "year"),
        )
        .filter(pl.col("year") == pl.col("year_before") + 1)
        .join(flows, on=["region", "year", "use"], how="left")
        .with_columns(expected=pl.col("before") + pl.col("flow").fill_null(0.0))
    )
    gap = (pl.col("area_ha") - pl.col("expected")).abs()
    for row in change.filter(gap > CLOSES_WITHIN * pl.col("territory")).iter_rows(named=True):
        yield Finding(
            "land-matrix-open",
            "error",
            f"{row['year']} {row['use']}：面积 {row['area_ha']:,.0f} 公顷，上年加转入减转出为 "
            f"{row['expected']:,.0f} 公顷 the area is not last year's plus what came in less what went out",
            region=str(row["region"]),
            value=row["area_ha"],
            expected=row["expected"],
        )


def _pairs(material: Material) -> Iterator[Finding]:
    """Each change of a soil has a row before and a row after, of one area."""
    soils = material.activity.get("soil_carbon")
    if soils is None:
        return

    def area(stage: str) -> pl.Expr:
        return pl.col("area_ha").filter(pl.col("direction") == stage).sum()

    sides = soils.group_by(CHANGE).agg(before=area("before"), after=area("after")).sort(CHANGE)
    larger = pl.max_horizontal("before", "after")
    open_ = (pl.col("before") - pl.col("after")).abs() > CLOSES_WITHIN * larger
    for row in sides.filter(open_).iter_rows(named=True):
        yield Finding(
            "soil-pair-open",
            "error",
            f"{row['year']} {row['facility']}：改变前 {row['before']:,.0f} 公顷，改变后 "
            f"{row['after']:,.0f} 公顷 before and after differ in area: a whole stock of carbon would count",
            region=str(row["region"]),
            species="co2_soil_t",
            value=row["after"],
            expected=row["before"],
        )
