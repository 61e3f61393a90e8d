"""Limits of the ambient air standard by pollutant and date, and the composite index made of them."""

from functools import cache
from importlib import resources

import polars as pl

STANDARD = "gb3095-2012"  # of the revision of 2026 only the limit of PM2.5 was found
SERIES = {
    "SO2": "so2_concentration",
    "NO2": "no2_concentration",
    "PM10": "pm10",
    "PM2.5": "pm25",
    "CO": "co_concentration",
    "O3": "ozone",
}


@cache
def air_limits() -> pl.DataFrame:
    """Limits by standard, class and validity; an empty ``limit`` was not found and is unknown."""
    path = resources.files("xietong.indicators") / "air_limits.csv"
    dates = {"valid_from": pl.Date, "valid_to": pl.Date, "limit": pl.Float64}
    return pl.read_csv(path.read_bytes(), schema_overrides=dates)


def composite_index() -> pl.Expr:
    """Concentrations over the limits of 2012, added up; null where one of the six is missing.

    >>> row = pl.DataFrame({"so2_concentration": [60.0], "no2_concentration": [40.0], "pm10": [70.0], "pm25": [35.0],
    ...     "co_concentration": [4.0], "ozone": [160.0]})
    >>> row.select(composite_index()).item()
    6.0
    """
    limits = dict(
        air_limits().filter(pl.col("standard") == STANDARD).select("pollutant", "limit").iter_rows()
    )
    parts = [pl.col(series) / limits[pollutant] for pollutant, series in SERIES.items()]
    return pl.sum_horizontal(parts, ignore_nulls=False)
