"""How far vehicles went: population × distance, or counted vehicle-kilometres."""

import narwhals as nw
from narwhals import col


def kilometres() -> nw.Expr:
    """Vehicle-kilometres [km]: counted ones, else ``vehicles`` × ``km_per_vehicle``.

    >>> import polars as pl
    >>> fleet = {"vehicles": [100.0, None], "km_per_vehicle": [12000.0, 12000.0], "vehicle_km": [None, 6e5]}
    >>> nw.from_native(pl.DataFrame(fleet)).select(km=kilometres())["km"].to_list()
    [1200000.0, 600000.0]
    """
    return nw.coalesce(col("vehicle_km"), col("vehicles") * col("km_per_vehicle"))


def population() -> nw.Expr:
    """Vehicles: counted, else the vehicle-kilometres divided by what one vehicle goes."""
    return nw.coalesce(col("vehicles"), col("vehicle_km") / col("km_per_vehicle"))


def grams_per_km(factor: nw.Expr) -> nw.Expr:
    """Tonnes from a factor in g/km."""
    return kilometres() * factor / 1e6
