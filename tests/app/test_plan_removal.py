"""Removing a plan: told first, with a reason, wholly, and kept in the audit trail."""

from dataclasses import replace

import pytest
from plans_by_hand import META, TARGETS, plan
from sqlalchemy import func, select

from xietong.app import audit
from xietong.app.access import Actor
from xietong.app.desk import Desk
from xietong.app.plans.importing import store_plan
from xietong.app.plans.queries import documents, row, rows
from xietong.app.plans.removal import remove_document, what_hangs_on
from xietong.app.plans.review import review
from xietong.errors import AccessError, ConflictError, InputError, NotFoundError
from xietong.store.models import MODELS, Review
from xietong.store.models.library import Clause, ClauseUnit, DocumentVersion, Target


@pytest.fixture
def stored(desk):
    store_plan(desk, plan())
    store_plan(desk, plan(sha256="c" * 64, targets=TARGETS[:1]))
    review(desk, "targets", 3, "confirm")
    return desk


def test_what_hangs_on_it_is_told_before(stored):
    cites = (*META.cites, type(META.cites[0])(META.title, META.doc_number))
    other = replace(META, title="丙市减污降碳方案", doc_number="丙〔2025〕1号", cites=cites)
    store_plan(stored, plan(meta=other, sha256="d" * 64))
    told = what_hangs_on(stored, 1)
    assert (told["versions"], told["targets"], told["reviews"]) == (2, 3, 1)
    assert told["cited_by"] == ["丙市减污降碳方案"]
    assert told["tasks"] == 0


def test_nothing_of_it_is_left_but_the_trail(stored):
    told = remove_document(stored, 1, "重复导入")
    assert documents(stored).total == 0
    with stored.reading() as session:
        for model in (DocumentVersion, Clause, ClauseUnit, Target, Review):
            assert session.scalar(select(func.count()).select_from(model)) == 0, model
    entry = audit.entries(stored).items[0]
    assert (entry["action"], entry["subject"], entry["reason"]) == (
        "plan.remove",
        "document:1",
        "重复导入",
    )
    assert entry["before"]["title"] == told["title"]
    assert entry["before"]["sha256"] == [plan().sha256, "c" * 64]
    assert audit.verify(stored)["ok"]
    with pytest.raises(NotFoundError):
        what_hangs_on(stored, 1)


def test_a_plan_imported_again_begins_without_the_old_decisions(stored):
    remove_document(stored, 1, "重来")
    store_plan(stored, plan())
    store_plan(stored, plan(sha256="c" * 64, targets=TARGETS[:1]))
    (target,) = rows(stored, "targets").items
    assert row(stored, "targets", target["id"])["reviews"] == []
    assert target["status"] == "extracted"


def test_it_needs_a_reason_a_right_and_fresh_eyes(stored):
    with pytest.raises(InputError, match="理由"):
        remove_document(stored, 1, " ")
    for role in ("city", "department", "verifier", "reader"):
        other = Desk(stored.workspace, Actor("x", role, "370200"))
        with pytest.raises(AccessError):
            what_hangs_on(other, 1)
        with pytest.raises(AccessError):
            remove_document(other, 1, "x")
    lock = what_hangs_on(stored, 1)["lock"]
    with pytest.raises(ConflictError):
        remove_document(stored, 1, "x", expected_lock=lock + 1)
    assert documents(stored).total == 1


def test_a_plan_with_tasks_stays(stored):
    task = next((model for model in MODELS if model.__tablename__ == "task"), None)
    if task is None:
        pytest.skip("tasks are not kept yet")
    with stored.workspace.database.writing() as session:
        session.add(
            task(
                plan=what_hangs_on(stored, 1)["plan"],
                kind="clause",
                origin="1",
                region="370200",
                unit="市能源局",
                leads=True,
                year=2025,
                due="2025-12-31",
                title="x",
            )
        )
    with pytest.raises(ConflictError, match="1 项任务"):
        remove_document(stored, 1, "x")
    assert documents(stored).total == 1
