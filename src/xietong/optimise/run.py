"""Solve a problem and say the answer: numbers, words, and what conflicts where nothing is possible."""

from typing import Any

import numpy as np

from xietong.optimise import answer, conflicts, many_whole, words
from xietong.optimise.model import build
from xietong.optimise.problem import Problem
from xietong.optimise.solve import INFEASIBLE, Progress, Solution, Stop, never, no_progress, solve
from xietong.optimise.warm import warm


def run(
    problem: Problem, on_progress: Progress = no_progress, stop: Stop = never
) -> dict[str, Any]:
    """The answer to a problem as plain values.

    ``status`` (optimal, infeasible, stopped, unbounded), ``bound``, ``objective`` (minimised: CNY, or less weighted tonnes),
    ``gap``, ``choices``, ``totals`` of the last year, ``cost``, ``costs``, ``series``, ``shadow_prices``,
    ``limits``, ``conflicts``, ``words``, ``warnings``, ``seconds``. An infeasible answer has the choices of
    the nearest possible problem under ``nearest``, and null for its own objective.
    """
    head = {"name": problem.name, "goal": problem.goal, "years": list(problem.years)}
    if many_whole.fits(problem):
        many = many_whole.solve_many(problem, on_progress, stop)
        if many is not None:
            on_progress(1.0, "完成 done")
            many["words"] = words.tell(problem, many)
            return head | many | {"warnings": list(problem.warnings)}
    on_progress(0.05, "建模 building")
    model = build(problem)
    on_progress(0.2, "求解 solving")
    warm(problem, model, on_progress, stop)
    found = solve(model, problem.gap, on_progress, stop)
    told: dict[str, Any]
    if found.found:
        told = answer.rows(problem, model, found)
        told["words"] = words.tell(problem, told)
    else:
        told = _nothing(found)
        if found.status == INFEASIBLE:
            told |= _explained(problem, model, on_progress, stop)
        told.setdefault("words", words.tell(problem, told))
    on_progress(1.0, "完成 done")
    return head | told | {"warnings": list(problem.warnings), "seconds": round(found.seconds, 3)}


def _nothing(found: Solution) -> dict[str, Any]:
    return {
        "status": found.status, "bound": None, "objective": None, "gap": None, "choices": [],
        "totals": {}, "cost": None, "costs": {}, "series": [], "shadow_prices": [], "limits": [],
        "conflicts": [],
    }  # fmt: skip


def _explained(problem: Problem, model: Any, on_progress: Progress, stop: Stop) -> dict[str, Any]:
    relaxed = conflicts.relax(problem, model, on_progress, stop)
    if relaxed is None:
        return {}
    nearest = answer.rows(problem, model, relaxed.solution)
    told = {"conflicts": conflicts.rows(problem, relaxed, model)}
    said = nearest | told | {"status": INFEASIBLE}
    return told | {
        "nearest": {key: nearest[key] for key in ("choices", "totals", "cost", "costs", "series")},
        "words": words.tell(problem, said, relaxed=True),
    }


def shares(problem: Problem, told: dict[str, Any]) -> Any:
    """Shares (options, years) of an answer's choices."""
    place = {
        (problem.sources.source[of], name): i
        for i, (of, name) in enumerate(zip(problem.options.of, problem.options.option, strict=True))
    }
    found = np.zeros((len(problem.options.option), len(problem.years)))
    for one in told["choices"]:
        found[place[one["source"], one["option"]], problem.years.index(one["year"])] = one["share"]
    return found
