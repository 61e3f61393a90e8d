"""Blue carbon of plants: salt marsh, seagrass, mangrove; methane of marshes."""

from narwhals import col

from xietong.methods.land.tree_biomass import CO2_PER_C
from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {"coast": "land/coast", "marsh": "land/marsh"}
SPECIES = ("co2_removed_blue_t", "ch4_land_t")


def coastal_wetlands(activity: Frame, coast: Frame, marsh: Frame) -> Frame:
    """Carbon buried in the sediment of a wetland, and the methane it gives off, by area.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, habitat, salinity); ``area_ha`` [ha]; where
        measured ``burial_t_per_ha``.
    coast
        One row per (habitat, year); ``burial_t_per_ha`` [t C/ha a].
    marsh
        One row per (habitat, salinity, year); ``ch4_kg_per_ha`` [kg/ha a].

    Returns
    -------
    ``activity`` with ``co2_removed_blue_t`` and ``ch4_land_t`` [t], memo items. Null where a value is
    missing (§1).

    Source
    ------
    IPCC 2013 Wetlands Supplement, ch. 4, eqs 4.7 and 4.9, Tier 1; other rates of burial by programme.

    Examples
    --------
    100 ha × 0.91 t C = 91 t C: see ``tests/methods/coastal_wetlands.toml``.
    """
    row = look_up(activity, coast, "habitat", "year")
    return look_up(row, marsh, "habitat", "salinity", "year").with_columns(
        co2_removed_blue_t=col("area_ha") * col("burial_t_per_ha") * CO2_PER_C,
        ch4_land_t=col("area_ha") * col("ch4_kg_per_ha") / 1000,
    )
