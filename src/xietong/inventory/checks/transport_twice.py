"""Transport counted twice: its fuel in the fuel table, its vehicles in the sheets of mobile sources."""

from collections.abc import Iterator

import polars as pl

from xietong.inventory.checks.finding import Finding, Material
from xietong.methods.mobile import MOBILE

TOTAL = "transport_total"


def transport_twice(material: Material) -> list[Finding]:
    """Fuel of a sector in ``fuel_use`` where a sheet of mobile sources has that sector too."""
    fuel = material.activity.get("fuel_use")
    found = [] if fuel is None else list(_fuel_and_fleet(fuel, material))
    return [*found, *_electricity(material)]


def _fuel_and_fleet(fuel: pl.DataFrame, material: Material) -> Iterator[Finding]:
    sheets = dict.fromkeys(method.activity for method in MOBILE)
    for name in sheets:
        table = material.activity.get(name)
        if table is None or name == "electric_fleet":
            continue
        keys = table.select("region", "year", "sector").unique()
        total = keys.with_columns(sector=pl.lit(TOTAL)).unique()
        both = (
            fuel.select("region", "year", "sector")
            .unique()
            .join(pl.concat([keys, total]), on=["region", "year", "sector"], how="inner")
        )
        for region, year, sector in both.sort("region", "year", "sector").iter_rows():
            yield Finding(
                "fuel-and-fleet",
                "error" if sector != TOTAL else "warning",
                f"{year}：燃料表与 {name} 表都有该行业，CO2 重复计算 "
                "the sector is in the fuel table and in this sheet: counted twice",
                region=str(region),
                sector=str(sector),
            )


def _electricity(material: Material) -> Iterator[Finding]:
    fleet, bought = (
        material.activity.get(name) for name in ("electric_fleet", "electricity_exchange")
    )
    if fleet is None or bought is None:
        return
    for region in sorted(set(fleet["region"]) & set(bought["region"])):
        yield Finding(
            "electricity-twice",
            "warning",
            "电动交通与外购电力都有间接 CO2，同一电量不要相加 "
            "indirect CO2 of electric transport and of bought electricity: do not add the same electricity",
            region=str(region),
            species="co2_electricity_t",
        )
