"""Activity tables as blocks of rows, so that a measure changes weights and not whole tables.

Works on tables already summed by key (small, in memory), in NumPy; methods never see a block.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from xietong.measures.measure import Condition
from xietong.tables import schemas
from xietong.vocab import fuels, sectors, technologies
from xietong.vocab.tree import ANY, line

Array = np.ndarray[Any, Any]
CHAINS = "control"
PARENTS: dict[str, Callable[[], Mapping[str, str]]] = {
    "fuel": fuels.parents,
    "sector": sectors.parents,
    "technology": technologies.parents,
}


@dataclass
class Base:
    """An activity table that measures act on.

    ``rows``: one row per key; ``amounts``: the columns a method is linear in; ``replaces``: for each
    measured column the look-up keys whose value it stands in for; ``views``: amounts expressed in a
    column other than the one that was filled (heat of a fuel given in tonnes), null where unknown.
    """

    name: str
    rows: pl.DataFrame
    amounts: tuple[str, ...]
    replaces: Mapping[str, frozenset[str]] = field(default_factory=dict)
    views: Mapping[str, Array] = field(default_factory=dict)
    _columns: dict[str, Array] = field(default_factory=dict, repr=False)
    _masks: dict[Condition, Array] = field(default_factory=dict, repr=False)

    @cached_property
    def types(self) -> dict[str, str]:
        """The kind of each column of the sheet."""
        return {one.name: one.type for one in schemas()[self.name].columns}

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The number columns of the sheet."""
        return frozenset(schemas()[self.name].numbers)

    def column(self, name: str) -> Array:
        """A column: numbers with NaN for null, words as objects; a default where it is absent."""
        if name not in self._columns:
            self._columns[name] = self._read(name)
        return self._columns[name]

    def _read(self, name: str) -> Array:
        if name in self.rows.columns:
            series = self.rows[name]
            if name in self.numbers:
                return series.cast(pl.Float64).to_numpy().copy()
            return np.array(series.to_list(), dtype=object)
        if name in self.numbers:
            return np.full(self.rows.height, np.nan)
        return np.full(self.rows.height, self.default(name), dtype=object)

    def default(self, name: str) -> str | None:
        """What the sheet says for a word that was left out."""
        return next((o.default for o in schemas()[self.name].columns if o.name == name), None)

    def view(self, column: str) -> Array:
        """Each row's amount in ``column``, NaN where it cannot be said in it."""
        return self.views[column] if column in self.views else self.column(column)

    def mask(self, condition: Condition) -> Array:
        """Which rows fulfil a condition; asked once."""
        if condition not in self._masks:
            words = self.column(condition.column)
            self._masks[condition] = fulfilled(words, condition)
        return self._masks[condition]


@dataclass
class Block:
    """Rows of a base, each with a weight, some columns set anew.

    ``table`` is where the rows are now; ``amount`` is the column and the amounts where they are no
    longer those of the base; ``index`` the rows of ``base`` they come from (an added row: none).
    """

    table: Base
    base: Base
    index: Array
    weight: Array
    set: dict[str, Array] = field(default_factory=dict)
    amount: tuple[str, Array] | None = None
    added: bool = False

    def column(self, name: str) -> Array:
        """A column as it is now."""
        if name in self.set:
            return self.set[name]
        if self.added or (self.base is not self.table and name not in self.base.types):
            size = len(self.index)
            if name in self.table.numbers:
                return np.full(size, np.nan)
            return np.full(size, self.table.default(name), dtype=object)
        return self.base.column(name)[self.index]

    def mask(self, conditions: Sequence[Condition]) -> Array:
        """Which rows fulfil all conditions."""
        found = np.ones(len(self.index), bool)
        for one in conditions:
            if one.column in self.set or self.base is not self.table:
                found &= fulfilled(self.column(one.column), one)
            else:
                found &= self.base.mask(one)[self.index]
        return found

    def amounts(self, column: str) -> Array:
        """Amount of each row in ``column``, its weight counted; NaN where it has none in it."""
        if self.amount is not None:
            own, values = self.amount
            return values * self.weight if own == column else np.full(len(self.index), np.nan)
        return self.base.view(column)[self.index] * self.weight

    def given(self, column: str) -> Array:
        """The same without expressing it in another column: as a method reads it."""
        if self.amount is not None:
            return self.amounts(column)
        return self.base.column(column)[self.index] * self.weight


def fulfilled(words: Array, condition: Condition) -> Array:
    """Which words are one of a condition's, or below one; a chain is below each of its devices.

    >>> fulfilled(np.array(["raw_coal", "diesel", None], dtype=object), Condition("fuel", ("coal",))).tolist()
    [True, False, False]
    >>> chains = np.array(["esp+scr", "esp", "none"], dtype=object)
    >>> fulfilled(chains, Condition("control", ("scr", "none"), unlike=True)).tolist()
    [False, True, False]
    """
    tree = PARENTS[condition.column]() if condition.column in PARENTS else None
    known: dict[Any, bool] = {}
    for word in dict.fromkeys(words.tolist()):
        known[word] = _is(word, condition, tree) != condition.unlike
    return np.fromiter((known[word] for word in words.tolist()), bool, len(words))


def _is(word: Any, condition: Condition, tree: Mapping[str, str] | None) -> bool:
    wanted = set(condition.values)
    if word is None:
        return False
    text = str(word)
    if tree is not None:
        return bool(wanted & set(line(text, tree)))
    if condition.column == CHAINS:
        return bool(wanted & {text, ANY, *text.split("+")})
    if condition.column == "region":
        return any(within(text, one) for one in wanted)
    return text in wanted or ANY in wanted


def within(region: str, above: str) -> bool:
    """Is a region the one named, or inside it?

    >>> within("370200", "370000"), within("370000", "370200"), within("110000", "100000")
    (True, False, True)
    """
    if above in {region, ANY, "100000"}:
        return True
    stem = above.removesuffix("00").removesuffix("00")
    return region.startswith(stem)


def with_device(chain: Any, device: str) -> Any:
    """A chain with one more device; what is unknown stays unknown, what it has already is kept.

    >>> with_device("esp", "scr"), with_device("none", "scr"), with_device("unknown", "scr")
    ('esp+scr', 'scr', 'unknown')
    """
    if chain in (None, "unknown"):
        return chain
    devices = [one for one in str(chain).split("+") if one != "none"]
    return str(chain) if device in devices else "+".join([*devices, device])
