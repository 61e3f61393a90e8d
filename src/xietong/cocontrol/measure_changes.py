"""Rows before and after measures, to tonnes: each distinct key once for all scenarios."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from xietong.cocontrol.measure_bases import methods_of
from xietong.cocontrol.measure_control import OWN, SPECIES, device_factors, has_devices
from xietong.inventory.cube_totals import matrices
from xietong.inventory.factors import remembered
from xietong.inventory.prepare import factor_keys
from xietong.inventory.settings import Settings
from xietong.measures.apply import State
from xietong.measures.blocks import Array, Block
from xietong.methods.method import Method
from xietong.params.topic import stamp
from xietong.tables import schema

REMEMBERED = 128
_memory: dict[tuple[object, ...], list[tuple[str, Array, Array]]] = {}


@dataclass(frozen=True)
class Entry:
    """Rows that went (weights below 0) or came, with the number of the source each belongs to.

    A source is a row of an activity table in a scenario; what it becomes belongs to it.
    """

    block: Block
    sources: Array
    came: bool


@dataclass
class Sums:
    """By source and species: the change, what is known of it, which methods lack a factor; by source:
    has it become something else, how many items of its devices' own carbon are not known."""

    species: tuple[str, ...]
    change: Array
    known: Array
    lacking_before: Array
    lacking_after: Array
    changed: Array
    silent_before: Array
    silent_after: Array


def changes(states: Mapping[str, State], settings: Settings) -> pl.DataFrame:
    """One row per scenario, region and species: ``reduction``, ``known``, ``unknown``.

    Null where no source's change can be said. A source that lacks a factor on one side only counts
    as unknown and is left out. With ``settings.control_carbon`` the carbon of the devices of the rows
    is counted before and after; ``silent`` counts the sources with a device of which it is not known, and
    where such a device is new the change is null.
    """
    entries, groups, names = _entries(states)
    tables = dict.fromkeys(one.block.table.name for one in entries)
    methods = [method for table in tables for method in methods_of(table)]
    own = SPECIES if settings.control_carbon else ()
    species = dict.fromkeys([*(s for one in methods for s in one.species), *own])
    sums = _empty(tuple(species), len(groups))
    for bit, method in enumerate(methods):
        mine = [one for one in entries if one.block.table.name == method.activity]
        _add(sums, method, mine, 1 << bit, settings)
        if settings.control_carbon and has_devices(method):
            _add_devices(sums, method, mine, settings)
    return _table(sums, groups, names)


def _entries(states: Mapping[str, State]) -> tuple[list[Entry], Array, list[tuple[str, str]]]:
    """The rows, the group (scenario and region) of each source, and the names of the groups."""
    entries: list[Entry] = []
    groups: list[int] = []
    names: dict[tuple[str, str], int] = {}

    def number(scenario: str, regions: Iterable[Any]) -> Array:
        start = len(groups)
        groups.extend(names.setdefault((scenario, str(one)), len(names)) for one in regions)
        return np.arange(start, len(groups))

    for scenario, state in states.items():
        for name, touched in state.touched.items():
            index = np.flatnonzero(touched)
            if not len(index):
                continue
            left = state.left[name]
            numbers = number(scenario, left.base.column("region")[index])
            gone = Block(left.base, left.base, index, left.weight[index] - 1.0)
            entries.append(Entry(gone, numbers, False))
            for block in state.came:
                if block.base is left.base and not block.added:
                    own = numbers[np.searchsorted(index, block.index)]
                    entries.append(Entry(block, own, True))
        for block in state.came:
            if block.added:
                entries.append(Entry(block, number(scenario, block.column("region")), True))
    return entries, np.array(groups, dtype=int), list(names)


def _empty(species: tuple[str, ...], sources: int) -> Sums:
    shape = (sources, len(species))
    return Sums(
        species,
        np.zeros(shape),
        np.zeros(shape, bool),
        np.zeros(shape, np.int64),
        np.zeros(shape, np.int64),
        np.zeros(sources, bool),
        np.zeros((sources, len(SPECIES)), np.int64),
        np.zeros((sources, len(SPECIES)), np.int64),
    )


def _add(
    sums: Sums, method: Method, entries: Sequence[Entry], bit: int, settings: Settings
) -> None:
    """What the rows emit by one method."""
    if not entries:
        return
    keys, places = _keys(method, entries)
    amounts = [a for a in method.amounts if a in schema(method.activity).numbers]
    factors = _factors(method, keys, settings, amounts)
    at = np.array([sums.species.index(name) for name in method.species])
    for entry, place in zip(entries, places, strict=True):
        value = np.zeros((len(place), len(at)))
        known = np.zeros(value.shape, bool)
        for amount, factor, null in factors:
            given = entry.block.given(amount)
            filled = ~np.isnan(given)
            value += factor[place] * np.nan_to_num(given)[:, None]
            known |= ~null[place] & filled[:, None]
        rows = np.ix_(entry.sources, at)
        sums.change[rows] += np.where(known, value, 0.0)
        sums.known[rows] |= known
        lacking = sums.lacking_after if entry.came else sums.lacking_before
        lacking[rows] |= np.where(known, 0, bit)
        if entry.came:
            sums.changed[entry.sources] = True


