"""Totals from amounts already summed by key: the way for keys that repeat, on any engine."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from xietong.inventory.cube_totals import matrices
from xietong.inventory.factors import Factors

KEY = "__key"


def lines_of_groups(
    summed: pl.DataFrame,
    keys: pl.DataFrame,
    factors: Sequence[Factors],
    by: Sequence[str],
    species: Sequence[str],
) -> pl.DataFrame:
    """One row per reporting group and species: ``value``, ``rows``, ``not_estimated``, ``weak``.

    ``summed`` has one row per reporting group and key: the key columns of ``keys``, each amount,
    ``rows_<amount>`` (rows that have it) and ``rows``.
    """
    numbered = summed.join(
        keys.with_row_index(KEY), on=keys.columns, how="left", nulls_equal=True
    ).sort(*by)
    place = numbered[KEY].to_numpy()
    groups = numbered.select(by)
    starts = np.flatnonzero(
        groups.with_row_index("__n")
        .select(pl.struct(by).rle_id())
        .to_series()
        .diff()
        .fill_null(1)
        .to_numpy()
    )
    rows = np.add.reduceat(numbered["rows"].to_numpy().astype(float), starts)
    value = np.zeros((len(starts), len(species)))
    weak, known = np.zeros_like(value), np.zeros_like(value)
    for one in factors:
        amount = numbered[one.amount].fill_null(0.0).to_numpy()
        filled = numbered[f"rows_{one.amount}"].to_numpy().astype(float)
        values, nulls, weaks = matrices(one, species)
        made = values[place] * amount[:, None]
        value += np.add.reduceat(made, starts)
        weak += np.add.reduceat(made * weaks[place], starts)
        known += np.add.reduceat(~nulls[place] * filled[:, None], starts)
    names = groups[starts]
    return pl.concat(
        names.with_columns(
            species=pl.lit(name),
            value=pl.Series(np.where(known[:, at] > 0, value[:, at], np.nan)).fill_nan(None),
            rows=pl.Series(rows).cast(pl.Int64),
            not_estimated=pl.Series(rows - known[:, at]).cast(pl.Int64),
            weak=pl.Series(weak[:, at]),
        )
        for at, name in enumerate(species)
    )
