"""Values drawn for a Monte-Carlo run: each parameter value once per draw, wherever it is used.

So sources that share a value are correlated, as they must be, and different values are not.
"""

import math

import numpy as np
import polars as pl

Z95 = 1.959963984540054  # half width of the 95 % interval of a standard normal


def draw_values(rows: pl.DataFrame, draws: int, seed: int) -> pl.DataFrame:
    """One row per uncertain parameter row and draw: ``row``, ``draw``, ``value``.

    ``rows`` has one row per value with ``row``, ``value``, ``u95_low``, ``u95_high``,
    ``distribution``. A normal is cut at 0 where its range is positive; shares stay within 0 and 1
    because their ranges do (values beyond the range are pulled to 0 or 1 by ``shares``).

    >>> rows = pl.DataFrame({"row": ["f:2"], "value": [10.0], "u95_low": [8.0], "u95_high": [12.0],
    ...     "distribution": ["normal"], "parameter": ["x"]})
    >>> drawn_ = draw_values(rows, 20_000, 7)["value"]
    >>> abs(drawn_.mean() - 10) < 0.05, abs(drawn_.quantile(0.975) - 12) < 0.1
    (True, True)
    """
    generator = np.random.default_rng(seed)
    uncertain = rows.filter(
        pl.col("u95_low").is_not_null() & (pl.col("u95_low") < pl.col("u95_high"))
    ).sort("row")
    parts = []
    for row in uncertain.iter_rows(named=True):
        values = _sample(generator, row, draws)
        parts.append(
            pl.DataFrame({"row": [row["row"]] * draws, "draw": np.arange(draws), "value": values})
        )
    schema = {"row": pl.String, "draw": pl.Int64, "value": pl.Float64}
    return pl.concat(parts).cast(schema) if parts else pl.DataFrame(schema=schema)  # type: ignore[arg-type]


def _sample(generator: np.random.Generator, row: dict[str, float], n: int) -> np.ndarray:
    low, high, value = row["u95_low"], row["u95_high"], row["value"]
    kind = str(row["distribution"])
    if kind == "lognormal":
        # The range gives the spread; the median sits so that the mean is the stated value.
        sigma = (math.log(high) - math.log(low)) / (2 * Z95)
        return generator.lognormal(math.log(value) - sigma**2 / 2, sigma, n)
    if kind == "uniform":
        return generator.uniform(low, high, n)
    if kind == "triangular":
        return generator.triangular(low, value, high, n) if low < high else np.full(n, value)
    values = generator.normal(value, (high - low) / (2 * Z95), n)
    return np.maximum(values, 0.0) if low >= 0 else values


def drawn(table: pl.DataFrame, values: pl.DataFrame) -> pl.DataFrame:
    """Parameter rows for every draw: drawn values where there are, the stated value elsewhere."""
    draws = values.select("draw").unique()
    return (
        table.join(draws, how="cross")
        .join(values.rename({"value": "drawn"}), on=["row", "draw"], how="left")
        .with_columns(value=pl.coalesce("drawn", "value"))
        .with_columns(
            value=pl.when(pl.col("parameter").str.ends_with("_share"))
            .then(pl.col("value").clip(0, 1))
            .otherwise(pl.col("value"))
        )
        .drop("drawn")
    )


def shifted(table: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Parameter rows named in ``rows`` moved by 1 % and a little, so that zeros move too."""
    moved = pl.col("row").is_in(rows["row"].to_list())
    return table.with_columns(
        value=pl.when(moved).then(pl.col("value") * 1.01 + 1e-3).otherwise(pl.col("value"))
    )
