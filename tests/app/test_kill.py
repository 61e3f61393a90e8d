"""kill −9 in the middle of an import: the edition is wholly there or not at all."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from xietong.app import audit
from xietong.app.plans.importing import store_plan
from xietong.app.plans.queries import document, documents, rows
from xietong.app.workspace import create_workspace, open_desk
from xietong.store.models import Clause, ClauseUnit, DocumentVersion, Target

SUPPORT = Path(__file__).parents[1] / "support"
SIZE = 300


def kill_in_mid_import(folder, number, delay):
    """Start importing edition after edition; kill the process some time after the first."""
    process = subprocess.Popen(
        [sys.executable, str(SUPPORT / "import_for_ever.py"), str(folder), str(number)],
        stdout=subprocess.PIPE,
        text=True,
    )
    first = process.stdout.readline()
    assert first.strip() == str(number), "the first edition was not stored"
    time.sleep(delay)
    os.kill(process.pid, signal.SIGKILL)
    told = [number] + [int(line) for line in process.stdout if line.strip()]
    process.wait()
    return max(told)


def check_whole(folder, told):
    """Every stored edition has all its rows, one is current, the trail holds; how many there are."""
    desk = open_desk(folder)
    with desk.reading() as session:
        for model, size in ((Clause, SIZE), (Target, SIZE)):
            counts = session.execute(
                select(model.version_id, func.count()).group_by(model.version_id)
            ).all()
            assert {count for _, count in counts} == {size}
            assert len(counts) == session.scalar(select(func.count()).select_from(DocumentVersion))
        units = session.scalar(select(func.count()).select_from(ClauseUnit))
        assert units == 2 * session.scalar(select(func.count()).select_from(Clause))
        current = select(func.count()).select_from(DocumentVersion).where(DocumentVersion.current)
        assert session.scalar(current) == 1
    versions = document(desk, 1)["versions"]
    assert [version["number"] for version in versions] == list(range(1, len(versions) + 1))
    editions = [int(version["sha256"]) for version in versions]
    assert editions[-1] in (told, told + 1)  # stored, but killed before it could say so
    assert {row["value"] for row in rows(desk, "targets").items} == {float(editions[-1])}
    found = audit.verify(desk)
    assert found["ok"] and found["rows"] == 1 + len(versions)
    desk.workspace.close()
    return editions[-1]


def run(database_url, tmp_path, monkeypatch, times):
    if database_url:
        monkeypatch.setenv("XIETONG_DATABASE", database_url)
    folder = tmp_path / "w"
    create_workspace(folder)
    last, chance = 0, random.Random(20261121)
    for _ in range(times):
        told = kill_in_mid_import(folder, last + 1, chance.uniform(0.0, 0.8))
        last = check_whole(folder, told)
    desk = open_desk(folder)
    from import_for_ever import edition

    assert store_plan(desk, edition(last + 1))["status"] == "new_version"  # and work goes on
    assert documents(desk).total == 1
    desk.workspace.close()


def test_five_times(database_url, tmp_path, monkeypatch):
    run(database_url, tmp_path, monkeypatch, 5)


@pytest.mark.long
def test_fifty_times(database_url, tmp_path, monkeypatch):
    run(database_url, tmp_path, monkeypatch, 50)
