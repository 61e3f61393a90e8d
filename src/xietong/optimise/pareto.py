"""The front between two or three goals: what one costs in terms of another (ε-constraint)."""

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np

from xietong.errors import InputError
from xietong.optimise import answer, edits
from xietong.optimise.columns import did_you_mean
from xietong.optimise.model import Model, build, power
from xietong.optimise.problem import Array, Problem
from xietong.optimise.quantities import COST, INVESTMENT, SPENT, column_of, shown, unit_of
from xietong.optimise.solve import Progress, Stop, never, no_progress, solve
from xietong.optimise.words import money, number

AUGMENTED = 1e-4  # weight of the other goals, so that no point is weakly efficient only
SAME = 1e-5
MOST = 400  # solves


def front(
    problem: Problem,
    names: Sequence[str],
    points: int = 8,
    on_progress: Progress = no_progress,
    stop: Stop = never,
) -> dict[str, Any]:
    """The Pareto front between ``names``: cost, investment (less is better), quantities (more reduced is better).

    All targets, budgets and fairness of the problem hold. The first goal is optimised while the
    others are at least as good as a grid of ``points`` values between what they are at the first
    goal's best and their own best (the range is exact for two goals). Quantities count in the last year, cost over all years.

    Returns
    -------
    ``goals[]`` {goal, unit, better}, ``points[]`` {values {}, choices[]} ordered by the first goal,
    ``words``; dominated points are left out.
    """
    goals = tuple(goal_of(name, problem) for name in names)
    if len(set(goals)) != len(goals) or not 2 <= len(goals) <= 3:
        raise InputError(
            f"请给两个或三个不同的目标 · two or three different goals, not {list(names)}"
        )
    if points < 2 or points ** (len(goals) - 1) > MOST:
        raise InputError(
            f"points 应从 2 起，且不超过 {MOST} 次求解 · from 2 up, at most {MOST} solves: {points}"
        )
    model = build(problem, goals)
    tables = {goal: _per_share(problem, model, goal) for goal in goals}
    ends = _ends(problem, model, goals, tables, stop)
    if ends is None:
        raise InputError(
            "这个问题没有可行解，先运行 xietong optimise run 看哪些要求冲突 · nothing is possible: see which limits conflict"
        )
    grids = [np.linspace(ends[goal][0], ends[goal][1], points) for goal in goals[1:]]
    found: list[dict[str, Any]] = []
    levels = list(itertools.product(*grids))
    for done, level in enumerate(levels):
        if stop():
            break
        on_progress(done / len(levels), f"{done + 1}/{len(levels)}")
        bounds = dict(zip(goals[1:], level, strict=True))
        one = _point(problem, model, goals, tables, bounds, ends, stop)
        if one is not None:
            found.append(one)
    kept = efficient(found, goals)
    return {
        "name": problem.name,
        "goals": [_described(goal) for goal in goals],
        "points": kept,
        "words": _words(goals, kept),
        "warnings": list(problem.warnings),
    }


def goal_of(name: str, problem: Problem) -> str:
    """The house's name of a goal.

    ``InputError`` for a quantity that no option has.
    """
    if name.lower() in SPENT:
        return SPENT[name.lower()]
    column, _ = column_of(name)
    if column is None or column not in problem.options.effect:
        known = [COST, INVESTMENT, *problem.options.effect]
        raise InputError(
            f"没有此目标 · no such goal {name!r}{did_you_mean(name, known)}；可用 known: {', '.join(known)}"
        )
    return column


def _less(goal: str) -> bool:
    return goal in {COST, INVESTMENT}


def _described(goal: str) -> dict[str, str]:
    unit = "CNY" if _less(goal) else unit_of(goal)
    return {"goal": goal, "unit": unit, "better": "less" if _less(goal) else "more"}


def _per_share(problem: Problem, model: Model, goal: str) -> tuple[Array, Any]:
    """Coefficients of a goal, and the columns that they belong to."""
    options, columns = problem.options, model.share
    if goal == COST:
        return options.cost * problem.weight, columns
    if goal == INVESTMENT:
        each = np.broadcast_to(np.nan_to_num(options.investment)[:, None], options.cost.shape)
        return np.array(each), columns if model.new is None else model.new
    each = np.zeros_like(options.cost)
    each[:, -1] = np.nan_to_num(options.effect[goal][:, -1])
    return each, columns


