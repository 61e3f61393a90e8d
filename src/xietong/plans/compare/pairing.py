"""Best-first one-to-one pairing, alike for both directions."""

from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def pair_best(
    lefts: Sequence[Item],
    rights: Sequence[Item],
    score: Callable[[Item, Item], float | None],
    name: Callable[[Item], str],
) -> list[tuple[int, int]]:
    """Places of items paired one to one, highest score first; None means the two cannot be paired.

    Ties are broken by ``name`` of both items taken together, so swapping sides mirrors the result.

    >>> pair_best([1, 5], [4, 1], lambda a, b: -abs(a - b), str)
    [(0, 1), (1, 0)]
    """
    ranked: list[tuple[float, list[str], int, int]] = []
    for a, one in enumerate(lefts):
        for b, other in enumerate(rights):
            value = score(one, other)
            if value is not None:
                ranked.append((-round(value, 9), sorted([name(one), name(other)]), a, b))
    found: list[tuple[int, int]] = []
    used_left: set[int] = set()
    used_right: set[int] = set()
    for _, _, a, b in sorted(ranked):
        if a not in used_left and b not in used_right:
            used_left.add(a)
            used_right.add(b)
            found.append((a, b))
    return sorted(found)
