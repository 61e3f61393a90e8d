"""Wastewater of an industry, by volume or by product."""

import narwhals as nw
from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame
from xietong.methods.water import treated_water as water
from xietong.methods.water.wastewater_plant import PARAMS as PLANT

PARAMS = {**PLANT, "outlet": "water/outlet"}
SPECIES = water.SPECIES


def industrial_wastewater(
    activity: Frame,
    organics: Frame,
    sludge_line: Frame,
    treatment: Frame,
    strength: Frame,
    site: Frame,
    outlet: Frame,
) -> Frame:
    """As the plant; the volume is metered, or product × wastewater per tonne of product.

    Parameters
    ----------
    activity
        One row per (region, year, month, sector, facility, water, process, basis, sludge_line, outlet);
        ``water_1e4m3`` [10⁴ m³] or ``product_t`` [t]; concentrations and shares as measured.
    organics
        One row per (basis, year); ``b0_kg_per_kg``, ``bod_b0_kg_per_kg`` [kg CH4/kg].
    sludge_line
        One row per (sludge_line, year); ``bod_per_sludge_kg_per_kg`` [kg BOD/kg dry sludge].
    treatment
        One row per (water, process, year); the factors of one family.
    strength
        One row per (water, year); concentrations [mg/L], ``water_m3_per_t`` [m³/t product].
    site
        One row per (region, year); what holds where nothing is metered.
    outlet
        One row per (outlet, year); ``reaches_water_share`` [1], 0 where a municipal plant takes it.

    Returns
    -------
    ``activity`` with ``ch4_t``, ``n2o_t``, ``cod_t``, ``nh3n_t``, ``tn_t``, ``tp_t`` [t]; null where
    a value is missing (§1).

    Source
    ------
    IPCC 2006 and 2019, vol. 5, ch. 6, eq. 6.4 to 6.6, 6.11 to 6.14.

    Examples
    --------
    See ``tests/methods/industrial_wastewater.toml``.
    """
    row = look_up(activity, organics, "basis", "year")
    row = look_up(row, sludge_line, "sludge_line", "year")
    row = look_up(row, treatment, "water", "process", "year")
    row = look_up(row, strength, "water", "year")
    row = look_up(row, outlet, "outlet", "year")
    row = look_up(row, site, "region", "year").with_columns(
        volume_1e4m3=nw.coalesce(
            col("water_1e4m3"), col("product_t") * col("water_m3_per_t") / 10_000
        )
    )
    return water.treated_water(row)
