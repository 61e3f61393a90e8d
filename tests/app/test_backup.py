"""Backup and restore, from each database to each; what is damaged is refused."""

import json
import zipfile
from pathlib import Path

import pytest
from plans_by_hand import plan
from sqlalchemy import text

from xietong.app import audit
from xietong.app.backup import make_backup, restore_backup
from xietong.app.data_review import writing_data
from xietong.app.people.accounts import add_user
from xietong.app.people.sign_in import sign_in
from xietong.app.plans.example import import_example
from xietong.app.plans.importing import store_plan
from xietong.app.plans.queries import documents, load_plan, rows
from xietong.app.plans.review import review
from xietong.app.workspace import open_desk
from xietong.errors import WorkspaceError

PASSWORD = "Qingdao-2026"


@pytest.fixture
def used(desk):
    """A workspace in which something was done."""
    import_example(desk, "shandong")
    store_plan(desk, plan(warnings=("行分隔\u2028符 \x85 与引号\"'",)))
    review(desk, "targets", 3, "correct", values={"value": 1.25}, reason="试")
    add_user(desk, "wang", "city", password=PASSWORD, region="370200")
    sign_in(desk.workspace, "wang", PASSWORD)
    with writing_data(desk, "fuel_use", "370200", 2024, sha256="x"):
        pass
    (desk.workspace.root / "activity" / "煤.csv").write_text("年,吨\n2024,1\n", "utf-8")
    return desk


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request):
    """The database to restore to."""
    return None if request.param == "sqlite" else request.getfixturevalue("second_postgres_url")


def test_what_was_saved_comes_back(used, target, tmp_path, monkeypatch):
    made = make_backup(used, tmp_path / "b.zip")
    monkeypatch.delenv("XIETONG_DATABASE", raising=False)
    found = restore_backup(tmp_path / "b.zip", tmp_path / "again", target)
    assert found["rows"] == made["rows"] and found["audit"]["ok"]
    again = open_desk(tmp_path / "again")
    assert again.workspace.database.is_sqlite is (target is None)
    assert documents(again) == documents(used)
    for table in ("clauses", "targets", "milestones", "projects"):
        assert rows(again, table) == rows(used, table)
    assert load_plan(again, "370200-synergy-2024") == load_plan(used, "370200-synergy-2024")
    assert sign_in(again.workspace, "wang", PASSWORD)
    assert (again.workspace.root / "activity" / "煤.csv").read_text("utf-8") == "年,吨\n2024,1\n"
    assert store_plan(again, plan(sha256="9" * 64, targets=()))["status"] == "new_version"
    assert audit.verify(again, [made["head"]])["ok"]
    again.workspace.close()


def test_tampering_is_still_found_after_restoring(used, tmp_path, monkeypatch):
    make_backup(used, tmp_path / "b.zip")
    monkeypatch.delenv("XIETONG_DATABASE", raising=False)
    restore_backup(tmp_path / "b.zip", tmp_path / "again")
    again = open_desk(tmp_path / "again")
    with again.workspace.database.writing() as session:
        session.execute(text("DROP TRIGGER audit_no_update"))
        session.execute(text("UPDATE audit SET reason = 'x' WHERE seq = 4"))
    assert audit.verify(again)["breaks"][0]["kind"] == "changed"
    again.workspace.close()


def damaged(source: Path, to: Path, change) -> Path:
    """A copy of a backup in which one entry or name was changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            new_name, data = change(name, old.read(name))
            if new_name:
                new.writestr(new_name, data)
    return to


def escaping(name, data):
    if name == "manifest.json":
        manifest = json.loads(data)
        sums = manifest["sha256"]
        sums["files/../../evil"] = sums.pop("files/activity/煤.csv")
        return name, json.dumps(manifest)
    return ("files/../../evil" if name.endswith("煤.csv") else name), data


@pytest.mark.parametrize(
    "change",
    [
        lambda name, data: (name, data + b" " if name.endswith("target.jsonl") else data),
        lambda name, data: (None if name.endswith("target.jsonl") else name, data),
        lambda name, data: (name.replace("files/activity", "files/other"), data),
        lambda name, data: (None if name == "manifest.json" else name, data),
        escaping,
    ],
)
def test_a_damaged_backup_is_refused_before_anything_is_written(used, tmp_path, change):
    make_backup(used, tmp_path / "b.zip")
    bad = damaged(tmp_path / "b.zip", tmp_path / "bad.zip", change)
    with pytest.raises(WorkspaceError, match="备份"):
        restore_backup(bad, tmp_path / "deep" / "again")
    assert not (tmp_path / "deep" / "again").exists()
    assert not list(tmp_path.rglob("evil"))


def test_no_file_and_no_zip_are_refused(tmp_path):
    (tmp_path / "x.zip").write_bytes(b"not a zip")
    for name in ("x.zip", "missing.zip"):
        with pytest.raises(WorkspaceError, match="备份"):
            restore_backup(tmp_path / name, tmp_path / "again")


def test_nothing_is_overwritten(used, tmp_path):
    make_backup(used, tmp_path / "b.zip")
    with pytest.raises(WorkspaceError, match="空"):
        restore_backup(tmp_path / "b.zip", used.workspace.root)
