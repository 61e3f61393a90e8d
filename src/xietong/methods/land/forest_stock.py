"""Forest carbon by stock difference: two surveys of the same land."""

import narwhals as nw
from narwhals import col

from xietong.methods.land.tree_biomass import above_t_per_m3, split, with_roots
from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {"trees": "land/trees"}
SPECIES = ("co2_removed_land_t", "co2_land_t")


def forest_stock(activity: Frame, trees: Frame) -> Frame:
    """Carbon of the trees now less carbon of the trees before, by year.

    The area is the same at both surveys; land that became forest or ceased to be stands in
    ``land_conversion``. With the regression B = aV + b the constant cancels in the change.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, stand, stock_level); ``area_ha`` [ha],
        ``volume_before_m3_per_ha``, ``volume_after_m3_per_ha`` [m³/ha], ``between_years`` [a]; where
        measured any parameter.
    trees
        One row per (stand, stock_level, year); ``wood_density_t_per_m3`` [t/m³] and
        ``expansion_factor`` [1], or ``slope_t_per_m3`` [t/m³]; ``intercept_t_per_ha`` [t/ha],
        ``root_shoot_ratio`` [1], ``carbon_share`` [1].

    Returns
    -------
    ``activity`` with ``carbon_before_t`` and ``carbon_after_t`` [t C in living trees],
    ``carbon_change_t`` [t C/a], and ``co2_removed_land_t`` where it grew or ``co2_land_t`` where it
    shrank [t]. Both are memo items. Null where a value is missing (§1).

    Source
    ------
    IPCC 2006, vol. 4, ch. 2, eq. 2.8; ΔC = ΔV × density × BEF × (1 + R) × CF, provincial guide form;
    Fang Jingyun et al. for the regression.

    Examples
    --------
    100 ha from 40 to 50 m³/ha in 5 years at 0.6 t/m³ with roots 0.25 and carbon 0.5:
    75 t C a year: see ``tests/methods/forest_stock.toml``.
    """
    row = look_up(activity, trees, "stand", "stock_level", "year")
    slope = above_t_per_m3("slope_t_per_m3")

    def carbon_t(volume: str) -> nw.Expr:
        mass = with_roots(col(volume) * slope + col("intercept_t_per_ha"))
        return col("area_ha") * mass * col("carbon_share")

    row = row.with_columns(
        carbon_before_t=carbon_t("volume_before_m3_per_ha"),
        carbon_after_t=carbon_t("volume_after_m3_per_ha"),
    ).with_columns(
        carbon_change_t=(col("carbon_after_t") - col("carbon_before_t")) / col("between_years")
    )
    return split(row, "carbon_change_t")
