"""A plant that treats wastewater, month by month or year by year."""

import narwhals as nw
from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame
from xietong.methods.water import treated_water as water

PARAMS = {
    "organics": "water/organics",
    "sludge_line": "water/sludge_line",
    "treatment": "water/treatment",
    "strength": "water/strength",
    "site": "water/site",
}
SPECIES = water.SPECIES


def wastewater_plant(
    activity: Frame,
    organics: Frame,
    sludge_line: Frame,
    treatment: Frame,
    strength: Frame,
    site: Frame,
) -> Frame:
    """Volume × concentrations: CH4 by organics less sludge, N2O by nitrogen, loads left in the water.

    The CO2 of the biology is of living origin and not counted; fossil CO2 of a carbon source stands
    with the chemicals, sludge, biogas and electricity in tables of their own.

    Parameters
    ----------
    activity
        One row per (region, year, month, sector, facility, water, process, basis, sludge_line);
        ``water_1e4m3`` [10⁴ m³]; measured ``cod_in_mg_per_l`` … ``tp_out_mg_per_l`` [mg/L],
        ``dry_sludge_kg_per_m3`` [kg/m³], ``reused_share``, ``ch4_recovered_share`` [1].
    organics
        One row per (basis, year); ``b0_kg_per_kg``, ``bod_b0_kg_per_kg`` [kg CH4/kg].
    sludge_line
        One row per (sludge_line, year); ``bod_per_sludge_kg_per_kg`` [kg BOD/kg dry sludge].
    treatment
        One row per (water, process, year); the factors of one family, see ``treated_water``.
    strength
        One row per (water, year); concentrations where they are not measured [mg/L].
    site
        One row per (region, year); ``dry_sludge_kg_per_m3`` [kg/m³], ``reused_share``,
        ``ch4_recovered_share`` [1] where nothing is metered.

    Returns
    -------
    ``activity`` with ``ch4_t``, ``n2o_t``, ``cod_t``, ``nh3n_t``, ``tn_t``, ``tp_t`` [t]; null where
    a value is missing (§1).

    Source
    ------
    IPCC 2006 and 2019, vol. 5, ch. 6; the family of factors is chosen by name, never mixed.

    Examples
    --------
    See ``tests/methods/wastewater_plant.toml``.
    """
    row = look_up(activity, organics, "basis", "year")
    row = look_up(row, sludge_line, "sludge_line", "year")
    row = look_up(row, treatment, "water", "process", "year")
    row = look_up(row, strength, "water", "year")
    row = look_up(row, site, "region", "year").with_columns(
        volume_1e4m3=col("water_1e4m3"), reaches_water_share=nw.lit(1.0)
    )
    return water.treated_water(row)
