"""Accounts and signing in: what opens, what locks, what ends a session."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from xietong.app import audit
from xietong.app.access import Actor
from xietong.app.desk import Desk
from xietong.app.people.accounts import (
    add_user,
    change_own_password,
    change_user,
    needs_login,
    set_password,
    users,
)
from xietong.app.people.sign_in import renew, sign_in, sign_out, who_is
from xietong.app.people.tokens import actor_of_token, make_token, revoke_token, tokens
from xietong.errors import AccessError, ConflictError, InputError, SignInError
from xietong.store.clock import now
from xietong.store.models import ApiToken, LoginSession, User

PASSWORD = "Qingdao-2026"


@pytest.fixture
def workspace(desk):
    add_user(desk, "wang", "city", password=PASSWORD, region="370200")
    return desk.workspace


def at(workspace, *facts):
    return Desk(workspace, Actor(*facts))


def test_a_password_opens_a_session_and_is_stored_as_argon2id(workspace):
    signed = sign_in(workspace, "wang", PASSWORD)
    assert who_is(workspace, signed.token).actor == Actor("wang", "city", "370200", None, 1)
    with workspace.database.reading() as session:
        assert session.get(User, 1).password_hash.startswith("$argon2id$")
        stored = session.scalars(select(LoginSession)).one()
        assert signed.token not in str(stored.values())


@pytest.mark.parametrize(("name", "password"), [("wang", "wrong"), ("nobody", PASSWORD), ("", "")])
def test_a_wrong_name_and_a_wrong_password_look_the_same(workspace, name, password):
    with pytest.raises(SignInError, match="用户名或密码不对"):
        sign_in(workspace, name, password)


def test_five_failures_lock_the_account_for_a_time(workspace):
    for _ in range(5):
        with pytest.raises(SignInError):
            sign_in(workspace, "wang", "wrong")
    with pytest.raises(SignInError):
        sign_in(workspace, "wang", PASSWORD)
    with workspace.database.writing() as session:
        session.execute(update(User).values(locked_until=now(-timedelta(seconds=1))))
    assert sign_in(workspace, "wang", PASSWORD)
    actions = [e["action"] for e in audit.entries(at(workspace, "a", "local")).items]
    assert actions.count("sign_in.failed") == 4 and actions.count("sign_in.locked") == 1


def test_a_success_forgets_earlier_failures(workspace):
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(SignInError):
                sign_in(workspace, "wang", "wrong")
        sign_in(workspace, "wang", PASSWORD)


@pytest.mark.parametrize("column", ["expires_at", "seen_at"])
def test_a_session_ends_by_age_and_by_idleness(workspace, column):
    token = sign_in(workspace, "wang", PASSWORD).token
    with workspace.database.writing() as session:
        session.execute(update(LoginSession).values({column: now(-timedelta(hours=2))}))
    assert who_is(workspace, token) is None


def test_what_ends_a_session(workspace):
    desk = at(workspace, "a", "local")

    def ended_by(action):
        token = sign_in(workspace, "wang", PASSWORD).token
        action(token)
        return who_is(workspace, token) is None

    assert ended_by(lambda token: sign_out(workspace, token))
    assert ended_by(lambda token: renew(workspace, token))
    assert ended_by(lambda token: change_user(desk, 1, {"region": "370100"}))
    assert ended_by(lambda token: set_password(desk, 1, PASSWORD))
    assert ended_by(lambda token: change_user(desk, 1, {"active": False}))
    with pytest.raises(SignInError):
        sign_in(workspace, "wang", PASSWORD)


def test_renewing_gives_a_token_that_works(workspace):
    fresh = renew(workspace, sign_in(workspace, "wang", PASSWORD).token)
    assert who_is(workspace, fresh.token).csrf == fresh.csrf


@pytest.mark.parametrize(
    "weak", ["short-A1", "alllowercaseletters", "Wang-2026-xx", "", "A1-" * 100]
)
def test_weak_passwords_are_refused(workspace, weak):
    with pytest.raises(InputError, match="密码太弱"):
        set_password(at(workspace, "a", "local"), 1, weak)


def test_the_first_password_is_to_be_changed(workspace):
    signed = sign_in(workspace, "wang", PASSWORD)
    assert signed.must_change
    desk = Desk(workspace, signed.actor)
    with pytest.raises(SignInError):
        change_own_password(desk, "wrong", "Jinan-2027-x")
    change_own_password(desk, PASSWORD, "Jinan-2027-x")
    assert not sign_in(workspace, "wang", "Jinan-2027-x").must_change


def test_nobody_gives_away_more_than_they_have(workspace):
    city = at(workspace, "c", "city", "370200")
    add_user(city, "li", "reader", region="370202")
    for role, region in (
        ("province_admin", "370202"),
        ("verifier", "370202"),
        ("reader", "370200"),
        ("reader", "370000"),
        ("reader", None),
    ):
        with pytest.raises(AccessError):
            add_user(city, "x" + role, role, region=region)
    with pytest.raises(AccessError):
        add_user(at(workspace, "r", "reader"), "zhao", "reader")
    province = at(workspace, "p", "province_admin", "370000")
    add_user(province, "boss", "province_admin", region="370202")
    boss = next(u for u in users(province).items if u["name"] == "boss")
    with pytest.raises(AccessError):  # a higher role, though in the city's own district
        set_password(city, boss["id"], PASSWORD)
    assert [u["name"] for u in users(city).items] == ["li", "boss"]


def test_names_roles_and_places_are_checked(desk):
    for facts in (
        {"name": "a b", "role": "reader"},
        {"name": "local:x", "role": "reader"},
        {"name": "ok", "role": "local"},
        {"name": "ok", "role": "king"},
        {"name": "ok", "role": "reader", "region": "37%"},
        {"name": "ok", "role": "enterprise"},
    ):
        with pytest.raises(InputError):
            add_user(desk, **facts)
    add_user(desk, "ok", "reader")
    with pytest.raises(ConflictError, match="已存在"):
        add_user(desk, "ok", "reader")


def test_tokens_work_until_they_are_revoked_over_or_the_account_closed(workspace):
    desk = Desk(workspace, sign_in(workspace, "wang", PASSWORD).actor)
    made = make_token(desk, "脚本")
    assert actor_of_token(workspace, made["token"]) == desk.actor
    assert made["token"] not in str(tokens(desk))
    revoke_token(desk, made["id"])
    assert actor_of_token(workspace, made["token"]) is None
    other = make_token(desk, "另一个")["token"]
    with workspace.database.writing() as session:
        session.execute(update(ApiToken).values(expires_at=now(-timedelta(days=1))))
    assert actor_of_token(workspace, other) is None
    third = make_token(desk, "第三")["token"]
    change_user(at(workspace, "a", "local"), 1, {"active": False})
    assert actor_of_token(workspace, third) is None


def test_secrets_never_reach_the_audit_trail(workspace):
    desk = Desk(workspace, sign_in(workspace, "wang", PASSWORD).actor)
    token = make_token(desk, "x")["token"]
    trail = str(audit.entries(at(workspace, "a", "local")).items)
    assert PASSWORD not in trail and token not in trail and "argon2" not in trail


def test_who_must_sign_in(desk):
    assert needs_login(desk.workspace) is not desk.workspace.database.is_sqlite
    add_user(desk, "wang", "reader", password=PASSWORD)
    assert needs_login(desk.workspace)
