"""Methane of flooded rice."""

from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {"rice": "agriculture/rice"}
SPECIES = ("ch4_t",)


def rice_fields(activity: Frame, rice: Frame) -> Frame:
    """Methane of rice: harvested area × factor of the region and season.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, rice_region, season); ``area_ha`` [ha]
        harvested; where measured ``rice_ch4_kg_per_ha`` [kg/ha].
    rice
        One row per (rice_region, season, year); ``rice_ch4_kg_per_ha`` [kg/ha per season].

    Returns
    -------
    ``activity`` with ``ch4_t`` [t]; null where the factor is missing (§1).

    Source
    ------
    Provincial guide 2011, rice: area × factor by region and season.

    Examples
    --------
    1000 ha × 215.5 kg/ha = 215.5 t: see ``tests/methods/rice_fields.toml``.
    """
    return look_up(activity, rice, "rice_region", "season", "year").with_columns(
        ch4_t=col("area_ha") * col("rice_ch4_kg_per_ha") / 1000
    )
