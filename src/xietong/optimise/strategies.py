"""Carbon first, pollution first, both together, and greedy by cost per tonne: side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from xietong.errors import InputError
from xietong.optimise import answer, conflicts, edits
from xietong.optimise.greedy import greedy, missed
from xietong.optimise.model import Model, build, coefficients
from xietong.optimise.problem import LEAST_COST, Array, Problem
from xietong.optimise.quantities import COST, carbon, shown, unit_of
from xietong.optimise.solve import INFEASIBLE, Progress, Stop, never, no_progress, solve
from xietong.optimise.words import money, number

JOINT, CARBON, POLLUTION, GREEDY = "joint", "carbon-first", "pollution-first", "greedy"
LEAST_GAIN = 1.0  # what is less is the solver's tolerance, not a gain
NAMES = {
    JOINT: ("统筹优化", "both together"),
    CARBON: ("先降碳、后治污", "carbon first"),
    POLLUTION: ("先治污、后降碳", "pollution first"),
    GREEDY: ("按单位成本逐项选", "greedy by cost per tonne"),
}


@dataclass(frozen=True)
class Way:
    """Where a strategy ends: shares at work and paid for (options, years), stages, targets missed [unit]."""

    strategy: str
    status: str
    share: Array
    paid: Array
    stages: tuple[dict[str, Any], ...]
    missed: dict[str, float]


def strategies(
    problem: Problem, on_progress: Progress = no_progress, stop: Stop = never
) -> dict[str, Any]:
    """The three strategies and the greedy one, and what doing it jointly saves.

    A sequential strategy meets its first group of targets at least cost, and then all targets at the least
    further cost. What the first stage built is paid for to its end, at work or not: another option of
    its source may take its place. Budgets and fairness hold throughout. Where they or build rates
    stand in the way, the targets that are missed are named.

    Returns
    -------
    ``strategies[]`` {strategy, name_zh, name_en, status, cost, totals, costs, stages[], idle_cny, missed {}, choices[]},
    ``savings[]`` {against, money_cny, money_share, more[] {what, value, unit}} (null where the other misses
    a target), ``words``, ``warnings``.
    """
    first, second = groups(problem)
    model = build(problem, (COST,), idle=True)
    ways = []
    for done, (name, order) in enumerate(((JOINT, ()), (CARBON, first), (POLLUTION, second))):
        on_progress(done / 5, NAMES[name][0])
        ways.append(_staged(problem, model, name, order, stop))
    on_progress(0.6, NAMES[GREEDY][0])
    chosen = greedy(problem)
    short = missed(problem, chosen)
    ways.append(Way(GREEDY, INFEASIBLE if short else "feasible", chosen, chosen, (), short))
    joint = ways[0]
    on_progress(0.7, "同样的钱 the same money")
    savings = [_saving(problem, model, joint, way, stop) for way in ways[1:]]
    on_progress(1.0, "完成 done")
    listed = [_row(problem, way) for way in ways]
    return {
        "name": problem.name,
        "carbon": list(first),
        "pollution": list(second),
        "strategies": listed,
        "savings": savings,
        "words": _words(problem, listed, savings),
        "warnings": list(problem.warnings),
    }


def groups(problem: Problem) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the carbon targets (CO2e, gases, energy, coal) and of the others.

    ``[strategies] carbon = [ids]`` in the problem says it otherwise.
    """
    if problem.goal != LEAST_COST:
        raise InputError(
            f"策略比较要求 goal = {LEAST_COST!r} · comparing strategies needs least cost, not {problem.goal!r}"
        )
    said = problem.settings.get("strategies", {}).get("carbon")
    ids = [one.id for one in problem.targets]
    if said is not None:
        strange = [one for one in said if one not in ids]
        if strange:
            raise InputError(
                f"[strategies] carbon: 没有此目标 · no such target: {', '.join(strange)}"
            )
        first = tuple(said)
    else:
        first = tuple(o.id for o in problem.targets if carbon(o.what, problem.greenhouse))
    second = tuple(one for one in ids if one not in first)
    if not first or not second:
        raise InputError(
            "策略比较要有碳目标和污染物目标各至少一项 · comparing strategies needs a carbon target and a "
            f"pollution target; carbon: {', '.join(first) or '–'}; other: {', '.join(second) or '–'}"
        )
    return first, second


def _staged(problem: Problem, model: Model, name: str, order: Sequence[str], stop: Stop) -> Way:
    """Solve the first group alone, hold it, then all targets."""
    stages: list[dict[str, Any]] = []
    held = None
    if order:
        edits.only(model, order)
        found = solve(model, problem.gap, stop=stop, duals=False)
        if not found.found:
            edits.only(model, None)
            nothing = np.zeros_like(problem.options.cost)
            return Way(name, found.status, nothing, nothing, (), missed(problem, nothing))
        held = answer.shares_of(model, found)
        stages.append(_stage(problem, list(order), held, held))
        edits.only(model, None)
        edits.hold(problem, model, held)
    found = solve(model, problem.gap, stop=stop, duals=False)
    status = found.status
    if status == INFEASIBLE:
        relaxed = conflicts.relax(problem, model, stop=stop)
        found = relaxed.solution if relaxed else found
        edits.ease(problem, model)
    share = paid = np.zeros_like(problem.options.cost)
    if found.found:
        share, paid = (answer.shares_of(model, found, paid=one) for one in (False, True))
    edits.hold(problem, model, None)
    stages.append(_stage(problem, [one.id for one in problem.targets], share, paid))
    return Way(name, status, share, paid, tuple(stages), missed(problem, share))


