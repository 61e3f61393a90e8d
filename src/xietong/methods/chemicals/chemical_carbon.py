"""Carbon balance of chemical plants: ammonia and urea, methanol, carbide, ethylene, soda ash."""

import narwhals as nw
from narwhals import col

from xietong.methods.formulas.carbon_balance import CO2_PER_C
from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {"content": "chemicals/carbon_content", "carbon": "combustion/carbon"}
SPECIES = ("co2_t",)


def chemical_carbon(activity: Frame, content: Frame, carbon: Frame) -> Frame:
    """CO2 = (carbon of what goes in − carbon of what goes out) × 44/12, a row a material.

    Feedstock goes in; products, waste and CO2 that leaves (for urea, for sale) go out with a minus.
    So urea takes off the 44/60 t CO2 that it holds; it comes back where urea is used. Emissions of a
    plant are the sum of its rows: what is missing on one side is missing in the sum.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, direction, material, fuel); ``material_t`` [t] or
        ``material_1e4m3`` [10⁴ m³]; ``direction`` in or out; ``fuel`` where the material is one (its
        carbon is then the fuel table's); where measured ``carbon_t_per_t`` [t C/t].
    content
        One row per (material, year); ``carbon_t_per_t`` [t C/t].
    carbon
        One row per (sector, fuel, year); ``ncv_gj_per_t``, ``ncv_gj_per_1e4m3``,
        ``carbon_kg_per_gj`` [kg C/GJ]. All carbon of a feedstock counts: no oxidised share.

    Returns
    -------
    ``activity`` with ``carbon_t`` [t C] and ``co2_t`` [t], negative for what goes out; null where the
    carbon content is missing (§1).

    Source
    ------
    中国化工生产企业温室气体排放核算方法与报告指南: E = (Σ in·CC − Σ product·CC − Σ waste·CC) · 44/12.

    Examples
    --------
    1000 t of urea at 0.2 t C/t take off 733.3 t CO2: see ``tests/methods/chemical_carbon.toml``.
    """
    row = look_up(activity, content, "material", "year")
    row = look_up(row, carbon, "sector", "fuel", "year")
    by_fuel = col("carbon_kg_per_gj") / 1000
    carbon_t = nw.coalesce(
        col("material_t") * col("carbon_t_per_t"),
        col("material_t") * col("ncv_gj_per_t") * by_fuel,
        col("material_1e4m3") * col("ncv_gj_per_1e4m3") * by_fuel,
    )
    sign = nw.when(col("direction") == "out").then(nw.lit(-1.0)).otherwise(nw.lit(1.0))
    return row.with_columns(carbon_t=carbon_t).with_columns(
        co2_t=sign * col("carbon_t") * CO2_PER_C
    )
