"""Dust of building sites and bare soil: area × time × factor."""

from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

SIZES = ("tsp", "pm10", "pm25")
PARAMS = {"area": "dust/area", "control": "control/devices"}
SPECIES = tuple(f"{size}_t" for size in SIZES)


def area_dust(activity: Frame, area: Frame, control: Frame) -> Frame:
    """Dust of open ground: hectares × months × factor × what the measures let through.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, ground, control); ``area_ha`` [ha],
        ``months`` in which it lies open or is built on [1]; where known ``<size>_t_per_ha_month``.
    area
        One row per (region, ground, year); ``<size>_t_per_ha_month`` [t/(ha·month)], before measures.
    control
        One row per control; ``<size>_passed_share`` [1].

    Returns
    -------
    ``activity`` with ``tsp_t``, ``pm10_t``, ``pm25_t`` [t]; null where a value is missing (§1).

    Source
    ------
    MEE dust guide form for construction; bare soil by published mean factors per area and year.

    Examples
    --------
    10 ha × 12 months × 2.69 t = 322.8 t before measures: see ``tests/methods/area_dust.toml``.
    """
    row = look_up(look_up(activity, area, "region", "ground", "year"), control, "control")
    return row.with_columns(
        **{
            f"{size}_t": col("area_ha")
            * col("months")
            * col(f"{size}_t_per_ha_month")
            * col(f"{size}_passed_share")
            for size in SIZES
        }
    )
