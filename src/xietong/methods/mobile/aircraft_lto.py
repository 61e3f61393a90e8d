"""Aircraft below 1000 m: landing and take-off cycles."""

import narwhals as nw
from narwhals import col

from xietong.methods.formulas.carbon_balance import co2_of_carbon
from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {"carbon": "combustion/carbon", "cycles": "mobile/lto"}
BY_FACTOR = ("so2", "nox", "co", "nmvoc", "tsp", "pm10", "pm25")
SPECIES = ("co2_t", *(f"{name}_t" for name in BY_FACTOR))


def aircraft_lto(activity: Frame, carbon: Frame, cycles: Frame) -> Frame:
    """Emissions of landing and take-off cycles by type of aircraft.

    CO2 by carbon balance where the fuel of a cycle is known, else by factor. What is burnt above
    1000 m is not part of a city's inventory.

    Parameters
    ----------
    activity
        One row per (region, year, sector, aircraft, fuel); ``cycles_lto`` [1/a]; where known
        ``fuel_kg_per_lto`` [kg/LTO].
    carbon
        One row per (sector, fuel, year); ``ncv_gj_per_t`` [GJ/t], ``carbon_kg_per_gj`` [kg C/GJ],
        ``oxidised_share`` [1].
    cycles
        One row per (aircraft, year); ``nox_kg_per_lto``, ``co2_kg_per_lto`` … [kg/LTO].

    Returns
    -------
    ``activity`` with ``heat_gj`` [GJ] and the species [t]; null without a factor (§1).

    Source
    ------
    非道路移动源大气污染物排放清单编制技术指南（试行）: cycles × factor; EMEP/EEA 1.A.3.a by type.

    Examples
    --------
    1000 cycles × 16 kg/LTO = 16 t NOx: see ``tests/methods/aircraft_lto.toml``.
    """
    row = look_up(activity, carbon, "sector", "fuel", "year")
    row = look_up(row, cycles, "aircraft", "year").with_columns(
        heat_gj=col("cycles_lto") * col("fuel_kg_per_lto") / 1000 * col("ncv_gj_per_t")
    )
    return row.with_columns(
        co2_t=nw.coalesce(co2_of_carbon(), col("cycles_lto") * col("co2_kg_per_lto") / 1000),
        **{f"{name}_t": col("cycles_lto") * col(f"{name}_kg_per_lto") / 1000 for name in BY_FACTOR},
    )
