"""Review: every change kept, the slower of two people told, corrections survive new editions."""

from dataclasses import replace

import pytest
from plans_by_hand import CLAUSES, TARGETS, plan

from xietong.app import audit
from xietong.app.access import Actor
from xietong.app.desk import Desk
from xietong.app.plans.filters import Filter
from xietong.app.plans.importing import store_plan
from xietong.app.plans.queries import load_plan, row, rows, units
from xietong.app.plans.review import queue, review, review_many
from xietong.errors import AccessError, ConflictError, InputError, NotFoundError


@pytest.fixture
def stored(desk):
    store_plan(desk, plan())
    return desk


def test_a_correction_keeps_before_after_who_when_and_why(stored):
    review(stored, "targets", 1, "correct", values={"value": 15.5}, reason="原文第3页")
    found = row(stored, "targets", 1)
    assert (found["value"], found["status"], found["extracted"]["value"]) == (15.5, "corrected", 15)
    (entry,) = found["reviews"]
    assert entry["before"] == {"status": "extracted", "value": 15.0}
    assert entry["after"] == {"status": "corrected", "value": 15.5}
    assert (entry["reason"], entry["who"]) == ("原文第3页", stored.actor.name) and entry["at"]
    trail = audit.entries(stored).items[0]
    assert (trail["action"], trail["subject"], trail["reason"]) == (
        "plan.correct",
        "target:1",
        "原文第3页",
    )


def test_what_people_said_is_what_others_get(stored):
    review(stored, "targets", 1, "reject", reason="是全国的数")
    review(stored, "targets", 2, "correct", values={"value": [9, 11]}, reason="看错")
    review(stored, "clauses", 1, "correct", values={"units": ["市科技局"], "lead": []}, reason="错")
    whole = load_plan(stored, 1)
    assert whole.targets == (replace(TARGETS[1], value=(9.0, 11.0)),)
    assert whole.clauses[0].units == ("市科技局",)
    assert "市能源局" not in {u["unit"] for u in units(stored).items}
    assert rows(stored, "clauses", Filter(unit="市科技局")).total == 1


def test_reopen_takes_back_what_was_extracted(stored):
    review(stored, "targets", 2, "correct", values={"value": 1, "value_high": None}, reason="x")
    found = review(stored, "targets", 2, "reopen")
    assert (found["value"], found["status"], len(found["reviews"])) == ([8, 10], "extracted", 2)


def test_the_slower_of_two_people_is_told_who_was_faster(stored):
    seen = row(stored, "targets", 1)["lock"]
    faster = Desk(stored.workspace, Actor("李四", "local"))
    review(faster, "targets", 1, "confirm", expected_lock=seen)
    with pytest.raises(ConflictError, match=r"李四.*plan\.confirm"):
        review(stored, "targets", 1, "reject", reason="x", expected_lock=seen)
    assert row(stored, "targets", 1)["status"] == "confirmed"


def test_two_at_the_very_same_time_do_not_overwrite_each_other(stored):
    if stored.workspace.database.is_sqlite:
        pytest.skip("SQLite lets one writer in at a time")
    slower = Desk(stored.workspace, Actor("王五", "local"))
    with pytest.raises(ConflictError, match="李四"), slower.writing() as change:
        from xietong.store.models import Target

        target = change.session.get(Target, 1)
        review(Desk(stored.workspace, Actor("李四", "local")), "targets", 1, "confirm")
        target.status = "rejected"
        change.record("plan.reject", "target:1")
    assert row(stored, "targets", 1)["status"] == "confirmed"
    assert audit.verify(stored)["ok"]


def test_many_at_once_or_none(stored):
    with pytest.raises(NotFoundError):
        review_many(stored, "targets", [1, 2, 99], "confirm")
    assert queue(stored, Filter(status="confirmed")).total == 0
    assert review_many(stored, "targets", [1, 2], "confirm") == 2
    assert {item["table"] for item in queue(stored).items} == {"clauses", "milestones", "projects"}


@pytest.mark.parametrize(
    ("action", "more"),
    [
        ("reject", {}),
        ("correct", {"values": {"value": 1}}),
        ("correct", {"reason": "x"}),
        ("correct", {"reason": "x", "values": {"lock": 7}}),
        ("correct", {"reason": "x", "values": {"value": "15"}}),
        ("correct", {"reason": "x", "values": {"value": float("nan")}}),
        ("correct", {"reason": "x", "values": {"unit": None}}),
        ("correct", {"reason": "x", "values": {"unit": "长" * 100}}),
        ("praise", {}),
    ],
)
def test_what_is_not_possible_is_refused_and_leaves_nothing(stored, action, more):
    before = row(stored, "targets", 1)
    with pytest.raises(InputError):
        review(stored, "targets", 1, action, **more)
    assert row(stored, "targets", 1) == before


def test_rights_follow_the_region_of_the_document(stored):
    for actor in (Actor("jn", "city", "370100"), Actor("r", "reader"), Actor("v", "verifier")):
        with pytest.raises(AccessError):
            review(Desk(stored.workspace, actor), "targets", 1, "confirm")
    review(Desk(stored.workspace, Actor("sd", "province_admin", "370000")), "targets", 1, "confirm")
    review(Desk(stored.workspace, Actor("qd", "city", "370200")), "targets", 1, "reopen")


def test_a_new_edition_keeps_the_word_on_rows_that_read_as_before(stored):
    review(stored, "targets", 1, "correct", values={"unit": "‰"}, reason="印刷如此")
    review(stored, "targets", 2, "confirm")
    review(stored, "clauses", 1, "correct", values={"units": ["市科技局"]}, reason="更名")
    edition = plan(
        sha256="e" * 64,
        clauses=(*CLAUSES[:2], replace(CLAUSES[2], heading="新的")),
        targets=(TARGETS[0], replace(TARGETS[1], value=(8.0, 12.0))),
    )
    store_plan(stored, edition)
    first, second = rows(stored, "targets").items
    assert (first["unit"], first["status"]) == ("‰", "corrected")
    assert (second["value"], second["status"]) == ([8, 12], "extracted")  # it reads otherwise now
    assert rows(stored, "clauses", Filter(unit="市科技局")).total == 1
    assert row(stored, "targets", first["id"])["reviews"][0]["action"] == "carry"
