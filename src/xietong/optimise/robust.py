"""A choice that stands in many possible worlds: least worst regret, least tail cost, least worst cost."""

from dataclasses import replace
from typing import Any

import numpy as np

from xietong.errors import InputError
from xietong.optimise import answer, blocks, limits
from xietong.optimise.draws import world
from xietong.optimise.greedy import missed
from xietong.optimise.model import Model, build, handed_over, linopy_module, power
from xietong.optimise.problem import LEAST_COST, Array, Problem
from xietong.optimise.quantities import INVESTMENT
from xietong.optimise.solve import Progress, Stop, never, no_progress, solve
from xietong.optimise.words import money

RULES = ("regret", "cvar", "worst", "mean")
HELD = ("each", "mean")


def robust(
    problem: Problem, on_progress: Progress = no_progress, stop: Stop = never
) -> dict[str, Any]:
    """One choice for all draws, beside the choice that sees the mean only.

    ``[robust]``: ``rule`` regret (least greatest regret: cost less the best that this draw allows), cvar (least mean
    cost of the dearest ``1 − alpha`` of draws), worst (least greatest cost), mean; ``targets`` each (met in every
    draw) or mean (met with the mean effects). Budgets and fairness are those of the mean.

    Returns
    -------
    ``rule``, ``status``, ``plain`` and ``robust`` {cost, cost_low, cost_high, greatest_regret, missed {target: share of
    draws}, choices[]}, ``premium_cny``, ``impossible[]`` (draws in which no choice meets the targets), ``words``.
    """
    said = problem.settings.get("robust", {})
    rule, held, alpha = (
        said.get("rule", "regret"),
        said.get("targets", "each"),
        said.get("alpha", 0.9),
    )
    if rule not in RULES or held not in HELD or not 0 <= alpha < 1 or problem.goal != LEAST_COST:
        raise InputError(
            f"[robust] rule: {', '.join(RULES)}；targets: {', '.join(HELD)}；alpha 在 0 与 1 之间 between 0 and 1；"
            f"goal = {LEAST_COST!r}"
        )
    if not problem.draws:
        raise InputError(
            '没有抽样 · no draws: [robust] draws = 30 …, or [tables] draws = "draws.csv"'
        )
    best: list[float | None] = []
    for done, draw in enumerate(problem.draws):
        if stop():
            break
        on_progress(0.6 * done / len(problem.draws), f"抽样 draw {draw.name}")
        best.append(
            _best(world(problem, draw) if held == "each" else _costs_only(problem, draw), stop)
        )
    impossible = [d.name for d, value in zip(problem.draws, best, strict=False) if value is None]
    plain = _plain(problem, stop)
    head = {
        "name": problem.name,
        "rule": rule,
        "targets": held,
        "draws": len(problem.draws),
        "impossible": impossible,
    }
    if impossible or plain is None or len(best) < len(problem.draws):
        status = "stopped" if len(best) < len(problem.draws) else "infeasible"
        text = _impossible_words(impossible, len(problem.draws))
        return head | {
            "status": status,
            "plain": None,
            "robust": None,
            "premium_cny": None,
            "words": text,
        }
    known = np.array([one for one in best if one is not None])
    on_progress(0.7, "稳健求解 robust")
    model = _model(problem, rule, held, float(alpha), known)
    found = solve(model, problem.gap, on_progress, stop, duals=False)
    if not found.found:
        text = [
            {
                "zh": "没有一种选择在全部抽样中都达标。",
                "en": "No single choice meets the targets in every draw.",
            }
        ]
        return head | {
            "status": found.status,
            "plain": None,
            "robust": None,
            "premium_cny": None,
            "words": text,
        }
    share = answer.shares_of(model, found)
    sides = {"plain": _side(problem, plain, known), "robust": _side(problem, share, known)}
    premium = sides["robust"]["cost"] - sides["plain"]["cost"]
    return head | {
        "status": found.status,
        **sides,
        "premium_cny": premium,
        "words": _words(sides, premium),
    }


def _costs_only(problem: Problem, draw: Any) -> Problem:
    cost = problem.options.cost * draw.cost[:, None]
    return problem.changed(options=replace(problem.options, cost=cost))


