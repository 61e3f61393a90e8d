"""Composting and digestion of waste."""

from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

GASES = ("ch4", "n2o", "nh3", "nmvoc")
PARAMS = {"rot": "waste/rot"}
SPECIES = tuple(f"{gas}_t" for gas in GASES)


def biological_treatment(activity: Frame, rot: Frame) -> Frame:
    """Treated waste × factor; methane that is caught and burnt is taken off.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, treatment); ``treated_t`` [t wet];
        ``recovered_share`` of the methane that would escape [1]; where measured the factors;
        ``nh3_removed_share`` of a biofilter [1].
    rot
        One row per (treatment, year); ``<species>_kg_per_t`` [kg/t wet].

    Returns
    -------
    ``activity`` with ``ch4_t``, ``n2o_t``, ``nh3_t``, ``nmvoc_t`` [t]; null where a factor is missing
    (§1).

    Source
    ------
    IPCC 2006, vol. 5, ch. 4, Table 4.1; EMEP/EEA 5.B.1.

    Examples
    --------
    1000 t × 4 kg/t = 4 t CH4: see ``tests/methods/biological_treatment.toml``.
    """
    row = look_up(activity, rot, "treatment", "year")
    made = {gas: col("treated_t") * col(f"{gas}_kg_per_t") / 1000 for gas in GASES}
    return row.with_columns(
        ch4_t=made["ch4"] * (1 - col("recovered_share")),
        n2o_t=made["n2o"],
        nh3_t=made["nh3"] * (1 - col("nh3_removed_share")),
        nmvoc_t=made["nmvoc"],
    )
