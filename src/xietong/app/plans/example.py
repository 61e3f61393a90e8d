"""Examples: plans compiled by reading, kept as tables without the documents' text."""

import csv
from importlib.resources import files
from itertools import groupby
from operator import itemgetter
from typing import Any

from xietong.app.desk import Desk
from xietong.app.plans.importing import store_plan
from xietong.plans.model import (
    Citation,
    Clause,
    Meta,
    Milestone,
    Plan,
    Project,
    Region,
    Section,
    Target,
)

# Example → the plans of the compiled library that belong to it.
EXAMPLES: dict[str, tuple[str, ...]] = {
    "shandong": (
        "shandong-synergy",
        "shandong-peak",
        "qingdao-synergy",
        "liaocheng-synergy",
        "jinan-peak",
    )
}
Row = dict[str, str]


def import_example(desk: Desk, name: str) -> list[dict[str, Any]]:
    """Put an example's plans into the workspace; what each import did."""
    plans = library_plans()
    return [store_plan(desk, plans[code], origin="library", code=code) for code in EXAMPLES[name]]


def library_plans() -> dict[str, Plan]:
    """The compiled library: code → plan. Texts and quotes are empty: only facts are kept.

    >>> library_plans()["qingdao-synergy"].meta.doc_number
    '青环发〔2024〕18号'
    """
    tables = {
        table: {
            plan: list(rows)
            for plan, rows in groupby(sorted(_read(table), key=_plan_of), key=_plan_of)
        }
        for table in ("cites", "sections", "clauses", "targets", "milestones", "projects")
    }
    plans = {}
    for row in _read("documents"):
        own = {table: by_plan.get(row["plan"], []) for table, by_plan in tables.items()}
        plans[row["plan"]] = Plan(
            meta=_meta(row, own["cites"]),
            sections=tuple(Section(r["id"], r["heading"]) for r in own["sections"]),
            clauses=tuple(map(_clause, own["clauses"])),
            targets=tuple(map(_target, own["targets"])),
            milestones=tuple(map(_milestone, own["milestones"])),
            projects=tuple(
                Project(r["box"], r["group"] or None, r["name"]) for r in own["projects"]
            ),
            source="library",
            sha256=row["sha256"] or None,
        )
    return plans


_plan_of = itemgetter("plan")


def _meta(row: Row, cites: list[Row]) -> Meta:
    return Meta(
        title=row["title"],
        doc_number=row["doc_number"] or None,
        issuers=_list(row["issuers"]),
        issue_date=row["issue_date"] or None,
        region=Region(row["adcode"] or None, row["region"] or None, row["level"] or None),
        plan_type=row["plan_type"],
        cites=tuple(Citation(r["title"], r["doc_number"] or None) for r in cites),
    )


def _clause(row: Row) -> Clause:
    return Clause(
        id=row["id"],
        id_positional=row["id_positional"],
        heading=row["heading"],
        text="",
        units=_list(row["units"]),
        lead=_list(row["lead"]),
        open_list=row["open_list"] == "true",
    )


def _target(row: Row) -> Target:
    low, *high = (float(part) for part in row["value"].split("|"))
    return Target(
        clause=row["clause"],
        year=_year(row["year"]),
        indicator=row["indicator"],
        indicator_id=row.get("indicator_id") or None,
        subject=row["subject"] or None,
        subjects=_list(row["subjects"]),
        operator=row["operator"],
        value=(low, high[0]) if high else low,
        unit=row["unit"],
        baseline_year=_year(row["baseline_year"]),
        direction=row["direction"] or None,
        measure=row["measure"] or None,
        hedge=_list(row["hedge"]),
        quote="",
    )


def _milestone(row: Row) -> Milestone:
    return Milestone(row["clause"], _year(row["year"]), row["kind"], row["indicator"], "")


def _year(cell: str) -> int | None:
    return int(cell) if cell else None


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _read(table: str) -> list[Row]:
    path = files("xietong.plans") / "library" / f"{table}.csv"
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
