"""Diesel locomotives; electric trains are with the electric vehicles."""

from narwhals import Float64, col, lit

from xietong.methods.formulas.engine_exhaust import exhaust, with_engine_factors
from xietong.methods.method import Frame


def rail_transport(activity: Frame, carbon: Frame, sulfur: Frame, engines: Frame) -> Frame:
    """Exhaust of locomotives by the fuel they burn.

    Parameters
    ----------
    activity
        One row per (region, year, sector, engine, fuel, standard); ``fuel_t`` [t].
    carbon, sulfur, engines
        As for machines off the road; factors in kg/t.

    Returns
    -------
    ``activity`` with ``burnt_t`` [t] and the species [t]; null where a factor is missing (§1).

    Source
    ------
    非道路移动源大气污染物排放清单编制技术指南（试行）: fuel × factor.

    Examples
    --------
    1000 t × 50 kg/t = 50 t NOx: see ``tests/methods/rail_transport.toml``.
    """
    row = with_engine_factors(activity, carbon, sulfur, engines)
    return exhaust(row.with_columns(burnt_t=col("fuel_t"), work_mwh=lit(None, dtype=Float64)))
