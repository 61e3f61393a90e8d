"""Jobs: a worker process runs them, cancel ends the process, a crash is noticed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from plans_by_hand import plan

from xietong.app import audit
from xietong.app.access import Actor
from xietong.app.desk import Desk
from xietong.app.jobs import worker
from xietong.app.jobs.desk import cancel, job, jobs, submit
from xietong.app.jobs.kinds import KINDS
from xietong.errors import AccessError, ConflictError, InputError

SUPPORT = Path(__file__).parents[1] / "support" / "job_kinds"
WORKER = (
    "import sys; from xietong.app.jobs.worker import work; from xietong.app.workspace import open_desk; "
    "work(open_desk(sys.argv[1]))"
)


@pytest.fixture
def jobs_desk(desk, monkeypatch):
    """The tests' own kind of job is known here and in every process started from here."""
    monkeypatch.setitem(KINDS, "slow", "slow_job:run")
    monkeypatch.setenv("PYTHONPATH", str(SUPPORT))
    return desk


@pytest.fixture
def start(jobs_desk):
    """Start a worker process; all are ended after the test."""
    started = []

    def run():
        process = subprocess.Popen(
            [sys.executable, "-c", WORKER, str(jobs_desk.workspace.root)],
            start_new_session=True,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def until(condition, seconds=30.0):
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)
    return found


def alive(pid):
    """Whether a process runs; one that ended and was not yet collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def state(desk, number):
    return job(desk, number)["state"]


def test_jobs_run_one_after_another_and_tell_how_far_they_are(jobs_desk, start):
    first = submit(jobs_desk, "slow", {"seconds": 2})["id"]
    second = submit(jobs_desk, "slow", {"fail": True})["id"]
    third = submit(jobs_desk, "slow", {"exit": True})["id"]
    assert [state(jobs_desk, n) for n in (first, second, third)] == ["queued"] * 3
    start()
    seen = until(lambda: 0 < job(jobs_desk, first)["progress"] < 1 and job(jobs_desk, first))
    assert seen["state"] == "running" and seen["message"].startswith("第")
    until(lambda: state(jobs_desk, third) == "failed")
    done = job(jobs_desk, first)
    assert (done["state"], done["progress"]) == ("done", 1.0)
    assert done["result"] == {"who": jobs_desk.actor.name, "steps": 20}
    assert "算不出" in job(jobs_desk, second)["message"]
    assert "9" in job(jobs_desk, third)["message"]


def test_cancel_ends_the_process_and_what_it_started(jobs_desk, start, tmp_path):
    pidfile = tmp_path / "pid"
    number = submit(jobs_desk, "slow", {"seconds": 600, "pidfile": str(pidfile)})["id"]
    waiting = submit(jobs_desk, "slow", {"seconds": 600})["id"]
    start()
    until(lambda: pidfile.exists() and pidfile.read_text())
    pid = until(lambda: job(jobs_desk, number)["pid"])
    assert cancel(jobs_desk, waiting)["state"] == "cancelled"
    cancel(jobs_desk, number)
    until(lambda: state(jobs_desk, number) == "cancelled")
    until(lambda: not alive(pid) and not alive(int(pidfile.read_text())))
    with pytest.raises(ConflictError, match="cancelled"):
        cancel(jobs_desk, number)
    assert state(jobs_desk, waiting) == "cancelled"


def test_a_worker_that_was_killed_leaves_no_job_running_for_ever(jobs_desk, start):
    number = submit(jobs_desk, "slow", {"seconds": 600})["id"]
    later = submit(jobs_desk, "slow", {"seconds": 0})["id"]
    process = start()
    pid = until(lambda: job(jobs_desk, number)["pid"])
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    until(lambda: not alive(pid))  # the job's own process ends with its worker
    assert state(jobs_desk, number) == "running"  # nobody was there to write it down
    start()
    until(lambda: state(jobs_desk, later) == "done")  # what waited is done by the next worker
    assert state(jobs_desk, number) == "lost"
    assert audit.verify(jobs_desk)["ok"]


def test_a_row_that_never_reached_the_queue_is_done_all_the_same(jobs_desk, start, monkeypatch):
    monkeypatch.setattr("xietong.app.jobs.desk.wake", lambda *_: None)
    number = submit(jobs_desk, "slow", {"seconds": 0})["id"]
    start()
    until(lambda: state(jobs_desk, number) == "done")


def test_a_job_of_a_host_that_went_silent_is_lost(jobs_desk):
    from xietong.store.models import Job

    number = submit(jobs_desk, "slow", {})["id"]
    with jobs_desk.workspace.database.writing() as session:
        row = session.get(Job, number)
        row.state, row.host, row.beat_at = "running", "elsewhere", "2026-01-01T00:00:00.000000Z"
    assert worker.mend(jobs_desk) == [number]
    assert state(jobs_desk, number) == "lost"


def test_who_sees_and_cancels_which_jobs(jobs_desk):
    def at(*facts):
        return Desk(jobs_desk.workspace, Actor(*facts))

    qingdao, jinan = at("qd", "city", "370200"), at("jn", "city", "370100")
    province, reader = at("sd", "province_admin", "370000"), at("r", "reader")
    number = submit(qingdao, "slow", {})["id"]
    assert jobs(qingdao).total == jobs(province).total == 1 and jobs(jinan).total == 0
    for other in (jinan, reader):
        with pytest.raises(AccessError):
            job(other, number)
        with pytest.raises(AccessError):
            cancel(other, number)
    with pytest.raises(AccessError):
        submit(reader, "slow", {})
    with pytest.raises(InputError):
        submit(qingdao, "os.system", {})
    assert cancel(province, number)["state"] == "cancelled"


def test_the_work_has_the_rights_of_who_asked(desk, start, monkeypatch):
    from xietong.app.plans.uploads import keep_upload

    jinan = Desk(desk.workspace, Actor("jn", "city", "370100"))
    upload = keep_upload(desk, "x.txt", "乙市减污降碳协同增效实施方案".encode())["id"]
    number = submit(jinan, "plan.import", {"uploads": [upload]})["id"]
    monkeypatch.setattr(
        "xietong.app.plans.uploads.parse", lambda _, **more: plan(), raising=True
    )  # a plan of Qingdao
    from xietong.app.plans.uploads import run_import

    with pytest.raises(AccessError, match="370200"):
        run_import(jinan, {"uploads": [upload]}, lambda *_: None)
    assert cancel(jinan, number)["state"] == "cancelled"
