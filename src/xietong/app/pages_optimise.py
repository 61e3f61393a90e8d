"""What the page of the best mix shows and runs: targets in per cent of a year, answers kept by name.

The job ``optimise.run`` solves, puts the strategies side by side and draws the front; everything on the
regions that the person may read, kept only by those who may hand in data for them.
"""

import datetime
import math
from dataclasses import asdict, dataclass, field
from typing import Any

from xietong.app import optimise as use
from xietong.app.access import may, may_somewhere, require, require_somewhere
from xietong.app.assessment import library_targets
from xietong.app.desk import Desk
from xietong.app.inventory_files import load, regions_of
from xietong.app.jobs.kinds import Progress
from xietong.app.pages_inventory import places, seen
from xietong.app.pages_optimise_files import open_file, regions_in, solved_file
from xietong.app.pages_optimise_measures import INTEREST, Offer, joint_total, offer, tables
from xietong.app.problems import problem
from xietong.errors import InputError
from xietong.optimise.potential import reachable
from xietong.optimise.problem import Problem
from xietong.optimise.quantities import carbon, column_of, shown, unit_of
from xietong.optimise.read import problem_of

KIND = "page"
POINTS = 5
HUNDRED = 100.0


@dataclass(frozen=True)
class Wanted:
    """What is asked: cuts in per cent of the inventory of ``year`` by column, a budget [CNY/a] or none,
    the pollutant of the front ("" draws none)."""

    year: int
    region: str = ""
    targets: dict[str, float] = field(default_factory=dict)
    budget_cny: float | None = None
    pareto: str = ""


def choices(desk: Desk, year: int | None = None, region: str = "") -> dict[str, Any]:
    """What the form needs: years, regions, quantities with base year total and reach, measures, plans.

    ``quantities[]`` {column, name, unit, baseline, reachable_percent, touched_share},
    ``measures[]`` {measure, name, name_en, group, annual_cost_cny, price_year, open, left},
    ``from_plans[]`` {plan, clause, name, value, year, base_year, column}. Without activity ``years`` is empty.
    """
    known = places(desk)
    if not known["years"]:
        return known
    chosen = year if year is not None and year in known["years"] else int(known["years"][0])
    found = offer(desk.workspace.root, chosen, seen(desk, region))
    rows = _measures(found)
    empty = known | {"year": chosen, "region": region, "measures": rows, "price_years": [],
                     "quantities": [], "from_plans": [], "interest": INTEREST, "gwp": found.gwp}  # fmt: skip
    if not found.quantities:
        return empty
    made = _problem(found, Wanted(chosen, region))
    quantities = [_quantity(found, made, name) for name in found.quantities]
    return empty | {
        "price_years": found.price_years,
        "quantities": quantities,
        "from_plans": plan_cuts(desk, found.quantities),
    }


def plan_cuts(desk: Desk, columns: list[str]) -> list[dict[str, Any]]:
    """Percentage cuts that the workspace's plans print, with the quantity they are nearest to.

    A cut of an amount (``whole``) is one of the quantity itself; a cut of an intensity is another thing
    (``whole`` False): the page says so beside it.
    """
    if not may_somewhere(desk.actor, "plan.read"):
        return []
    found = []
    for row in library_targets(desk):
        value = row["value"]
        if row["unit"] != "%" or row["direction"] != "decrease" or isinstance(value, list | tuple):
            continue
        column, whole = _named(str(row["indicator"]), str(row["indicator_id"] or ""))
        if column in columns and value is not None and 0 < float(value) <= HUNDRED:
            keys = ("plan", "clause", "indicator", "year", "quote")
            found.append(
                {key: row[key] for key in keys}
                | {"value": float(value), "base_year": row["baseline_year"], "column": column,
                   "whole": whole, "region": row["region"]}
            )  # fmt: skip
    return found


