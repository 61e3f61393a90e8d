"""Milestones of key projects: dates before the due date at which something must be reached."""

import datetime
from typing import Any

from xietong.app.access import require, require_somewhere
from xietong.app.desk import Desk
from xietong.app.problems import problem
from xietong.app.tasks.reports import shown
from xietong.store.models import Task


def add_milestone(desk: Desk, task_id: int, title: str, due: str) -> dict[str, Any]:
    """A milestone of a task: a task of its own, of the same unit, that is reported and reviewed alike.

    Refused without a title, with a date that is none or lies after the task's own, or on a milestone.
    """
    require_somewhere(desk.actor, "task.split")
    try:
        day = datetime.date.fromisoformat(due)
    except ValueError as error:
        raise problem("bad_value", field="due", value=due, possible="2026-06-30") from error
    if not title.strip():
        raise problem("bad_value", field="title", value=title, possible="…")
    with desk.writing() as change:
        parent = change.session.get(Task, task_id)
        if parent is None:
            raise problem(
                "not_found", what="任务", what_en="task", key=task_id, hint="", hint_en=""
            )
        require(desk.actor, "task.split", region=parent.region)
        if parent.kind == "milestone":
            raise problem("bad_value", field="task", value=task_id, possible="clause, project")
        if due > parent.due:
            raise problem("bad_value", field="due", value=due, possible=f"≤ {parent.due}")
        made = Task(
            plan=parent.plan,
            kind="milestone",
            parent_id=parent.id,
            origin=parent.origin,
            region=parent.region,
            unit=parent.unit,
            leads=parent.leads,
            year=parent.year,
            due=day.isoformat(),
            title=f"{parent.title[:180]} · {title.strip()}"[:300],
            state="open",
            progress=0.0,
        )
        change.session.add(made)
        change.session.flush()
        change.record("task.milestone", f"task:{made.id}", None, {"of": task_id, "due": made.due})
        return shown(made)
