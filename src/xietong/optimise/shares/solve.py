"""Least cost of exclusive measures under several targets: certified, and quick."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xietong.optimise.shares.core import search_core
from xietong.optimise.shares.dual import ascend, reduced_costs, safe_bound
from xietong.optimise.shares.problem import Floats, Problem, Whole, make_problem, restrict
from xietong.optimise.shares.record import Clock, Record
from xietong.optimise.shares.relaxation import Relaxation
from xietong.optimise.shares.tree import Tree

SMALL = 600  # binaries; up to here HiGHS is quickest by itself
LARGE = 1000  # sources; from here on a small core usually holds a good enough choice
FIRST_CORES = (240, 480, 960)  # options
ROUGH = 2e-3  # a first choice so near to the bound is taken without looking further


@dataclass(frozen=True)
class ShareSolution:
    """The answer and its certificate.

    ``status``: "optimal" (the gap is as wanted), "feasible" (time was up or it was stopped; the gap
    is what is written), "infeasible" (proven), "unknown" (stopped before a choice was found).
    ``choice`` (n,): the measure of each source, counted from 0, −1 for none; None without a choice.
    ``objective`` and ``bound`` in the unit of the costs (NaN and −inf where there is none); ``gap``
    = (objective − bound) / |objective|. ``duals`` (k,): prices per unit of each target at the
    bound of the relaxation. ``path``: what was needed.
    """

    status: str
    choice: Whole | None
    objective: float
    bound: float
    gap: float
    duals: Floats
    seconds: float
    path: tuple[str, ...]


def solve_shares(
    cost: ArrayLike,
    effect: ArrayLike,
    need: ArrayLike,
    gap: float = 1e-4,
    allowed: ArrayLike | None = None,
    time_limit: float = 60.0,
    on_progress: Callable[[float, float, float], object] | None = None,
    stop: Callable[[], bool] | None = None,
) -> ShareSolution:
    """Choose at most one measure per source so that every target is met at least cost.

    Parameters
    ----------
    cost
        (n, m): cost of measure j at source i; may be negative (it saves).
    effect
        (n, m, k): what it contributes to target t; may be negative (a penalty).
    need
        (k,): what each target needs. It counts as met within 1e-9 of itself or of the largest effect
        on it, whichever is larger.
    gap
        Wanted (objective − bound) / |objective|.
    allowed
        (n, m): False where a measure cannot be taken; its cost and effect are not read.
    time_limit
        Seconds; then the best choice so far with the gap it has.
    on_progress
        Called with seconds, bound, cost of the best choice (infinite before the first).
    stop
        Asked between steps; true ends the search as the clock does.

    Returns
    -------
    A :class:`ShareSolution`. Raises ``InputError`` for shapes that do not fit and unknown numbers.

    Examples
    --------
    Two sources, a target of 2. At a price of 15 per unit the first would pay (10 < 15), the second
    is tied (30 = 2 · 15): the bound is 25. Whole measures cost 30.

    >>> found = solve_shares([[10.0], [30.0]], [[[1.0]], [[2.0]]], [2.0])
    >>> found.status, found.choice.tolist(), found.objective, found.duals.round(6).tolist()
    ('optimal', [-1, 0], 30.0, [15.0])
    """
    clock = Clock(time_limit, stop)
    problem = make_problem(cost, effect, need, allowed)
    record = Record(problem, gap * (1 - 1e-9), clock, on_progress)
    path = ["lagrangian"]
    if not np.isfinite(problem.cost[:, 1:]).any():
        nothing = np.zeros(len(problem.cost), np.int64)
        if problem.meets(nothing):
            record.take(nothing, 0.0)
        record.raise_bound(np.inf)
        return _answer(record, np.zeros(len(problem.need)), ("nothing to choose",))
    bound, prices = ascend(problem)
    if np.isfinite(bound):
        record.raise_bound(bound)
        prices = _root(problem, prices, record)
        if np.isfinite(problem.cost[:, 1:]).sum() <= SMALL:
            _one_core(problem, prices, record, path, 0.5 * clock.left)
        else:
            _first_cores(problem, prices, record, path)
        if not record.over():
            _horizons(problem, prices, record, path)
    else:
        record.bound = np.inf
    return _answer(record, prices, tuple(path))


def _answer(record: Record, prices: Floats, path: tuple[str, ...]) -> ShareSolution:
    """The record in the units of the caller."""
    money = record.problem.money
    value, bound = record.value, record.bound
    status = "optimal" if record.closed() else "feasible"
    if record.choice is None:
        status = "infeasible" if bound == np.inf else "unknown"
    wide = (value - bound) / abs(value) if value not in (0.0, np.inf) else np.inf
    return ShareSolution(
        status,
        None if record.choice is None else record.choice - 1,
        value * money if record.choice is not None else np.nan,
        bound * money,
        0.0 if value == bound else wide,
        prices / record.problem.scale * money,
        record.clock.seconds,
        path,
    )


def _root(problem: Problem, prices: Floats, record: Record) -> Floats:
    """Better prices: the exact relaxation over the sources that are nearest to a tie."""
    for size in (400, 4000, len(problem.cost)):
        reduced = reduced_costs(problem, prices)
        base = reduced.argmin(axis=1)
        close = np.partition(reduced, 1, axis=1)[:, 1] - reduced.min(axis=1)
        near = np.argsort(close)[:size]
        keep = np.zeros(reduced.shape, bool)
        keep[np.arange(len(base)), base] = True
        keep[near] = np.isfinite(problem.cost[near])
        small, _ = restrict(problem, keep, base)
        if len(small.cost) == 0:
            break
        node = Relaxation(small).node((), prices, -np.inf)
        bound = safe_bound(problem, node.prices)
        if bound > record.bound:
            record.raise_bound(bound)
            prices = node.prices
        if node.own - bound <= 0.01 * record.gap * abs(bound) or size >= len(problem.cost):
            break
    return prices


def _one_core(
    problem: Problem, prices: Floats, record: Record, path: list[str], seconds: float
) -> None:
    """All that is open at once, by HiGHS; the options that can no longer matter are left out."""
    path.append("whole core")
    _look(problem, prices, record, record.cut, -np.inf, seconds, gap=record.gap)


def _first_cores(problem: Problem, prices: Floats, record: Record, path: list[str]) -> None:
    """Cores of few options at the root: for many sources one of them is usually enough."""
    for size in FIRST_CORES if len(problem.cost) >= LARGE else FIRST_CORES[:1]:
        if record.over():
            return
        path.append(f"core of {size}")
        seconds = 1.0 + size / 480
        _look(problem, prices, record, record.needed, record.needed, seconds, most=size)
    if record.choice is None and not record.over():
        path.append("first choice")
        goal = record.bound + ROUGH * abs(record.bound)
        _look(problem, prices, record, np.inf, goal, 1.0, most=FIRST_CORES[1])


def _look(
    problem: Problem,
    prices: Floats,
    record: Record,
    cutoff: float,
    target: float,
    seconds: float,
    most: int | None = None,
    gap: float = 0.0,
) -> None:
    """One core at the root, into the record."""
    clock = record.clock
    seconds = min(seconds, clock.left)
    core = search_core(
        problem, prices, cutoff, target, seconds, most=most, gap=gap, stop=clock.stop
    )
    if core.choice is not None:
        record.take(core.choice, core.value)
    record.raise_bound(core.bound)


def _horizons(problem: Problem, prices: Floats, record: Record, path: list[str]) -> None:
    """The tree below a horizon; when all is closed below it, the next one is twice as far."""
    reduced = reduced_costs(problem, prices)
    own = safe_bound(problem, prices, reduced)
    base = reduced.argmin(axis=1)
    regret = reduced - reduced.min(axis=1)[:, None]
    size = max(abs(own), 1e-6 * float(problem.weight[0]), 1e-6)
    ahead = max(4 * record.gap, 1e-6) * size
    while not record.over():
        horizon = min(own + ahead, record.cut)
        keep = regret < horizon - own if horizon < record.top else np.isfinite(regret)
        everything = bool((keep == np.isfinite(regret)).all())
        keep[np.arange(len(base)), base] = True
        small, rows = restrict(problem, keep, base)
        record.rows, record.base = rows, base
        path.append(f"tree over {len(rows)} sources")
        if len(rows) == 0:
            if problem.meets(base):
                record.take(np.empty(0, np.int64), small.value(np.empty(0, np.int64)))
            record.raise_bound(record.top if everything else horizon)
        else:
            tree = Tree(Relaxation(small), record, np.inf if everything else horizon)
            if not tree.run(prices):
                return
        if everything or horizon >= record.cut:
            return
        ahead *= 2
