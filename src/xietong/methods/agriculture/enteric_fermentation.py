"""Methane of enteric fermentation."""

from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {"herd": "agriculture/herd", "enteric": "agriculture/enteric"}
SPECIES = ("ch4_t",)


def enteric_fermentation(activity: Frame, herd: Frame, enteric: Frame) -> Frame:
    """Methane that animals belch: mean number of animals × factor per head and year.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, animal, raising, counted, measures); ``heads``
        [1], counted at the year's end or as sold in the year (``counted``).
    herd
        One row per (animal, counted, year); ``alive_year_share`` [1], the part of a year that a head
        so counted lives: 1 of a stock, days / 365 of what is sold.
    enteric
        One row per (animal, raising, year); ``enteric_ch4_kg_per_head`` [kg/(head·a)].

    Returns
    -------
    ``activity`` with ``mean_heads`` [1] and ``ch4_t`` [t]; null where a value is missing (§1).

    Source
    ------
    Provincial guide 2011, ch. 4 form: heads × factor; animals of short life by sales × days / 365.

    Examples
    --------
    1000 cows in stock × 88.1 kg = 88.1 t: see ``tests/methods/enteric_fermentation.toml``.
    """
    row = look_up(activity, herd, "animal", "counted", "year")
    return (
        look_up(row, enteric, "animal", "raising", "year")
        .with_columns(mean_heads=col("heads") * col("alive_year_share"))
        .with_columns(ch4_t=col("mean_heads") * col("enteric_ch4_kg_per_head") / 1000)
    )
