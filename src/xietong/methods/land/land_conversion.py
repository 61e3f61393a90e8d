"""Land converted from one use to another: the carbon of its vegetation."""

from narwhals import col

from xietong.methods.land.tree_biomass import split
from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {"cleared": "land/cleared", "planted": "land/planted"}
SPECIES = ("co2_removed_land_t", "co2_land_t")


def land_conversion(activity: Frame, cleared: Frame, planted: Frame) -> Frame:
    """Carbon after less carbon before, all in the year of conversion; soils have their own sheet.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, from_use, to_use); ``area_ha`` [ha]; where
        measured ``carbon_before_t_per_ha``, ``carbon_after_t_per_ha`` [t C/ha].
    cleared
        One row per (from_use, year); ``carbon_before_t_per_ha`` [t C/ha].
    planted
        One row per (to_use, year); ``carbon_after_t_per_ha`` [t C/ha], a year after.

    Returns
    -------
    ``activity`` with ``carbon_change_t`` [t C] and ``co2_removed_land_t`` or ``co2_land_t`` [t], memo
    items. Null where a value is missing (§1).

    Source
    ------
    IPCC 2006, vol. 4, ch. 2, eqs 2.15 and 2.16.

    Examples
    --------
    10 ha from 30 to 5 t C/ha: 250 t C given off: see ``tests/methods/land_conversion.toml``.
    """
    row = look_up(look_up(activity, cleared, "from_use", "year"), planted, "to_use", "year")
    per_ha = col("carbon_after_t_per_ha") - col("carbon_before_t_per_ha")
    return split(row.with_columns(carbon_change_t=col("area_ha") * per_ha), "carbon_change_t")
