"""An impossible problem explained: which limits conflict, by how much, the nearest that can be done."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from xietong.optimise.model import Model, Row
from xietong.optimise.potential import reachable
from xietong.optimise.problem import Array, Problem
from xietong.optimise.quantities import unit_of
from xietong.optimise.solve import Progress, Solution, Stop, never, no_progress, solve

TRIED = 60  # limits that the deletion filter looks at, those first that the relaxation had to give way on
GIVES = 1e-7


@dataclass(frozen=True)
class Relaxed:
    """The nearest possible problem: what every limit gave way (in its own unit), and its cheapest answer."""

    given: dict[int, float]
    conflict: tuple[Row, ...]
    solution: Solution


def relax(
    problem: Problem,
    model: Model,
    on_progress: Progress = no_progress,
    stop: Stop = never,
) -> Relaxed | None:
    """Least give-way over all limits, each measured against itself; then least cost with it.

    First the sum of (give-way ÷ limit) is made least; the limits that belong to one conflict are found
    by leaving out one at a time (deletion filter): no limit of the set can be spared. None where even
    without any limit nothing is possible (minimum shares, build rates), or where it was stopped.
    """
    highs, soft = model.highs, model.soft()
    columns = np.array([model.slack[row.at] for row in soft], dtype=np.int32)
    count, first = len(soft), highs.getNumCol()
    if not count:
        return None
    kept = np.array(highs.getLp().col_cost_)
    everything = np.arange(first, dtype=np.int32)
    size = np.array([abs(row.bound) if abs(row.bound) > GIVES else 1.0 for row in soft])
    priced = np.zeros(first)
    priced[columns] = 1 / size
    highs.changeColsCost(first, everything, priced)
    highs.changeColsBounds(count, columns, np.zeros(count), np.full(count, np.inf))
    on_progress(0.3, "求最近的可行解 nearest possible")
    least = solve(model, problem.gap, stop=stop)
    if not least.found:
        return None
    given = np.maximum(least.values[columns], 0.0)
    given[given <= GIVES * size] = 0.0
    on_progress(0.6, "找互相冲突的目标 which limits conflict")
    highs.changeColsCost(first, everything, np.zeros(first))
    tried = soft
    if not problem.whole:  # the duals prove the conflict: limits without a price have no part in it
        tried = tuple(row for row in soft if abs(least.prices[row.at]) > GIVES)
    conflict = _filter(problem, model, soft, tried, given, stop)
    highs.changeColsCost(first, everything, kept)
    room = np.where(given > 0, given * (1 + 1e-6) + GIVES, 0.0)
    highs.changeColsBounds(count, columns, np.zeros(count), room)
    on_progress(0.9, "最近可行解的最低成本 its least cost")
    nearest = solve(model, problem.gap, stop=stop)
    if not nearest.found:
        return None
    amounts = {row.at: float(amount * row.scale) for row, amount in zip(soft, given, strict=True)}
    return Relaxed(amounts, conflict, nearest)


def _filter(
    problem: Problem, model: Model, soft: tuple[Row, ...], tried: tuple[Row, ...],
    given: Array, stop: Stop,
) -> tuple[Row, ...]:  # fmt: skip
    """One irreducible set of limits that conflict: leave each out; if it stays impossible, it is not needed.

    Only ``tried`` limits are looked at; the others are left out from the start.
    """
    highs = model.highs
    column = {row.at: model.slack[row.at] for row in soft}
    for row in soft:
        highs.changeColBounds(column[row.at], 0.0, 0.0 if row in tried else np.inf)
    order = sorted(zip(soft, given, strict=True), key=lambda pair: pair[1] > 0)
    candidates = [row for row, _ in order if row in tried]
    if len(candidates) > TRIED:
        candidates = _suspects(model, candidates, column, problem.gap)
    needed = []
    for row in candidates:
        if stop():
            break
        highs.changeColBounds(column[row.at], 0.0, np.inf)
        if solve(model, problem.gap, duals=False).found:
            highs.changeColBounds(column[row.at], 0.0, 0.0)
            needed.append(row)
    return tuple(needed)


def _suspects(model: Model, candidates: list[Row], column: dict[int, int], gap: float) -> list[Row]:
    """Too many limits to try one by one: leave out halves that are not needed."""
    highs, left = model.highs, list(candidates)
    size = len(left) // 2
    while size >= 1 and len(left) > TRIED // 2:
        at = 0
        while at < len(left):
            part = left[at : at + size]
            for row in part:
                highs.changeColBounds(column[row.at], 0.0, np.inf)
            if solve(model, gap, duals=False).found:
                for row in part:
                    highs.changeColBounds(column[row.at], 0.0, 0.0)
                at += size
            else:
                left = left[:at] + left[at + size :]
        size //= 2
    return left


def rows(problem: Problem, found: Relaxed, model: Model) -> list[dict[str, Any]]:
    """What is printed: the limits that conflict, what each gives way, how far its quantity can go alone."""
    by_id = {(one.id, one.year): one for one in problem.targets}
    listed: list[Row] = list(found.conflict)
    listed += [row for row in model.soft() if found.given[row.at] > 0 and row not in listed]
    lines = []
    for row in listed:
        year = problem.years[row.year]
        wanted, short = row.bound * row.scale, found.given[row.at]
        target = by_id.get((row.id, year)) if row.kind == "target" else None
        alone = (
            reachable(problem, target.what, target.region, target.sector, year) if target else None
        )
        lines.append(
            {
                "target": row.id,
                "kind": row.kind,
                "what": row.what,
                "year": year,
                "in_conflict": row in found.conflict,
                "wanted": wanted,
                "short_by": short,
                "possible": wanted - row.sign * short,
                "reachable_alone": alone,
                "cap": target.cap if target else None,
                "possible_cap": target.cap + short if target and target.cap is not None else None,
                "unit": _unit(row),
            }
        )
    return lines


def _unit(row: Row) -> str:
    if row.kind == "target":
        return unit_of(row.what)
    return "CNY" if row.kind == "budget" else "1"
