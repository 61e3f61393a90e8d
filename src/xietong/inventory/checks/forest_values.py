"""Values of forests that no forest has, and surveys that do not follow one another."""

from collections.abc import Iterator

import polars as pl

from xietong.inventory.checks.finding import Finding, Material

CARBON_FROM, CARBON_TO = 0.40, 0.55  # share of dry mass
FASTEST = 30.0  # m³/ha a, beyond the best poplar plantations
TREES, TOPIC = ("forest_stock", "forest_growth", "wood_loss"), "land/trees"
STAND = ("region", "facility", "stand", "stock_level")


def forest_values(material: Material) -> list[Finding]:
    """Carbon shares out of range, growth too fast, surveys repeated or broken."""
    return [*_carbon_shares(material), *_growth(material), *_repeated(material), *_broken(material)]


def _carbon_shares(material: Material) -> Iterator[Finding]:
    """Measured in a row, or stated in the workspace's own factors."""
    seen: list[tuple[str, float]] = []
    for name in TREES:
        table = material.activity.get(name)
        if table is not None and "carbon_share" in table.columns:
            seen += [(name, value) for value in table["carbon_share"].drop_nulls()]
        prepared = material.inventory.prepared.get(name)
        if prepared is not None and TOPIC in prepared.rows:
            rows = prepared.rows[TOPIC].filter(pl.col("parameter") == "carbon_share")
            seen += [(row, v) for row, v in rows.select("row", "value").drop_nulls().rows()]
    for where, value in dict.fromkeys(seen):
        if not CARBON_FROM <= value <= CARBON_TO:
            yield Finding(
                "carbon-share-range",
                "warning",
                f"{where}：含碳率 {value:g} 不在 {CARBON_FROM:g}～{CARBON_TO:g} carbon share of dry mass "
                "out of range: check it",
                value=value,
            )


def _growth(material: Material) -> Iterator[Finding]:
    table = material.activity.get("forest_stock")
    if table is None:
        return
    rate = (pl.col("volume_after_m3_per_ha") - pl.col("volume_before_m3_per_ha")) / pl.col(
        "between_years"
    )
    fast = table.with_columns(rate=rate).filter(pl.col("rate") > FASTEST)
    for row in fast.iter_rows(named=True):
        yield Finding(
            "forest-growth-fast",
            "warning",
            f"{row['year']} {row['facility']} {row['stand']}：每年每公顷增加 {row['rate']:.0f} m³，核对单位和间隔 "
            "faster than any plantation: check units and years between",
            region=str(row["region"]),
            value=row["rate"],
            expected=FASTEST,
        )


def _repeated(material: Material) -> Iterator[Finding]:
    """A change between two surveys stands in more years than lie between them."""
    table = material.activity.get("forest_stock")
    if table is None:
        return
    change = [*STAND, "volume_before_m3_per_ha", "volume_after_m3_per_ha", "between_years"]
    counted = table.group_by(change).agg(years=pl.col("year").n_unique()).sort(change)
    over = counted.filter(pl.col("years") > pl.col("between_years").ceil())
    for row in over.iter_rows(named=True):
        yield Finding(
            "forest-change-repeated",
            "error",
            f"{row['facility']} {row['stand']}：同一次变化填了 {row['years']} 年，间隔只有 "
            f"{row['between_years']:g} 年 one change is counted in more years than it took",
            region=str(row["region"]),
            value=float(row["years"]),
            expected=row["between_years"],
        )


def _broken(material: Material) -> Iterator[Finding]:
    """A new pair of surveys starts where the pair before ended."""
    table = material.activity.get("forest_stock")
    if table is None:
        return
    pair = ["volume_before_m3_per_ha", "volume_after_m3_per_ha"]
    steps = (
        table.select(*STAND, "year", *pair)
        .sort(*STAND, "year")
        .with_columns(
            *(pl.col(name).shift(1).over(STAND).alias(f"last_{name}") for name in pair),
        )
    )
    new = pl.any_horizontal(pl.col(name) != pl.col(f"last_{name}") for name in pair)
    gap = pl.col("volume_before_m3_per_ha") != pl.col("last_volume_after_m3_per_ha")
    for row in steps.filter(new & gap).iter_rows(named=True):
        yield Finding(
            "forest-survey-gap",
            "warning",
            f"{row['year']} {row['facility']} {row['stand']}：前次蓄积 {row['volume_before_m3_per_ha']:g}，上一段的"
            f"后次为 {row['last_volume_after_m3_per_ha']:g} m³/ha the survey before is not the one that ended "
            "the last change",
            region=str(row["region"]),
            value=row["volume_before_m3_per_ha"],
            expected=row["last_volume_after_m3_per_ha"],
        )
