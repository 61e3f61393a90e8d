"""Measures written in a line, and a tiny inventory whose factors are neither 0 nor 1."""

from pathlib import Path

import polars as pl

from xietong.engine import open_engine
from xietong.inventory.run import run
from xietong.inventory.settings import Settings
from xietong.measures.expression import expression
from xietong.measures.measure import Edit, Measure, Value
from xietong.measures.read import conditions, targets
from xietong.tables import schemas

HEAD = "valid_from,valid_to,u95_low,u95_high,distribution,source,locator,confidence,checked_on"
TAIL = ",,,,,,definition,test,V,2026-11-21"
CARBON = f"""programme,sector,fuel,parameter,value,unit,{HEAD}
own,*,raw_coal,ncv_gj_per_t,20,GJ/t{TAIL}
own,*,raw_coal,carbon_kg_per_gj,25,kg/GJ{TAIL}
own,*,raw_coal,oxidised_share,0.9,1{TAIL}
own,*,natural_gas,ncv_gj_per_1e4m3,400,GJ/1e4m3{TAIL}
own,*,natural_gas,carbon_kg_per_gj,15,kg/GJ{TAIL}
own,*,natural_gas,oxidised_share,0.98,1{TAIL}
"""
POLLUTANTS = f"""programme,sector,fuel,technology,control,parameter,value,unit,{HEAD}
own,*,raw_coal,*,*,nox_kg_per_gj,0.3,kg/GJ{TAIL}
own,*,natural_gas,*,*,nox_kg_per_gj,0.05,kg/GJ{TAIL}
own,*,raw_coal,*,*,co_kg_per_gj,0.7,kg/GJ{TAIL}
"""
DEVICES = f"""device,parameter,value,unit,{HEAD}
scr,nox_removed_share,0.8,1{TAIL}
"""
OPERATION = f"""control,device,parameter,value,unit,{HEAD}
*,scr,collected_share,0.95,1{TAIL}
*,scr,operated_share,0.9,1{TAIL}
"""
CO2_COAL = 25 / 1000 * 0.9 * 44 / 12  # t per GJ
CO2_GAS = 15 / 1000 * 0.98 * 44 / 12
NOX_PASSED = 1 - 0.8 * 0.95 * 0.9


def own_settings(folder: Path) -> Settings:
    """Factors of a workspace of our own, in the order of the files that are shipped."""
    files = {
        "combustion/carbon": CARBON,
        "combustion/pollutants": POLLUTANTS,
        "control/devices": DEVICES,
        "control/operation": OPERATION,
    }
    for name, text in files.items():
        path = folder / "factors" / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    chosen = {"combustion/carbon": "own", "combustion/pollutants": "own"}
    return Settings(chosen, {}, "AR5", "memo", folder)


def tiny_tables() -> dict[str, pl.DataFrame]:
    """Coal of two cities in tonnes and in GJ, gas, and coal under a control that is not known."""
    rows = [
        ("370100", "steel", "raw_coal", 1000.0, None, "none"),
        ("370200", "steel", "raw_coal", None, 5000.0, "none"),
        ("370100", "steel", "natural_gas", None, 700.0, "none"),
        ("370200", "chemicals", "raw_coal", None, 900.0, "unknown"),
    ]
    columns = ("region", "sector", "fuel", "fuel_t", "energy_gj", "control")
    made = pl.DataFrame(rows, schema=columns, orient="row").with_columns(
        year=pl.lit(2020, dtype=pl.Int64),
        gas_1e4m3=pl.lit(None, dtype=pl.Float64),
        facility=pl.lit(""),
        technology=pl.lit("unknown"),
    )
    return {"fuel_use": made}


def measure(name: str = "m", *edits: Edit, group: str = "", **values: float) -> Measure:
    """A measure with effect parameters given as numbers."""
    effect = {key: Value(value, "1", None, None, "s", "l", "V") for key, value in values.items()}
    return Measure(name, name, group=group, edits=edits, effect=effect)


def edit(kind: str, where: str = "", step: int = 1, **cells: str | int) -> Edit:
    """An edit written as in ``edits.csv``."""
    sheet = schemas()[str(cells.pop("table", "fuel_use"))]
    to_sheet = schemas()[str(cells.pop("to_table", sheet.name))]
    column = str(cells.pop("column", "energy_gj"))
    of = cells.pop("of", None)
    numbers = {
        key: expression(str(cells.pop(key)))
        for key in ("value", "ratio", "amount_per_unit")
        if key in cells
    }
    return Edit(
        "m", step, sheet.name, conditions(where, sheet), kind, column,
        of=int(of) if of is not None else None,
        to_table=to_sheet.name,
        to=targets(str(cells.get("to", "")), to_sheet),
        to_column=str(cells.get("to_column", column)),
        **numbers,
    )  # fmt: skip


def totals(tables: dict[str, pl.DataFrame], settings: Settings) -> dict[str, float | None]:
    """A whole run, summed by species."""
    engine = open_engine()
    made = run({name: engine.frame(table) for name, table in tables.items()}, engine, settings)
    every = pl.concat([made.totals, made.memo], how="diagonal_relaxed")
    summed = every.group_by("species").agg(
        pl.when(pl.col("value").count() > 0).then(pl.col("value").sum()).first()
    )
    return dict(summed.iter_rows())
