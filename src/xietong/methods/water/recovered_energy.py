"""Power and heat that a treatment plant makes of biogas or takes out of the water."""

import narwhals as nw
from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {"electricity": "energy/electricity", "heat": "energy/heat"}
SPECIES = ("co2_avoided_energy_t",)


def recovered_energy(activity: Frame, electricity: Frame, heat: Frame) -> Frame:
    """What the grid or a heating plant would have emitted for it: a figure apart, never taken off.

    Power used on the spot has already lowered the electricity bought; taking this figure off as well
    would count it twice.

    Parameters
    ----------
    activity
        One row per (region, year, month, sector, facility); ``electricity_mwh`` [MWh] or
        ``heat_gj`` [GJ] made.
    electricity
        One row per (region, year); ``electricity_generation_kg_per_kwh`` [kg CO2/kWh].
    heat
        One row per (region, year); ``heat_kg_per_gj`` [kg CO2/GJ].

    Returns
    -------
    ``activity`` with ``co2_avoided_energy_t`` [t]; null where a factor is missing (§1).

    Source
    ------
    Definition; announcements of electricity factors; heat factor of the enterprise guides.

    Examples
    --------
    100 MWh at 0.6 kg/kWh: 60 t: see ``tests/methods/recovered_energy.toml``.
    """
    row = look_up(activity, electricity, "region", "year")
    return look_up(row, heat, "region", "year").with_columns(
        co2_avoided_energy_t=nw.coalesce(
            col("electricity_mwh") * col("electricity_generation_kg_per_kwh"),
            col("heat_gj") * col("heat_kg_per_gj") / 1000,
        )
    )
