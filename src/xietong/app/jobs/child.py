"""The process of one job: ``python -m xietong.app.jobs.child WORKSPACE JOB WORKER``.

It runs the job's function as the person who asked, writes progress and result into the row, and
ends itself when its worker is gone.
"""

import os
import sys
import threading
import time
import traceback
from typing import Any

from xietong.app.access import Actor
from xietong.app.desk import Desk
from xietong.app.jobs.kinds import runner
from xietong.app.jobs.processes import pid_lives
from xietong.app.workspace import open_desk
from xietong.errors import XietongError
from xietong.store.clock import now
from xietong.store.models import Job

WRITE_SECONDS = 0.3  # progress is not written more often than this
WATCH_SECONDS = 0.5


def main(root: str, job_id: int, worker: int) -> int:
    """Run one job for the worker of this process number; 0 done, 1 failed."""
    threading.Thread(target=_end_with_parent, args=(worker,), daemon=True).start()
    desk = open_desk(root)
    with desk.reading() as session:
        job = session.get_one(Job, job_id)
        kind, arguments, actor = job.kind, dict(job.arguments), Actor(**job.actor)
    desk = Desk(desk.workspace, actor)
    try:
        result = runner(kind)(desk, arguments, _Progress(desk, job_id))
    except XietongError as error:
        finish(desk, job_id, "failed", message=str(error))
        return 1
    except Exception as error:
        traceback.print_exc()
        finish(desk, job_id, "failed", message=f"{type(error).__name__}: {error}")
        return 1
    finish(desk, job_id, "done", result=result)
    return 0


def finish(
    desk: Desk, job_id: int, state: str, *, message: str = "", result: dict[str, Any] | None = None
) -> bool:
    """Write the end of a job, once; whether this was the one that wrote it."""
    with desk.writing() as change:
        job = change.session.get_one(Job, job_id, with_for_update=True)
        if job.state != "running":
            return False
        job.state, job.ended_at, job.pid = state, now(), None
        job.message = message or job.message
        job.progress = 1.0 if state == "done" else job.progress
        job.result = result or {}
        change.record(
            f"job.{state}", f"job:{job_id}", after={"message": message} if message else None
        )
    return True


class _Progress:
    """Called by the work with a share from 0 to 1 and a word; writes it into the row."""

    def __init__(self, desk: Desk, job_id: int) -> None:
        self.desk, self.job_id, self.last = desk, job_id, 0.0

    def __call__(self, share: float, message: str = "") -> None:
        if time.monotonic() - self.last < WRITE_SECONDS:
            return
        self.last = time.monotonic()
        with self.desk.workspace.database.writing() as session:
            job = session.get_one(Job, self.job_id)
            job.progress, job.message, job.beat_at = min(max(share, 0.0), 1.0), message, now()


def _end_with_parent(parent: int) -> None:
    while os.getppid() == parent and pid_lives(parent):
        time.sleep(WATCH_SECONDS)
    os._exit(3)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
