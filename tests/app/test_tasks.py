"""Tasks: split once, reported with evidence, reviewed by others, overdue ones written to."""

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from xietong.app.access import Actor
from xietong.app.audit import entries
from xietong.app.desk import Desk
from xietong.app.plans.example import import_example
from xietong.app.plans.queries import rows
from xietong.app.tasks.letters import write_letters
from xietong.app.tasks.milestones import add_milestone
from xietong.app.tasks.queries import roll_up, tasks, tasks_of_clause
from xietong.app.tasks.reports import evidence_file, read_evidence, report, review
from xietong.app.tasks.split import split
from xietong.errors import AccessError, ConflictError, InputError


@pytest.fixture
def people(desk):
    import_example(desk, "shandong")

    def at(name, *rest):
        return Desk(desk.workspace, Actor(name, *rest))

    return {
        "city": at("青岛", "city", "370200"),
        "office": at("能源处", "department", "370200"),
        "other": at("济南", "city", "370100"),
        "reader": at("读", "reader", "370000"),
    }


def code(people):
    return next(r["plan"] for r in rows(people["city"], "clauses").items if "qingdao" in r["plan"])


@pytest.fixture
def plan(people):
    split(people["city"], code(people), 2025)
    return code(people)


def test_each_unit_of_each_clause_has_a_task_once(people, plan):
    clauses = [r for r in rows(people["city"], "clauses").items if r["plan"] == plan]
    wanted = sum(len(dict.fromkeys([*r["lead"], *r["units"]])) for r in clauses)
    found = tasks(people["reader"], plan=plan)
    assert found.total == wanted > 100
    assert split(people["city"], plan, 2025) == {
        "plan": plan,
        "year": 2025,
        "new": 0,
        "in_all": wanted,
    }
    led = [one for one in found.items if one["leads"]]
    assert len(led) == sum(len(r["lead"]) for r in clauses)


def test_the_way_of_a_report(desk, people, plan, tmp_path):
    proof = tmp_path / "验收意见.pdf"
    proof.write_bytes(b"%PDF-1.4 proof")
    number = tasks(people["city"], plan=plan).items[0]["id"]
    files = read_evidence([proof])
    made = report(people["office"], number, 0.6, "完成六成", files)
    assert made["state"] == "reported" and made["progress"] == 0.0
    kept = made["reports"][0]["evidence"][0]
    stored = people["city"].workspace.root / "evidence" / f"{kept['sha256']}.pdf"
    assert stored.read_bytes() == proof.read_bytes()
    assert evidence_file(people["reader"], number, kept["sha256"]) == (
        "验收意见.pdf",
        proof.read_bytes(),
    )
    stored.write_bytes(b"other")
    with pytest.raises(InputError, match="佐证"):
        evidence_file(people["reader"], number, kept["sha256"])
    with pytest.raises(InputError, match="理由"):
        review(people["city"], number, False)
    assert review(people["city"], number, False, "缺印章")["state"] == "open"
    report(people["office"], number, 1.0, "全部完成")
    assert review(people["city"], number, True) | {"reports": []} == tasks(
        people["city"], plan=plan, state="done"
    ).items[0] | {"reports": []}
    with pytest.raises(ConflictError):
        report(people["office"], number, 1.0, "再报")
    actions = [one["action"] for one in entries(desk).items]
    assert {"task.split", "task.report", "task.return", "task.accept"} <= set(actions)


def test_bad_reports_store_nothing(people, plan, tmp_path):
    number = tasks(people["city"], plan=plan).items[0]["id"]
    with pytest.raises(InputError, match="佐证"):
        read_evidence([tmp_path / "none.pdf"])
    with pytest.raises(InputError, match="0 与 1"):
        report(people["office"], number, 60, "六成")
    with pytest.raises(InputError, match="佐证"):
        report(people["office"], number, 0.5, "有", [("none.pdf", b"")])
    assert tasks(people["city"], plan=plan).items[0]["reports"] == []
    assert not (people["city"].workspace.root / "evidence").exists()


def test_who_may_do_what(people, plan):
    number = tasks(people["city"], plan=plan).items[0]["id"]
    for who in ("other", "reader"):
        with pytest.raises(AccessError):
            report(people[who], number, 0.1, "x")
    with pytest.raises(AccessError):
        split(people["office"], plan, 2026)
    report(people["city"], number, 0.1, "x")
    with pytest.raises(AccessError, match="自己"):
        review(people["city"], number, True)
    with pytest.raises(AccessError):
        review(people["office"], number, True)


def test_overdue_roll_up_and_letters(people, plan, tmp_path):
    assert tasks(people["city"], overdue_on="2025-12-31").total == 0
    late = tasks(people["city"], overdue_on="2026-01-01")
    assert late.total == tasks(people["city"], plan=plan).total
    units = roll_up(people["city"], "unit")
    assert sum(row["tasks"] for row in units) == late.total
    made = write_letters(people["city"], tmp_path / "letters", "2026-01-05", "青岛市生态环境局")
    assert {one["unit"] for one in made} == {row["unit"] for row in units}
    first = made[0]
    letter = Document(BytesIO(Path(first["file"]).read_bytes()))
    text = "\n".join(paragraph.text for paragraph in letter.paragraphs)
    assert first["unit"] in text and "2026年1月5日" in text
    assert len(letter.tables[0].rows) == first["tasks"] + 1


def test_a_milestone_is_a_task_of_its_own_before_the_due_date(people, plan):
    first = tasks(people["city"], plan=plan).items[0]
    made = add_milestone(people["city"], first["id"], "主体工程完工", "2025-06-30")
    assert (made["kind"], made["parent_id"], made["unit"]) == (
        "milestone",
        first["id"],
        first["unit"],
    )
    late = [one["id"] for one in tasks(people["city"], overdue_on="2025-07-01").items]
    assert late == [made["id"]]
    for number, title, due in (
        (first["id"], "晚", "2026-06-30"),
        (first["id"], "晚", "2025-13-30"),
        (first["id"], " ", "2025-06-30"),
        (made["id"], "再", "2025-06-01"),
    ):
        with pytest.raises(InputError):
            add_milestone(people["city"], number, title, due)
    with pytest.raises(AccessError):
        add_milestone(people["office"], first["id"], "x", "2025-06-30")


def test_tasks_roll_up_to_targets(people, plan):
    targets = [row for row in rows(people["city"], "targets").items if row["plan"] == plan]
    found = roll_up(people["city"], "target")
    assert found and {row["target"] for row in found} <= {row["id"] for row in targets}
    one = found[0]
    own = tasks_of_clause(people["city"], plan, one["clause"])
    assert one["tasks"] == len(own) and one["progress"] == 0
    report(people["office"], own[0]["id"], 0.5, "一半")
    review(people["city"], own[0]["id"], True)
    again = next(row for row in roll_up(people["city"], "target") if row["target"] == one["target"])
    assert again["progress"] == pytest.approx(0.5 / len(own))
