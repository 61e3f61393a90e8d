"""One expression an indicator, on a wide table of series in the units of ``vocab/statistics.csv``.

Null where a series is missing or a denominator is zero (§1). Ten thousand tonnes over 1e8 CNY is
t per 1e4 CNY; 1e8 kWh × gce/kWh is 100 t.
"""

import polars as pl
from polars import col

from xietong.indicators.air_limits import composite_index

KGCE_PER_KWH = 3600 / 29307.6  # calorific value of electricity, as mathematics of the two units
NON_FOSSIL = tuple(f"generation_{one}" for one in ("hydro", "nuclear", "wind", "solar", "biomass"))


def _over(above: pl.Expr, below: str) -> pl.Expr:
    return pl.when(col(below) != 0).then(above / col(below))


def _non_fossil() -> pl.Expr:
    return pl.sum_horizontal(*NON_FOSSIL, ignore_nulls=False)


FORMULAS: dict[str, pl.Expr] = {
    "gdp_per_head": _over(col("gdp"), "population"),
    "energy_intensity": _over(col("energy_consumption_total"), "gdp_constant"),
    "carbon_intensity": _over(col("co2_energy"), "gdp_constant"),
    "non_fossil_share": _over(
        _non_fossil() * col("coal_power_supply_rate"), "energy_consumption_total"
    ),
    "non_fossil_share_calorific": _over(
        _non_fossil() * KGCE_PER_KWH * 1000, "energy_consumption_calorific"
    ),
    "non_fossil_power_share": _over(_non_fossil() * 100, "generation_total"),
    "coal_share": _over(col("coal_consumption_tce") * 100, "energy_consumption_calorific"),
    "oil_share": _over(col("oil_consumption_tce") * 100, "energy_consumption_calorific"),
    "electrification": _over(col("final_electricity") * KGCE_PER_KWH * 1000, "final_energy"),
    "air_composite_index": composite_index(),
    "co2_per_head": _over(col("co2_energy"), "population"),
}
