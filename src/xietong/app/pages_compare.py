"""Comparison of plans of the workspace for the pages: as people left them after review.

The same as ``xietong.app.comparison`` for files, but with the library's codes for names, and with the
clauses themselves beside their ids. A pair that did not change is not compared again.
"""

import functools
from itertools import combinations
from typing import Any

from xietong.app.comparison import rows_of
from xietong.app.desk import Desk
from xietong.app.plans.queries import documents, load_plan
from xietong.plans.compare import Comparison, compare_plans
from xietong.plans.model import Plan
from xietong.plans.themes import theme_of
from xietong.report.plan_view import columns

Row = dict[str, Any]


def compare_in_library(desk: Desk, left: str, right: str) -> Row:
    """Two plans side by side.

    ``left``, ``right`` {code, title, short} · ``alignment`` [{relation, score, left [clause], right
    [clause]}] · ``changes``, ``conflicts``, ``units`` as rows · ``notes``. A clause brings its
    ``targets``.
    """
    one, other = load_plan(desk, left), load_plan(desk, right)
    found = _compared(one, other)
    return {
        "left": _head(left, one),
        "right": _head(right, other),
        "alignment": [
            {
                "relation": link.relation,
                "score": link.score,
                "left": _clauses(one, link.left),
                "right": _clauses(other, link.right),
            }
            for link in found.alignment
        ],
        "changes": [
            {**row, "theme": theme_of(row["indicator"]).id}
            for row in _named(found, left, right, "changes")
        ],
        "conflicts": _named(found, left, right, "conflicts"),
        "units": _named(found, left, right, "units"),
        "notes": list(dict.fromkeys(found.notes)),
    }


def conflicts_of_library(desk: Desk) -> list[Row]:
    """All conflicts between any two plans of the workspace, high severity first."""
    plans = {one["code"]: load_plan(desk, one["id"]) for one in documents(desk).items}
    codes = {id(plan): code for code, plan in plans.items()}
    ordered = [column.plan for column in columns(list(plans.values()))]
    table = [
        row
        for one, other in combinations(ordered, 2)
        for row in _named(_compared(one, other), codes[id(one)], codes[id(other)], "conflicts")
    ]
    return sorted(table, key=lambda row: ("high", "medium", "low").index(row["severity"]))


@functools.lru_cache(maxsize=256)
def _compared(left: Plan, right: Plan) -> Comparison:
    return compare_plans(left, right)


def _named(found: Comparison, left: str, right: str, table: str) -> list[Row]:
    """Rows under the codes of the library."""
    rows = rows_of(found, table)
    return [{**row, "left_plan": left, "right_plan": right} for row in rows]


def _head(code: str, plan: Plan) -> Row:
    short = columns([plan])[0].short
    return {"code": code, "title": plan.meta.title, "short": short}


def _clauses(plan: Plan, ids: tuple[str, ...]) -> list[Row]:
    known = {clause.id: clause for clause in plan.clauses}
    return [
        {
            "id": name,
            "heading": known[name].heading,
            "text": known[name].text,
            "units": list(known[name].units),
            "lead": list(known[name].lead),
            "targets": [_target(target) for target in plan.targets if target.clause == name],
        }
        for name in ids
        if name in known
    ]


def _target(target: Any) -> Row:
    return {
        "indicator": f"{target.subject or ''}{target.indicator}",
        "year": target.year,
        "value": list(target.value) if isinstance(target.value, tuple) else target.value,
        "operator": target.operator,
        "measure": target.measure,
        "unit": target.unit,
        "quote": target.quote,
    }
