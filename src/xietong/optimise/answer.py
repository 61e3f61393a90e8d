"""What a solution says: choices, totals, cost, shadow prices, limits that bind."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from xietong.optimise.model import Model, Row
from xietong.optimise.problem import ALL, GREATEST_REDUCTION, Array, Problem
from xietong.optimise.quantities import COST, unit_of
from xietong.optimise.solve import Solution

SEEN = 1e-7  # a share below it is none
BINDS = 1e-9


def shares_of(model: Model, solution: Solution, paid: bool = False) -> Array:
    """Shares (options, years) at work, or paid for, free of the solver's dust."""
    share = solution.values[model.share]
    if model.idle is not None and not paid:
        share = share - solution.values[model.idle]
    share = np.where(np.abs(share) < SEEN, 0.0, share)
    return np.where(np.abs(share - 1) < SEEN, 1.0, share)


def built_of(problem: Problem, share: Array, model: Model, solution: Solution) -> Array:
    """Capacity built in each year (options, years)."""
    if model.new is None:
        return np.maximum(share - problem.options.existing[:, None], 0.0)
    grown = np.diff(solution.values[model.share], axis=1, prepend=problem.options.existing[:, None])
    new = np.where(model.new >= 0, solution.values[model.new], grown)
    return np.where(np.abs(new) < SEEN, 0.0, new)


def choices(problem: Problem, share: Array, new: Array) -> list[dict[str, Any]]:
    """A row per source, option and year with a share, the dearest first."""
    options, sources = problem.options, problem.sources
    found = []
    for i, at in zip(*np.nonzero(share > 0), strict=True):
        of = options.of[i]
        found.append(
            {
                "source": sources.source[of],
                "option": options.option[i],
                "name": options.name[i],
                "region": sources.region[of],
                "sector": sources.sector[of],
                "year": problem.years[at],
                "share": float(share[i, at]),
                "built_share": float(new[i, at]),
                "cost_cny": float(share[i, at] * options.cost[i, at]),
                "payer": options.payer[i],
                "reduced": {
                    what: float(share[i, at] * values[i, at])
                    for what, values in options.effect.items()
                    if not np.isnan(values[i, at])
                },
            }
        )
    return sorted(found, key=lambda one: (one["year"], -one["cost_cny"]))


def totals(problem: Problem, share: Array, at: int = -1) -> dict[str, dict[str, Any]]:
    """Per quantity in a year: baseline, reduced, remaining (null where nobody gave a baseline)."""
    found = {}
    for what, effect in problem.options.effect.items():
        reduced = float((share[:, at] * np.nan_to_num(effect[:, at])).sum())
        base = problem.emitted(what, ALL)
        before = None if base is None or np.isnan(base[at]) else float(base[at])
        found[what] = {
            "baseline": before,
            "reduced": reduced,
            "remaining": None if before is None else before - reduced,
            "unit": unit_of(what),
        }
    return found


def series(problem: Problem, share: Array) -> list[dict[str, Any]]:
    """A row per year and region: cost [CNY/a] and what is reduced."""
    found = []
    for at, year in enumerate(problem.years):
        for region in problem.regions:
            inside = problem.touched(region)
            own = share[inside, at]
            found.append(
                {
                    "year": year,
                    "region": region,
                    "cost_cny": float(own @ problem.options.cost[inside, at]),
                    "reduced": {
                        what: float(own @ np.nan_to_num(effect[inside, at]))
                        for what, effect in problem.options.effect.items()
                    },
                }
            )
    return found


def costs(problem: Problem, share: Array, new: Array) -> dict[str, Any]:
    """Annual cost by year and by payer [CNY/a], investment by year [CNY; unknown counts as none]."""
    options = problem.options
    paid = share * options.cost
    invested = new * np.nan_to_num(options.investment)[:, None]
    payers = dict.fromkeys(options.payer)
    return {
        "by_year": {str(y): float(paid[:, i].sum()) for i, y in enumerate(problem.years)},
        "by_payer": {
            payer: {
                str(y): float(paid[np.array(options.payer) == payer, i].sum())
                for i, y in enumerate(problem.years)
            }
            for payer in payers
        },
        "investment_by_year": {
            str(y): float(invested[:, i].sum()) for i, y in enumerate(problem.years)
        },
        "investment_unknown": int(np.isnan(options.investment).sum()),
    }


def total_cost(problem: Problem, share: Array) -> float:
    """Annual cost × the (discounted) years each model year stands for [CNY]."""
    return float((share * problem.options.cost * problem.weight).sum())


def shadow_prices(problem: Problem, model: Model, solution: Solution) -> list[dict[str, Any]]:
    """What one more unit of each limit costs, in money of its year; 0 where the limit is slack."""
    found = []
    tonnes = problem.goal == GREATEST_REDUCTION
    for row in model.soft():
        value = (
            float(solution.prices[row.at])
            * model.money
            / row.scale
            / float(problem.weight[row.year])
        )
        value = value * row.sign + 0.0
        if abs(value) * row.scale / model.money < BINDS:
            value = 0.0
        found.append({"target": row.id, "kind": row.kind, "what": row.what, "year": problem.years[row.year],
                      "value": value, "unit": _price_unit(row, tonnes)})  # fmt: skip
    return found


def _price_unit(row: Row, tonnes: bool) -> str:
    top = "1" if tonnes else "CNY"  # weighted tonnes
    if row.kind == "target":
        return f"{top}/{unit_of(row.what)}"
    return f"{top}/CNY" if row.kind == "budget" else f"{top}/1"


def limits(problem: Problem, model: Model, solution: Solution) -> Iterator[dict[str, Any]]:
    """Limits that bind: set by a person (by name), and counts of options and sources at their end."""
    values = np.array(model.highs.getSolution().row_value)
    for row in model.soft():
        slack = row.sign * (values[row.at] - row.bound)
        if slack <= 1e-6 * max(1.0, abs(row.bound)):
            yield {"kind": row.kind, "name": row.id, "year": problem.years[row.year], "count": 1}
    share = solution.values[model.share]
    last = share[:, -1]
    top = (last >= problem.options.high - SEEN) & (last > SEEN)
    if top.any():
        yield {"kind": "max_share", "name": "", "year": problem.years[-1], "count": int(top.sum())}
    full = np.bincount(problem.options.of, last, len(problem.sources.source)) >= 1 - SEEN
    if full.any():
        yield {"kind": "exclusive", "name": "", "year": problem.years[-1], "count": int(full.sum())}
    fastest = problem.options.build_rate * problem.steps[-1]
    before = share[:, -2] if share.shape[1] > 1 else problem.options.existing
    fast = (last - before >= fastest - SEEN) & np.isfinite(fastest) & (fastest > 0)
    if fast.any():
        yield {
            "kind": "build_rate",
            "name": "",
            "year": problem.years[-1],
            "count": int(fast.sum()),
        }


def rows(problem: Problem, model: Model, solution: Solution) -> dict[str, Any]:
    """The keys of an answer, without words."""
    share = shares_of(model, solution)
    new = built_of(problem, share, model, solution)
    return {
        "status": solution.status,
        "bound": solution.bound,
        "objective": solution.objective,
        "gap": solution.gap,
        "choices": choices(problem, share, new),
        "totals": totals(problem, share),
        COST: total_cost(problem, share),
        "costs": costs(problem, share, new),
        "series": series(problem, share),
        "shadow_prices": shadow_prices(problem, model, solution),
        "limits": list(limits(problem, model, solution)),
        "conflicts": [],
    }
