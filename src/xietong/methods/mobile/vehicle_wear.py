"""Particles of tyres and brakes."""

import narwhals as nw
from narwhals import col

from xietong.methods.formulas.travelled import grams_per_km
from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {"wear": "mobile/wear"}
SPECIES = ("tsp_t", "pm10_t", "pm25_t")


def worn() -> dict[str, nw.Expr]:
    """Particles of wear [t] by size."""
    return {
        f"{size}_t": grams_per_km(col(f"{size}_wear_g_per_km")) for size in ("tsp", "pm10", "pm25")
    }


def vehicle_wear(activity: Frame, wear: Frame) -> Frame:
    """Particles of tyres and brakes of road vehicles, whatever drives them.

    Parameters
    ----------
    activity
        The sheet of road vehicles; ``vehicles`` [1] and ``km_per_vehicle`` [km/a], or
        ``vehicle_km`` [km].
    wear
        One row per (vehicle, year); ``tsp_wear_g_per_km``, ``pm10_wear_g_per_km``,
        ``pm25_wear_g_per_km`` [g/km].

    Returns
    -------
    ``activity`` with ``tsp_t``, ``pm10_t``, ``pm25_t`` [t]; null without a factor (§1).

    Source
    ------
    EMEP/EEA 1.A.3.b.vi, Tier 1.

    Examples
    --------
    2 million km × 0.01 g/km = 0.02 t.

    >>> import polars as pl
    >>> rows = pl.LazyFrame({"vehicle": ["bus"], "year": [2024], "vehicle_km": [2e6], "vehicles": [1.0], "km_per_vehicle": [1.0]})
    >>> factor = pl.LazyFrame({"vehicle": ["bus"], "year": [2024], "tsp_wear_g_per_km": [0.03],
    ...     "pm10_wear_g_per_km": [0.02], "pm25_wear_g_per_km": [0.01]})
    >>> vehicle_wear(*map(nw.from_native, (rows, factor))).select("pm25_t").collect().item()
    0.02
    """
    return look_up(activity, wear, "vehicle", "year").with_columns(**worn())