def _best(problem: Problem, stop: Stop) -> float | None:
    return solve(build(problem), problem.gap, stop=stop, duals=False).objective


def _plain(problem: Problem, stop: Stop) -> Array | None:
    model = build(problem)
    found = solve(model, problem.gap, stop=stop, duals=False)
    return answer.shares_of(model, found) if found.found else None


def _model(problem: Problem, rule: str, held: str, alpha: float, best: Array) -> Model:
    """Shares shared by all draws; the cost of each draw in one row."""
    model = linopy_module().Model()
    parts = blocks.parts(
        model, problem, all_built=any(one.what == INVESTMENT for one in problem.budgets)
    )
    placed = [*limits.budgets(parts), *limits.fairness(parts)]
    if held == "mean":
        placed += limits.targets(parts)
    else:
        for draw in problem.draws:
            own = replace(parts, problem=world(problem, draw), tag=f" draw {draw.name}")
            placed += limits.targets(own)
    cost = problem.options.cost * problem.weight
    scale = power(cost)
    base = parts.share * parts.array(cost / scale)
    if rule == "mean":
        factors = np.mean([draw.cost for draw in problem.draws], axis=0)
        model.add_objective((base * parts.array(factors)).sum())
        return handed_over(model, parts, placed, scale)
    top = model.add_variables(name="top")
    tail = None
    if rule == "cvar":
        tail = model.add_variables(
            lower=0, coords=[range(len(problem.draws))], dims=["draw"], name="tail"
        )
    for i, draw in enumerate(problem.draws):
        paid = (base * parts.array(draw.cost)).sum()
        over = paid - top if tail is None else paid - top - tail.sel(draw=i)
        model.add_constraints(
            over <= (best[i] / scale if rule == "regret" else 0.0), name=f"cost draw {draw.name}"
        )
    objective = 1 * top
    if tail is not None:
        objective = objective + tail.sum() * (1 / ((1 - alpha) * len(problem.draws)))
    model.add_objective(objective)
    return handed_over(model, parts, placed, scale)


def _side(problem: Problem, share: Array, best: Array) -> dict[str, Any]:
    """How a choice fares in all draws."""
    paid = np.array([answer.total_cost(world(problem, draw), share) for draw in problem.draws])
    short = [missed(world(problem, draw), share) for draw in problem.draws]
    new = np.maximum(np.diff(share, axis=1, prepend=problem.options.existing[:, None]), 0.0)
    low, high = np.quantile(paid, [0.025, 0.975])
    return {
        "cost": answer.total_cost(problem, share),
        "cost_low": float(low),
        "cost_high": float(high),
        "greatest_regret": float((paid - best).max()),
        "missed": {
            one.id: sum(one.id in each for each in short) / len(short) for one in problem.targets
        },
        "choices": answer.choices(problem, share, new),
    }


def _impossible_words(impossible: list[str], count: int) -> list[dict[str, str]]:
    return [
        {
            "zh": f'{count} 次抽样中有 {len(impossible)} 次怎么选都达不到目标：请放宽目标，或设 targets = "mean"。',
            "en": f'In {len(impossible)} of {count} draws no choice meets the targets: ease them, or set targets = "mean".',
        }
    ]


def _words(sides: dict[str, dict[str, Any]], premium: float) -> list[dict[str, str]]:
    told = []
    for name, zh, en in (
        ("plain", "只看均值的方案", "The choice by means"),
        ("robust", "稳健方案", "The robust choice"),
    ):
        one = sides[name]
        worst = max(one["missed"].values(), default=0.0)
        regret = (
            one["greatest_regret"],
            money(one["greatest_regret"]),
            money(one["greatest_regret"], "en"),
        )
        told.append(
            {
                "zh": f"{zh}：{money(one['cost'])}，在最多 {worst:.0%} 的抽样中有目标落空，最大后悔值 {regret[1]}（落空的目标不计价）。",
                "en": f"{en}: {money(one['cost'], 'en')}; a target is missed in up to {worst:.0%} of draws; "
                f"greatest regret {regret[2]} (missed targets have no price).",
            }
        )
    told.append(
        {
            "zh": f"稳健的代价：{money(premium)}。",
            "en": f"The price of robustness: {money(premium, 'en')}.",
        }
    )
    return told