def wanted_of(arguments: dict[str, Any]) -> Wanted:
    """The arguments of the job, checked; every problem at once."""
    problems = []
    known = {"year", "region", "targets", "budget_cny", "pareto", "name"}
    problems += [f"没有此项 · no such key {key!r}" for key in arguments if key not in known]
    year, region = arguments.get("year"), arguments.get("region", "")
    if not isinstance(year, int) or isinstance(year, bool):
        problems.append(f"year 应为年份 · a year: {year!r}")
    if not isinstance(region, str):
        problems.append(f"region: {region!r}")
    targets, read = arguments.get("targets", {}), {}
    for name, value in targets.items() if isinstance(targets, dict) else ():
        column, _ = column_of(str(name))
        if column is None:
            problems.append(f"targets: 没有此量 · no such quantity {name!r}")
        elif not _number(value) or not 0 < value <= HUNDRED:
            problems.append(f"{name}: 百分比应大于 0、不超过 100 · above 0, at most 100: {value!r}")
        else:
            read[column] = float(value)
    if not targets or not isinstance(targets, dict):
        problems.append("至少给一个目标 · at least one target")
    budget = arguments.get("budget_cny")
    if budget is not None and (not _number(budget) or budget < 0):
        problems.append(f"budget_cny 不能为负 · a number from 0 up: {budget!r}")
    pareto, _ = column_of(str(arguments["pareto"])) if arguments.get("pareto") else ("", None)
    if pareto is None:
        problems.append(f"pareto: 没有此量 · no such quantity {arguments['pareto']!r}")
    if problems:
        raise InputError("；".join(problems))
    return Wanted(int(year or 0), region, read, budget, pareto or "")


