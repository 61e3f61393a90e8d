"""How alike two pieces of Chinese text are: pairs of characters, weighed by how rare they are.

Plans share a large stock of formula (推动, 加快, 绿色低碳 …). A pair of characters therefore weighs
the more the fewer clauses of both documents use it. No list of words is needed, and an unknown
term (an industry, a place) weighs most. All measures are symmetric unless they say otherwise.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt

_NOT_WORDS = re.compile(r"[^一-龥A-Za-z]+")
_SENTENCE_END = re.compile(r"(?<=[。；;])")

Vector = Mapping[str, float]


@lru_cache(maxsize=20_000)
def pairs_of(text: str) -> tuple[str, ...]:
    """Neighbouring characters, not across marks or digits.

    >>> pairs_of("光伏、风电装机")
    ('光伏', '风电', '电装', '装机')
    """
    runs = map(str, _NOT_WORDS.split(text))
    return tuple(run[at : at + 2] for run in runs for at in range(len(run) - 1))


def sentences(text: str) -> list[str]:
    """Sentences with their end marks; a semicolon ends one too.

    >>> sentences("甲；乙。丙")
    ['甲；', '乙。', '丙']
    """
    return [part for part in _SENTENCE_END.split(text) if part.strip()]


@dataclass(frozen=True)
class Weights:
    """How much each pair of characters says, from the texts in which it occurs."""

    counts: Mapping[str, int]
    texts: int

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Weights":
        """Count in how many of ``texts`` each pair occurs."""
        sets = [set(pairs_of(text)) for text in texts]
        return cls(Counter(pair for found in sets for pair in found), len(sets))

    def weight(self, pair: str) -> float:
        """0.2 for a pair in every text, more the rarer it is."""
        return log((self.texts + 1) / max(self.counts.get(pair, 1), 1)) + 0.2

    def vector(self, text: str) -> Vector:
        """The weighted pairs of a text, scaled to length 1."""
        found = {
            pair: (1 + log(count)) * self.weight(pair)
            for pair, count in Counter(pairs_of(text)).items()
        }
        length = sqrt(sum(value * value for value in found.values()))
        return {pair: value / length for pair, value in found.items()} if length else {}

    def overlap(self, one: str, other: str) -> float:
        """Shared weight of two short texts, 0 to 1 (Dice)."""
        left, right = set(pairs_of(one)), set(pairs_of(other))
        total = self._mass(left) + self._mass(right)
        return 2 * self._mass(left & right) / total if total else 0.0

    def _mass(self, found: Iterable[str]) -> float:
        return sum(map(self.weight, sorted(found)))


def cosine(one: Vector, other: Vector) -> float:
    """Cosine of two vectors of length 1; 0 where one is empty."""
    if len(one) > len(other):
        one, other = other, one
    return sum(value * other[pair] for pair, value in one.items() if pair in other)


def contained(part: Vector, whole: Vector) -> float:
    """Which share of the weight of ``part`` occurs in ``whole``. Not symmetric."""
    total = sum(part.values())
    return sum(value for pair, value in part.items() if pair in whole) / total if total else 0.0


def similarity(one: str, other: str) -> float:
    """Dice of the character pairs of two short texts, all pairs equal.

    >>> similarity("煤炭消费", "煤炭消费"), similarity("煤炭", "光伏")
    (1.0, 0.0)
    """
    left, right = _counted(one), _counted(other)
    total = len(pairs_of(one)) + len(pairs_of(other))
    shared = sum(min(count, right[pair]) for pair, count in left.items() if pair in right)
    return 2 * shared / total if total else float(one == other)


@lru_cache(maxsize=20_000)
def _counted(text: str) -> Counter[str]:
    return Counter(pairs_of(text))


def own_pairs(headings: Sequence[str], at: int) -> set[str]:
    """Pairs of one heading that no other heading of the list has: what it alone is about."""
    rest = {pair for place, text in enumerate(headings) if place != at for pair in pairs_of(text)}
    return set(pairs_of(headings[at])) - rest
