"""Use cases of the yearly assessment: targets of the library against the values of the workspace.

Besides the library's, targets that were broken down (``targets/*.csv``, see ``xietong allocate``) are held.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from xietong.app.access import require
from xietong.app.allocation import allocated_targets
from xietong.app.assessment_scores import scores_of
from xietong.app.desk import Desk
from xietong.app.plans import queries
from xietong.app.plans.filters import Filter
from xietong.app.statistics import BASE_YEAR, compute_indicators, load_statistics
from xietong.app.workspace import open_desk
from xietong.assessment.progress import STATES, assess
from xietong.assessment.standing import ranking, worsened
from xietong.assessment.targets import prepared
from xietong.errors import TableError
from xietong.indicators import compute, definition, definitions
from xietong.plans.library import library_ids, library_plan
from xietong.vocab.regions import regions

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

    As ``assess_desk``, for the workspace at or above a folder, or for the shipped example.
    """
    if example:
        values = compute(load_statistics(example=True, year=year), base_year)
        return _assessed(_example_targets(), values, year, region, unit, given or {}, None)
    desk = open_desk(folder)
    try:
        return assess_desk(desk, year, region=region, unit=unit, base_year=base_year, given=given)
    finally:
        desk.workspace.close()


def assess_desk(
    desk: Desk,
    year: int,
    *,
    region: str | None = None,
    unit: str | None = None,
    base_year: int = BASE_YEAR,
    given: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Every target of the library held against the facts up to a year, and scores by the rule books.

    Keys as in DESIGN. ``region`` and ``unit`` keep the targets of a place (adcode) or of a responsible unit (part
    of its name). A target that cannot be held against anything stays in the list with ``status`` ``no_data`` and
    ``why``. Targets that a person rejected are left out; those broken down to cities are in.
    """
    root = desk.workspace.root
    printed = [*library_targets(desk), *allocated_targets(root)]
    values = compute(load_statistics(root, year=year), base_year)
    return _assessed(printed, values, year, region, unit, given or {}, root)


def series_of(
    desk: Desk, region: str, indicator: str, base_year: int = BASE_YEAR
) -> list[dict[str, Any]]:
    """The values behind one target: one row per year, each with how it was got and its source."""
    require(desk.actor, "plan.read")
    values = compute(load_statistics(desk.workspace.root), base_year)
    return values.filter(region=region, indicator=indicator).sort("year").to_dicts()


def values_of(
    desk: Desk,
    indicator: str | None = None,
    region: str | None = None,
    year: int | None = None,
    base_year: int = BASE_YEAR,
) -> list[dict[str, Any]]:
    """Indicator values of the workspace, filtered; an id that does not exist is refused."""
    require(desk.actor, "plan.read")
    return compute_indicators(
        [indicator] if indicator else (),
        desk.workspace.root,
        base_year=base_year,
        region=region,
        year=year,
    )


def years_with_data(desk: Desk) -> list[int]:
    """Years for which any statistic is reported, latest first; none where there are no statistics."""
    try:
        found = load_statistics(desk.workspace.root)["year"].unique().sort(descending=True)
    except TableError:
        return []
    return [int(year) for year in found]


def _assessed(
    printed: list[dict[str, Any]],
    values: pl.DataFrame,
    year: int,
    region: str | None,
    unit: str | None,
    given: Mapping[str, Any],
    root: Path | None,
) -> dict[str, Any]:
    printed = [
        row
        for row in printed
        if (region is None or row["adcode"] == region)
        and (unit is None or any(unit in name for name in row["units"]))
    ]
    ready, refused = prepared(printed)
    done = {row["id"]: row for row in assess(ready, values, year).iter_rows(named=True)}
    why = {row["id"]: row["why"] for row in refused}
    lines = [_line(row, done.get(str(row["id"])), why.get(str(row["id"]), "")) for row in printed]
    return {
        "year": year,
        "counts": {state: sum(line["status"] == state for line in lines) for state in STATES},
        "targets": lines,
        "scores": scores_of(ready, values, year, given, root),
    }


def alerts_of_year(
    desk: Desk, year: int, now: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    """Targets that stand worse than the year before; each line of the assessment with ``before``.

    ``now``: the assessment of the year where it is at hand already.
    """
    latest = assess_desk(desk, year) if now is None else now
    return worsened(assess_desk(desk, year - 1)["targets"], latest["targets"])


def rank_regions(
    indicator: str,
    year: int,
    since: int,
    folder: Path | None = None,
    *,
    example: bool = False,
    within: str = "370000",
    base_year: int = BASE_YEAR,
) -> list[dict[str, Any]]:
    """The regions below one by an indicator and its change; those without a value are listed without a rank."""
    known = definition(indicator)
    cities = [one for one in regions() if one.parent == within and one.in_force(None)]
    if not cities:
        raise TableError(f"{within}: 没有下级地区（no regions below it）")
    values = compute(load_statistics(folder, example=example), base_year).filter(
        pl.col("region").is_in([one.adcode for one in cities])
    )
    table = ranking(values, indicator, year, since, falls=known.direction == "decrease")
    found = {row["region"]: row for row in table.to_dicts()}
    empty = {"value": None, "base": None, "change": None, "rank": None, "rank_change": None}
    rows = [
        {"region": one.adcode, "name": one.name, "unit": known.unit} | found.get(one.adcode, empty)
        for one in cities
    ]
    return sorted(rows, key=lambda row: (row["rank"] is None, row["rank"] or 0, row["region"]))


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
        "printed": _printed(row),
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


def _printed(row: Mapping[str, Any]) -> str:
    value = row["value"]
    ends = value if isinstance(value, list | tuple) else [value]
    return f"{'～'.join(f'{float(end):g}' for end in ends)} {row['unit']}"


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
