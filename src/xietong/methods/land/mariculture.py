"""Shellfish and seaweed: carbon taken out of the sea with the harvest, a disputed removal."""

from narwhals import col

from xietong.methods.land.tree_biomass import CO2_PER_C
from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {"carbon": "land/mariculture"}
SPECIES = ("co2_disputed_t", "co2_calcification_t")


def mariculture(activity: Frame, carbon: Frame) -> Frame:
    """Carbon of flesh, shells and fronds, and the CO2 that shells gave off while they grew.

    Disputed: what is eaten comes back within the year, and forming a shell gives CO2 to the water.
    Both figures are shown, neither is in any total.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, culture); ``harvested_t`` [t fresh]; where
        measured ``dry_share``.
    carbon
        One row per (culture, year); ``dry_share``, ``soft_share`` and ``shell_share`` of the dry mass,
        ``soft_carbon_share``, ``shell_carbon_share`` [1], ``released_ratio`` [mol CO2 per mol CaCO3].

    Returns
    -------
    ``activity`` with ``soft_carbon_t``, ``shell_carbon_t`` [t C], ``co2_disputed_t`` and
    ``co2_calcification_t`` [t]. Null where a value is missing (§1).

    Source
    ------
    HY/T 0305-2021, method of carbon stock change, for the form; shares by programme.

    Examples
    --------
    100 t kelp × 0.2 × 0.312 = 6.24 t C: see ``tests/methods/mariculture.toml``.
    """
    row = look_up(activity, carbon, "culture", "year")
    dry = col("harvested_t") * col("dry_share")
    return row.with_columns(
        soft_carbon_t=dry * col("soft_share") * col("soft_carbon_share"),
        shell_carbon_t=dry * col("shell_share") * col("shell_carbon_share"),
    ).with_columns(
        co2_disputed_t=(col("soft_carbon_t") + col("shell_carbon_t")) * CO2_PER_C,
        co2_calcification_t=col("shell_carbon_t") * col("released_ratio") * CO2_PER_C,
    )
