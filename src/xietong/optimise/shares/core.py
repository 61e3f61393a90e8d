"""The core: the few options that are still open, solved as a small integer program by HiGHS."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from xietong.optimise.shares.dual import reduced_costs, safe_bound
from xietong.optimise.shares.problem import Flags, Floats, Problem, Whole, restrict

NEAR = 1e-9  # relative: a cutoff is trusted this far


@dataclass(frozen=True)
class Core:
    """What one core gave: a choice (or none), its cost, a bound for all choices (of the node), and
    whether all below ``cutoff`` is known."""

    choice: Whole | None
    value: float
    bound: float
    complete: bool


def hold(problem: Problem, reduced: Floats, decided: tuple[tuple[int, int], ...]) -> Floats:
    """Reduced costs where a decided source has only its option."""
    held = reduced.copy()
    for i, j in decided:
        held[i] = np.inf
        held[i, j] = reduced[i, j]
    return held


def search_core(
    problem: Problem,
    prices: Floats,
    cutoff: float,
    target: float,
    seconds: float,
    decided: tuple[tuple[int, int], ...] = (),
    most: int | None = None,
    gap: float = 0.0,
    stop: Callable[[], bool] | None = None,
) -> Core:
    """Look for a choice cheaper than ``cutoff`` and end at the first at or below ``target``.

    An option whose regret (reduced cost above the best of its source) carries the bound over
    ``cutoff`` cannot be part of such a choice and is left out; that loses nothing. ``most`` keeps
    only so many options of least regret: quicker, but then nothing is proven. It also ends when
    its own ``gap`` is closed.
    """
    reduced = hold(problem, reduced_costs(problem, prices), decided)
    bound = safe_bound(problem, prices, reduced)
    if bound >= cutoff:
        return Core(None, np.inf, cutoff, True)
    base = reduced.argmin(axis=1)
    regret = reduced - reduced.min(axis=1)[:, None]
    keep = regret < cutoff - bound if np.isfinite(cutoff) else np.isfinite(regret)
    keep[np.arange(len(base)), base] = True
    whole = True
    extra = int(keep.sum()) - len(base)
    if most is not None and extra > most:
        listed = np.where(keep, regret, np.inf)
        keep &= listed <= np.partition(listed.ravel(), len(base) + most)[len(base) + most]
        keep[np.arange(len(base)), base] = True
        whole = False
    small, rows = restrict(problem, keep, base)
    if len(rows) == 0:
        if not problem.meets(base):
            return Core(None, np.inf, cutoff if whole else bound, whole)
        value = problem.value(base)
        return Core(base, value, min(cutoff, value) if whole else bound, whole)
    room = cutoff - bound if np.isfinite(cutoff) else np.inf
    found, proven, ended = _solve(
        small, base[rows], prices, room, cutoff, target, seconds, gap, stop
    )
    proven = max(bound, min(cutoff, proven) - NEAR * abs(cutoff)) if whole else bound
    if found is None:
        return Core(None, np.inf, proven, whole and ended)
    choice = base.copy()
    choice[rows] = found
    if not problem.meets(choice):
        return Core(None, np.inf, bound, False)
    return Core(choice, problem.value(choice), proven, whole and ended)


def _solve(
    small: Problem,
    base: Whole,
    prices: Floats,
    room: float,
    cutoff: float,
    target: float,
    seconds: float,
    gap: float,
    stop: Callable[[], bool] | None,
) -> tuple[Whole | None, float, bool]:
    """Changes from the base as binaries; a target can be overshot by no more than the room pays.

    Returns the choice of the open sources, the bound of HiGHS, and whether it came to its end.
    """
    import highspy

    make: Any = highspy.Highs
    solver = make()
    settings: dict[str, bool | float | int] = {
        "output_flag": False,
        "threads": 1,
        "random_seed": 1,
        "time_limit": max(seconds, 0.01),
        "mip_rel_gap": gap,
        "mip_abs_gap": NEAR,
        "mip_feasibility_tolerance": 1e-9,
    }
    if np.isfinite(cutoff):
        settings["objective_bound"] = cutoff + NEAR * abs(cutoff)
    if np.isfinite(target):
        settings["objective_target"] = target
    for name, value in settings.items():
        solver.setOptionValue(name, value)
    if stop is not None:
        asked = stop

        def interrupt(event: Any) -> None:
            event.data_in.user_interrupt = bool(asked())

        solver.cbMipInterrupt += interrupt
    lp, rows, options = _model(small, base, prices, room)
    solver.passModel(lp)
    solver.run()
    status = solver.getModelStatus()
    ended = status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible)
    info = solver.getInfo()
    infeasible = status == highspy.HighsModelStatus.kInfeasible
    proven = np.inf if infeasible else float(info.mip_dual_bound)
    if info.primal_solution_status != highspy.kSolutionStatusFeasible:
        return None, proven, ended
    chosen = np.array(solver.getSolution().col_value) > 0.5
    choice = base.copy()
    choice[rows[chosen]] = options[chosen]
    return choice, proven, ended


def _model(small: Problem, base: Whole, prices: Floats, room: float) -> tuple[Any, Whole, Whole]:
    """The integer program, and the source and option of each column."""
    import highspy

    n, _ = small.cost.shape
    k = len(small.need)
    allowed: Flags = np.isfinite(small.cost)
    allowed[np.arange(n), base] = False
    rows, options = np.nonzero(allowed)
    width = len(rows)
    start = base[rows]
    low = small.need - small.effect[np.arange(n), base].sum(axis=0)
    over = np.full(k, highspy.kHighsInf)
    priced = prices > 1e-12
    if np.isfinite(room):
        over[priced] = low[priced] + room / prices[priced] * (1 + 1e-6) + 1e-7
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = width, k + n
    lp.col_cost_ = small.cost[rows, options] - small.cost[rows, start]
    lp.offset_ = small.value(base)
    lp.col_lower_, lp.col_upper_ = np.zeros(width), np.ones(width)
    lp.row_lower_ = np.concatenate([low, np.full(n, -highspy.kHighsInf)])
    lp.row_upper_ = np.concatenate([over, np.ones(n)])
    lp.integrality_ = [highspy.HighsVarType.kInteger] * width
    matrix = lp.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kColwise
    matrix.start_ = np.arange(width + 1) * (k + 1)
    matrix.index_ = np.column_stack([np.tile(np.arange(k), (width, 1)), k + rows]).ravel()
    matrix.value_ = np.column_stack(
        [small.effect[rows, options] - small.effect[rows, start], np.ones(width)]
    ).ravel()
    return lp, rows, options
