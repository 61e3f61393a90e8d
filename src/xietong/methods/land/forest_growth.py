"""Growth of trees: the gain of the gain-loss method."""

import narwhals as nw
from narwhals import col

from xietong.methods.land.tree_biomass import CO2_PER_C, above_t_per_m3, with_roots
from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {"trees": "land/trees"}
SPECIES = ("co2_removed_land_t",)


def forest_growth(activity: Frame, trees: Frame) -> Frame:
    """Carbon that trees took up in a year, before anything was cut; losses have their own sheet.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, stand, stock_level); ``area_ha`` [ha] with
        ``growth_m3_per_ha`` [m³/ha a], or ``stock_1e4m3`` [10⁴ m³] with ``growth_share`` [1/a].
    trees
        One row per (stand, stock_level, year); ``wood_density_t_per_m3`` [t/m³] and
        ``expansion_factor`` [1], or ``growth_t_per_m3`` [t/m³]; ``root_shoot_ratio``,
        ``carbon_share`` [1].

    Returns
    -------
    ``activity`` with ``grown_m3`` [m³] and ``co2_removed_land_t`` [t], a memo item. Null where a value is
    missing (§1).

    Source
    ------
    IPCC 2006, vol. 4, ch. 2, eqs 2.9 and 2.10; provincial guide 2011, ch. 5, for stock × growth rate.

    Examples
    --------
    200 ha × 3 m³/ha × 0.6 t/m³ × 1.25 × 0.5 = 225 t C: see ``tests/methods/forest_growth.toml``.
    """
    row = look_up(activity, trees, "stand", "stock_level", "year")
    grown = nw.coalesce(
        col("area_ha") * col("growth_m3_per_ha"), col("stock_1e4m3") * 10_000 * col("growth_share")
    )
    return row.with_columns(grown_m3=grown).with_columns(
        co2_removed_land_t=with_roots(col("grown_m3") * above_t_per_m3("growth_t_per_m3"))
        * col("carbon_share")
        * CO2_PER_C
    )
