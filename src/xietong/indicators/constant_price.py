"""Gross regional product at constant prices of a base year."""

import polars as pl

KEYS = ("region", "year")


def constant_price(wide: pl.DataFrame, base_year: int) -> pl.Series:
    """The current price of the base year, carried on by the indices of growth.

    Parameters
    ----------
    wide
        One row per (region, year), sorted; ``gdp`` [1e8 CNY, current prices], ``gdp_index``
        [previous year = 100].
    base_year
        The year whose prices are taken.

    Returns
    -------
    A value per row [1e8 CNY, prices of the base year]; null where the base year's ``gdp`` is missing or
    an index between the base year and the row's year is missing: a gap is not bridged.

    Source
    ------
    Chained volume index: after the base year multiplied by index/100, before it divided.

    Examples
    --------
    100 in 2020, growing by 10 % and 20 %: 132 in 2022 at prices of 2020.

    >>> wide = pl.DataFrame({"region": ["a"] * 3, "year": [2020, 2021, 2022],
    ...     "gdp": [100.0, 120.0, 150.0], "gdp_index": [None, 110.0, 120.0]})
    >>> [round(one, 6) for one in constant_price(wide, 2020)]
    [100.0, 110.0, 132.0]
    """
    made: dict[tuple[str, int], float | None] = {}
    for (region,), rows in wide.select(*KEYS, "gdp", "gdp_index").group_by(["region"]):
        made |= {(str(region), year): value for year, value in _of_region(rows, base_year).items()}
    return pl.Series(
        "gdp_constant",
        [made.get((region, year)) for region, year in wide.select(KEYS).iter_rows()],
        dtype=pl.Float64,
    )


def _of_region(rows: pl.DataFrame, base_year: int) -> dict[int, float | None]:
    index: dict[int, float | None] = dict(rows.select("year", "gdp_index").iter_rows())
    base = rows.filter(pl.col("year") == base_year)["gdp"]
    start = base.item() if base.len() == 1 else None
    if start is None:
        return {}
    made: dict[int, float | None] = {base_year: float(start)}
    value: float | None = float(start)
    for year in range(base_year + 1, max(index) + 1):
        growth = index.get(year)
        value = value * growth / 100 if value is not None and growth else None
        made[year] = value
    value = float(start)
    for year in range(base_year, min(index), -1):
        growth = index.get(year)
        value = value / growth * 100 if value is not None and growth else None
        made[year - 1] = value
    return made
