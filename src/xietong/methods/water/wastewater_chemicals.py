"""Chemicals of water treatment: fossil carbon fed to the biology, and how they were made."""

from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

CO2_PER_C = 44 / 12
PARAMS = {"chemicals": "water/chemicals", "reagents": "abatement/reagents"}
SPECIES = ("co2_t", "co2_control_reagents_t")


def wastewater_chemicals(activity: Frame, chemicals: Frame, reagents: Frame) -> Frame:
    """Dosed chemical × fossil carbon that is respired: CO2; × factor of its making: a memo item.

    Parameters
    ----------
    activity
        One row per (region, year, month, sector, facility, reagent); ``chemical_t`` [t of pure
        substance, not of solution].
    chemicals
        One row per (reagent, year); ``carbon_share``, ``fossil_share``, ``respired_share`` [1].
    reagents
        One row per (reagent, year); ``reagent_co2_kg_per_kg`` [kg CO2/kg] of making it.

    Returns
    -------
    ``activity`` with ``co2_t`` [t] and ``co2_control_reagents_t`` [t, memo: emitted where the chemical
    is made]; null where a value is missing (§1).

    Source
    ------
    Carbon by formula weight; IPCC 2019, vol. 5, ch. 6, appendix on fossil CO2; T/CAEPI 49-2022.

    Examples
    --------
    32 t of methanol hold 12 t of carbon: 44 t CO2: see ``tests/methods/wastewater_chemicals.toml``.
    """
    row = look_up(activity, chemicals, "reagent", "year")
    return look_up(row, reagents, "reagent", "year").with_columns(
        co2_t=col("chemical_t")
        * col("carbon_share")
        * col("fossil_share")
        * col("respired_share")
        * CO2_PER_C,
        co2_control_reagents_t=col("chemical_t") * col("reagent_co2_kg_per_kg"),
    )
