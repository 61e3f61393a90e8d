"""How much was burnt: as heat, as mass, as volume, whichever of the three was given."""

import narwhals as nw
from narwhals import col

from xietong.methods.method import Frame


def burnt_quantities(activity: Frame) -> Frame:
    """Adds ``heat_gj`` [GJ], ``burnt_t`` [t] and ``burnt_1e4m3`` [10⁴ m³].

    Parameters
    ----------
    activity
        One of ``fuel_t`` [t], ``gas_1e4m3`` [10⁴ m³], ``energy_gj`` [GJ] filled in each row;
        ``ncv_gj_per_t`` [GJ/t], ``ncv_gj_per_1e4m3`` [GJ/10⁴ m³].

    Null where the calorific value is missing and the quantity was given otherwise.

    Source
    ------
    Definition of the net calorific value.

    Examples
    --------
    2 t at 20 GJ/t hold 40 GJ.

    >>> import polars as pl
    >>> rows = pl.LazyFrame({"fuel_t": [2.0], "gas_1e4m3": [None], "energy_gj": [None],
    ...     "ncv_gj_per_t": [20.0], "ncv_gj_per_1e4m3": [None]}, schema_overrides={"gas_1e4m3": pl.Float64,
    ...     "energy_gj": pl.Float64, "ncv_gj_per_1e4m3": pl.Float64})
    >>> burnt_quantities(nw.from_native(rows)).select("heat_gj", "burnt_t").collect().row(0)
    (40.0, 2.0)
    """
    return activity.with_columns(
        heat_gj=nw.coalesce(
            col("energy_gj"),
            col("fuel_t") * col("ncv_gj_per_t"),
            col("gas_1e4m3") * col("ncv_gj_per_1e4m3"),
        ),
        burnt_t=nw.coalesce(col("fuel_t"), col("energy_gj") / col("ncv_gj_per_t")),
        burnt_1e4m3=nw.coalesce(col("gas_1e4m3"), col("energy_gj") / col("ncv_gj_per_1e4m3")),
    )
