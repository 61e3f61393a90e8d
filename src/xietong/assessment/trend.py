"""A straight line through the last years of many series at once, with the range of a new value."""

import polars as pl

LAST_YEARS = 10
FEWEST = 3


def forecast(series: pl.DataFrame, horizon: pl.DataFrame) -> pl.DataFrame:
    """Ordinary least squares on year, carried to another year, with the 95 % prediction range.

    Parameters
    ----------
    series
        One row per (id, year); ``value``. The last ``LAST_YEARS`` years of each id are used.
    horizon
        One row per id; ``target_year``.

    Returns
    -------
    One row per id with at least ``FEWEST`` values in different years: ``forecast``, ``low``, ``high``
    (in the units of ``value``), ``points``. Ids with fewer have no row: no line is drawn through two points.

    Source
    ------
    Any textbook of statistics: ŷ ± t(0.975, n−2)·s·√(1 + 1/n + (x−x̄)²/Sxx).

    Examples
    --------
    >>> series = pl.DataFrame({"id": ["a"] * 4, "year": [2020, 2021, 2022, 2023], "value": [1.0, 2.0, 3.0, 4.0]})
    >>> forecast(series, pl.DataFrame({"id": ["a"], "target_year": [2025]})).row(0)
    ('a', 6.0, 6.0, 6.0, 4)
    """
    used = series.drop_nulls("value").filter(
        pl.col("year") > pl.col("year").max().over("id") - LAST_YEARS
    )
    year, value = pl.col("year").cast(pl.Float64), pl.col("value")
    sums = used.group_by("id").agg(
        n=pl.len(),
        mean_x=year.mean(),
        mean_y=value.mean(),
        sxx=((year - year.mean()) ** 2).sum(),
        sxy=((year - year.mean()) * (value - value.mean())).sum(),
        syy=((value - value.mean()) ** 2).sum(),
    )
    lines = sums.filter((pl.col("n") >= FEWEST) & (pl.col("sxx") > 0)).with_columns(
        slope=pl.col("sxy") / pl.col("sxx")
    )
    lines = lines.join(_quantiles(lines["n"].unique().to_list()), on="n", how="left")
    ahead = pl.col("target_year") - pl.col("mean_x")
    rest = (pl.col("syy") - pl.col("slope") * pl.col("sxy")).clip(lower_bound=0)
    # a remainder at the size of rounding is none
    rest = pl.when(rest > 1e-12 * pl.col("syy")).then(rest).otherwise(0.0)
    spread = (
        pl.col("t")
        * (rest / (pl.col("n") - 2)).sqrt()
        * (1 + 1 / pl.col("n") + ahead**2 / pl.col("sxx")).sqrt()
    )
    return (
        lines.join(horizon, on="id")
        .with_columns(forecast=pl.col("mean_y") + pl.col("slope") * ahead, spread=spread)
        .select(
            "id",
            "forecast",
            low=pl.col("forecast") - pl.col("spread"),
            high=pl.col("forecast") + pl.col("spread"),
            points=pl.col("n").cast(pl.Int64),
        )
        .sort("id")
    )


def _quantiles(counts: list[int]) -> pl.DataFrame:
    from scipy import stats

    table = {"n": counts, "t": [float(stats.t.ppf(0.975, n - 2)) for n in counts]}
    return pl.DataFrame(table, schema={"n": pl.UInt32, "t": pl.Float64})