def run_optimise(desk: Desk, arguments: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The job ``optimise.run``: ``{"name", "year", "region", "targets": {column: %}, "budget_cny", "pareto"}``,
    or ``{"name", "file"}`` for a problem of the workspace's ``optimise/``."""
    name = str(arguments.get("name") or "").strip()
    if arguments.get("file"):
        return _run_file(desk, name, str(arguments["file"]), progress)
    wanted = wanted_of(arguments)
    own = writable(desk, wanted.region)
    _free(desk, name)
    found = offer(
        desk.workspace.root, wanted.year, own, lambda s, told: progress(0.02 + 0.28 * s, told)
    )
    result = solved(found, wanted, lambda s, told: progress(0.3 + 0.68 * s, told))
    return _keep(desk, name, result | {"regions": sorted(own)})


def _run_file(desk: Desk, name: str, file: str, progress: Progress) -> dict[str, Any]:
    require(desk.actor, "job.run")
    made = open_file(desk, file)
    _free(desk, name)
    return _keep(desk, name, solved_file(made, file, progress) | {"regions": regions_in(made)})


def _keep(desk: Desk, name: str, result: dict[str, Any]) -> dict[str, Any]:
    """Write an answer, and its line in the audit trail; after the long work: nobody waits for it."""
    with desk.writing() as change:
        use.keep(desk.workspace.root, name, KIND, result | {"by": desk.actor.name})
        change.record("optimise.keep", f"optimise:{name}", None, {"asked": result["asked"]})
    return {"name": name, "status": result["status"], "cost": result["cost"]}


def _free(desk: Desk, name: str) -> None:
    """Refused: what is no name, and a name that is taken."""
    if not use.NAME.fullmatch(name):
        raise problem("bad_value", field="name", value=name, possible="A–Z 0–9 - _ 汉字, ≤ 60")
    if any(one["kept"] == name for one in use.kept(desk.workspace.root)):
        raise InputError(f"{name!r} 已存在，请换个名称 · kept already, choose another name")


def solved(found: Offer, wanted: Wanted, progress: Progress = lambda *_: None) -> dict[str, Any]:
    """The keys of an answer, with ``asked``, ``strategies``, ``pareto`` (null, and why), ``joint``."""
    lacking = [name for name in wanted.targets if name not in found.quantities]
    if lacking:
        few = "、".join(shown(name) for name in lacking)
        there = "、".join(shown(name) for name in found.quantities) or "–"
        raise InputError(
            f"没有有成本来源的措施削减 {few}；可用：{there} · no measure with a sourced cost reduces "
            f"{', '.join(shown(name, 'en') for name in lacking)}"
        )
    found = found.known_of(wanted.targets)
    made = _problem(found, wanted)
    answer = use.solve(made, lambda s, told: progress(0.5 * s, told))
    chosen = answer["choices"] or answer.get("nearest", {}).get("choices", [])
    shares = {one["option"]: one["share"] for one in chosen}
    both, why = _compared(made, lambda s, told: progress(0.5 + 0.25 * s, told))
    front, why_not = _front(
        found, made, wanted.pareto, lambda s, told: progress(0.75 + 0.25 * s, told)
    )
    return answer | {
        "asked": asdict(wanted),
        "interest": INTEREST,
        "price_years": found.price_years,
        "joint": joint_total(found, shares),
        "touched": {name: found.touched.get(name) for name in found.quantities},
        "baseline": {name: found.baseline[name] for name in found.quantities},
        "took_part": len(found.options),
        "applied": len(found.found),
        "open": sorted(found.open & {one.option for one in found.options}),
        "names": {
            one.option: {language: found.named(language)[one.option] for language in ("zh", "en")}
            for one in found.options
        },
        "strategies": both,
        "no_strategies": why,
        "pareto": front,
        "no_pareto": why_not,
    }


def kept(desk: Desk) -> list[dict[str, Any]]:
    """Kept answers that speak of regions the person may read, newest first."""
    require_somewhere(desk.actor, "data.read")
    root = desk.workspace.root
    found = []
    for one in use.kept(root):
        full = use.read_kept(root, one["kept"])
        if _may_see(desk, full, "data.read"):
            asked = full.get("asked", {})
            found.append(
                one
                | {"by": full.get("by", ""), "year": asked.get("year"),
                   "targets": asked.get("targets", {}), "budget_cny": asked.get("budget_cny")}
            )  # fmt: skip
    return found


def read(desk: Desk, name: str) -> dict[str, Any]:
    """One kept answer; refused where it speaks of regions that the person may not read."""
    require_somewhere(desk.actor, "data.read")
    full = use.read_kept(desk.workspace.root, name)
    _require(desk, full, "data.read")
    return full


def compared(desk: Desk, left: str, right: str) -> dict[str, Any]:
    """Two kept answers side by side: ``totals[]`` by quantity and ``mix[]`` by measure (shares, costs)."""
    sides = [read(desk, name) for name in (left, right)]
    quantities = dict.fromkeys(name for one in sides for name in _of(one, "totals"))
    totals = []
    for name in quantities:
        cut = [_of(one, "totals").get(name, {}).get("reduced") for one in sides]
        totals.append({"column": name, "unit": unit_of(name), "left": cut[0], "right": cut[1]})
    mixes = [
        {(row["source"], row["option"], row["year"]): row for row in _of(one, "choices")}
        for one in sides
    ]
    mix = []
    for key in dict.fromkeys(key for one in mixes for key in one):
        option = key[1]
        rows = [one.get(key) for one in mixes]
        named = next(row for row in rows if row)
        mix.append(
            {"option": option, "source": key[0], "name": named["name"], "name_en": _english(sides, option, named["name"])}
            | {f"{side}_share": row["share"] if row else 0.0 for side, row in zip(SIDES, rows, strict=True)}
            | {f"{side}_cost": row["cost_cny"] if row else 0.0 for side, row in zip(SIDES, rows, strict=True)}
        )  # fmt: skip
    costs = [_of(one, "cost") for one in sides]
    return {"left": left, "right": right, "cost": dict(zip(SIDES, costs, strict=True)),
            "status": dict(zip(SIDES, (one["status"] for one in sides), strict=True)),
            "totals": totals, "mix": sorted(mix, key=lambda row: -abs(row["left_cost"] - row["right_cost"]))}  # fmt: skip


def forget(desk: Desk, name: str) -> None:
    """Remove a kept answer; noted in the audit trail."""
    require_somewhere(desk.actor, "data.submit")
    root = desk.workspace.root
    _require(desk, use.read_kept(root, name), "data.submit")
    with desk.writing() as change:
        (root / use.FOLDER / f"{name}.json").unlink()
        change.record("optimise.forget", f"optimise:{name}")


def writable(desk: Desk, region: str = "") -> list[str]:
    """The regions that a run speaks of; refused where the person may not hand in data for one."""
    require(desk.actor, "job.run")
    require_somewhere(desk.actor, "data.submit")
    own = list(seen(desk, region))
    for one in own:
        require(desk.actor, "data.submit", region=one, entity=desk.actor.entity)
    return own


def own_name(year: int) -> str:
    """A name for an answer that nobody named.

    >>> own_name(2014)[:5]
    '2014-'
    """
    return f"{year}-{datetime.datetime.now(datetime.UTC).strftime('%Y%m%d-%H%M%S')}"


SIDES = ("left", "right")


def _of(one: dict[str, Any], key: str) -> Any:
    """A part of an answer, of the nearest possible one where nothing is possible."""
    empty: Any = {"totals": {}, "choices": []}.get(key)
    part = one.get("nearest") or {} if one["status"] == "infeasible" else one
    return part.get(key, empty)


def _english(sides: list[dict[str, Any]], option: str, otherwise: str) -> str:
    """The English name of a measure as an answer keeps it."""
    found = (one.get("names", {}).get(option, {}).get("en") for one in sides)
    return next((name for name in found if name), otherwise)


def _number(value: object) -> bool:
    known = isinstance(value, int | float) and not isinstance(value, bool)
    return known and math.isfinite(float(str(value)))


def _named(indicator: str, known: str) -> tuple[str | None, bool]:
    """The quantity that a printed indicator is nearest to, and whether it is its amount."""
    intensity = known.endswith("_intensity") or "intensity" in known
    if known == "carbon_intensity":
        return "co2e_t", False
    for words, column in NEAR:
        if any(word in indicator for word in words):
            return column, not intensity
    return None, False


NEAR = (
    (("氮氧化物", "NOx"), "nox_t"),
    (("二氧化硫", "SO2"), "so2_t"),
    (("挥发性有机物", "VOC"), "nmvoc_t"),
    (("细颗粒物排放", "PM2.5排放"), "pm25_t"),
    (("二氧化碳排放总量", "碳排放总量"), "co2e_t"),
)


def _problem(found: Offer, wanted: Wanted) -> Problem:
    content: dict[str, Any] = {
        "name": f"{wanted.year}",
        "goal": "least-cost",
        "years": [wanted.year],
        "base_year": wanted.year,
        "gwp": found.gwp,
        "interest": INTEREST,
        "target": [
            {"id": f"{shown(name, 'en')} −{value:g}%", "what": name, "percent": value}
            for name, value in wanted.targets.items()
        ],
    }
    if wanted.budget_cny is not None:
        content["budget"] = [{"id": "budget", "what": "cost", "limit": wanted.budget_cny}]
    return problem_of(content, tables(found))


def _quantity(found: Offer, made: Problem, name: str) -> dict[str, Any]:
    base = float(found.baseline[name] or 0)
    touched = found.touched.get(name)
    return {
        "column": name,
        "name": shown(name),
        "name_en": shown(name, "en"),
        "unit": unit_of(name),
        "baseline": base,
        "reachable_percent": min(HUNDRED, HUNDRED * reachable(made, name) / base),
        "touched_share": None if touched is None else min(1.0, touched / base),
        "unknown_effects": sum(found.effect(one).get(name) is None for one in found.options),
    }


def _measures(found: Offer) -> list[dict[str, Any]]:
    taking = {one.option: one for one in found.options}
    rows = []
    for name, one in found.found.items():
        cost, option = one.row.cost, taking.get(name)
        rows.append(
            {
                "measure": name,
                "name": one.measure.name_zh,
                "name_en": one.measure.name_en or one.measure.name_zh,
                "group": one.measure.group,
                "takes_part": option is not None,
                "left": found.left.get(name, ""),
                "annual_cost_cny": option.annual_cny if option else None,
                "price_year": cost.price_year if cost else None,
                "open": name in found.open,
            }
        )
    return rows


def _compared(made: Problem, progress: Progress) -> tuple[dict[str, Any] | None, str]:
    """The strategies side by side; none where there is no carbon and no pollution target."""
    from xietong.optimise.strategies import strategies

    kinds = {carbon(one.what, made.greenhouse) for one in made.targets}
    if kinds != {True, False}:
        return None, "needs_both"
    return strategies(made, progress), ""


def _front(
    found: Offer, made: Problem, pollutant: str, progress: Progress
) -> tuple[dict[str, Any] | None, str]:
    """Cost, CO2e and a pollutant against each other, without the targets (with the budget)."""
    from xietong.optimise.pareto import front

    if not pollutant or pollutant == "co2e_t" or not {pollutant, "co2e_t"} <= set(found.quantities):
        return None, "needs_two"
    told = front(made.changed(targets=()), ["cost", "co2e", pollutant], POINTS, progress)
    slim = [{"values": one["values"]} for one in told["points"]]
    return told | {"points": slim, "pollutant": pollutant}, ""


def _may_see(desk: Desk, full: dict[str, Any], action: str) -> bool:
    regions = full.get("regions") or regions_of(load(desk.workspace.root))
    return all(
        may(desk.actor, action, region=str(one), entity=desk.actor.entity) for one in regions
    )


def _require(desk: Desk, full: dict[str, Any], action: str) -> None:
    for one in full.get("regions") or regions_of(load(desk.workspace.root)):
        require(desk.actor, action, region=str(one), entity=desk.actor.entity)
