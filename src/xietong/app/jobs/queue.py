"""The queue that wakes the worker: huey, on SQLite or PostgreSQL like the workspace itself.

The row in ``job`` is the truth; the queue only carries its number. Should the two ever differ (a
crash between both writes), the worker puts waiting rows back into the queue when it starts.
"""

from typing import Any

from sqlalchemy import make_url

from xietong.store.workspace import Workspace

NAME = "xietong"


def job_queue(workspace: Workspace) -> Any:
    """The queue of this workspace."""
    from huey import PostgresHuey, SqliteHuey

    options = {"name": NAME, "results": False, "utc": True}
    if workspace.database.is_sqlite:
        return SqliteHuey(filename=str(workspace.root / "queue.db"), timeout=30, **options)
    url = make_url(workspace.database.url).set(drivername="postgresql")
    return PostgresHuey(dsn=url.render_as_string(hide_password=False), **options)


def declare(queue: Any, run: Any) -> Any:
    """The one task of the queue, called the same in every process: run the job of this number."""

    def run_job(job_id: int) -> None:
        run(job_id)

    return queue.task()(run_job)


def wake(workspace: Workspace, job_id: int) -> None:
    """Put a job's number into the queue."""
    queue = job_queue(workspace)
    try:
        declare(queue, _elsewhere)(job_id)
    finally:
        queue.storage.close()


def waiting(queue: Any) -> set[int]:
    """The numbers that are in the queue."""
    return {task.args[0] for task in queue.pending()}


def _elsewhere(job_id: int) -> None:
    """The worker process runs the job; here it is only named."""
    raise AssertionError(f"job {job_id} must run in a worker process")
