"""Waste that does not add up: flows that do not close, landfills that give less than they catch."""

from collections.abc import Iterator

import polars as pl

from xietong.inventory.checks.finding import Finding, Material
from xietong.inventory.factors import run
from xietong.methods import find_method

CLOSES_WITHIN = 0.005  # of the larger side
FATES = ("used_t", "disposed_t", "stored_t", "discarded_t")
SITE = ("region", "year", "facility")


def waste_flows(material: Material) -> list[Finding]:
    """What of the sheets of waste does not close or is counted twice."""
    return [*_open_flows(material), *_caught_more_than_made(material), *_both_methods(material)]


def _open_flows(material: Material) -> Iterator[Finding]:
    """Generated + from stock = used + disposed + stored + discarded."""
    table = material.activity.get("solid_waste")
    if table is None:
        return
    flows = table.with_columns(
        source_t=pl.col("generated_t") + pl.col("from_stock_t").fill_null(0.0),
        fates_t=pl.sum_horizontal(*FATES, ignore_nulls=False),
    ).with_columns(gap=pl.col("source_t") - pl.col("fates_t"))
    larger = pl.max_horizontal("source_t", "fates_t")
    for row in flows.filter(pl.col("gap").abs() > CLOSES_WITHIN * larger).iter_rows(named=True):
        yield Finding(
            "waste-flow-open",
            "error",
            f"{row['year']} {row['facility']} {row['waste']}：产生与动用贮存 {row['source_t']:,.0f} 吨，"
            f"利用、处置、贮存、丢弃合计 {row['fates_t']:,.0f} 吨，差 {row['gap']:,.0f} 吨 "
            "the flow of solid waste does not close",
            region=str(row["region"]),
            value=row["fates_t"],
            expected=row["source_t"],
        )


def _caught_more_than_made(material: Material) -> Iterator[Finding]:
    """Metered gas above what the deposits can give."""
    parts = []
    for name in ("landfill", "landfill_balance", "landfill_gas"):
        table, prepared = material.activity.get(name), material.inventory.prepared.get(name)
        if table is not None and prepared is not None:
            made = run(find_method(name), table, prepared)
            parts.append(made.select(*SITE, "ch4_t", made=pl.lit(name)))
    if not parts or "landfill_gas" not in material.activity:
        return
    sites = (
        pl.concat(parts, how="vertical_relaxed")
        .group_by(SITE, maintain_order=True)
        .agg(
            made=pl.col("ch4_t").filter(pl.col("made") != "landfill_gas").sum(),
            caught=-pl.col("ch4_t").filter(pl.col("made") == "landfill_gas").sum(),
        )
    )
    for row in sites.filter(pl.col("caught") > pl.col("made")).iter_rows(named=True):
        yield Finding(
            "landfill-gas-over-made",
            "error",
            f"{row['year']} {row['facility']}：回收的 CH4 多于填埋产生的 more methane caught than made: "
            "核对计量、历年填埋量和填埋场名称 check the meter, the deposits and the site's name",
            region=str(row["region"]),
            species="ch4_t",
            value=row["caught"],
            expected=row["made"],
        )


def _both_methods(material: Material) -> Iterator[Finding]:
    """A site and year by decay and by mass balance."""
    decay, balance = (material.activity.get(name) for name in ("landfill", "landfill_balance"))
    if decay is None or balance is None:
        return
    both = decay.select(SITE).unique().join(balance.select(SITE).unique(), on=SITE)
    for region, year, facility in both.sort(SITE).rows():
        yield Finding(
            "landfill-twice",
            "error",
            f"{year} {facility}：同时用逐年降解和当年平衡，重复计算 by decay and by mass balance: counted twice",
            region=str(region),
            species="ch4_t",
        )
