"""Attempts to sign in from one address: counted whatever the names, told with how long to wait."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from xietong.app.people.accounts import add_user
from xietong.app.people.sign_in import sign_in
from xietong.errors import RateLimitError, SignInError
from xietong.store.clock import now
from xietong.store.models import Audit, SignInAttempt

PASSWORD = "Qingdao-2026"
HERE, THERE = "10.0.0.1", "10.0.0.2"


@pytest.fixture
def workspace(desk):
    desk.workspace.settings["people"] = {"address_failures": 3, "address_minutes": 10}
    add_user(desk, "wang", "city", password=PASSWORD, region="370200")
    return desk.workspace


def fail(workspace, address, times):
    for number in range(times):
        with pytest.raises(SignInError):
            sign_in(workspace, f"name-{number}", "wrong", address)


def test_failures_from_one_address_must_wait_whatever_the_names(workspace):
    fail(workspace, HERE, 3)
    with pytest.raises(RateLimitError, match=r"请等 10 分钟(.|\n)*wait 10 minutes") as told:
        sign_in(workspace, "wang", PASSWORD, HERE)
    assert 590 < told.value.seconds <= 600
    assert sign_in(workspace, "wang", PASSWORD, THERE)


def test_the_wait_ends(workspace):
    fail(workspace, HERE, 3)
    with workspace.database.writing() as session:
        session.execute(update(SignInAttempt).values(at=now(-timedelta(minutes=9))))
    with pytest.raises(RateLimitError) as told:
        sign_in(workspace, "wang", PASSWORD, HERE)
    assert 55 < told.value.seconds <= 60
    with workspace.database.writing() as session:
        session.execute(update(SignInAttempt).values(at=now(-timedelta(minutes=11))))
    assert sign_in(workspace, "wang", PASSWORD, HERE)
    with workspace.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(SignInAttempt)) == 0


def test_who_gets_in_uses_nothing_up_and_clears_nothing(workspace):
    fail(workspace, HERE, 2)
    for _ in range(4):
        sign_in(workspace, "wang", PASSWORD, HERE)
    fail(workspace, HERE, 1)
    with pytest.raises(RateLimitError):
        sign_in(workspace, "wang", PASSWORD, HERE)


def test_waiting_costs_no_hash_and_no_line_in_the_audit_trail(workspace, monkeypatch):
    fail(workspace, HERE, 3)
    monkeypatch.setattr("xietong.app.people.sign_in.password_fits", None)
    with workspace.database.reading() as session:
        before = session.scalar(select(func.count()).select_from(Audit))
    for _ in range(5):
        with pytest.raises(RateLimitError):
            sign_in(workspace, "wang", PASSWORD, HERE)
    with workspace.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Audit)) == before


def test_a_network_of_64_bits_is_one_address(workspace):
    for number in range(3):
        fail(workspace, f"2001:db8::{number}", 1)
    with pytest.raises(RateLimitError):
        sign_in(workspace, "wang", PASSWORD, "2001:db8::ffff")
    assert sign_in(workspace, "wang", PASSWORD, "2001:db8:0:1::1")