def _aim(model: Model, parts: Sequence[tuple[Array, Any, float]]) -> None:
    """An objective from weighted goals."""
    cost = np.zeros(model.highs.getNumCol())
    for each, columns, weight in parts:
        np.add.at(cost, columns.ravel(), each.ravel() * weight)
    cost /= power(cost)
    model.highs.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)


def _value(values: Array, table: tuple[Array, Any]) -> float:
    each, columns = table
    return float((values[columns] * each).sum())


def _sign(goal: str) -> float:
    return 1.0 if _less(goal) else -1.0


def _ends(
    problem: Problem, model: Model, goals: Sequence[str], tables: dict[str, Any], stop: Stop
) -> dict[str, tuple[float, float]] | None:
    """For each other goal: its value where the first goal is best, and its own best."""
    ends = {}
    order = [goals[0], *goals[1:]]
    at_first: dict[str, float] = {}
    for goal in order:
        small = [
            (*tables[other], AUGMENTED * _sign(other) / _size(tables[other]))
            for other in goals
            if other != goal
        ]
        _aim(model, [(*tables[goal], _sign(goal) / _size(tables[goal])), *small])
        solution = solve(model, problem.gap, stop=stop, duals=False)
        if not solution.found:
            return None
        values = {name: _value(solution.values, tables[name]) for name in goals}
        if goal == goals[0]:
            at_first = values
            ends[goal] = (values[goal], values[goal])
        else:
            ends[goal] = (at_first[goal], values[goal])
    return ends


def _size(table: tuple[Array, Any]) -> float:
    return max(float(np.abs(table[0]).sum()), 1e-12)


def _point(
    problem: Problem, model: Model, goals: Sequence[str], tables: dict[str, Any],
    bounds: dict[str, float], ends: dict[str, tuple[float, float]], stop: Stop,
) -> dict[str, Any] | None:  # fmt: skip
    for goal, level in bounds.items():
        slack = 1e-9 * max(abs(level), abs(ends[goal][1]), 1e-6)
        if _less(goal):
            edits.goal_between(model, goal, high=level + slack)
        else:
            edits.goal_between(model, goal, low=level - slack)
    small = [
        (*tables[other], AUGMENTED * _sign(other) / _size(tables[other])) for other in goals[1:]
    ]
    _aim(model, [(*tables[goals[0]], _sign(goals[0]) / _size(tables[goals[0]])), *small])
    solution = solve(model, problem.gap, stop=stop, duals=False)
    for goal in bounds:
        edits.goal_between(model, goal)
    if not solution.found:
        return None
    share = answer.shares_of(model, solution)
    values = {goal: _value(solution.values, tables[goal]) for goal in goals}
    new = answer.built_of(problem, share, model, solution)
    return {"values": values, "choices": answer.choices(problem, share, new)}


def efficient(found: list[dict[str, Any]], goals: Sequence[str]) -> list[dict[str, Any]]:
    """Points that no other is better than in every goal; one of each."""
    if not found:
        return []
    table = np.array([[one["values"][goal] * _sign(goal) for goal in goals] for one in found])
    span = np.maximum(np.ptp(table, axis=0), 1e-9 * np.maximum(np.abs(table).max(axis=0), 1e-9))
    table = table / span
    kept: list[int] = []
    for i in np.lexsort(table.T[::-1]):
        beaten = (table <= table[i] + SAME).all(axis=1) & (table < table[i] - SAME).any(axis=1)
        same = any(np.abs(table[i] - table[j]).max() < SAME for j in kept)
        if not beaten.any() and not same:
            kept.append(int(i))
    return [found[i] for i in kept]


def _words(goals: Sequence[str], kept: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    """What a step along the front costs, for two goals of which the first is money."""
    if len(goals) != 2 or not _less(goals[0]) or _less(goals[1]) or len(kept) < 2:
        return [
            {"zh": f"前沿上有 {len(kept)} 个方案。", "en": f"{len(kept)} answers on the front."}
        ]
    told, name = [], goals[1]
    for one, other in itertools.pairwise(kept):
        more = other["values"][name] - one["values"][name]
        paid = other["values"][goals[0]] - one["values"][goals[0]]
        if more <= 0:
            continue
        level, level_en = number(other["values"][name]), number(paid / more)
        told.append(
            {
                "zh": f"{shown(name)} 削减到 {level} {unit_of(name)}：每多减 1 {unit_of(name)} 要花 {money(paid / more)}。",
                "en": f"{shown(name, 'en')} cut by up to {level} {unit_of(name)}: CNY {level_en} for each more.",
            }
        )
    return told