def _stage(problem: Problem, targets: list[str], share: Array, paid: Array) -> dict[str, Any]:
    return {
        "targets": targets,
        "cost": answer.total_cost(problem, paid),
        "missed": missed(problem, share),
    }


def _row(problem: Problem, way: Way) -> dict[str, Any]:
    new = np.maximum(np.diff(way.paid, axis=1, prepend=problem.options.existing[:, None]), 0.0)
    zh, en = NAMES[way.strategy]
    return {
        "strategy": way.strategy,
        "name_zh": zh,
        "name_en": en,
        "status": way.status,
        "cost": answer.total_cost(problem, way.paid),
        "idle_cny": answer.total_cost(problem, way.paid - way.share),
        "totals": answer.totals(problem, way.share),
        "costs": answer.costs(problem, way.paid, new),
        "stages": list(way.stages),
        "missed": way.missed,
        "choices": answer.choices(problem, way.share, new),
    }


def _saving(problem: Problem, model: Model, joint: Way, other: Way, stop: Stop) -> dict[str, Any]:
    """Money at the same targets; and more tonnes of each target's quantity for the other's money."""
    if joint.status == INFEASIBLE or other.missed:
        return {"against": other.strategy, "money_cny": None, "money_share": None, "more": []}
    paid, least = (answer.total_cost(problem, one.paid) for one in (other, joint))
    more = []
    last = len(problem.years) - 1
    for what in dict.fromkeys(one.what for one in problem.targets):
        effect = np.zeros_like(problem.options.cost)
        effect[:, last] = np.nan_to_num(problem.options.effect[what][:, last])
        edits.goal_between(model, COST, high=paid + abs(paid) * 1e-9)
        edits.minimise(model, -effect / max(1.0, float(np.abs(effect).max()) / 1e3))
        found = solve(model, problem.gap, stop=stop, duals=False)
        if found.found:
            best = float((answer.shares_of(model, found) * effect).sum())
            gain = best - float((other.share * effect).sum())
            more.append({"what": what, "value": max(0.0, gain), "unit": unit_of(what)})
    edits.goal_between(model, COST)
    edits.minimise(model, coefficients(problem) / model.money)
    return {
        "against": other.strategy,
        "money_cny": paid - least,
        "money_share": (paid - least) / paid if paid > 0 else None,
        "more": more,
    }


def _words(
    problem: Problem, listed: Sequence[dict[str, Any]], savings: Sequence[dict[str, Any]]
) -> list[dict[str, str]]:
    told = []
    for one in listed:
        zh = f"{one['name_zh']}：{money(one['cost'])}"
        en = f"{one['name_en']}: {money(one['cost'], 'en')}"
        if one["idle_cny"] > 1:
            zh = f"{zh}（其中 {money(one['idle_cny'])} 付给了后来闲置的设施）"
            en = f"{en}, of which {money(one['idle_cny'], 'en')} for what then stands idle"
        if one["missed"]:
            few = "、".join(f"{name} 差 {number(value)}" for name, value in one["missed"].items())
            few_en = ", ".join(
                f"{name} by {number(value)}" for name, value in one["missed"].items()
            )
            zh, en = f"{zh}，达不到：{few}", f"{en}, misses {few_en}"
        told.append({"zh": f"{zh}。", "en": f"{en}."})
    for one in savings:
        zh_name, en_name = NAMES[one["against"]]
        if one["money_cny"] is None:
            continue
        share = f"{one['money_share']:.1%}" if one["money_share"] else ""
        more = [g for g in one["more"] if abs(g["value"]) >= LEAST_GAIN]
        gains = "；或 ".join(
            f"{shown(g['what'])} 多减 {number(g['value'])} {g['unit']}" for g in more
        )
        gains_en = ", or ".join(
            f"{number(g['value'])} {g['unit']} more {shown(g['what'], 'en')}" for g in more
        )
        zh = f"统筹比“{zh_name}”省 {money(one['money_cny'])}" + (f"（{share}）" if share else "")
        en = f"Together saves {money(one['money_cny'], 'en')}" + (f" ({share})" if share else "")
        en = f"{en} against {en_name}"
        if more:
            zh, en = f"{zh}；花同样的钱：{gains}", f"{en}; for the same money: {gains_en}"
        told.append({"zh": f"{zh}。", "en": f"{en}."})
    return told
