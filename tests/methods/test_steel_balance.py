"""Carbon of a steelworks: what came in is what left, in products, in gas sold or in the air."""

import polars as pl
import pytest

from xietong.methods import find_method
from xietong.methods.worked import collected

FLOWS = (  # direction, material, fuel, t, t CO2 per t
    ("in", "fuel", "coke", 1000.0, 3.1),
    ("in", "limestone", "no_fuel", 200.0, 0.44),
    ("in", "scrap", "no_fuel", 300.0, 0.04),
    ("out", "crude_steel", "no_fuel", 1500.0, 0.03),
    ("out", "coal_tar", "no_fuel", 20.0, 2.7),
)


def emitted(flows: tuple[tuple[str, str, str, float, float], ...]) -> float:
    table = pl.DataFrame(
        flows, schema=["direction", "material", "fuel", "material_t", "held"], orient="row"
    ).with_columns(
        year=pl.lit(2024),
        sector=pl.lit("steel_processes"),
        material_1e4m3=pl.lit(None, dtype=pl.Float64),
    )
    materials = table.select("material", "year", co2_t_per_t="held")
    carbon = pl.DataFrame(
        {"sector": ["steel_processes"], "fuel": ["none"], "year": [2024]}
    ).with_columns(
        pl.lit(None, dtype=pl.Float64).alias(name)
        for name in ("ncv_gj_per_t", "ncv_gj_per_1e4m3", "carbon_kg_per_gj")
    )
    tables = {"activity": table.drop("held"), "materials": materials, "carbon": carbon}
    made = collected(
        find_method("steel_balance"), {name: one.lazy() for name, one in tables.items()}
    )
    return float(made["co2_t"].sum())


def test_carbon_in_is_carbon_out() -> None:
    held_in = 1000 * 3.1 + 200 * 0.44 + 300 * 0.04
    held_out = 1500 * 0.03 + 20 * 2.7
    assert emitted(FLOWS) + held_out == pytest.approx(held_in)


def test_what_passes_through_changes_nothing() -> None:
    came = emitted((*FLOWS, ("in", "pig_iron", "no_fuel", 70.0, 0.17))) - emitted(FLOWS)
    left = emitted((*FLOWS, ("out", "pig_iron", "no_fuel", 70.0, 0.17))) - emitted(FLOWS)
    assert came == pytest.approx(70 * 0.17)
    assert came + left == pytest.approx(0)
