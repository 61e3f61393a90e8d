"""The multiple-choice problem as arrays: one exclusive option per source, targets over all sources."""

from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xietong.errors import InputError

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Whole = NDArray[np.int64]

SLACK = (
    1e-9  # share of a target (or of the largest effect on it) within which the target counts as met
)


@dataclass(frozen=True)
class Problem:
    """Sources × options; option 0 is "none" (cost 0, effect 0).

    ``cost`` (n, q) divided by ``money``, infinite where an option is not allowed; ``effect``
    (n, q, k) and ``need`` (k,) divided by ``scale``; powers of two, so that no digit is lost.
    A choice may miss ``need`` by ``slack``; ``weight`` bounds the size of the terms of any sum,
    for the rounding margin; ``offset`` is the cost of what was decided before.
    """

    cost: Floats
    effect: Floats
    need: Floats
    slack: Floats
    scale: Floats
    money: float
    weight: Floats  # (k + 1,): sum of the largest |cost|, and of |effect| and |need| by target
    offset: float = 0.0

    @property
    def flat(self) -> Floats:
        """``effect`` as a matrix (n·q, k)."""
        return self.effect.reshape(-1, self.effect.shape[2])

    def meets(self, choice: Whole) -> bool:
        """Do the chosen options (n,) meet every target? Sums are exact before they are rounded."""
        taken = self.effect[np.arange(len(choice)), choice]
        allowed = bool(np.isfinite(self.cost[np.arange(len(choice)), choice]).all())
        return allowed and all(
            fsum([*column, -need]) >= -slack
            for column, need, slack in zip(taken.T, self.need, self.slack, strict=True)
        )

    def value(self, choice: Whole) -> float:
        """Cost of the chosen options, with what was decided before."""
        return fsum([self.offset, *self.cost[np.arange(len(choice)), choice]])


def make_problem(
    cost: ArrayLike, effect: ArrayLike, need: ArrayLike, allowed: ArrayLike | None
) -> Problem:
    """Check the arrays, all problems at once, and add the option "none"."""
    c, e, d = (np.asarray(given, dtype=float) for given in (cost, effect, need))
    a = np.ones(c.shape, bool) if allowed is None else np.asarray(allowed, dtype=bool)
    _check(c, e, d, a)
    n, m = c.shape
    k = len(d)
    e = np.where(a[:, :, None], e, 0.0)
    largest = np.maximum(np.abs(e).max(axis=(0, 1), initial=0.0), np.abs(d))
    scale = np.exp2(np.floor(np.log2(np.where(largest > 0, largest, 1.0))))
    full_cost = np.zeros((n, m + 1))
    used = np.abs(c[a & (c != 0)])
    money = float(np.exp2(np.floor(np.log2(used.mean())))) if used.size else 1.0
    full_cost[:, 1:] = np.where(a, c / money, np.inf)
    full_effect = np.zeros((n, m + 1, k))
    full_effect[:, 1:] = e / scale
    scaled = d / scale
    weight = np.empty(k + 1)
    weight[0] = np.abs(np.where(a, c, 0.0)).max(axis=1, initial=0.0).sum() / money
    weight[1:] = np.abs(full_effect).max(axis=1).sum(axis=0) + np.abs(scaled)
    slack = SLACK * np.maximum(largest / scale, 1.0)
    return Problem(full_cost, full_effect, scaled, slack, scale, money, weight)


def _check(cost: Floats, effect: Floats, need: Floats, allowed: Flags) -> None:
    """Refuse shapes that do not fit and numbers that are not finite."""
    found = []
    if cost.ndim != 2:
        found.append(f"cost has {cost.ndim} dimensions, not 2 (sources × measures)")
    if need.ndim != 1 or need.size == 0:
        found.append(f"need has the shape {need.shape}, not (targets,) with at least one target")
    if effect.shape != cost.shape + need.shape:
        found.append(f"effect has the shape {effect.shape}, not {cost.shape + need.shape}")
    if allowed.shape != cost.shape:
        found.append(f"allowed has the shape {allowed.shape}, not {cost.shape}")
    if not found:
        if not np.isfinite(cost[allowed]).all():
            found.append(
                f"{(~np.isfinite(cost[allowed])).sum()} allowed measures have no finite cost"
            )
        if not np.isfinite(effect[allowed]).all():
            found.append(
                f"{(~np.isfinite(effect[allowed])).sum()} effects of allowed measures are not finite"
            )
        if not np.isfinite(need).all():
            found.append(f"{(~np.isfinite(need)).sum()} needs are not finite")
    if found:
        raise InputError(
            "The problem of exclusive measures cannot be read:\n  - "
            + "\n  - ".join(found)
            + "\nGive arrays of these shapes; mark what is unknown as not allowed."
        )


def restrict(problem: Problem, keep: Flags, base: Whole) -> tuple[Problem, Whole]:
    """Only the options in ``keep`` (n, q); a source with one option left is decided.

    Returns the smaller problem and the rows that are still open. A source without any option in
    ``keep`` takes its ``base``. Sums are exact before they are rounded.
    """
    count = keep.sum(axis=1)
    open_rows = np.flatnonzero(count > 1)
    closed = np.flatnonzero(count <= 1)
    taken = np.where(count[closed] == 1, keep[closed].argmax(axis=1), base[closed])
    spent = problem.cost[closed, taken]
    gained = problem.effect[closed, taken]
    need = np.array(
        [
            fsum([left, *(-column[column != 0])])
            for left, column in zip(problem.need, gained.T, strict=True)
        ]
    )
    cost = np.where(keep[open_rows], problem.cost[open_rows], np.inf)
    small = Problem(
        cost,
        problem.effect[open_rows],
        need,
        problem.slack,
        problem.scale,
        problem.money,
        problem.weight,
        fsum([problem.offset, *spent]),
    )
    return small, open_rows
