"""How an answer changes with prices: costs of a kind of option, or the price of a quantity."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from xietong.errors import InputError
from xietong.optimise import answer, edits
from xietong.optimise.model import build, coefficients
from xietong.optimise.problem import LEAST_COST, Array, Problem
from xietong.optimise.solve import Progress, Stop, never, no_progress, solve
from xietong.optimise.words import money

FACTORS = (0.8, 1.2)
BY = ("option", "payer", "sector", "all")
CHANGED = 1e-3
MOST = 30  # kinds that are varied, those first that cost most in the answer


def sensitivity(
    problem: Problem, on_progress: Progress = no_progress, stop: Stop = never
) -> list[dict[str, Any]]:
    """A row per varied price and factor: the new optimum and what is chosen otherwise.

    At most 30 kinds of options are varied, those first that cost most in the answer.

    ``[sensitivity]`` of the problem: ``factors`` (default 0.8 and 1.2) and ``by`` (option, payer, sector,
    all) say whose costs are varied together; for the greatest benefit every price is varied too.

    Returns
    -------
    ``varied``, ``factor``, ``objective``, ``change`` (against the answer), ``moved_share`` (sum of
    shares that differ in the last year), ``switched[]`` (options that come or go).
    """
    said = problem.settings.get("sensitivity", {})
    factors, by = said.get("factors", list(FACTORS)), said.get("by", "option")
    if by not in BY or not all(isinstance(f, int | float) and f > 0 for f in factors):
        raise InputError(
            f"[sensitivity] by: {', '.join(BY)}；factors 为大于 0 的数 · numbers above 0: {by!r}, {factors!r}"
        )
    model = build(problem)
    first = solve(model, problem.gap, stop=stop, duals=False)
    if first.objective is None:
        return []
    share = answer.shares_of(model, first)
    rows, varied = [], list(_variants(problem, by, factors, share))
    for done, (name, factor, other) in enumerate(varied):
        if stop():
            break
        on_progress(done / len(varied), f"{name} × {factor:g}")
        edits.minimise(model, coefficients(other) / model.money)
        found = solve(model, problem.gap, stop=stop, duals=False)
        if found.objective is None:
            continue
        now = answer.shares_of(model, found)
        rows.append(
            {
                "varied": name,
                "factor": float(factor),
                "objective": found.objective,
                "change": found.objective - first.objective,
                "moved_share": float(np.abs(now - share)[:, -1].sum()),
                "switched": _switched(problem, share, now),
            }
        )
    return rows


def _variants(
    problem: Problem, by: str, factors: Sequence[float], share: Array
) -> Iterator[tuple[str, float, Problem]]:
    options = problem.options
    kinds = {
        "option": options.name,
        "payer": options.payer,
        "sector": tuple(problem.sources.sector[of] for of in options.of),
        "all": tuple("全部成本 all costs" for _ in options.of),
    }[by]
    paid: dict[str, float] = dict.fromkeys(kinds, 0.0)
    for kind, cost in zip(
        kinds, (share * np.abs(options.cost) * problem.weight).sum(axis=1), strict=True
    ):
        paid[kind] += float(cost)
    for kind in sorted(paid, key=lambda one: -paid[one])[:MOST]:
        inside = np.array([one == kind for one in kinds])[:, None]
        for factor in factors:
            cost = np.where(inside, options.cost * factor, options.cost)
            yield f"{kind} 成本 cost", factor, problem.changed(options=replace(options, cost=cost))
    if problem.goal != LEAST_COST:
        for what, price in problem.prices.items():
            for factor in factors:
                prices = dict(problem.prices) | {what: price * factor}
                yield f"{what} 价格 price", factor, problem.changed(prices=prices)


def _switched(problem: Problem, before: Array, after: Array) -> list[dict[str, Any]]:
    moved = np.flatnonzero(np.abs(after - before)[:, -1] > CHANGED)
    return [
        {
            "source": problem.sources.source[problem.options.of[i]],
            "option": problem.options.option[i],
            "from": float(before[i, -1]),
            "to": float(after[i, -1]),
        }
        for i in moved
    ]


def words(rows: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    """What matters most first: which price moves the result."""
    told = []
    for one in sorted(rows, key=lambda one: -abs(one["change"]))[:6]:
        percent = f"{(one['factor'] - 1):+.0%}"
        change, change_en = money(abs(one["change"])), money(abs(one["change"]), "en")
        up, up_en = ("增加", "up") if one["change"] > 0 else ("减少", "down")
        count = len(one["switched"])
        same, same_en = (
            ("选择不变", "the choice stays")
            if not count
            else (f"{count} 项选择改变", f"{count} choices change")
        )
        told.append(
            {
                "zh": f"{one['varied']} {percent}：总目标值{up} {change}，{same}。",
                "en": f"{one['varied']} {percent}: objective {up_en} {change_en}, {same_en}.",
            }
        )
    return told
