"""Drained organic soils: peat that is used up."""

from narwhals import col

from xietong.methods.land.tree_biomass import CO2_PER_C
from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

N2O_PER_N = 44 / 28  # t N2O per t N
PARAMS = {"peat": "land/peat"}
SPECIES = ("co2_land_t", "ch4_land_t", "n2o_land_t")


def organic_soils(activity: Frame, peat: Frame) -> Frame:
    """Carbon, methane and nitrous oxide of peat under use, by area.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, peat_use); ``area_ha`` [ha].
    peat
        One row per (peat_use, year); ``carbon_lost_t_per_ha`` [t C/ha a], ``ch4_kg_per_ha`` [kg/ha a],
        ``n2o_n_kg_per_ha`` [kg N/ha a].

    Returns
    -------
    ``activity`` with ``co2_land_t``, ``ch4_land_t``, ``n2o_land_t`` [t], memo items. Methane of ditches
    and carbon dissolved in their water are not counted. Null where a value is missing (§1).

    Source
    ------
    IPCC 2013 Wetlands Supplement, ch. 2, eqs 2.3, 2.6 and 2.7, Tier 1.

    Examples
    --------
    10 ha × 7.9 t C = 79 t C: see ``tests/methods/organic_soils.toml``.
    """
    area = col("area_ha")
    return look_up(activity, peat, "peat_use", "year").with_columns(
        co2_land_t=area * col("carbon_lost_t_per_ha") * CO2_PER_C,
        ch4_land_t=area * col("ch4_kg_per_ha") / 1000,
        n2o_land_t=area * col("n2o_n_kg_per_ha") / 1000 * N2O_PER_N,
    )
