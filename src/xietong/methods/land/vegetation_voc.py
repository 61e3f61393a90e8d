"""Volatile organic compounds that plants give off: leaf mass × potential × light and warmth."""

from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

M2_PER_HA, T_PER_UG, KELVIN = 1e4, 1e-12, 273.15
PARAMS = {"leaves": "land/leaves", "response": "land/leaf_response"}
SPECIES = ("nmvoc_bio_t",)


def vegetation_voc(activity: Frame, leaves: Frame, response: Frame) -> Frame:
    """Isoprene by light and temperature, monoterpenes and others by temperature, of a month or year.

    A mean temperature gives less than the hours it is the mean of, because the response bends
    upwards: months are better than the year.

    Parameters
    ----------
    activity
        One row per (region, year, month, sector, facility, plant); ``area_ha`` [ha], ``temperature_c``
        [°C], ``light_umol_per_m2_s`` [μmol/m² s, mean of daylight], ``daylight_hours``, ``hours`` [h];
        where measured any parameter of ``leaves``.
    leaves
        One row per (plant, year); ``leaf_g_per_m2`` [g dry/m²], ``isoprene_ug_per_g_h``,
        ``terpene_ug_per_g_h``, ``other_voc_ug_per_g_h`` [μg/g h at 30 °C, 1000 μmol/m² s].
    response
        One row per (plant, year); constants of the response of leaves.

    Returns
    -------
    ``activity`` with ``light_factor``, ``warmth_factor``, ``terpene_factor`` [1] and ``nmvoc_bio_t`` [t],
    a memo item, never added to what people emit. Null where a value is missing (§1).

    Source
    ------
    Guenther et al. 1993 and 1995 (G93, G95): C_L = α c L / √(1 + α² L²); C_T = e^(c₁(T − Ts)/(R Ts T)) /
    (1 + e^(c₂(T − Tm)/(R Ts T))); monoterpenes e^(β(T − Ts)).

    Examples
    --------
    At 303 K the monoterpene factor is 1: see ``tests/methods/vegetation_voc.toml``.
    """
    row = look_up(look_up(activity, leaves, "plant", "year"), response, "plant", "year")
    row = row.with_columns(
        kelvin=col("temperature_c") + KELVIN,
        seen=col("light_slope") * col("light_umol_per_m2_s"),
    ).with_columns(
        scale=col("gas_constant_j_per_mol_k") * col("standard_k") * col("kelvin"),
        above_k=col("kelvin") - col("standard_k"),
    )
    stopped = (
        col("deactivation_j_per_mol") * (col("kelvin") - col("optimum_k")) / col("scale")
    ).exp()
    row = row.with_columns(
        light_factor=col("light_scale") * col("seen") / (1 + col("seen") * col("seen")).sqrt(),
        warmth_factor=(col("activation_j_per_mol") * col("above_k") / col("scale")).exp()
        / (1 + stopped),
        terpene_factor=(col("terpene_per_k") * col("above_k")).exp(),
    )
    isoprene = (
        col("isoprene_ug_per_g_h")
        * col("light_factor")
        * col("warmth_factor")
        * col("daylight_hours")
    )
    others = (
        (col("terpene_ug_per_g_h") + col("other_voc_ug_per_g_h"))
        * col("terpene_factor")
        * col("hours")
    )
    leaves_g = col("area_ha") * M2_PER_HA * col("leaf_g_per_m2")
    return row.with_columns(nmvoc_bio_t=leaves_g * (isoprene + others) * T_PER_UG)
