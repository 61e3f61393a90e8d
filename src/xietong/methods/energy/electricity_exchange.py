"""Electricity across the boundary: the indirect item of the consumption view."""

import narwhals as nw
from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame


def electricity_exchange(activity: Frame, electricity: Frame) -> Frame:
    """CO2 of electricity bought (plus) and sold (minus), by the year's generation factor.

    Parameters
    ----------
    activity
        One row per (region, year, sector, direction); ``direction`` in or out;
        ``electricity_mwh`` [MWh].
    electricity
        One row per (region, year); ``electricity_generation_kg_per_kwh`` [kg CO2/kWh] of the list
        chosen by name. Life-cycle factors have another name and are not taken.

    Returns
    -------
    ``activity`` with ``co2_electricity_t`` [t]; null where the list has no factor of the year (§1).
    It is a column of its own: added to direct CO2 it would count the same smoke twice.

    Source
    ------
    Announcements of electricity factors by MEE and NBS; territorial rule: net inflow × factor.

    Examples
    --------
    1000 MWh in at 0.6 kg/kWh are 600 t; 400 MWh out take 240 t off.

    >>> import polars as pl
    >>> rows = pl.LazyFrame({"region": ["370000"] * 2, "year": [2023] * 2, "direction": ["in", "out"],
    ...     "electricity_mwh": [1000.0, 400.0]})
    >>> factor = pl.LazyFrame({"region": ["370000"], "year": [2023], "electricity_generation_kg_per_kwh": [0.6]})
    >>> electricity_exchange(*map(nw.from_native, (rows, factor))).select("co2_electricity_t").collect().to_native().to_series().to_list()
    [600.0, -240.0]
    """
    sign = nw.when(col("direction") == "out").then(nw.lit(-1.0)).otherwise(nw.lit(1.0))
    return look_up(activity, electricity, "region", "year").with_columns(
        co2_electricity_t=sign * col("electricity_mwh") * col("electricity_generation_kg_per_kwh")
    )
