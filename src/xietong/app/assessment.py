"""Use cases of the yearly assessment: targets of the library against the values of the workspace.

Besides the library's, targets that were broken down (``targets/*.csv``, see ``xietong allocate``) are held.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from xietong.app.allocation import allocated_targets
from xietong.app.assessment_scores import scores_of
from xietong.app.desk import Desk
from xietong.app.inventory_files import find_folder
from xietong.app.plans import queries
from xietong.app.plans.filters import Filter
from xietong.app.statistics import BASE_YEAR, load_statistics
from xietong.app.workspace import open_desk
from xietong.assessment.progress import STATES, assess
from xietong.assessment.targets import prepared
from xietong.indicators import compute, definitions
from xietong.plans.library import library_ids, library_plan

NUMBERS = (
    "actual",
    "progress",
    "elapsed",
    "required_pace",
    "pace",
    "forecast",
    "low",
    "high",
    "gap",
)


def assess_workspace(
    year: int,
    folder: Path | None = None,
    *,
    example: bool = False,
    region: str | None = None,
    unit: str | None = None,
    base_year: int = BASE_YEAR,
    given: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Every target of the library held against the facts up to a year, and scores by the rule books.

    Keys as in DESIGN. ``region`` and ``unit`` keep the targets of a place (adcode) or of a responsible unit (part
    of its name). A target that cannot be held against anything stays in the list with ``status`` ``no_data`` and ``why``.
    Its rows' targets were confirmed or not as ``review`` says; rejected ones are left out.
    """
    printed = _example_targets() if example else _library_targets(folder)
    printed += [] if example else allocated_targets(find_folder(folder))
    printed = [
        row
        for row in printed
        if (region is None or row["adcode"] == region)
        and (unit is None or any(unit in name for name in row["units"]))
    ]
    values = compute(load_statistics(folder, example=example, year=year), base_year)
    ready, refused = prepared(printed)
    done = {row["id"]: row for row in assess(ready, values, year).iter_rows(named=True)}
    why = {row["id"]: row["why"] for row in refused}
    lines = [_line(row, done.get(str(row["id"])), why.get(str(row["id"]), "")) for row in printed]
    root = None if example else find_folder(folder)
    counts = {state: sum(line["status"] == state for line in lines) for state in STATES}
    return {
        "year": year,
        "counts": counts,
        "targets": lines,
        "scores": scores_of(ready, values, year, given or {}, root),
    }


def load_by_unit(assessed: Mapping[str, Any]) -> list[dict[str, Any]]:
    """How many targets each responsible unit stands behind, by state; the most troubled first."""
    found: dict[str, dict[str, int]] = {}
    for line in assessed["targets"]:
        for unit in line["units"]:
            counts = found.setdefault(unit, dict.fromkeys(STATES, 0))
            counts[line["status"]] += 1
    order = sorted(
        found, key=lambda unit: (-found[unit]["missed"], -found[unit]["off_track"], unit)
    )
    return [{"unit": unit, "targets": sum(found[unit].values()), **found[unit]} for unit in order]


def _line(row: Mapping[str, Any], done: Mapping[str, Any] | None, why: str) -> dict[str, Any]:
    known = definitions().get(row["indicator_id"] or "")
    made: dict[str, Any] = {
        "id": row["id"],
        "plan": row["plan"],
        "clause": row["clause"],
        "region": row["region"],
        "adcode": row["adcode"],
        "indicator": row["indicator_id"],
        "name": known.zh if known else row["indicator"],
        "year": row["year"],
        "target": done["target"] if done else row["value"],
        "printed": f"{row['value']} {row['unit']}",
        "form": done["form"] if done else None,
        "at_most": bool(done and done["at_most"]),
        "base_year": row["baseline_year"],
    }
    for name in NUMBERS:
        made[name] = done[name] if done else None
    made["actual_year"] = done["actual_year"] if done else None
    made["status"] = done["status"] if done else "no_data"
    made["why"] = (done["why"] if done else why) or ""
    percent = made["form"] in ("change", "annual_growth")
    made["unit"] = "%" if percent or known is None else known.unit
    made["units"] = list(row["units"])
    made["quote"] = row["quote"]
    return made


def _library_targets(folder: Path | None) -> list[dict[str, Any]]:
    desk = open_desk(folder)
    try:
        return library_targets(desk)
    finally:
        desk.workspace.close()


def library_targets(desk: Desk) -> list[dict[str, Any]]:
    """All targets of the workspace that were not rejected, each with the units of its clause."""
    clauses = {
        (row["plan"], row["clause"]): row["units"] for row in queries.rows(desk, "clauses").items
    }
    rows = queries.rows(desk, "targets", Filter()).items
    return [
        row | {"units": clauses.get((row["plan"], row["clause"]), [])}
        for row in rows
        if row["status"] != "rejected"
    ]


def _example_targets() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for plan_id in library_ids():
        plan = library_plan(plan_id)
        units = {clause.id: clause.units for clause in plan.clauses}
        for target in plan.targets:
            found.append(
                {
                    "id": len(found) + 1,
                    "plan": plan_id,
                    "clause": target.clause,
                    "region": plan.meta.region.name if plan.meta.region else "",
                    "adcode": plan.meta.region.adcode if plan.meta.region else "",
                    "indicator": target.indicator,
                    "indicator_id": target.indicator_id,
                    "year": target.year,
                    "operator": target.operator,
                    "value": target.value,
                    "unit": target.unit,
                    "baseline_year": target.baseline_year,
                    "direction": target.direction,
                    "measure": target.measure,
                    "quote": target.quote,
                    "units": list(units.get(target.clause, ())),
                }
            )
    return found
