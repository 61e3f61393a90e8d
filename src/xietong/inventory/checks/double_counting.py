"""The same carbon counted twice: recovered gases, transformation, feedstock, heat and power."""

import polars as pl

from xietong.inventory.checks.finding import Finding, Material
from xietong.inventory.run import by_species
from xietong.vocab.fuels import fuels

TRANSFORMED = ("coal_washing", "coking", "refining", "refining_input", "gas_works")


def double_counting(material: Material) -> list[Finding]:
    """What to look at before two numbers are added."""
    return [
        *_recovered(material),
        *_feedstock(material),
        *_aggregates(material),
        *_heat_and_power(material),
    ]


def _recovered(material: Material) -> list[Finding]:
    inventory = material.inventory
    names = [one.fuel for one in fuels() if one.recovered_share == 1]
    counted = inventory.settings.recovered == "count"
    burnt = [
        table.filter(pl.col("fuel").is_in(names))
        for table in material.activity.values()
        if "fuel" in table.columns
    ]
    rows = sum(table.height for table in burnt)
    if not rows:
        return []
    memo = by_species(inventory.memo).filter(species="co2_recovered_t")["value"].sum()
    said = (
        "已计入合计 counted in the total: coke 的碳可能重复计算 its carbon may be counted twice"
        if counted
        else "列为备忘项，未计入合计 a memo item, not in the total"
    )
    return [
        Finding(
            "recovered-gases",
            "warning" if counted else "note",
            f"{rows} 行高炉、转炉等回收煤气 rows of recovered gases: {said}",
            species="co2_t",
            value=float(memo or 0.0),
        )
    ]


def _feedstock(material: Material) -> list[Finding]:
    balance = material.balance
    if balance is None:
        return []
    industry = set(balance.filter(pl.col("flow") == "industry")["fuel"])
    feedstock = set(balance.filter(pl.col("flow") == "industry_feedstock")["fuel"])
    findings = []
    if not feedstock:
        findings.append(
            Finding(
                "feedstock",
                "warning",
                "平衡表没有“用作原料材料” no feedstock line: 原料用能会被当作燃烧 it is taken as burnt",
            )
        )
    for fuel in sorted(feedstock - industry):
        findings.append(
            Finding(
                "feedstock", "error", "原料用量没有对应的工业用量 feedstock without use", fuel=fuel
            )
        )
    transformed = balance.filter(pl.col("flow").is_in(TRANSFORMED)).height
    if transformed:
        findings.append(
            Finding(
                "transformation",
                "note",
                f"{transformed} 行加工转换不计燃烧 rows of transformation are not burnt: 其碳进入产品 their carbon goes into products",
            )
        )
    return findings


def _aggregates(material: Material) -> list[Finding]:
    """A balance line for all industry beside its branches."""
    findings = []
    for name, table in material.activity.items():
        if "sector" not in table.columns:
            continue
        for total, parts in (
            (
                "industry_total",
                ("steel", "nonferrous", "chemicals", "building_materials", "other_industry"),
            ),
            ("transport_total", ("road", "rail", "water_transport", "aviation")),
        ):
            present = set(table["sector"]) & set(parts)
            if total in set(table["sector"]) and present:
                findings.append(
                    Finding(
                        "aggregate-and-parts",
                        "error",
                        f"{name}: 既有合计又有分项 the total and parts of it: {', '.join(sorted(present))}",
                        sector=total,
                    )
                )
    units = material.activity.get("power_units")
    fuel = material.activity.get("fuel_use")
    if units is not None and fuel is not None:
        power = fuel.filter(pl.col("sector").is_in(["public_power", "cogeneration"]))
        both = set(power["region"]) & set(units["region"])
        if both:
            findings.append(
                Finding(
                    "units-and-fuel",
                    "error",
                    "同一地区既按机组又按燃料量计算火电 power by units and by fuel in one region: "
                    + ", ".join(sorted(both)),
                    sector="public_power",
                )
            )
    return findings


def _heat_and_power(material: Material) -> list[Finding]:
    findings = []
    for name, word in (("electricity_exchange", "电力"), ("heat_exchange", "热力")):
        table = material.activity.get(name)
        if table is None:
            continue
        for (region, year), part in table.group_by("region", "year", maintain_order=True):
            directions = set(part["direction"])
            if directions == {"in"}:
                findings.append(
                    Finding(
                        "one-way-exchange",
                        "warning",
                        f"{year} 只有购入{word}没有送出 only bought, nothing sold: 若有外供而未填，会重复计算 sold {name} would be counted twice",
                        region=str(region),
                    )
                )
        findings.append(
            Finding(
                "indirect",
                "note",
                f"外购{word}的 CO2 单列，与直接排放相加即为消费侧口径 indirect CO2 stands apart; added to direct CO2 it is the consumption view",
            )
        )
    return findings
