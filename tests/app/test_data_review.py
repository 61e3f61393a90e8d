"""Submit, review, accept or return; an accepted year is closed to writing."""

import pytest

from xietong.app.access import Actor
from xietong.app.data_review import possible_steps, step, submission, submissions, writing_data
from xietong.app.desk import Desk
from xietong.errors import AccessError, ConflictError, InputError

WHERE = ("fuel_use", "370200", 2024)


@pytest.fixture
def people(desk):
    def at(name, *rest):
        return Desk(desk.workspace, Actor(name, *rest))

    return {
        "city": at("青岛", "city", "370200"),
        "other": at("济南", "city", "370100"),
        "verifier": at("核查", "verifier", "370000"),
        "province": at("省", "province_admin", "370000"),
        "plant": at("厂", "enterprise", "370200", "E1"),
        "reader": at("读", "reader", "370000"),
    }


def write(desk, where=WHERE, **more):
    with writing_data(desk, *where, **more):
        pass


def test_the_way_of_data(people):
    write(people["city"], sha256="1")
    (item,) = submissions(people["city"]).items
    number = item["id"]
    assert step(people["city"], number, "submit")["state"] == "submitted"
    with pytest.raises(ConflictError, match="青岛"):
        write(people["city"])
    with pytest.raises(InputError, match="理由"):
        step(people["verifier"], number, "return")
    step(people["verifier"], number, "return", reason="缺 3 行")
    write(people["city"], sha256="2")
    step(people["city"], number, "submit")
    step(people["verifier"], number, "accept")
    with pytest.raises(ConflictError, match="accepted"):
        write(people["province"])
    with pytest.raises(ConflictError, match="submit"):
        step(people["city"], number, "submit")
    with pytest.raises(AccessError):
        step(people["city"], number, "unlock", reason="x")
    step(people["province"], number, "unlock", reason="新核算方法")
    write(people["city"], sha256="3")
    states = [event["to_state"] for event in submission(people["city"], number)["events"]]
    assert states == ["submitted", "returned", "submitted", "accepted", "returned"]


def test_only_possible_steps_are_offered(people):
    write(people["city"])
    assert possible_steps(people["city"], 1) == {"submit": False}
    assert possible_steps(people["other"], 1) == {}
    step(people["province"], 1, "submit")
    assert possible_steps(people["province"], 1) == {}  # handed it in
    assert possible_steps(people["verifier"], 1) == {"accept": False, "return": True}
    step(people["verifier"], 1, "accept")
    assert possible_steps(people["verifier"], 1) == {}
    assert possible_steps(people["province"], 1) == {"unlock": True}


def test_only_the_accepted_year_is_closed(people):
    write(people["city"])
    step(people["city"], 1, "submit")
    step(people["province"], 1, "accept")
    for other in (("fuel_use", "370200", 2025), ("livestock", "370200", 2024)):
        write(people["city"], other)


def test_nobody_reviews_what_they_handed_in(people):
    write(people["province"])
    step(people["province"], 1, "submit")
    with pytest.raises(AccessError, match="另一人"):
        step(people["province"], 1, "accept")
    step(people["verifier"], 1, "accept")


@pytest.mark.parametrize("who", ["other", "verifier", "reader", "plant"])
def test_only_those_responsible_write(people, who):
    with pytest.raises(AccessError):
        write(people[who])
    assert submissions(people["province"]).total == 0


def test_a_plant_writes_and_sees_its_own_data_only(people):
    write(people["city"])
    write(people["plant"], entity="E1")
    with pytest.raises(AccessError):
        write(people["plant"], entity="E2")
    assert [s["entity"] for s in submissions(people["plant"]).items] == ["E1"]
    assert submissions(people["city"]).total == 2
    assert submissions(people["other"]).total == 0
    with pytest.raises(AccessError):
        submission(people["plant"], 1)


def test_a_stale_view_is_told_so(people):
    write(people["city"])
    step(people["city"], 1, "submit")
    lock = submission(people["city"], 1)["lock"]
    step(people["verifier"], 1, "return", reason="x")
    with pytest.raises(ConflictError, match="核查"):
        step(people["province"], 1, "accept", expected_lock=lock)


def test_what_fails_half_way_leaves_no_trace(people):
    with pytest.raises(OSError), writing_data(people["city"], *WHERE):
        raise OSError
    assert submissions(people["city"]).total == 0
