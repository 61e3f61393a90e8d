"""The worker process: takes jobs from the queue, gives each a process of its own, ends it on cancel."""

import os
import signal
import socket
import subprocess
import sys
import time
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from xietong.app.desk import Desk
from xietong.app.jobs.child import finish
from xietong.app.jobs.processes import pid_lives
from xietong.app.jobs.queue import declare, job_queue, waiting
from xietong.store.clock import now
from xietong.store.models import Job

POLL_SECONDS = 0.5
GRACE_SECONDS = 3.0
STALE = timedelta(seconds=60)
LOST = "执行进程已不在，任务未完成；请重新提交 · its process is gone and the work was not finished: submit it again"


def work(desk: Desk, workers: int = 1) -> None:
    """Run jobs until the process is told to stop (Ctrl-C or a termination signal)."""
    queue = job_queue(desk.workspace)
    task = declare(queue, lambda job_id: run_job(desk, job_id))
    mend(desk)
    with desk.reading() as session:
        rows = list(session.scalars(select(Job.id).where(Job.state == "queued").order_by(Job.id)))
    for job_id in sorted(set(rows) - waiting(queue)):
        task(job_id)
    consumer = queue.create_consumer(
        workers=workers, periodic=False, initial_delay=POLL_SECONDS, max_delay=2.0
    )
    consumer.run()


def mend(desk: Desk) -> list[int]:
    """Mark running jobs whose process is gone as lost; their numbers."""
    with desk.reading() as session:
        running = list(session.scalars(select(Job).where(Job.state == "running")))
    lost = [job.id for job in running if not _lives(job)]
    for job_id in lost:
        finish(desk, job_id, "lost", message=LOST)
    return lost


def run_job(desk: Desk, job_id: int) -> None:
    """Run one job in a process of its own and watch it; a job that is not waiting is passed over."""
    if not _claim(desk, job_id):
        return
    log = desk.workspace.root / "results" / "jobs"
    log.mkdir(parents=True, exist_ok=True)
    module, root, worker = "xietong.app.jobs.child", desk.workspace.root, os.getpid()
    command = [sys.executable, "-m", module, str(root), str(job_id), str(worker)]
    with (log / f"{job_id}.log").open("ab") as out:
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )
        try:
            _watch(desk, job_id, child)
        finally:
            _end(child)


def _claim(desk: Desk, job_id: int) -> bool:
    with desk.workspace.database.writing() as session:
        taken: Any = session.execute(
            update(Job)
            .where(Job.id == job_id, Job.state == "queued")
            .values(state="running", started_at=now(), beat_at=now(), host=socket.gethostname())
        )
        return bool(taken.rowcount)


def _watch(desk: Desk, job_id: int, child: "subprocess.Popen[bytes]") -> None:
    with desk.workspace.database.writing() as session:
        session.get_one(Job, job_id).pid = child.pid
    beat = time.monotonic()
    while child.poll() is None:
        time.sleep(POLL_SECONDS)
        with desk.reading() as session:
            asked = session.get_one(Job, job_id).cancel_asked
        if asked:
            _end(child)
            finish(desk, job_id, "cancelled")
            return
        if time.monotonic() - beat > STALE.total_seconds() / 4:
            beat = time.monotonic()
            with desk.workspace.database.writing() as session:
                session.get_one(Job, job_id).beat_at = now()
    finish(
        desk, job_id, "failed", message=f"进程意外结束 · the process ended with {child.returncode}"
    )


def _end(child: "subprocess.Popen[bytes]") -> None:
    """End a process and what it started: first asked, then made to."""
    if child.poll() is not None:
        return
    _signal(child, force=False)
    try:
        child.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        _signal(child, force=True)
        child.wait()


def _signal(child: "subprocess.Popen[bytes]", force: bool) -> None:
    if sys.platform == "win32":
        (child.kill if force else child.terminate)()
        return
    try:
        os.killpg(child.pid, signal.SIGKILL if force else signal.SIGTERM)
    except ProcessLookupError:  # it ended by itself in this very moment
        return


def _lives(job: Job) -> bool:
    """Whether a running job was seen lately and, on this host, its process is still there."""
    seen = (job.beat_at or "") > now(-STALE)
    here = job.host == socket.gethostname()
    return seen and (not here or (job.pid is not None and pid_lives(job.pid)))
