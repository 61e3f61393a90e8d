"""Look through tasks: lists, what is overdue, how each unit and plan stands."""

import datetime
from typing import Any

from sqlalchemy import select

from xietong.app.access import require
from xietong.app.desk import Desk
from xietong.app.plans.queries import Page, sliced
from xietong.app.problems import problem
from xietong.app.tasks.reports import shown
from xietong.store.models import Task

ROLL_UPS = ("unit", "plan", "region", "year", "origin", "target")


def tasks(
    desk: Desk,
    *,
    plan: str | None = None,
    unit: str | None = None,
    year: int | None = None,
    region: str | None = None,
    state: str | None = None,
    overdue_on: str | None = None,
    page: int = 1,
    per_page: int | None = None,
) -> Page:
    """Tasks by their due date, each with its reports.

    ``unit`` is part of a name; ``overdue_on`` (YYYY-MM-DD) keeps what was due before that day and is not done.
    """
    require(desk.actor, "task.read")
    query = select(Task).order_by(Task.due, Task.id)
    for column, wanted in (
        (Task.plan, plan),
        (Task.year, year),
        (Task.region, region),
        (Task.state, state),
    ):
        if wanted is not None:
            query = query.where(column == wanted)
    if unit:
        query = query.where(Task.unit.contains(unit, autoescape=True))
    if overdue_on is not None:
        query = query.where(Task.due < overdue_on, Task.state != "done")
    with desk.reading() as session:
        items = [shown(task) for task in session.scalars(query)]
    return sliced(items, page, per_page)


def task(desk: Desk, task_id: int) -> dict[str, Any]:
    """One task with its reports."""
    require(desk.actor, "task.read")
    with desk.reading() as session:
        found = session.get(Task, task_id)
        if found is None:
            raise problem(
                "not_found", what="任务", what_en="task", key=task_id, hint="", hint_en=""
            )
        return shown(found)


def roll_up(desk: Desk, by: str = "unit", *, year: int | None = None) -> list[dict[str, Any]]:
    """How many tasks each unit (plan, region, year, clause, target) has, in which state; the most overdue first.

    ``progress`` is the mean of accepted progress, tasks counted alike. By ``target``: the tasks of its clause.
    """
    if by not in ROLL_UPS:
        raise problem("bad_value", field="by", value=by, possible="、".join(ROLL_UPS))
    items = tasks(desk, year=year).items
    if by == "target":
        return _by_target(desk, items)
    groups: dict[Any, list[dict[str, Any]]] = {}
    for item in items:
        groups.setdefault(item[by], []).append(item)
    return _sorted([{by: key, **_counts(own)} for key, own in groups.items()], by)


def tasks_of_clause(
    desk: Desk, plan: str, clause: str, *, year: int | None = None
) -> list[dict[str, Any]]:
    """The tasks that a clause of a plan gave to its units, milestones among them."""
    return [one for one in tasks(desk, plan=plan, year=year).items if one["origin"] == clause]


def _by_target(desk: Desk, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each target with how the tasks of its clause stand; targets whose clause has no tasks are left out."""
    from xietong.app.plans.queries import rows

    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for item in items:
        groups.setdefault((item["plan"], item["origin"]), []).append(item)
    found = [
        {
            "target": target["id"],
            "plan": target["plan"],
            "clause": target["clause"],
            "name": target["indicator"],
            "year": target["year"],
            **_counts(groups[target["plan"], target["clause"]]),
        }
        for target in rows(desk, "targets").items
        if (target["plan"], target["clause"]) in groups
    ]
    return _sorted(found, "name")


def _counts(items: list[dict[str, Any]]) -> dict[str, Any]:
    today = datetime.date.today().isoformat()
    return {
        "tasks": len(items),
        "open": sum(one["state"] == "open" for one in items),
        "reported": sum(one["state"] == "reported" for one in items),
        "done": sum(one["state"] == "done" for one in items),
        "overdue": sum(one["state"] != "done" and one["due"] < today for one in items),
        "progress": sum(one["progress"] for one in items) / len(items),
    }


def _sorted(rows: list[dict[str, Any]], by: str) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: (-row["overdue"], -row["tasks"], str(row[by])))
