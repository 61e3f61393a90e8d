"""Reclaimed water: what the supply it stands for would have taken."""

from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

MWH_PER_1E4M3_AND_KWH_PER_M3 = 10
PARAMS = {"supply": "water/supply", "electricity": "energy/electricity"}
SPECIES = ("co2_avoided_reuse_t",)


def water_reuse(activity: Frame, supply: Frame, electricity: Frame) -> Frame:
    """Reused water × electricity of the supply it replaces × generation factor: a figure apart.

    Parameters
    ----------
    activity
        One row per (region, year, month, sector, facility); ``water_1e4m3`` [10⁴ m³];
        ``supply_kwh_per_m3`` [kWh/m³] of the replaced supply where known.
    supply
        One row per (region, year); ``supply_kwh_per_m3`` [kWh/m³].
    electricity
        One row per (region, year); ``electricity_generation_kg_per_kwh`` [kg CO2/kWh].

    Returns
    -------
    ``activity`` with ``co2_avoided_reuse_t`` [t], never taken off anything; null where a value is
    missing (§1).

    Source
    ------
    Definition; announcements of electricity factors.

    Examples
    --------
    100 × 10⁴ m³ × 0.4 kWh/m³ × 0.6 kg/kWh = 240 t: see ``tests/methods/water_reuse.toml``.
    """
    row = look_up(activity, supply, "region", "year")
    return look_up(row, electricity, "region", "year").with_columns(
        co2_avoided_reuse_t=col("water_1e4m3")
        * MWH_PER_1E4M3_AND_KWH_PER_M3
        * col("supply_kwh_per_m3")
        * col("electricity_generation_kg_per_kwh")
    )
