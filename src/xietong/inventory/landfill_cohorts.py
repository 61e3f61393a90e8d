"""A landfill's deposits, one row a deposit year, spread over the years in which they decay."""

import polars as pl

SHEET = "landfill"


def cohorts(deposits: pl.DataFrame) -> pl.DataFrame:
    """One row per deposit and year of emission, from the deposit's year to its ``until_year``.

    ``deposits``: one row per (region, facility, site_type, climate, waste, deposit_year) with
    ``deposit_year`` and ``until_year``; all columns come back with ``year`` added. A deposit later
    than ``until_year`` gives no row. Tables that have a ``year`` already come back as they are.

    >>> rows = pl.DataFrame({"waste": ["food"], "deposit_year": [2000.0], "until_year": [2002.0], "deposited_t": [5.0]})
    >>> cohorts(rows).select("deposit_year", "year", "deposited_t").rows()
    [(2000.0, 2000, 5.0), (2000.0, 2001, 5.0), (2000.0, 2002, 5.0)]
    """
    if "year" in deposits.columns:
        return deposits
    first, last = (pl.col(name).cast(pl.Int64) for name in ("deposit_year", "until_year"))
    return (
        deposits.filter(last >= first)
        .with_columns(year=pl.int_ranges(first, last + 1))
        .explode("year")
    )
