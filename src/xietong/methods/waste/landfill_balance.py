"""Methane of landfills by mass balance: all of a deposit's methane in the year of deposit."""

from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

CH4_PER_C = 16 / 12
PARAMS = {"refuse": "waste/refuse", "site": "waste/site"}
SPECIES = ("ch4_t",)


def landfill_balance(activity: Frame, refuse: Frame, site: Frame) -> Frame:
    """Deposits of the year × MCF × DOC × DOCF × F × 16/12 × (1 − OX).

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, site_type, climate, waste); ``landfilled_t`` [t];
        where measured ``doc_share``.
    refuse
        One row per (waste, climate, year); ``doc_share``, ``docf_share`` [1].
    site
        One row per (site_type, year); ``mcf_share``, ``ch4_in_gas_share``, ``oxidised_share`` [1].

    Returns
    -------
    ``activity`` with ``ch4_generated_t`` and ``ch4_t`` [t] before recovery; null where a value is
    missing (§1). Not for a year that ``landfill`` computes by decay: one of the two.

    Source
    ------
    Provincial guide 2011, ch. 6: mass balance.

    Examples
    --------
    See ``tests/methods/landfill_balance.toml``.
    """
    row = look_up(activity, refuse, "waste", "climate", "year")
    row = look_up(row, site, "site_type", "year")
    carbon_t = col("landfilled_t") * col("doc_share") * col("docf_share") * col("mcf_share")
    return row.with_columns(
        ch4_generated_t=carbon_t * col("ch4_in_gas_share") * CH4_PER_C
    ).with_columns(ch4_t=col("ch4_generated_t") * (1 - col("oxidised_share")))
