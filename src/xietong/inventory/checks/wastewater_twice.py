"""Wastewater counted twice: sludge, people, electricity; and what is counted nowhere."""

from collections.abc import Iterator

import polars as pl

from xietong.inventory.checks.finding import Finding, Material
from xietong.inventory.wastewater_months import ROUTES, SHEET

TWINS = {
    "landfill": (("landfill", "waste", "sludge"), ("landfill_balance", "waste", "sludge")),
    "incineration": (("incineration", "waste", "sewage_sludge"),),
    "compost": (("biological_treatment", "treatment", "compost"),),
}


def wastewater_twice(material: Material) -> list[Finding]:
    """What of the sheets of wastewater stands in another sheet too, or in none."""
    return [
        *_sludge_twice(material),
        *_plant_and_people(material),
        *_control_too(material),
        *_gas_burnt(material),
        *_not_split(material),
    ]


def _sludge_twice(material: Material) -> Iterator[Finding]:
    """Sludge by route here and in a sheet of waste."""
    sludge = material.activity.get("sludge_routes")
    if sludge is None:
        return
    for route, twins in TWINS.items():
        here = sludge.filter(pl.col("route") == route).select("region", "year").unique()
        for name, column, word in twins:
            other = material.activity.get(name)
            if other is None or not here.height:
                continue
            there = other.filter(pl.col(column) == word).select("region", "year").unique()
            both = here.join(there.cast({"year": here["year"].dtype}), on=["region", "year"])
            for region, year in both.sort("region", "year").iter_rows():
                yield Finding(
                    "sludge-twice",
                    "error" if word != "compost" else "warning",
                    f"{year}：污泥去向与 {name} 表都有这种处理（{route}），同一吨污泥只填一处 "
                    "this route stands in the sheet of waste too: one tonne of sludge into one sheet",
                    region=str(region),
                    sector=ROUTES[route],
                )


def _plant_and_people(material: Material) -> Iterator[Finding]:
    """A plant by month and, in the sheet of the city, by people served."""
    months, city = material.activity.get(SHEET), material.activity.get("wastewater_city")
    if months is None or city is None:
        return
    treated = city.filter(pl.col("pathway").str.starts_with("aerobic"))
    both = treated.select("region", "year").unique().join(
        months.select("region", "year").unique(), on=["region", "year"]
    )  # fmt: skip
    for region, year in both.sort("region", "year").iter_rows():
        yield Finding(
            "plant-and-people",
            "warning",
            f"{year}：既有污水处理厂月报又按人口填了进厂污水，可能重复计算 "
            "plants by month and the same people by head: counted twice?",
            region=str(region),
            sector="domestic_wastewater",
        )


def _gas_burnt(material: Material) -> Iterator[Finding]:
    """Gas that is used here must be burnt somewhere: the sheet of fuels."""
    months, fuel = material.activity.get(SHEET), material.activity.get("fuel_use")
    if months is None or "biogas_used_1e4m3" not in months.columns:
        return
    used = months.filter(pl.col("biogas_used_1e4m3") > 0).select("region", "year").unique()
    burnt = None if fuel is None else fuel.filter(pl.col("fuel") == "biogas")
    left = used if burnt is None else used.join(burnt, on=["region", "year"], how="anti")
    for region, year in left.sort("region", "year").iter_rows():
        yield Finding(
            "biogas-not-burnt",
            "note",
            f"{year}：利用的沼气没有填入燃料表，燃烧的 NOx、CH4 未估算 "
            "the gas used is not in the sheet of fuels: its exhaust is not estimated",
            region=str(region),
            fuel="biogas",
        )


def _control_too(material: Material) -> Iterator[Finding]:
    """Electricity and chemicals of one plant here and in the sheet of pollution control."""
    control = material.activity.get("control_operation")
    if control is None or "device" not in control.columns:
        return
    there = control.filter(pl.col("device") == "wastewater_treatment")
    for name in ("treatment_power", "wastewater_chemicals"):
        table = material.activity.get(name)
        if table is None:
            continue
        keys = ["region", "year", "facility"]
        both = there.select(keys).unique().join(table.select(keys).unique(), on=keys)
        for region, year, facility in both.sort(keys).iter_rows():
            yield Finding(
                "treatment-twice",
                "warning",
                f"{year} {facility}：用电或药剂既在这里（{name}）又在治理设施运行表，只填一处 "
                "in the sheet of pollution control too: give it once",
                region=str(region),
                sector="domestic_wastewater",
            )


def _not_split(material: Material) -> Iterator[Finding]:
    """A monthly sheet read from Parquet stays whole: its power and chemicals are in no table."""
    months = material.activity.get(SHEET)
    if months is None or "electricity_mwh" not in months.columns:
        return
    if months["electricity_mwh"].sum() > 0 and "treatment_power" not in material.activity:
        yield Finding(
            "months-not-split",
            "error",
            "污水处理厂月报是 Parquet，其用电、药剂、污泥、沼气没有计入，请改用 CSV 或 Excel "
            "the monthly sheet was read from Parquet: only its water is counted, use CSV or Excel",
            sector="domestic_wastewater",
        )
