"""Processes counted twice: by factor and by carbon balance, in steps and as a whole, as a fuel too."""

from collections.abc import Iterator

import polars as pl

from xietong.inventory.checks.finding import Finding, Material
from xietong.inventory.factors import run
from xietong.methods import find_method

WHERE = ("region", "year", "facility")
BURNT_IN = ("chemicals", "industry", "industry_total", "refining_coking")
BY_FACILITY = (
    "oil_production",
    "oil_production_offshore",
    "gas_production",
    "gas_transmission",
    "gas_storage",
)
WHOLE_AND_STEPS = (
    ("fugitive_sources", "process", "coke_average", "coke_"),
    ("process_output", "product", "refinery", "refinery_"),
)


def process_twice(material: Material) -> list[Finding]:
    """What of the sheets of processes must not stand together."""
    return [
        *_factor_and_balance(material),
        *_feedstock_burnt(material),
        *_more_out_than_in(material),
        *_whole_and_steps(material),
        *_facilities_and_throughput(material),
    ]


def _factor_and_balance(material: Material) -> Iterator[Finding]:
    """CO2 of a product by factor where its plant also has a carbon balance."""
    output, balance = (
        material.activity.get("process_output"),
        material.activity.get("chemical_carbon"),
    )
    prepared = material.inventory.prepared.get("process_output")
    if output is None or balance is None or prepared is None:
        return
    made = run(find_method("process_output"), output, prepared).filter(pl.col("co2_t") > 0)
    sold = balance.filter(direction="out").select(*WHERE, product="material")
    both = _present(made, [*WHERE, "product"]).join(sold, on=["region", "year", "product"])
    for row in both.unique(maintain_order=True).iter_rows(named=True):
        same = row["facility"] == row["facility_right"]
        yield Finding(
            "factor-and-balance",
            "error" if same else "warning",
            f"{row['year']}：{row['product']} 既按系数又在化工碳平衡 by factor and in a carbon balance: "
            + ("CO2 重复计算 counted twice" if same else "请确认不是同一装置 not the same plant?"),
            region=str(row["region"]),
            species="co2_t",
        )


def _feedstock_burnt(material: Material) -> Iterator[Finding]:
    """A fuel that is feedstock of a balance and also stands in the sheet of fuels."""
    balance, fuel = material.activity.get("chemical_carbon"), material.activity.get("fuel_use")
    if balance is None:
        return
    used = _present(balance.filter(material="fuel", direction="in"), ["region", "year", "fuel"])
    if fuel is not None:
        burnt = fuel.filter(pl.col("sector").is_in(BURNT_IN)).select("region", "year", "fuel")
        for region, year, name in used.join(burnt.unique(), on=["region", "year", "fuel"]).rows():
            yield Finding(
                "feedstock-burnt",
                "warning",
                f"{year}：{name} 既是化工原料又在燃料表的工业中 feedstock and burnt in industry: "
                "燃料表应扣除原料用量 take the feedstock off the fuel",
                region=str(region),
                fuel=str(name),
                species="co2_t",
            )
    lines = material.balance
    if lines is not None and used.height:
        said = set(lines.filter(flow="industry_feedstock")["fuel"])
        for name in sorted(set(used["fuel"]) - said):
            yield Finding(
                "feedstock-not-in-balance",
                "warning",
                f"化工碳平衡用 {name} 作原料，能源平衡表没有“用作原料材料” "
                "the energy balance does not take this feedstock off",
                fuel=name,
                species="co2_t",
            )


def _more_out_than_in(material: Material) -> Iterator[Finding]:
    """A plant whose products hold more carbon than its feedstock."""
    balance = material.activity.get("chemical_carbon")
    prepared = material.inventory.prepared.get("chemical_carbon")
    if balance is None or prepared is None:
        return
    plants = (
        run(find_method("chemical_carbon"), balance, prepared)
        .group_by(WHERE, maintain_order=True)
        .agg(
            pl.col("co2_t").sum(),
            missing=pl.col("co2_t").is_null().any(),
            directions=pl.col("direction").n_unique(),
        )
    )
    for row in plants.iter_rows(named=True):
        where = f"{row['year']} {row['facility']}"
        if row["missing"] or row["directions"] == 1:
            yield Finding(
                "carbon-balance-open",
                "error" if row["co2_t"] < 0 else "warning",
                f"{where}：碳平衡缺一侧或缺含碳量 the balance lacks a side or a carbon content",
                region=str(row["region"]),
                species="co2_t",
                value=row["co2_t"],
            )
        elif row["co2_t"] < 0:
            yield Finding(
                "carbon-out-of-nothing",
                "error",
                f"{where}：产出的碳多于投入 more carbon goes out than comes in",
                region=str(row["region"]),
                species="co2_t",
                value=row["co2_t"],
            )


def _whole_and_steps(material: Material) -> Iterator[Finding]:
    for sheet, column, whole, stem in WHOLE_AND_STEPS:
        table = material.activity.get(sheet)
        if table is None:
            continue
        steps = table.filter(pl.col(column).str.starts_with(stem) & (pl.col(column) != whole))
        total = _present(table.filter(pl.col(column) == whole), list(WHERE))
        for region, year, facility in total.join(_present(steps, list(WHERE)), on=WHERE).rows():
            yield Finding(
                "whole-and-steps",
                "error" if sheet == "fugitive_sources" else "warning",
                f"{year} {facility}：既有合计又有分环节 {whole} and its steps in one place: 只填一种 give one",
                region=str(region),
            )


def _facilities_and_throughput(material: Material) -> Iterator[Finding]:
    """Methane of oil and gas by number of facilities and, of the same step, by throughput."""
    counted = material.activity.get("oil_gas_facilities")
    leaks = material.activity.get("fugitive_sources")
    prepared = material.inventory.prepared.get("fugitive_sources")
    if counted is None or leaks is None or prepared is None:
        return
    made = run(find_method("fugitive_sources"), leaks, prepared).filter(
        pl.col("process").is_in(BY_FACILITY) & (pl.col("ch4_t") > 0)
    )
    both = _present(made, ["region", "year", "process"]).join(
        _present(counted, ["region", "year"]), on=["region", "year"]
    )
    for region, year, process in both.rows():
        yield Finding(
            "facilities-and-throughput",
            "warning",
            f"{year} {process}：CH4 既按设施个数又按通过量 by facilities and by throughput: 只算一次 once only",
            region=str(region),
            species="ch4_t",
        )


def _present(table: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
    return table.select(columns).unique(maintain_order=True)
