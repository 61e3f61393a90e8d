"""Pollution control's own carbon beside what may hold it already."""

from collections.abc import Iterator

import polars as pl

from xietong.inventory.checks.finding import Finding, Material
from xietong.inventory.control_carbon import SHEET, with_control_carbon

PLACE = ("region", "year")


def control_twice(material: Material) -> list[Finding]:
    """Carbonates, gas, electricity and devices that stand in two tables of the inventory."""
    items = with_control_carbon(material.activity, material.inventory.settings).get(SHEET)
    if items is None or not items.height:
        return []
    return [
        *_carbonates(items, material),
        *_gas(items, material),
        *_devices(items),
        *_wastewater(items, material),
        *_electricity(items, material),
    ]


def _places(table: pl.DataFrame) -> pl.DataFrame:
    return table.select(pl.col("region").cast(pl.String), pl.col("year").cast(pl.Int64)).unique()


def _both(left: pl.DataFrame, right: pl.DataFrame) -> Iterator[tuple[str, int]]:
    """Regions and years that both tables have."""
    yield from _places(left).join(_places(right), on=PLACE).sort(PLACE).iter_rows()


def _carbonates(items: pl.DataFrame, material: Material) -> Iterator[Finding]:
    carbonates = material.activity.get("carbonate_use")
    if carbonates is None:
        return
    used = carbonates.filter(pl.col("use") == "desulfurisation")
    for region, year in _both(items.filter(pl.col("item") == "reaction"), used):
        yield Finding(
            "desulfurisation-twice",
            "error",
            f"{year}：脱硫的碳酸盐既在碳酸盐使用表，又随治理设施计算，CO2 重复 "
            "carbonates of desulfurisation stand in carbonate_use and come with the controls",
            region=region,
            sector="pollution_control",
            species="co2_t",
        )


def _gas(items: pl.DataFrame, material: Material) -> Iterator[Finding]:
    fuel = material.activity.get("fuel_use")
    if fuel is None:
        return
    burnt = fuel.filter(pl.col("fuel") == "natural_gas")
    for region, year in _both(items.filter(pl.col("item") == "auxiliary_gas"), burnt):
        yield Finding(
            "auxiliary-gas-twice",
            "warning",
            f"{year}：治理设施的辅助天然气填“只在此填”，而燃料表也有天然气，请核对是否同一份 "
            "auxiliary gas counted here, and natural gas in the fuel table: is it the same gas?",
            region=region,
            sector="pollution_control",
            fuel="natural_gas",
            species="co2_t",
        )


def _devices(items: pl.DataFrame) -> Iterator[Finding]:
    """A device of the sheet and a like device of a chain whose source has no name to meet it by."""
    of_sheet = items.filter(pl.col("evidence") == "metered")
    of_chains = items.filter(pl.col("evidence") != "metered", pl.col("facility") == "")
    both = (
        of_sheet.select(*PLACE, "device")
        .unique()
        .join(of_chains.select(*PLACE, "device").unique(), on=[*PLACE, "device"])
    )
    for region, year, device in both.sort(*PLACE, "device").iter_rows():
        yield Finding(
            "device-in-sheet-and-chain",
            "warning",
            f"{year}：{device} 既有运行表的行，又有按治理设施推算的行；推算的源没有名称；若是同一台，请填一致的排放源名称 "
            "rows of the sheet and rows that follow from chains: give one device one name of its source",
            region=str(region),
            sector="pollution_control",
        )


def _wastewater(items: pl.DataFrame, material: Material) -> Iterator[Finding]:
    """Electricity and chemicals of a treatment plant in the sheets of water and in this one."""
    here = items.filter(pl.col("device") == "wastewater_treatment")
    for name in ("wastewater_plant", "wastewater_chemicals"):
        table = material.activity.get(name)
        if table is None:
            continue
        for region, year in _both(here, table):
            yield Finding(
                "wastewater-twice",
                "warning",
                f"{year}：工业废水处理在治理设施运行表，{name} 表也有该地区；同一座只填一处 "
                "wastewater treatment here and in the sheets of water: one plant stands in one sheet",
                region=region,
                sector="pollution_control",
                species="co2_control_electricity_t",
            )


def _electricity(items: pl.DataFrame, material: Material) -> Iterator[Finding]:
    for name, species in (
        ("electricity_exchange", "co2_control_electricity_t"),
        ("heat_exchange", "co2_control_heat_t"),
    ):
        bought = material.activity.get(name)
        if bought is None:
            continue
        for region, year in _both(items, bought):
            yield Finding(
                "control-energy-memo",
                "note",
                f"{year}：治理设施用能的 CO2 已含在 {name} 或本地电厂的排放中，是备忘项，不与之相加 "
                "a memo item: the energy across the boundary or of local plants holds it already",
                region=region,
                sector="pollution_control",
                species=species,
            )
