"""Jobs as people see them: submit, watch, cancel."""

from typing import Any

from sqlalchemy import select

from xietong.app.access import may, require, require_somewhere
from xietong.app.desk import Desk
from xietong.app.jobs.kinds import KINDS
from xietong.app.jobs.queue import wake
from xietong.app.plans.queries import Page, sliced
from xietong.app.problems import problem
from xietong.store.clock import now
from xietong.store.models import Job

WAITING, RUNNING = "queued", "running"
ENDED = ("done", "failed", "cancelled", "lost")


def submit(desk: Desk, kind: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """Queue a job; its row. The right to the work itself is asked when it runs, as this person."""
    require(desk.actor, "job.run")
    if kind not in KINDS:
        raise problem("bad_value", field="kind", value=kind, possible="、".join(KINDS))
    with desk.writing() as change:
        job = Job(
            kind=kind,
            arguments=arguments,
            state=WAITING,
            progress=0.0,
            message="",
            result={},
            who=desk.actor.name,
            actor=desk.actor.as_dict(),
            queued_at=now(),
        )
        change.session.add(job)
        change.session.flush()
        change.record("job.submit", f"job:{job.id}", after={"kind": kind, "arguments": arguments})
        found = shown(job)
    wake(desk.workspace, found["id"])
    return found


def jobs(
    desk: Desk,
    *,
    state: str | None = None,
    kind: str | None = None,
    page: int = 1,
    per_page: int | None = None,
) -> Page:
    """The jobs that the actor may see, newest first."""
    require_somewhere(desk.actor, "job.read")
    query = select(Job).order_by(Job.id.desc())
    for column, wanted in ((Job.state, state), (Job.kind, kind)):
        if wanted is not None:
            query = query.where(column == wanted)
    with desk.reading() as session:
        items = [
            shown(found)
            for found in session.scalars(query)
            if may(desk.actor, "job.read", owner=found.who)
        ]
    return sliced(items, page, per_page)


def job(desk: Desk, job_id: int) -> dict[str, Any]:
    """One job: state, progress from 0 to 1, message, result."""
    with desk.reading() as session:
        found = session.get(Job, job_id)
        if found is None:
            raise _missing(job_id)
        require(desk.actor, "job.read", owner=found.who)
        return shown(found)


def cancel(desk: Desk, job_id: int) -> dict[str, Any]:
    """Cancel a job: a waiting one at once, a running one by ending its process within seconds."""
    with desk.writing() as change:
        found = change.session.get(Job, job_id, with_for_update=True)
        if found is None:
            raise _missing(job_id)
        require(desk.actor, "job.cancel", owner=found.who)
        if found.state in ENDED:
            raise problem("job_ended", id=job_id, state=found.state)
        found.cancel_asked = True
        if found.state == WAITING:
            found.state, found.ended_at = "cancelled", now()
        change.record("job.cancel", f"job:{job_id}")
        return shown(found)


def shown(found: Job) -> dict[str, Any]:
    """A job as the API and the pages show it."""
    values = found.values()
    del values["actor"]
    return values


def _missing(job_id: int) -> Exception:
    return problem("not_found", what="任务", what_en="job", key=job_id, hint="", hint_en="")
