"""Report on a task with evidence, and review the report."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from xietong.app.access import LOCAL, require
from xietong.app.desk import Desk
from xietong.app.plans.uploads import LIMIT_MB, own_name
from xietong.app.problems import problem
from xietong.store.clock import now
from xietong.store.models import Task, TaskReport

FOLDER = "evidence"
Evidence = tuple[str, bytes]


def report(
    desk: Desk, task_id: int, progress: float, text: str, evidence: Sequence[Evidence] = ()
) -> dict[str, Any]:
    """Hand in a report; the evidence (name and content) is kept in ``evidence/`` under its digest.

    Refused where the progress is not between 0 and 1, nothing is said, or a file is empty or too large: then
    nothing is stored. A task that is done (accepted at 1) takes no more reports.
    """
    if not 0 <= progress <= 1:
        raise problem("task_progress", value=progress)
    if not text.strip():
        raise problem("reason_missing")
    files = [_checked(name, data) for name, data in evidence]
    with desk.writing() as change:
        task = _task(change.session, task_id)
        require(desk.actor, "task.report", region=task.region)
        if task.state == "done":
            raise problem("wrong_state", subject=_name(task), state=task.state, step="report")
        folder = desk.workspace.root / FOLDER
        for name, data, digest in files:
            folder.mkdir(exist_ok=True)
            target = folder / f"{digest}{Path(name).suffix.lower()}"
            if not target.exists():
                target.write_bytes(data)
        kept = [
            {"name": name, "sha256": digest, "bytes": len(data)} for name, data, digest in files
        ]
        task.reports.append(
            TaskReport(
                who=desk.actor.name,
                at=now(),
                text=text.strip(),
                progress=progress,
                evidence=kept,
                state="submitted",
            )
        )
        before, task.state = task.state, "reported"
        change.record(
            "task.report",
            _name(task),
            {"state": before, "progress": task.progress},
            {"progress": progress, "evidence": [one["sha256"] for one in kept]},
            text.strip(),
        )
        change.session.flush()
        return shown(task)


def review(desk: Desk, task_id: int, accept: bool, reason: str = "") -> dict[str, Any]:
    """Accept the last report, or return it with a reason; who reported does not review.

    Accepted, its progress becomes the task's; at 1 the task is done. Returned, the task is open again.
    """
    if not accept and not reason.strip():
        raise problem("reason_missing")
    with desk.writing() as change:
        task = _task(change.session, task_id)
        require(desk.actor, "task.review", region=task.region)
        step = "accept" if accept else "return"
        if task.state != "reported":
            raise problem("wrong_state", subject=_name(task), state=task.state, step=step)
        last = task.reports[-1]
        if last.who == desk.actor.name and desk.actor.role != LOCAL:
            raise problem("task_own_report", who=desk.actor.name)
        before = {"state": task.state, "progress": task.progress}
        last.state = "accepted" if accept else "returned"
        last.reviewer, last.reviewed_at, last.reason = desk.actor.name, now(), reason or None
        if accept:
            task.progress = last.progress
        task.state = "done" if accept and last.progress >= 1 else "open"
        change.record(
            f"task.{step}",
            _name(task),
            before,
            {"state": task.state, "progress": task.progress},
            reason or None,
        )
        change.session.flush()
        return shown(task)


def shown(task: Task) -> dict[str, Any]:
    """A task with its reports, as plain values."""
    return task.values() | {"reports": [one.values() for one in task.reports]}


def _task(session: Session, task_id: int) -> Task:
    found = session.get(Task, task_id)
    if found is None:
        raise problem("not_found", what="任务", what_en="task", key=task_id, hint="", hint_en="")
    return found


def _name(task: Task) -> str:
    return f"task:{task.id}"


def read_evidence(paths: Sequence[Path]) -> list[Evidence]:
    """Files of this machine as evidence; one that cannot be read is named."""
    found = []
    for path in paths:
        try:
            found.append((path.name, path.read_bytes()))
        except OSError as error:
            raise problem("task_evidence", name=path.name) from error
    return found


def evidence_file(desk: Desk, task_id: int, sha256: str) -> tuple[str, bytes]:
    """Name and content of one piece of evidence of a task; refused where it was changed since."""
    require(desk.actor, "task.read")
    with desk.reading() as session:
        kept = [one for report in _task(session, task_id).reports for one in report.evidence]
    known = next((one for one in kept if one["sha256"] == sha256), None)
    if known is None:
        raise problem(
            "not_found", what="佐证材料", what_en="evidence", key=sha256[:12], hint="", hint_en=""
        )
    path = desk.workspace.root / FOLDER / f"{sha256}{Path(known['name']).suffix.lower()}"
    data = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(data).hexdigest() != sha256:
        raise problem("task_evidence", name=known["name"])
    return str(known["name"]), data


def _checked(name: str, data: bytes) -> tuple[str, bytes, str]:
    shown = own_name(name)
    if not data:
        raise problem("task_evidence", name=shown)
    if len(data) > LIMIT_MB * 2**20:
        raise problem("upload_too_large", size_mb=round(len(data) / 2**20), limit_mb=LIMIT_MB)
    return shown, data, hashlib.sha256(data).hexdigest()
