"""Heat across the boundary: the indirect item of the consumption view."""

import narwhals as nw
from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame


def heat_exchange(activity: Frame, heat: Frame) -> Frame:
    """CO2 of heat bought (plus) and sold (minus).

    Parameters
    ----------
    activity
        One row per (region, year, sector, direction); ``direction`` in or out; ``heat_gj`` [GJ].
    heat
        One row per (region, year); ``heat_kg_per_gj`` [kg CO2/GJ].

    Returns
    -------
    ``activity`` with ``co2_heat_t`` [t]; null where there is no factor (§1).

    Source
    ------
    Default 0.11 t CO2/GJ of the enterprise guides.

    Examples
    --------
    >>> import polars as pl
    >>> rows = pl.LazyFrame({"region": ["370000"], "year": [2023], "direction": ["out"], "heat_gj": [50.0]})
    >>> factor = pl.LazyFrame({"region": ["370000"], "year": [2023], "heat_kg_per_gj": [110.0]})
    >>> heat_exchange(*map(nw.from_native, (rows, factor))).select("co2_heat_t").collect().item()
    -5.5
    """
    sign = nw.when(col("direction") == "out").then(nw.lit(-1.0)).otherwise(nw.lit(1.0))
    return look_up(activity, heat, "region", "year").with_columns(
        co2_heat_t=sign * col("heat_gj") * col("heat_kg_per_gj") / 1000
    )
