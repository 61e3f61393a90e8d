"""Electricity that a treatment plant takes: a memo item beside the region's exchange."""

from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {"electricity": "energy/electricity"}
SPECIES = ("co2_control_electricity_t",)


def treatment_power(activity: Frame, electricity: Frame) -> Frame:
    """Electricity taken from the grid × the year's generation factor.

    The region's power stations or its sheet of electricity across the boundary hold the same CO2:
    this column says whose it is and is not added to them.

    Parameters
    ----------
    activity
        One row per (region, year, month, sector, facility); ``electricity_mwh`` [MWh] taken from
        the grid, own generation not included.
    electricity
        One row per (region, year); ``electricity_generation_kg_per_kwh`` [kg CO2/kWh].

    Returns
    -------
    ``activity`` with ``co2_control_electricity_t`` [t]; null where the list has no factor (§1).

    Source
    ------
    Announcements of electricity factors by MEE and NBS.

    Examples
    --------
    1000 MWh at 0.6 kg/kWh are 600 t: see ``tests/methods/treatment_power.toml``.
    """
    return look_up(activity, electricity, "region", "year").with_columns(
        co2_control_electricity_t=col("electricity_mwh") * col("electricity_generation_kg_per_kwh")
    )
