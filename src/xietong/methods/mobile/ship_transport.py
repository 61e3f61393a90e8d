"""Ships of sea and river: fuel burnt, or calls × power × load × hours; shore power at the berth."""

import narwhals as nw
from narwhals import col

from xietong.methods.formulas.engine_exhaust import PARAMS as ENGINE_PARAMS
from xietong.methods.formulas.engine_exhaust import SPECIES as ENGINE_SPECIES
from xietong.methods.formulas.engine_exhaust import exhaust, with_engine_factors
from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {**ENGINE_PARAMS, "electricity": "energy/electricity"}
SPECIES = (*ENGINE_SPECIES, "co2_electricity_t")


def ship_transport(
    activity: Frame, carbon: Frame, sulfur: Frame, engines: Frame, electricity: Frame
) -> Frame:
    """Exhaust of ships by phase (under way, manoeuvring, at berth), less what shore power replaces.

    What the shore supplies is burnt by no engine aboard; its CO2 is the grid's and stands apart.

    Parameters
    ----------
    activity
        One row per (region, year, sector, engine, phase, fuel, standard); ``fuel_t`` [t] burnt
        aboard, or ``calls`` [1/a] with ``power_kw`` [kW], ``load_share`` [1], ``hours_h`` [h per
        call], ``shore_power_share`` [1] of that work and, where known, ``fuel_kg_per_mwh`` [kg/MWh].
    carbon, sulfur, engines
        As for machines off the road.
    electricity
        One row per (region, year); ``electricity_generation_kg_per_kwh`` [kg CO2/kWh].

    Returns
    -------
    ``activity`` with ``work_mwh`` [MWh] of the engines aboard, ``shore_mwh`` [MWh], ``burnt_t`` [t]
    and the species [t]; null where the share of shore power, the fuel or a factor is missing (§1).
    Fuel burnt aboard is as it is: there is no shore electricity in such a row.

    Source
    ------
    非道路移动源大气污染物排放清单编制技术指南（试行）: fuel × factor, or engine work × factor.

    Examples
    --------
    50 calls × 1000 kW × 0.4 × 20 h = 400 MWh; a quarter from the shore: 300 MWh aboard and 100 MWh
    from the grid: see ``tests/methods/ship_transport.toml``.
    """
    row = with_engine_factors(activity, carbon, sulfur, engines)
    row = look_up(row, electricity, "region", "year")
    needed = col("calls") * col("power_kw") * col("load_share") * col("hours_h") / 1000
    work = needed * (1 - col("shore_power_share"))
    row = row.with_columns(
        work_mwh=work,
        shore_mwh=nw.coalesce(needed * col("shore_power_share"), col("fuel_t") * 0.0),
        burnt_t=nw.coalesce(col("fuel_t"), work * col("fuel_kg_per_mwh") / 1000),
    )
    return exhaust(row).with_columns(
        co2_electricity_t=col("shore_mwh") * col("electricity_generation_kg_per_kwh")
    )
