"""Methane of landfills by first-order decay: one row per deposit year and year of emission."""

import narwhals as nw
from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

CH4_PER_C = 16 / 12
PARAMS = {"refuse": "waste/refuse", "site": "waste/site"}
SPECIES = ("ch4_t",)


def landfill(activity: Frame, refuse: Frame, site: Frame) -> Frame:
    """What of a year's deposit decays in a later year, as methane, less what the cover oxidises.

    The decay of a deposit starts in month ``start_month`` counted from January of its year (13: the
    next January, the usual delay of half a year behind a mean deposit in July).

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, site_type, climate, waste, deposit_year);
        ``deposited_t`` [t], ``deposit_year``; where measured ``doc_share``, ``decay_per_year``.
    refuse
        One row per (waste, climate, year); ``doc_share`` [t C/t wet], ``docf_share`` [1],
        ``decay_per_year`` [1/a].
    site
        One row per (site_type, year); ``mcf_share``, ``ch4_in_gas_share``, ``oxidised_share`` [1],
        ``start_month`` [1], 1 to 13.

    Returns
    -------
    ``activity`` with ``ddoc_t`` [t C, all that can ever decay], ``ddoc_decayed_t`` [t C in this
    year], ``ch4_generated_t`` and ``ch4_t`` [t] before recovery (which has its own sheet). Null where
    a value is missing or the year lies before the deposit (§1).

    Source
    ------
    IPCC 2006, vol. 5, ch. 3, eqs 3.2 to 3.6 and annex 3A.1, written for one deposit; provincial guide
    2011 for its default values.

    Examples
    --------
    See ``tests/methods/landfill.toml``; ``tests/methods/test_landfill_decay.py`` holds it against
    the year-by-year recursion of the IPCC.
    """
    row = look_up(activity, refuse, "waste", "climate", "year")
    row = look_up(row, site, "site_type", "year")
    row = row.with_columns(
        age=col("year") - col("deposit_year"),
        ddoc_t=col("deposited_t") * col("doc_share") * col("docf_share") * col("mcf_share"),
        first_years=(13 - col("start_month")) / 12,
    )
    decay, first = col("decay_per_year"), col("first_years")
    in_first = 1 - (-decay * first).exp()
    later = (-decay * (first + col("age") - 1)).exp() * (1 - (-decay).exp())
    nothing = nw.lit(None, dtype=nw.Float64)
    share = (
        nw.when(col("age") > 0)
        .then(later)
        .otherwise(nw.when(col("age") == 0).then(in_first).otherwise(nothing))
    )
    return (
        row.with_columns(ddoc_decayed_t=col("ddoc_t") * share)
        .with_columns(ch4_generated_t=col("ddoc_decayed_t") * col("ch4_in_gas_share") * CH4_PER_C)
        .with_columns(ch4_t=col("ch4_generated_t") * (1 - col("oxidised_share")))
    )
