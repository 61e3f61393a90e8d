"""How far the options reach: the greatest reduction of one quantity, exclusive shares respected."""

import numpy as np

from xietong.optimise.blocks import bounds
from xietong.optimise.problem import ALL, Problem


def reachable(
    problem: Problem, what: str, region: str = ALL, sector: str = ALL, year: int | None = None
) -> float:
    """The greatest reduction of ``what`` in a region by ``year`` (default: the last).

    Each source takes its best options first, up to their bounds and to 1 together; budgets and the
    other targets are not looked at.
    """
    at = problem.years.index(year) if year is not None else len(problem.years) - 1
    low, high = (one[:, at] for one in bounds(problem))
    effect = np.nan_to_num(problem.options.effect[what][:, at])
    inside = problem.touched(region, sector)
    total = 0.0
    for source in np.unique(problem.options.of[inside]):
        own = np.flatnonzero(problem.options.of == source)
        share = low[own].copy()
        room = 1.0 - share.sum()
        for k in np.argsort(-effect[own], kind="stable"):
            if effect[own[k]] <= 0 or room <= 0:
                break
            more = min(room, high[own[k]] - share[k])
            share[k] += more
            room -= more
        total += float(share @ effect[own])
    return total
