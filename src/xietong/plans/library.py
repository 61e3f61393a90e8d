"""The compiled library: five Shandong plans as tables, without the documents' text.

Grain: one ``Plan`` per document. The tables in ``library/`` were written by reading the documents;
clauses have an empty text and targets an empty quote (its digest stays in the table).
"""

import csv
from functools import cache
from importlib.resources import files

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
from xietong.vocab.indicators import match_indicator


def library_ids() -> tuple[str, ...]:
    """Ids of the plans in the library.

    >>> "shandong-peak" in library_ids()
    True
    """
    return tuple(row["plan"] for row in _table("documents"))


@cache
def library_plan(plan_id: str) -> Plan:
    """One plan of the library. KeyError where there is none of that id."""
    rows = [row for row in _table("documents") if row["plan"] == plan_id]
    if not rows:
        raise KeyError(plan_id)
    document = rows[0]
    meta = Meta(
        title=document["title"] or None,
        doc_number=document["doc_number"] or None,
        issuers=_list(document["issuers"]),
        issue_date=document["issue_date"] or None,
        region=Region(document["adcode"], document["region"], document["level"]),
        plan_type=document["plan_type"],
        cites=tuple(Citation(r["title"], r["doc_number"] or None) for r in _of("cites", plan_id)),
    )
    return Plan(
        meta=meta,
        sections=tuple(Section(r["id"], r["heading"]) for r in _of("sections", plan_id)),
        clauses=tuple(_clause(row) for row in _of("clauses", plan_id)),
        targets=tuple(_target(row) for row in _of("targets", plan_id)),
        milestones=tuple(
            Milestone(r["clause"], _year(r["year"]), r["kind"], r["indicator"], "")
            for r in _of("milestones", plan_id)
        ),
        projects=tuple(
            Project(r["box"], r["group"] or None, r["name"]) for r in _of("projects", plan_id)
        ),
        source=f"library:{plan_id}",
        sha256=document["sha256"],
    )


@cache
def _table(name: str) -> tuple[dict[str, str], ...]:
    path = files("xietong.plans") / "library" / f"{name}.csv"
    return tuple(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def _of(name: str, plan_id: str) -> list[dict[str, str]]:
    return [row for row in _table(name) if row["plan"] == plan_id]


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _year(cell: str) -> int | None:
    return int(cell) if cell else None


def _clause(row: dict[str, str]) -> Clause:
    return Clause(
        row["id"],
        row["id_positional"],
        row["heading"],
        "",
        _list(row["units"]),
        _list(row["lead"]),
        row["open_list"] == "true",
    )


def _target(row: dict[str, str]) -> Target:
    numbers = [float(part) for part in row["value"].split("|")]
    known = match_indicator(row["subject"] + row["indicator"])
    return Target(
        clause=row["clause"],
        year=_year(row["year"]),
        indicator=row["indicator"],
        indicator_id=known[0] if known else None,
        subject=row["subject"] or None,
        subjects=_list(row["subjects"]),
        operator=row["operator"],
        value=numbers[0] if len(numbers) == 1 else (numbers[0], numbers[1]),
        unit=row["unit"],
        baseline_year=_year(row["baseline_year"]),
        direction=row["direction"] or None,
        measure=row["measure"] or None,
        hedge=_list(row["hedge"]),
        quote="",
    )
