"""Steelworks counted twice: fuels and recovered gases beside a carbon balance, routes beside steps."""

from collections.abc import Iterator

import polars as pl

from xietong.inventory.checks.finding import Finding, Material

STEEL = ("steel", "steel_processes", "industry", "industry_total")


def metals_twice(material: Material) -> list[Finding]:
    """What of the sheets of steel must not stand together."""
    return [*_burnt_and_balanced(material), *_route_and_balance(material)]


def _burnt_and_balanced(material: Material) -> Iterator[Finding]:
    """A fuel, or a gas made of it, in the balance of a works and in the sheet of fuels."""
    balance, fuel = material.activity.get("steel_balance"), material.activity.get("fuel_use")
    if balance is None or fuel is None:
        return
    where = balance.select("region", "year").unique()
    used = balance.filter(material="fuel", direction="in")["fuel"].to_list()
    gases = ("blast_furnace_gas", "converter_gas", "coke_oven_gas")
    burnt = fuel.filter(pl.col("sector").is_in(STEEL) & pl.col("fuel").is_in([*used, *gases])).join(
        where, on=["region", "year"]
    )
    for row in burnt.unique(["region", "year", "fuel"], maintain_order=True).iter_rows(named=True):
        yield Finding(
            "steel-fuel-twice",
            "warning",
            f"{row['year']}：{row['fuel']} 既在燃料表的钢铁中又有钢铁碳平衡 burnt in steel and in a carbon "
            "balance: 请确认不是同一企业 not the same works?",
            region=str(row["region"]),
            fuel=str(row["fuel"]),
            species="co2_t",
        )


def _route_and_balance(material: Material) -> Iterator[Finding]:
    """The factor of a whole route where there is a balance, or fuels burnt in steel."""
    output = material.activity.get("industrial_output")
    if output is None:
        return
    route = output.filter(product="steel_route").select("region", "year").unique()
    for name in ("steel_balance", "fuel_use"):
        other = material.activity.get(name)
        if other is None:
            continue
        there = other.filter(pl.col("sector").is_in(STEEL)).select("region", "year").unique()
        for region, year in route.join(there, on=["region", "year"]).rows():
            yield Finding(
                "steel-route-twice",
                "error",
                f"{year}：钢铁全流程系数已含燃料，又有 {name} the route's factor holds its fuels",
                region=str(region),
                species="co2_t",
            )
