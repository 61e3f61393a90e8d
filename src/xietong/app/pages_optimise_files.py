"""Problems that a workspace brings itself: ``optimise/*.toml`` with tables beside it, run from the page."""

import re
from pathlib import Path
from typing import Any

from xietong.app import optimise as use
from xietong.app.access import require, require_somewhere
from xietong.app.desk import Desk
from xietong.errors import NotFoundError, XietongError
from xietong.optimise.problem import ALL, LEAST_COST, Problem
from xietong.optimise.quantities import CO2E, carbon
from xietong.optimise.solve import Progress, no_progress

FOLDER = "optimise"
ADCODE = re.compile(r"\d{6}")
POINTS = 5


def problem_files(desk: Desk) -> list[dict[str, str]]:
    """``file`` and ``title`` (the name inside, or what is wrong with the file) of each problem."""
    require_somewhere(desk.actor, "data.read")
    return [
        {"file": path.name, "title": _title(path)}
        for path in sorted((desk.workspace.root / FOLDER).glob("*.toml"))
    ]


def open_file(desk: Desk, name: str) -> Problem:
    """The problem of one of these files; refused where its regions are not the person's to hand in."""
    folder = desk.workspace.root / FOLDER
    if name not in {path.name for path in folder.glob("*.toml")}:
        raise NotFoundError(f"optimise/ 没有 {name!r} · no such problem file in optimise/")
    require_somewhere(desk.actor, "data.submit")
    found = use.load(folder / name)
    for region in regions_in(found):
        require(desk.actor, "data.submit", region=region, entity=desk.actor.entity)
    return found


def regions_in(problem: Problem) -> list[str]:
    """The administrative codes among a problem's regions."""
    return sorted({one for one in problem.sources.region if ADCODE.fullmatch(one)})


def solved_file(problem: Problem, name: str, progress: Progress = no_progress) -> dict[str, Any]:
    """The keys of an answer on the page, for a problem of a file; ``joint`` and ``touched`` are empty:
    there is no inventory behind it."""
    last = problem.years[-1]
    answer = use.solve(problem, lambda s, told: progress(0.5 * s, told))
    base = {
        what: float(found[-1])
        for what in problem.options.effect
        if (found := problem.emitted(what, ALL)) is not None and found[-1] > 0
    }
    targets = {
        one.what: round(100 * one.needed / base[one.what], 4)
        for one in problem.targets
        if one.what in base and one.year == last and one.region == ALL
    }
    names = dict(zip(problem.options.option, problem.options.name, strict=True))
    both, why = _compared(problem, lambda s, told: progress(0.5 + 0.25 * s, told))
    front, why_not = _front(problem, lambda s, told: progress(0.75 + 0.25 * s, told))
    return answer | {
        "asked": {"year": last, "region": "", "targets": targets, "file": name},
        "interest": None,
        "price_years": [],
        "joint": {},
        "touched": {},
        "baseline": base,
        "took_part": len(names),
        "applied": len(names),
        "open": [],
        "names": {option: {"zh": title, "en": title} for option, title in names.items()},
        "strategies": both,
        "no_strategies": why,
        "pareto": front,
        "no_pareto": why_not,
    }


def _title(path: Path) -> str:
    try:
        return str(use.read_toml(path).get("name") or path.stem)
    except XietongError as error:
        return str(error)


def _compared(problem: Problem, progress: Progress) -> tuple[dict[str, Any] | None, str]:
    from xietong.optimise.strategies import strategies

    kinds = {carbon(one.what, problem.greenhouse) for one in problem.targets}
    if problem.goal != LEAST_COST or kinds != {True, False}:
        return None, "needs_both"
    return strategies(problem, progress), ""


def _front(problem: Problem, progress: Progress) -> tuple[dict[str, Any] | None, str]:
    """Cost, CO2e and the first pollutant that is a target."""
    from xietong.optimise.pareto import front

    others = [o.what for o in problem.targets if not carbon(o.what, problem.greenhouse)]
    if not others or CO2E not in problem.options.effect:
        return None, "needs_two"
    told = front(problem.changed(targets=()), ["cost", "co2e", others[0]], POINTS, progress)
    slim = [{"values": one["values"]} for one in told["points"]]
    return told | {"points": slim, "pollutant": others[0]}, ""
