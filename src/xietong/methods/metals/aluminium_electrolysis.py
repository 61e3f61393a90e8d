"""Electrolytic aluminium: anode CO2, CF4 and C2F6 of anode effects, pollutants of the cells."""

import narwhals as nw
from narwhals import col

from xietong.methods.formulas.by_mass import POLLUTANTS, furnace_pollutants
from xietong.methods.formulas.carbon_balance import CO2_PER_C
from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {"electrolysis": "metals/electrolysis", "control": "control/devices"}
SPECIES = ("co2_t", "cf4_t", "c2f6_t", *POLLUTANTS)


def aluminium_electrolysis(activity: Frame, electrolysis: Frame, control: Frame) -> Frame:
    """Anode carbon burnt; perfluorocarbons by slope where the minutes are known, else by factor.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, process, control); ``output_t`` [t aluminium];
        where measured ``anode_effect_minutes`` [min per cell and day], ``anode_t_per_t`` [t net
        anode/t], ``sulfur_share``, ``ash_share`` of the anode [1].
    electrolysis
        One row per (process, year); ``anode_t_per_t``, ``sulfur_share``, ``ash_share``,
        ``cf4_slope_kg_per_t_minute`` [kg/(t·min)], ``c2f6_per_cf4_share`` [kg/kg], ``cf4_kg_per_t``,
        ``c2f6_kg_per_t`` [kg/t]; ``<species>_kg_per_t`` [kg/t], ``bc_in_pm25_share`` [1].
    control
        One row per control (a chain of devices); ``<species>_passed_share`` [1].

    Returns
    -------
    ``activity`` with ``co2_t``, ``cf4_t``, ``c2f6_t``, pollutants [t] and ``hg_kg`` [kg]; null where a
    factor is missing (§1).

    Source
    ------
    中国电解铝生产企业温室气体排放核算方法与报告指南: P·NC·(1−S−A)·44/12; CF4 = slope · AEM · P, C2F6 a share of it.

    Examples
    --------
    1000 t × 0.4 × (1 − 0.02 − 0.005) × 44/12 = 1430 t: see
    ``tests/methods/aluminium_electrolysis.toml``.
    """
    row = look_up(activity, electrolysis, "process", "year")
    row = look_up(row, control, "control")
    burnt = col("anode_t_per_t") * (1 - col("sulfur_share") - col("ash_share"))
    by_slope = col("anode_effect_minutes") * col("cf4_slope_kg_per_t_minute")
    unknown = col("anode_effect_minutes").is_null()
    cf4_kg = nw.when(unknown).then(col("cf4_kg_per_t")).otherwise(by_slope)
    c2f6_kg = (
        nw.when(unknown).then(col("c2f6_kg_per_t")).otherwise(by_slope * col("c2f6_per_cf4_share"))
    )
    made = row.with_columns(
        co2_t=col("output_t") * burnt * CO2_PER_C,
        cf4_t=col("output_t") / 1000 * cf4_kg,
        c2f6_t=col("output_t") / 1000 * c2f6_kg,
    )
    return furnace_pollutants(made)
