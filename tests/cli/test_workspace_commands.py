"""The commands of a workspace: what they print, where, and what they refuse."""

import json
import zipfile
from importlib.resources import files

import openpyxl
import pytest
from typer.testing import CliRunner

from xietong.cli.main import app
from xietong.errors import AccessError, InputError, NotFoundError, WorkspaceError

SAMPLE = str(files("xietong") / "plans" / "sample" / "sample.docx")


def call(*words, input=None):
    return CliRunner().invoke(app, [str(word) for word in words], input=input)


def ok(*words, input=None):
    result = call(*words, input=input)
    assert result.exit_code == 0, (words, result.output, result.exception)
    return result.stdout


def data(*words, input=None):
    return json.loads(ok(*words, "--json", input=input))


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    made = data("init", tmp_path / "w", "--example", "shandong")
    assert made["counts"]["document"] == 5
    (tmp_path / "w" / "deep").mkdir()
    monkeypatch.chdir(tmp_path / "w" / "deep")  # the nearest xietong.toml upwards is found
    return tmp_path / "w"


@pytest.mark.usefixtures("workspace")
def test_a_document_goes_in_once():
    (seen,) = data("plan", "import", SAMPLE, "--preview")
    assert seen["status"] == "new" and len(data("plan", "list")) == 5
    (first,) = data("plan", "import", SAMPLE)
    (second,) = data("plan", "import", SAMPLE)
    assert (first["status"], second["status"]) == ("new", "unchanged")
    assert first["counts"]["clauses"] > 0 and len(data("plan", "list")) == 6
    assert data("plan", "show", first["plan"])["sha256"] is not None


@pytest.mark.usefixtures("workspace")
def test_a_file_that_cannot_be_read_does_not_stop_the_others(tmp_path):
    result = call("plan", "import", tmp_path / "missing.docx", SAMPLE)
    assert result.exit_code == 1 and "missing.docx" in result.stderr
    assert len(data("plan", "list")) == 6


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize(
    "words",
    [
        ("targets", "--year", "2025", "--region", "370200"),
        ("clauses", "--unit", "生态环境"),
        ("milestones", "--plan", "jinan-peak"),
        ("projects", "--text", "氢"),
        ("tasks", "--lead"),
        ("units", "--function", "生态环境"),
        ("queue", "--plan", "qingdao-synergy"),
        ("list", "--type", "碳达峰"),
    ],
)
def test_lists_in_every_form_hold_the_same_rows(words, tmp_path):
    items = data("plan", *words)
    assert items
    assert ok("plan", *words).strip()
    if words[0] != "queue":
        lines = ok("plan", *words, "--csv").lstrip("\ufeff").splitlines()
        assert len(lines) == 1 + len(items)
        ok("plan", *words, "--xlsx", tmp_path / "x.xlsx")
        assert openpyxl.load_workbook(tmp_path / "x.xlsx").active.max_row == 1 + len(items)


@pytest.mark.usefixtures("workspace")
def test_review_audit_and_verification(workspace):
    number = data("plan", "targets", "--plan", "qingdao-synergy")[0]["id"]
    words = ("plan", "review", "targets", number, "--action", "correct")
    assert isinstance(call(*words, "--set", "value=8").exception, InputError)  # no reason
    (row,) = data(*words, "--set", "value=8", "--set", "unit=‰", "--reason", "原文")
    assert (row["value"], row["unit"], row["status"]) == (8, "‰", "corrected")
    (entry,) = data("audit", "list", "--action", "plan.correct")
    assert entry["reason"] == "原文"
    found = data("audit", "verify", "--head", f"{entry['seq']}:{entry['hash'][:16]}")
    assert found["ok"] and found["rows"] == entry["seq"]
    heads = workspace / "audit-head.jsonl"
    heads.write_text(heads.read_text("utf-8").replace(entry["hash"], "0" * 64), "utf-8")
    result = call("audit", "verify")
    assert result.exit_code == 1 and "重算" in result.stderr


@pytest.mark.usefixtures("workspace")
def test_users():
    words = ("user", "add", "wang", "--role", "city", "--region", "370200", "--password-stdin")
    assert isinstance(call(*words, input="weak\n").exception, InputError)
    (made,) = data(*words, input="Qingdao-2026\n")
    assert made["has_password"] and "Qingdao" not in str(made)
    (changed,) = data("user", "change", "wang", "--close")
    assert changed["active"] is False
    ok("user", "password", "wang", "--password-stdin", input="Jinan-2027-x\n")
    assert [user["name"] for user in data("user", "list")] == ["wang"]
    assert isinstance(call("user", "change", "li", "--close").exception, NotFoundError)
    assert "province_admin" in ok("user", "roles")


@pytest.mark.usefixtures("workspace")
def test_backup_and_restore(tmp_path):
    made = data("backup", tmp_path / "b.zip")
    assert zipfile.ZipFile(tmp_path / "b.zip").testzip() is None
    again = data("restore", tmp_path / "b.zip", tmp_path / "again")
    assert again["rows"] == made["rows"] and again["audit"]["ok"]
    assert data("plan", "list", "--workspace", tmp_path / "again") == data("plan", "list")


@pytest.mark.usefixtures("workspace")
def test_jobs_are_queued_shown_and_cancelled():
    (job,) = data("job", "run", "backup")
    assert job["state"] == "queued" and [j["id"] for j in data("job", "list")] == [job["id"]]
    (gone,) = data("job", "cancel", job["id"])
    assert gone["state"] == "cancelled"
    assert json.loads(ok("job", "show", job["id"]))["state"] == "cancelled"


def test_serving_others_needs_a_login(workspace):
    result = call("serve", "--host", "0.0.0.0", "--no-worker")
    assert isinstance(result.exception, AccessError)


def test_outside_a_workspace_the_message_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(WorkspaceError, match="xietong init"):
        raise call("plan", "list").exception
    ok("init", tmp_path / "w")
    with pytest.raises(WorkspaceError, match="已经是工作区"):
        raise call("init", tmp_path / "w").exception
    with pytest.raises(InputError, match="shandong"):
        raise call("init", tmp_path / "v", "--example", "atlantis").exception
    assert not (tmp_path / "v").exists()
