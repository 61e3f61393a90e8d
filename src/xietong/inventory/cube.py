"""Activity summed into a cube: one axis per key, for tables of any length in Polars.

Words become small numbers, amounts are added up where they belong in one pass over the rows; the
cube is small because the distinct words of a key are few. Rows are read in slices, so a file may
exceed memory. ``cube`` gives None where the keys do not fit (measured values, too many words):
then the engine joins and sums row by row.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

SLICE = 4_000_000  # rows read at once
MOST_CELLS = 40_000_000
HEAD = 50_000
Array = np.ndarray


@dataclass
class Cube:
    """``axes``: the key columns in order; ``words``: what the positions of each axis mean;
    ``amounts`` and ``filled`` (rows with that amount) by amount column; ``rows``: all rows."""

    axes: tuple[str, ...]
    words: dict[str, list[str | int | None]]
    amounts: dict[str, Array]
    filled: dict[str, Array]
    rows: Array
    least: dict[str, float]


def cube(table: pl.LazyFrame, axes: Sequence[str], amounts: Sequence[str]) -> Cube | None:
    """Sum a table over all but its key columns; None where a cube would be too large.

    >>> made = cube(pl.LazyFrame({"fuel": ["a", "b", "a"], "t": [1.0, 2.0, None]}), ["fuel"], ["t"])
    >>> made.words["fuel"], made.amounts["t"].tolist(), made.filled["t"].tolist(), made.rows.tolist()
    (['a', 'b'], [1.0, 2.0], [1, 1], [2, 1])
    """
    kinds = table.collect_schema()
    if any(kinds[axis] not in {pl.String, pl.Int64, pl.Int32} for axis in axes):
        return None
    height = table.select(pl.len()).collect(engine="streaming").item()
    made: Cube | None = None
    for start in range(0, max(height, 1), SLICE):
        rows = (
            table.slice(start, SLICE)
            .select(*(_coded(axis, kinds[axis]) for axis in axes), *amounts)
            .collect(engine="streaming")
        )
        made = _added(made or _empty(axes, amounts), rows, amounts)
        if made is None:
            return None
    return made


def _coded(axis: str, kind: pl.DataType) -> pl.Expr:
    return pl.col(axis).cast(pl.Categorical) if kind == pl.String else pl.col(axis)


def _empty(axes: Sequence[str], amounts: Sequence[str]) -> Cube:
    shape = (0,) * len(axes)
    return Cube(
        tuple(axes),
        {axis: [] for axis in axes},
        {name: np.zeros(shape) for name in amounts},
        {name: np.zeros(shape, np.int64) for name in amounts},
        np.zeros(shape, np.int64),
        dict.fromkeys(amounts, float("inf")),
    )


def _added(made: Cube, rows: pl.DataFrame, amounts: Sequence[str]) -> Cube | None:
    places = [_places(made.words[axis], rows[axis]) for axis in made.axes]
    shape = tuple(len(made.words[axis]) for axis in made.axes)
    cells = int(np.prod(shape, dtype=np.float64))
    if cells > MOST_CELLS:
        return None
    index = np.zeros(rows.height, np.int64)
    for size, place in zip(shape, places, strict=True):
        if size > 1:
            index *= size
            index += place
    counted = np.bincount(index, minlength=cells).reshape(shape)
    made.rows = _plus(made.rows, counted)
    for name in amounts:
        values, at, count = rows[name], index, counted
        if values.null_count():
            given = values.is_not_null().to_numpy()
            values, at = values.drop_nulls(), index[given]
            count = np.bincount(at, minlength=cells).reshape(shape)
        numbers = values.cast(pl.Float64).to_numpy()
        summed = np.bincount(at, numbers, minlength=cells).reshape(shape)
        made.amounts[name] = _plus(made.amounts[name], summed)
        made.filled[name] = _plus(made.filled[name], count)
        if numbers.size:
            made.least[name] = min(made.least[name], float(numbers.min()))
    return made


def _places(words: list[str | int | None], column: pl.Series) -> Array:
    """The position of each row's word; words not seen before are put at the end."""
    if column.dtype.is_integer() and not column.null_count() and column.min() == column.max():
        if column.len() and column[0] not in words:
            words.append(column[0])
        return np.full(column.len(), words.index(column[0]) if column.len() else 0)
    codes = column.to_physical()
    low = codes.min()
    low = int(low) if isinstance(low, int) else 0
    if codes.null_count():
        codes = codes.cast(pl.Int64).fill_null(low - 1)
        low -= 1
    numbers = codes.to_numpy()
    if low:
        numbers = numbers - low
    counts = np.bincount(numbers) if numbers.size else np.zeros(0, np.int64)
    table = np.zeros(len(counts), np.int64)
    present = np.flatnonzero(counts)
    meaning = column.gather(_first_rows(numbers, present, len(counts))).to_list()
    known = {word: place for place, word in enumerate(words)}
    for word in sorted(meaning, key=lambda one: (one is None, one)):
        if word not in known:
            known[word] = len(words)
            words.append(word)
    table[present] = [known[word] for word in meaning]
    places: Array = table[numbers]
    return places


def _first_rows(numbers: Array, present: Array, size: int) -> Array:
    """A row that has each code that is present: mostly found among the first rows."""
    for seen in (HEAD, len(numbers)):
        first = np.full(size, -1, np.int64)
        first[numbers[:seen]] = np.arange(len(numbers[:seen]))
        if (first[present] >= 0).all():
            break
    found: Array = first[present]
    return found


def _plus(old: Array, more: Array) -> Array:
    """The sum of two cubes; the second may have grown, a first slice is taken as it is."""
    if not old.size:
        return more
    if old.shape == more.shape:
        added: Array = old + more
        return added
    grown: Array = more.copy()
    grown[tuple(slice(0, size) for size in old.shape)] += old
    return grown
