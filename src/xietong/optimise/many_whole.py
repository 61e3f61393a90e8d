"""Many indivisible options of one year under a few targets: the shape that ``shares`` solves quickly."""

from typing import Any

import numpy as np

from xietong.optimise import answer
from xietong.optimise.blocks import bounds
from xietong.optimise.problem import LEAST_COST, Problem
from xietong.optimise.quantities import unit_of
from xietong.optimise.solve import INFEASIBLE, OPTIMAL, STOPPED, Progress, Stop

FROM = 600  # options; smaller problems are as quick with HiGHS
SECONDS = 600.0


def fits(problem: Problem) -> bool:
    """Least cost of one year, every option whole and free to choose, targets only."""
    options = problem.options
    low, high = bounds(problem)
    return (
        problem.goal == LEAST_COST
        and len(problem.years) == 1
        and len(options.option) > FROM
        and bool(options.whole.all() and (high[:, 0] >= options.high).all() and (low == 0).all())
        and bool(problem.targets)
        and not problem.budgets
        and not problem.fairness
    )


def solve_many(problem: Problem, on_progress: Progress, stop: Stop) -> dict[str, Any] | None:
    """The keys of an answer, certified to the problem's gap; None where nothing is possible or known.

    Shadow prices are those of the relaxation at its bound: what the next tonne costs where the
    choice of single plants evens out.
    """
    from xietong.optimise.shares import solve_shares

    options, targets = problem.options, problem.targets
    sources = len(problem.sources.source)
    place = np.zeros(len(options.option), dtype=np.int64)
    for source in range(sources):
        own = np.flatnonzero(options.of == source)
        place[own] = np.arange(len(own))
    wide = (sources, int(place.max()) + 1)
    cost, allowed = np.zeros(wide), np.zeros(wide, dtype=bool)
    effect = np.zeros((*wide, len(targets)))
    cost[options.of, place] = options.cost[:, 0] * options.high
    allowed[options.of, place] = True
    for k, one in enumerate(targets):
        inside = problem.touched(one.region, one.sector)
        own_effect = np.nan_to_num(options.effect[one.what][:, 0]) * options.high * inside
        effect[options.of, place, k] = own_effect
    need = np.array([one.needed for one in targets])
    found = solve_shares(
        cost, effect, need, gap=problem.gap, allowed=allowed, time_limit=SECONDS,
        on_progress=lambda _seconds, low, high: on_progress(
            0.5, f"差距 gap {(high - low) / abs(high):.3%}" if np.isfinite(high) and high else ""
        ),
        stop=stop,
    )  # fmt: skip
    if found.choice is None or found.status == INFEASIBLE:
        return None
    share = np.zeros_like(options.cost)
    taken = found.choice[options.of] == place
    share[taken, 0] = options.high[taken]
    weight = float(problem.weight[0])
    prices = [
        {"target": one.id, "kind": "target", "what": one.what, "year": one.year,
         "value": float(dual), "unit": f"CNY/{unit_of(one.what)}"}
        for one, dual in zip(targets, found.duals, strict=True)
    ]  # fmt: skip
    full = int((np.bincount(options.of[taken], minlength=sources) > 0).sum())
    return {
        "status": OPTIMAL if found.status == OPTIMAL else STOPPED,
        "bound": found.bound * weight,
        "objective": found.objective * weight,
        "gap": found.gap,
        "choices": answer.choices(problem, share, share),
        "totals": answer.totals(problem, share),
        "cost": answer.total_cost(problem, share),
        "costs": answer.costs(problem, share, share),
        "series": answer.series(problem, share),
        "shadow_prices": prices,
        "limits": [{"kind": "exclusive", "name": "", "year": problem.years[0], "count": full}],
        "conflicts": [],
        "solver": "shares",
        "seconds": round(found.seconds, 3),
    }
