"""Carbon balance of steelworks: what goes in less what leaves in products and gases."""

import narwhals as nw
from narwhals import col

from xietong.methods.formulas.carbon_balance import CO2_PER_C
from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {"materials": "metals/steel_materials", "carbon": "combustion/carbon"}
SPECIES = ("co2_t",)


def steel_balance(activity: Frame, materials: Frame, carbon: Frame) -> Frame:
    """CO2 = carbon in (fuels, flux, electrodes, scrap) − carbon out (steel, gases, tar), as CO2.

    Blast-furnace, coke-oven and converter gas made and burnt inside the works is in no row: its
    carbon came in with coal and coke. Gas sold goes out, gas bought comes in. The emission of a works
    is the sum of its rows: what is missing on one side is missing in the sum.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, direction, material, fuel); ``material_t`` [t] or
        ``material_1e4m3`` [10⁴ m³]; ``direction`` in or out; ``fuel`` where the material is one;
        where measured ``co2_t_per_t`` [t CO2 per t material].
    materials
        One row per (material, year); ``co2_t_per_t`` [t CO2/t], the carbon held, as CO2.
    carbon
        One row per (sector, fuel, year); ``ncv_gj_per_t`` [GJ/t], ``ncv_gj_per_1e4m3`` [GJ/10⁴ m³],
        ``carbon_kg_per_gj`` [kg C/GJ]. A balance has no oxidised share.

    Returns
    -------
    ``activity`` with ``co2_t`` [t], negative for what goes out; null where the factor is missing (§1).

    Source
    ------
    CETS-AG-03.01-V01-2024: Σ FC·NCV·CC·44/12 + Σ P·EF + Σ M·EF − Σ product·EF (mass balance).

    Examples
    --------
    1000 t of steel at 0.05 t/t take off 50 t: see ``tests/methods/steel_balance.toml``.
    """
    row = look_up(activity, materials, "material", "year")
    row = look_up(row, carbon, "sector", "fuel", "year")
    by_fuel = col("carbon_kg_per_gj") / 1000 * CO2_PER_C
    held = nw.coalesce(
        col("material_t") * col("co2_t_per_t"),
        col("material_t") * col("ncv_gj_per_t") * by_fuel,
        col("material_1e4m3") * col("ncv_gj_per_1e4m3") * by_fuel,
    )
    sign = nw.when(col("direction") == "out").then(nw.lit(-1.0)).otherwise(nw.lit(1.0))
    return row.with_columns(co2_t=sign * held)
