"""Straw burnt in fields and at home."""

from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

GASES = (
    "ch4", "n2o", "co", "nmvoc", "nox", "nh3", "so2", "tsp", "pm10", "pm25", "bc", "oc", "co2_bio",
)  # fmt: skip
PARAMS = {"residues": "agriculture/residues", "smoke": "agriculture/smoke"}
SPECIES = tuple(f"{gas}_t" for gas in GASES)


def straw_burning(activity: Frame, residues: Frame, smoke: Frame) -> Frame:
    """All gases and particles of burnt straw; its CO2 is biogenic, a memo item.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, crop, place); ``yield_t`` [t of the crop],
        ``burnt_share`` of the straw that is burnt there [1]; where known ``straw_t_per_t`` [t/t].
    residues
        One row per (crop, place, year); ``straw_t_per_t`` [t straw/t crop], ``consumed_share`` of
        what is lit [1].
    smoke
        One row per (crop, place, year); ``<species>_kg_per_t`` [kg/t straw burnt].

    Returns
    -------
    ``activity`` with ``straw_burnt_t`` and the species [t]; null where a value is missing (§1).

    Source
    ------
    Yield × straw to grain × burnt share × burning efficiency × factor, Li et al. 2007 form.

    Examples
    --------
    1000 t wheat × 1.3 × 0.1 × 0.92 = 119.6 t burnt: see ``tests/methods/straw_burning.toml``.
    """
    row = look_up(activity, residues, "crop", "place", "year")
    return (
        look_up(row, smoke, "crop", "place", "year")
        .with_columns(
            straw_burnt_t=col("yield_t")
            * col("straw_t_per_t")
            * col("burnt_share")
            * col("consumed_share")
        )
        .with_columns(
            **{f"{gas}_t": col("straw_burnt_t") * col(f"{gas}_kg_per_t") / 1000 for gas in GASES}
        )
    )
