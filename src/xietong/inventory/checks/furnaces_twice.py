"""Dust and smoke counted twice: coal piles, coking, furnaces whose factor holds their fuel's smoke."""

from collections.abc import Iterator

import polars as pl

from xietong.inventory.checks.finding import Finding, Material
from xietong.inventory.factors import run
from xietong.methods import find_method

PLACE = ("region", "year")
SMOKE = ("so2_t", "nox_t", "tsp_t", "pm10_t", "pm25_t")
FURNACES = {"industrial_output": "product_output", "cement_clinker": "cement_clinker"}
WHOLE_INDUSTRY = ("industry", "industry_total")
FUEL_OF = {
    "mineral_processes": ("building_materials", *WHOLE_INDUSTRY),
    "steel_processes": ("steel", *WHOLE_INDUSTRY),
    "nonferrous_processes": ("nonferrous", *WHOLE_INDUSTRY),
}
COKING_COAL = ("cleaned_coal", "bituminous")


def furnaces_twice(material: Material) -> list[Finding]:
    """What of furnaces, coking and coal piles must not stand together."""
    return [*_coal_moved(material), *_coke_in_two_balances(material), *_furnace_and_fuel(material)]


def _coal_moved(material: Material) -> Iterator[Finding]:
    """Coal moved: by tonne in the sheet of leaks and by wind in the sheet of piles."""
    leaks, piles = material.activity.get("fugitive_sources"), material.activity.get("stockpiles")
    if leaks is None or piles is None:
        return
    moved = leaks.filter(process="coal_handling").select(*PLACE, "facility").unique()
    handled = piles.filter(operation="handling").select(*PLACE, "facility").unique()
    for row in moved.join(handled, on=PLACE).sort(PLACE).iter_rows(named=True):
        same = row["facility"] == row["facility_right"]
        yield Finding(
            "coal-handling-twice",
            "error" if same else "warning",
            f"{row['year']} {row['facility']}：煤炭装卸既在逃逸表又在堆场装卸 {row['facility_right']} "
            "coal handled in both sheets: "
            + (
                "粉尘重复计算 dust counted twice"
                if same
                else "请确认不是同一批煤 not the same coal?"
            ),
            region=str(row["region"]),
            species="tsp_t",
        )


def _coke_in_two_balances(material: Material) -> Iterator[Finding]:
    """Coking in a balance of its own, and its coal again in the balance of a steelworks."""
    coking, steel = material.activity.get("chemical_carbon"), material.activity.get("steel_balance")
    if coking is None or steel is None:
        return
    made = coking.filter(fuel="coke", direction="out").select(*PLACE, "facility").unique()
    coal = steel.filter(pl.col("fuel").is_in(COKING_COAL) & (pl.col("direction") == "in"))
    both = made.join(coal.select(*PLACE, "facility").unique(), on=PLACE)
    for row in both.sort(PLACE).iter_rows(named=True):
        same = row["facility"] == row["facility_right"]
        yield Finding(
            "coking-twice",
            "error" if same else "warning",
            f"{row['year']} {row['facility']}：化工碳平衡产出焦炭，钢铁碳平衡 {row['facility_right']} 又投入洗精煤 "
            "coking has a balance of its own and its coal stands in that of steel: "
            + (
                "CO2 重复计算 counted twice" if same else "请确认不是同一座焦炉 not the same ovens?"
            ),
            region=str(row["region"]),
            fuel="coke",
            species="co2_t",
        )


def _furnace_and_fuel(material: Material) -> Iterator[Finding]:
    """A furnace's factor holds the smoke of its fuel; the fuel's own factors give it again."""
    for sheet, method in FURNACES.items():
        for sector, fuels in FUEL_OF.items():
            furnace = _smoke(material, sheet, (sector,), method)
            fuel = _smoke(material, "fuel_use", fuels)
            if furnace is None or fuel is None:
                continue
            for region, year, left, right in furnace.join(fuel, on=PLACE).sort(PLACE).iter_rows():
                both = [name for name in left if name in right]
                if both:
                    yield Finding(
                        "furnace-and-fuel",
                        "warning",
                        f"{year}：{sheet} 的炉窑系数已含燃料的 {'、'.join(both)}，燃料消费表又算了一次 "
                        "the furnace's factor holds its fuel's smoke: "
                        "把炉窑用的燃料单列一行、治理设施留空，或只填一处 leave the fuel's control empty",
                        region=str(region),
                        sector=sector,
                        species=both[0],
                    )


def _smoke(
    material: Material,
    sheet: str,
    sectors: tuple[str, ...],
    method: str = "stationary_combustion",
) -> pl.DataFrame | None:
    """One row per region and year: which of ``SMOKE`` rows of some sectors really emit."""
    table, prepared = material.activity.get(sheet), material.inventory.prepared.get(method)
    if table is None or prepared is None:
        return None
    rows = table.filter(pl.col("sector").is_in(sectors))
    if not rows.height:
        return None
    one = find_method(method)
    kinds = [name for name in SMOKE if name in one.species]
    made = run(one, rows, prepared).select(*PLACE, *kinds)
    return (
        made.unpivot(index=PLACE, variable_name="species", value_name="made")
        .filter(pl.col("made") > 0)
        .group_by(PLACE)
        .agg(pl.col("species").unique().sort())
    )
