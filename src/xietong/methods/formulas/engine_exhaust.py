"""Exhaust of engines off the road, once the burnt fuel and the work done stand in the row."""

import narwhals as nw
from narwhals import col

from xietong.methods.formulas.carbon_balance import co2_of_carbon
from xietong.methods.formulas.sulfur_balance import SO2_PER_S
from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {
    "carbon": "combustion/carbon",
    "sulfur": "mobile/fuel_sulfur",
    "engines": "mobile/engines",
}
BY_FACTOR = ("ch4", "n2o", "nox", "co", "nmvoc", "nh3", "tsp", "pm10", "pm25", "bc")
SPECIES = ("co2_t", "so2_t", *(f"{name}_t" for name in BY_FACTOR))


def with_engine_factors(activity: Frame, carbon: Frame, sulfur: Frame, engines: Frame) -> Frame:
    """``activity`` with carbon by (sector, fuel), sulfur by (engine, fuel), factors by engine."""
    row = look_up(activity, carbon, "sector", "fuel", "year")
    row = look_up(row, sulfur, "engine", "fuel", "year")
    return look_up(row, engines, "engine", "fuel", "standard", "year")


def exhaust(row: Frame) -> Frame:
    """All species from ``burnt_t`` [t] and ``work_mwh`` [MWh].

    CO2 by carbon balance, SO2 by sulfur balance, the others by the factor that the table states,
    per work or per fuel. Null where what it needs is missing.
    """
    return row.with_columns(heat_gj=col("burnt_t") * col("ncv_gj_per_t")).with_columns(
        co2_t=co2_of_carbon(),
        so2_t=col("burnt_t") * col("sulfur_share") * SO2_PER_S,
        **{f"{name}_t": _released_t(name) for name in BY_FACTOR},
    )


def _released_t(name: str) -> nw.Expr:
    return (
        nw.coalesce(
            col("work_mwh") * col(f"{name}_kg_per_mwh"), col("burnt_t") * col(f"{name}_kg_per_t")
        )
        / 1000
    )
