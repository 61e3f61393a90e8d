"""Gasoline that evaporates from vehicles, standing and driving."""

import narwhals as nw
from narwhals import col

from xietong.methods.formulas.condition_bands import by_band
from xietong.methods.formulas.travelled import kilometres, population
from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

DAYS = 365
USUAL = "12_22"  # the band of the guide's 15 °C
PARAMS = {"evaporation": "mobile/evaporation"}
SPECIES = ("nmvoc_t",)


def vehicle_evaporation(activity: Frame, evaporation: Frame) -> Frame:
    """Evaporation from vehicles: (EF₁ · VKT / V + EF₂ · 365) · P.

    Parameters
    ----------
    activity
        The sheet of road vehicles: one row per (region, year, sector, vehicle, fuel, standard);
        ``vehicles`` [1] and ``km_per_vehicle`` [km/a], or ``vehicle_km`` [km]; where known
        ``speed_km_per_h`` [km/h] and ``temperature_c`` [°C], the mean of the year.
    evaporation
        One row per (vehicle, fuel, year); ``nmvoc_driving_g_per_h`` [g/h], and by mean temperature
        ``nmvoc_parked_12_22_g_per_day`` … [g per vehicle and day].

    Returns
    -------
    ``activity`` with ``nmvoc_t`` [t]; a blank temperature takes the factor of 12.5 to 22.5 °C; null
    without a factor, and without a speed where driving losses are not 0 (§1).

    Source
    ------
    道路机动车大气污染物排放清单编制技术指南（试行）, form; factors of EMEP/EEA 1.A.3.b.v, Tier 1.

    Examples
    --------
    200 cars × 365 d × 8 g/d = 0.584 t; driving 200 × 12 000 km / 30 km/h × 2 g/h = 0.16 t.

    >>> import polars as pl
    >>> rows = pl.LazyFrame({"vehicle": ["taxi"], "fuel": ["gasoline"], "year": [2024], "vehicles": [200.0],
    ...     "km_per_vehicle": [12000.0], "vehicle_km": [None], "speed_km_per_h": [30.0], "temperature_c": [15.0]},
    ...     schema_overrides={"vehicle_km": pl.Float64})
    >>> factor = pl.LazyFrame({"vehicle": ["taxi"], "fuel": ["gasoline"], "year": [2024], "nmvoc_driving_g_per_h": [2.0],
    ...     "nmvoc_parked_below_5_g_per_day": [4.0], "nmvoc_parked_5_12_g_per_day": [5.0],
    ...     "nmvoc_parked_12_22_g_per_day": [8.0], "nmvoc_parked_above_22_g_per_day": [9.0]})
    >>> round(vehicle_evaporation(*map(nw.from_native, (rows, factor))).select("nmvoc_t").collect().item(), 6)
    0.744
    """
    parked = by_band("day", col("temperature_c"), _parked, _parked(USUAL))
    hours = kilometres() / col("speed_km_per_h")
    none = col("nmvoc_driving_g_per_h") == 0
    driving = nw.when(none).then(kilometres() * 0.0).otherwise(hours * col("nmvoc_driving_g_per_h"))
    return look_up(activity, evaporation, "vehicle", "fuel", "year").with_columns(
        nmvoc_t=(driving + population() * DAYS * parked) / 1e6
    )


def _parked(band: str) -> nw.Expr:
    return col(f"nmvoc_parked_{band}_g_per_day")