def _factors(
    method: Method, keys: pl.DataFrame, settings: Settings, amounts: Sequence[str]
) -> list[tuple[str, Array, Array]]:
    """Each amount with its factors and what of them is null; the last answers are kept.

    A catalogue reads many more methods than an inventory of one table, so it keeps its own.
    """
    digest = keys.hash_rows(seed=7).to_numpy().tobytes()
    asked = (method.name, repr(settings), stamp(settings.workspace), tuple(keys.columns), digest)
    if asked not in _memory:
        if len(_memory) >= REMEMBERED:
            _memory.pop(next(iter(_memory)))
        _, found = remembered(method, keys, settings, amounts)
        _memory[asked] = [(one.amount, *matrices(one, method.species)[:2]) for one in found]
    return _memory[asked]


def _add_devices(sums: Sums, method: Method, entries: Sequence[Entry], settings: Settings) -> None:
    """What the devices of the rows emit themselves."""
    keys, places = _keys(method, entries, ("region", "sector"))
    at = np.array([sums.species.index(name) for name in SPECIES])
    for amount in method.amounts:
        given = [one.block.given(amount) for one in entries]
        if all(np.isnan(part).all() for part in given):
            continue
        factor, known, silent = device_factors(method, keys, amount, settings)
        for entry, place, part in zip(entries, places, given, strict=True):
            filled = ~np.isnan(part)
            rows = np.ix_(entry.sources, at)
            sums.change[rows] += factor[place] * np.nan_to_num(part)[:, None]
            sums.known[rows] |= known[place] & filled[:, None]
            side = sums.silent_after if entry.came else sums.silent_before
            items = np.where(filled[:, None], silent[place], 0)
            side[entry.sources] = np.maximum(side[entry.sources], items)


def _keys(
    method: Method, entries: Sequence[Entry], more: Sequence[str] = ()
) -> tuple[pl.DataFrame, list[Array]]:
    """The distinct keys of a method in the rows, and the number of each row's key."""
    one = schema(method.activity)
    columns = [n for column in one.columns for n in (column.into.values() or (column.name,))]
    extra = {n for entry in entries for n in entry.block.table.rows.columns} - set(columns)
    names = factor_keys(method, [*columns, *sorted(extra)], list(one.numbers))
    names += [name for name in more if name not in names]
    known: dict[tuple[Any, ...], int] = {}

    def number(block: Block) -> Array:
        lists = [_plain(block, name) for name in names]
        numbers = (known.setdefault(key, len(known)) for key in zip(*lists, strict=True))
        return np.fromiter(numbers, np.int64, len(block.index))

    of_base: dict[str, Array] = {}  # numbers of the rows of a base that are as they were
    places = []
    for entry in entries:
        block = entry.block
        if block.added or block.base is not block.table or any(name in block.set for name in names):
            places.append(number(block))
            continue
        base = block.base
        numbers = of_base.setdefault(base.name, np.full(base.rows.height, -1))
        new = block.index[numbers[block.index] < 0]
        if len(new):
            numbers[new] = number(Block(base, base, new, np.ones(len(new))))
        places.append(numbers[block.index])
    kinds = {
        name: pl.Float64 if name in one.numbers else pl.Int64 if name == "year" else pl.String
        for name in names
    }
    return pl.DataFrame(list(known), schema=kinds, orient="row"), places


def _plain(block: Block, name: str) -> list[Any]:
    column = block.column(name)
    if name not in block.table.numbers:
        return list(column.tolist())
    return [None if math.isnan(value) else value for value in column.tolist()]


def _table(sums: Sums, groups: Array, names: list[tuple[str, str]]) -> pl.DataFrame:
    lacking = (sums.lacking_before | sums.lacking_after) != 0
    lopsided = sums.changed[:, None] & (sums.lacking_before != sums.lacking_after)
    uneven = sums.changed[:, None] & (sums.silent_after > sums.silent_before)
    for place in OWN:
        if uneven[:, place].any():
            lopsided[:, sums.species.index(SPECIES[place])] |= uneven[:, place]
    said = sums.known & ~lopsided
    declared = sums.known | lacking | lopsided
    shape = (len(names), len(sums.species))
    change, known, unknown = np.zeros(shape), np.zeros(shape, int), np.zeros(shape, int)
    np.add.at(change, groups, np.where(said, sums.change, 0.0))
    np.add.at(known, groups, said)
    np.add.at(unknown, groups, declared & (~said | lacking))
    silent = np.zeros(len(names), int)
    np.add.at(silent, groups, (sums.silent_before + sums.silent_after).any(axis=1))
    places = np.argwhere((known + unknown) > 0)
    return pl.DataFrame(
        [
            (
                *names[group],
                sums.species[place],
                float(-change[group, place] + 0.0) if known[group, place] else None,
                int(known[group, place]),
                int(unknown[group, place]),
                int(silent[group]),
            )
            for group, place in places.tolist()
        ],
        schema={
            "scenario": pl.String,
            "region": pl.String,
            "species": pl.String,
            "reduction": pl.Float64,
            "known": pl.Int64,
            "unknown": pl.Int64,
            "silent": pl.Int64,
        },
        orient="row",
    )
