"""Carbon of mineral soils whose use, tillage or input changed within twenty years."""

import narwhals as nw
from narwhals import col

from xietong.methods.land.tree_biomass import CO2_PER_C
from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {
    "reference": "land/soil_reference",
    "use": "land/soil_use",
    "tillage": "land/soil_tillage",
    "inputs": "land/soil_input",
}
SPECIES = ("co2_soil_t",)


def soil_carbon(
    activity: Frame, reference: Frame, use: Frame, tillage: Frame, inputs: Frame
) -> Frame:
    """The stock before (a row, plus) less the stock after (a row, minus), over the transition.

    Both rows of a change have the same area; their sum is what the soil gives off in a year, below
    zero where it gains.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, direction, climate, soil, use, tillage, input);
        ``direction`` is before or after, ``area_ha`` [ha]; where measured ``soc_ref_t_per_ha``.
    reference
        One row per (climate, soil, year); ``soc_ref_t_per_ha`` [t C/ha to 30 cm],
        ``transition_years`` [a].
    use, tillage, inputs
        One row per (climate, use), (climate, tillage), (climate, input) and year; ``use_factor``,
        ``tillage_factor``, ``input_factor`` [1].

    Returns
    -------
    ``activity`` with ``soil_carbon_t`` [t C] and ``co2_soil_t`` [t], a memo item. Null where a value is
    missing (§1).

    Source
    ------
    IPCC 2006, vol. 4, ch. 2, eq. 2.25, formulation A.

    Examples
    --------
    100 ha × 38 t C/ha × 0.76 × 1.04 × 0.95 = 2853 t C: see ``tests/methods/soil_carbon.toml``.
    """
    row = look_up(activity, reference, "climate", "soil", "year")
    row = look_up(row, use, "climate", "use", "year")
    row = look_up(row, tillage, "climate", "tillage", "year")
    row = look_up(row, inputs, "climate", "input", "year")
    factor = col("use_factor") * col("tillage_factor") * col("input_factor")
    sign = nw.when(col("direction") == "after").then(nw.lit(-1.0)).otherwise(nw.lit(1.0))
    return row.with_columns(
        soil_carbon_t=col("area_ha") * col("soc_ref_t_per_ha") * factor
    ).with_columns(co2_soil_t=sign * col("soil_carbon_t") / col("transition_years") * CO2_PER_C)
