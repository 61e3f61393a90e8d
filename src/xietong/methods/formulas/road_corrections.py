"""Corrections of a base factor of the guide for road vehicles: EF = BEF · φ · γ · λ · θ."""

import narwhals as nw
from narwhals import col, lit

from xietong.methods.formulas.condition_bands import BASE, by_band

NONE = 1.0  # a condition that is not given, or is the guide's own, changes nothing


def corrected(species: str) -> nw.Expr:
    """The product of all corrections of ``co``, ``nmvoc``, ``nox`` or ``pm``.

    A condition left blank (speed, temperature, humidity, altitude, sulfur, load) is not corrected
    for: the base factor's own condition is taken. One that is given needs its factor, else null.
    """
    return (
        _of(species, "temperature", "temperature_c")
        * _of(species, "humidity", "humidity_share")
        * _hot_and_humid(species)
        * _of(species, "altitude", "altitude_m")
        * _of(species, "speed", "speed_km_per_h")
        * _of(species, "sulfur", "sulfur_ppm")
        * _of(species, "load", "load_share")
        * col(f"{species}_deterioration_factor")
    )


def _of(species: str, condition: str, column: str) -> nw.Expr:
    return by_band(condition, col(column), lambda band: _factor(species, band), lit(NONE))


def _factor(species: str, band: str) -> nw.Expr:
    return lit(NONE) if band == BASE else col(f"{species}_{band}_factor")


def _hot_and_humid(species: str) -> nw.Expr:
    """Humidity counts once more where it is hot."""
    hot = by_band("humidity", col("humidity_share"), lambda band: _hot(species, band), lit(NONE))
    return by_band(
        "warmth", col("temperature_c"), lambda band: hot if band == "hot" else lit(NONE), lit(NONE)
    )


def _hot(species: str, band: str) -> nw.Expr:
    return lit(NONE) if band == BASE else col(f"{species}_hot_{band}_factor")
