"""Totals from a cube of amounts: one matrix product of amounts and factors."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from xietong.inventory.cube import Array, Cube
from xietong.inventory.factors import PATTERN, Factors

KINDS = {"year": pl.Int64}


@dataclass(frozen=True)
class Layout:
    """The cube as a matrix: one line per outer group, one column per key that occurs.

    ``keys``: the keys that occur, in column order; ``columns``: where they stand in the cube;
    ``blocks``: which reporting group (the reporting columns among the keys) a key belongs to.
    """

    outer: tuple[str, ...]
    inner: tuple[str, ...]
    keys: pl.DataFrame
    columns: Array
    blocks: Array
    groups: pl.DataFrame


def layout(made: Cube, by: Sequence[str], keys: Sequence[str]) -> Layout:
    """Which keys occur and how the cube is read; axes must be the outer ones, then the keys."""
    outer = tuple(axis for axis in made.axes if axis not in keys)
    inner = tuple(axis for axis in made.axes if axis in keys)
    lines = int(np.prod([len(made.words[axis]) for axis in outer], dtype=np.int64))
    occurs = made.rows.reshape(lines, -1).any(axis=0)
    columns = np.flatnonzero(occurs)
    shape = [len(made.words[axis]) for axis in inner]
    places = np.unravel_index(columns, shape) if inner else ()
    table = pl.DataFrame(
        {
            axis: pl.Series(axis, made.words[axis], dtype=KINDS.get(axis, pl.String)).gather(place)
            for axis, place in zip(inner, places, strict=True)
        }
    )
    reported = [name for name in by if name in inner]
    groups = table.select(reported).unique(maintain_order=True)
    if reported:
        numbered = groups.with_row_index("__block")
        blocks = table.join(
            numbered, on=reported, how="left", nulls_equal=True, maintain_order="left"
        )["__block"].to_numpy()
    else:
        blocks, groups = np.zeros(len(columns), np.int64), pl.DataFrame([{}])
    return Layout(outer, inner, table, columns, blocks, groups)


def lines_of(
    made: Cube, read: Layout, factors: Sequence[Factors], species: Sequence[str]
) -> pl.DataFrame:
    """One row per reporting group and species: ``value``, ``rows``, ``not_estimated``, ``weak``."""
    size = int(np.prod([len(made.words[axis]) for axis in read.outer], dtype=np.int64))
    counts = len(read.groups), size
    value = np.zeros((len(species), *counts))
    weak = np.zeros_like(value)
    known = np.zeros_like(value)
    rows = np.zeros(counts)
    all_rows = _matrix(made.rows, size, read.columns)
    order = np.argsort(read.blocks, kind="stable")
    ends = np.searchsorted(read.blocks[order], np.arange(len(read.groups) + 1))
    blocks = [_slice(order[ends[block] : ends[block + 1]]) for block in range(len(read.groups))]
    for one in factors:
        amount = _matrix(made.amounts[one.amount], size, read.columns)
        filled = _matrix(made.filled[one.amount], size, read.columns)
        values, nulls, weaks = matrices(one, species)
        for block, at in enumerate(blocks):
            answer, part = _weighed(amount[:, at], values[at], weaks[at])
            value[:, block] += answer
            weak[:, block] += part
            known[:, block] += _counted(~nulls[at], filled[:, at])
    for block, at in enumerate(blocks):
        rows[block] = all_rows[:, at].sum(axis=1)
    return _table(made, read, species, value, weak, known, rows)


def _slice(places: Array) -> slice | Array:
    """Places that follow each other as a slice: no copy of the matrix."""
    if len(places) and places[-1] - places[0] + 1 == len(places):
        return slice(int(places[0]), int(places[-1]) + 1)
    return places


def _weighed(amount: Array, values: Array, flags: Array) -> tuple[Array, Array]:
    """Amounts × factors, a line per species, and the part whose keys are flagged."""
    some: Array = np.asarray(flags.any(axis=0))
    every: Array = np.asarray((flags | (values == 0)).all(axis=0))
    mixed = np.flatnonzero(some & ~every)
    both = np.hstack([values, values[:, mixed] * flags[:, mixed]]) if len(mixed) else values
    made = _product(amount, both).T
    answer = made[: values.shape[1]]
    part = np.where((some & every)[:, None], answer, 0.0)
    part[mixed] = made[values.shape[1] :]
    return answer, part


SMALL = 250_000  # multiplications below which a matrix product takes no threads


def _product(left: Array, right: Array) -> Array:
    """A matrix product in pieces so small that it waits for no second core."""
    made = np.zeros((left.shape[0], right.shape[1]))
    step = max(16, SMALL // max(1, left.shape[0] * right.shape[1]))
    for start in range(0, left.shape[1], step):
        part = slice(start, start + step)
        made += left[:, part].astype(float, copy=False) @ right[part].astype(float, copy=False)
    return made


def _counted(flags: Array, filled: Array) -> Array:
    """How many rows have a flagged key, a line per species."""
    some: Array = np.asarray(flags.any(axis=0))
    every: Array = np.asarray(flags.all(axis=0))
    count = np.where(every[:, None], filled.sum(axis=1)[None, :], 0).astype(float)
    mixed = some & ~every
    if mixed.any():
        count[mixed] = _product(filled, flags[:, mixed]).T
    return count


def _matrix(cells: Array, size: int, columns: Array) -> Array:
    flat = cells.reshape(size, -1)
    return flat if len(columns) == flat.shape[1] else flat[:, columns]


def matrices(one: Factors, species: Sequence[str]) -> tuple[Array, Array, Array]:
    """Factors, what is null and what is weak, each one line per key and a column per species."""
    pattern = one.table[PATTERN].to_numpy()
    wide = one.patterns.sort(PATTERN)
    count = len(one.patterns) // len(species)
    places = {name: place for place, name in enumerate(species)}
    nulls, weaks = np.zeros((count, len(species)), bool), np.zeros((count, len(species)), bool)
    for number, name, is_null, is_weak in wide.select(
        PATTERN, "species", "is_null", "is_weak"
    ).iter_rows():
        nulls[number, places[name]], weaks[number, places[name]] = is_null, is_weak
    return one.table.select(species).to_numpy(), nulls[pattern], weaks[pattern]


def _table(
    made: Cube,
    read: Layout,
    species: Sequence[str],
    value: Array,
    weak: Array,
    known: Array,
    rows: Array,
) -> pl.DataFrame:
    outer = pl.DataFrame([{}])
    for axis in read.outer:
        words = pl.DataFrame({axis: pl.Series(made.words[axis], dtype=KINDS.get(axis, pl.String))})
        outer = words if outer.width == 0 else outer.join(words, how="cross")
    groups = read.groups
    frames = []
    count = max(outer.height, 1)
    repeated = _cross(groups, outer, len(read.groups), count)
    for place, name in enumerate(species):
        found = known[place].ravel()
        frames.append(
            repeated.with_columns(
                species=pl.lit(name),
                value=pl.Series(np.where(found > 0, value[place].ravel(), np.nan)).fill_nan(None),
                rows=pl.Series(rows.ravel()).cast(pl.Int64),
                not_estimated=pl.Series(rows.ravel() - found).cast(pl.Int64),
                weak=pl.Series(weak[place].ravel()),
            )
        )
    return pl.concat(frames).filter(pl.col("rows") > 0)


def _cross(groups: pl.DataFrame, outer: pl.DataFrame, many: int, count: int) -> pl.DataFrame:
    if outer.width == 0:
        return groups
    if groups.width == 0:
        return outer
    left = groups.select(pl.all().gather(np.repeat(np.arange(many), count)))
    right = outer.select(pl.all().gather(np.tile(np.arange(count), many)))
    return pl.concat([left, right], how="horizontal")
