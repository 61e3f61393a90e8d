"""Wood cut, gathered or lost: the loss of the gain-loss method."""

from narwhals import col

from xietong.methods.land.tree_biomass import CO2_PER_C, above_t_per_m3, with_roots
from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {"trees": "land/trees"}
SPECIES = ("co2_land_t",)


def wood_loss(activity: Frame, trees: Frame) -> Frame:
    """All carbon of the trees that fell, given off in their year: no pool of wood products.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, stand, stock_level, loss); ``lost_1e4m3``
        [10⁴ m³ of standing stems over bark].
    trees
        One row per (stand, stock_level, year); ``wood_density_t_per_m3`` [t/m³] and
        ``expansion_factor`` [1], or ``removal_t_per_m3`` [t/m³]; ``root_shoot_ratio``,
        ``carbon_share`` [1].

    Returns
    -------
    ``activity`` with ``biomass_lost_t`` [t dry] and ``co2_land_t`` [t], a memo item. Null where a
    value is missing (§1).

    Source
    ------
    IPCC 2006, vol. 4, ch. 2, eqs 2.11 to 2.14.

    Examples
    --------
    10⁴ m³ × 0.6 t/m³ × 1.25 = 7500 t dry: see ``tests/methods/wood_loss.toml``.
    """
    row = look_up(activity, trees, "stand", "stock_level", "year")
    above = col("lost_1e4m3") * 10_000 * above_t_per_m3("removal_t_per_m3")
    return row.with_columns(biomass_lost_t=with_roots(above)).with_columns(
        co2_land_t=col("biomass_lost_t") * col("carbon_share") * CO2_PER_C
    )
