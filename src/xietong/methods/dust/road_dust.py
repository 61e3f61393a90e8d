"""Dust that traffic lifts from paved and unpaved roads."""

import narwhals as nw
from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

SIZES = ("tsp", "pm10", "pm25")
DAYS = 365
GRAMS_PER_TONNE = 1e6
SHORT_TONS_PER_TONNE = 1 / 0.90718474

PARAMS = {"road": "dust/road", "control": "control/devices"}
SPECIES = tuple(f"{size}_t" for size in SIZES)


def road_dust(activity: Frame, road: Frame, control: Frame) -> Frame:
    """Road length × traffic × dust per vehicle kilometre, less rain days and measures.

    Paved: k · sL^0.91 · W^1.02; unpaved: k · (s/12)^a · (W/3)^b.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, surface, control, and what was measured);
        ``road_km`` [km] with ``vehicles_per_day`` [1/d]; ``silt_g_per_m2`` [g/m²] of paved,
        ``silt_percent`` [%] of unpaved roads; ``weight_t`` [t], mean over the traffic;
        ``rain_days`` [d/a].
    road
        One row per (surface, year); for each size ``k_g_per_km`` [g/km], ``silt_power``,
        ``weight_power`` [1].
    control
        One row per control (a chain of measures); ``<size>_passed_share`` [1].

    Returns
    -------
    ``activity`` with ``vehicle_km`` and ``tsp_t``, ``pm10_t``, ``pm25_t`` [t]; null where silt,
    weight, rain days, a constant or a measure's removal is missing (§1).

    Source
    ------
    MEE dust guide form for paved roads; US EPA AP-42 13.2.2 eqs 1a and 2 for unpaved ones, whose
    weights are short tons.

    Examples
    --------
    See ``tests/methods/road_dust.toml``.
    """
    row = look_up(look_up(activity, road, "surface", "year"), control, "control")
    dry_share = 1 - col("rain_days") / DAYS
    row = row.with_columns(
        vehicle_km=col("road_km") * col("vehicles_per_day") * DAYS,
    )
    return row.with_columns(
        **{
            f"{size}_t": col("vehicle_km")
            * _grams_per_km(size)
            * dry_share
            * col(f"{size}_passed_share")
            / GRAMS_PER_TONNE
            for size in SIZES
        }
    )


def _grams_per_km(size: str) -> nw.Expr:
    k, silt, weight = (
        col(f"{size}_{what}") for what in ("k_g_per_km", "silt_power", "weight_power")
    )
    unpaved_weight = col("weight_t") * SHORT_TONS_PER_TONNE / 3
    unpaved = k * (col("silt_percent") / 12) ** silt * unpaved_weight**weight
    paved = k * col("silt_g_per_m2") ** silt * col("weight_t") ** weight
    return nw.when(col("surface") == "unpaved").then(unpaved).otherwise(paved)
