"""Carbonates decomposed in lime, glass, ceramics, bricks, desulfurisation: a row a material."""

import narwhals as nw
from narwhals import col

from xietong.methods.formulas.carbon_balance import CO2_PER_C
from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {"carbonates": "minerals/carbonates"}
SPECIES = ("co2_t",)


def carbonate_use(activity: Frame, carbonates: Frame) -> Frame:
    """CO2 = material × purity × CO2 of the pure carbonate × decomposed share; carbon powder × C × 44/12.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, use, material); ``material_t`` [t];
        ``purity_share`` [t carbonate per t material], for carbon powder ``carbon_share`` [t C/t];
        where measured ``calcined_share`` [1].
    carbonates
        One row per (material, year); ``co2_t_per_t`` [t CO2/t pure carbonate], ``calcined_share`` [1].

    Returns
    -------
    ``activity`` with ``co2_t`` [t]; null where purity, factor or decomposed share is missing (§1).

    Source
    ------
    中国平板玻璃、陶瓷、镁、其他工业企业温室气体排放核算方法与报告指南: Σ M · EF · F; carbon powder Q · C · 44/12.

    Examples
    --------
    1000 t of limestone, 0.9 calcite, 0.44 t/t, 0.95 decomposed: 376.2 t: see
    ``tests/methods/carbonate_use.toml``.
    """
    row = look_up(activity, carbonates, "material", "year")
    return row.with_columns(
        co2_t=col("material_t")
        * nw.coalesce(
            col("carbon_share") * CO2_PER_C,
            col("purity_share") * col("co2_t_per_t"),
        )
        * col("calcined_share")
    )
