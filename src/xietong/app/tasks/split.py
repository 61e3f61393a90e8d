"""Split the clauses and key projects of a plan into tasks, one per unit and year."""

from typing import Any

from sqlalchemy import select

from xietong.app.access import require
from xietong.app.desk import Desk
from xietong.app.plans import queries
from xietong.app.plans.filters import Filter
from xietong.app.problems import problem
from xietong.store.models import Task

UNNAMED = "（未列责任单位）"


def split(desk: Desk, plan: str, year: int, *, due: str | None = None) -> dict[str, Any]:
    """Make the tasks of a plan for a year; those that exist stay as they are.

    A clause gives one task for each of its units (the one that leads is marked); a project of a box gives
    one without a unit, to be taken by the region. ``due`` (YYYY-MM-DD) is the last of December by default.
    Says how many are new. Refused where the plan has neither.
    """
    found = queries.document(desk, plan)
    region = found["adcode"]
    require(desk.actor, "task.split", region=region)
    last = due or f"{year}-12-31"
    where = Filter(plan=found["code"])
    wanted = [
        {"kind": "clause", "origin": row["clause"], "unit": unit, "title": row["heading"]}
        | {"leads": unit in row["lead"]}
        for row in queries.rows(desk, "clauses", where).items
        for unit in dict.fromkeys([*row["lead"], *row["units"]])
    ]
    wanted += [
        {"kind": "project", "origin": row["box"], "unit": UNNAMED, "title": row["name"]}
        | {"leads": False}
        for row in queries.rows(desk, "projects", where).items
    ]
    if not wanted:
        raise problem("task_nothing", plan=found["code"], year=year)
    with desk.writing() as change:
        known = {
            (task.origin, task.unit, task.title)
            for task in change.session.scalars(
                select(Task).filter_by(plan=found["code"], year=year)
            )
        }
        new = 0
        for one in wanted:
            one["title"] = one["title"][:300]
            key = (one["origin"], one["unit"], one["title"])
            if key in known:
                continue
            known.add(key)
            change.session.add(
                Task(
                    plan=found["code"],
                    region=region,
                    year=year,
                    due=last,
                    state="open",
                    progress=0.0,
                    **one,
                )
            )
            new += 1
        if new:
            change.record(
                "task.split", f"task:{found['code']}:{year}", None, {"new": new, "due": last}
            )
    return {"plan": found["code"], "year": year, "new": new, "in_all": len(known)}
