"""Methane of oil and gas facilities: so many wells, stations and valves, each vents and leaks."""

from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {"installations": "fugitive/oil_gas_facilities"}
SPECIES = ("ch4_t",)


def oil_gas_facilities(activity: Frame, installations: Frame) -> Frame:
    """CH4 = facilities × (vented + leaked in a year).

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, installation); ``facilities`` [1]; where measured
        ``ch4_vent_t_per_year``, ``ch4_leak_t_per_year`` [t/a].
    installations
        One row per (installation, year); ``ch4_vent_t_per_year``, ``ch4_leak_t_per_year`` [t/a].

    Returns
    -------
    ``activity`` with ``ch4_vented_t``, ``ch4_leaked_t`` and ``ch4_t`` [t]; null where one of the two
    is not known (§1).

    Source
    ------
    中国石油和天然气生产企业温室气体排放核算方法与报告指南: number of facilities × factor.

    Examples
    --------
    10 stations × (10 + 58 t/a) = 680 t: see ``tests/methods/oil_gas_facilities.toml``.
    """
    return (
        look_up(activity, installations, "installation", "year")
        .with_columns(
            ch4_vented_t=col("facilities") * col("ch4_vent_t_per_year"),
            ch4_leaked_t=col("facilities") * col("ch4_leak_t_per_year"),
        )
        .with_columns(ch4_t=col("ch4_vented_t") + col("ch4_leaked_t"))
    )
