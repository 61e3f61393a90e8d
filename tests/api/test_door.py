"""At the door: loopback, cookies, forged requests, tokens, languages, sizes, headers."""

import json

import pytest

from xietong.app.people.accounts import add_user, change_user
from xietong.app.people.tokens import make_token

CONFIRM = ("/api/v1/targets/1/reviews", {"action": "confirm"})


@pytest.fixture
def sqlite_only(desk):
    if not desk.workspace.database.is_sqlite:
        pytest.skip("a workspace without login is SQLite")


@pytest.mark.usefixtures("sqlite_only")
class TestWithoutLogin:
    def test_this_machine_gets_in_as_the_local_user(self, client_of):
        answer = client_of("local").get("/api/v1/session")
        assert answer.json()["user"]["name"].startswith("local:")

    @pytest.mark.parametrize("host", ["10.0.0.7", "192.168.1.2"])
    def test_other_machines_do_not(self, client_of, host):
        assert client_of(None, host).get("/api/v1/targets").status_code == 403

    def test_a_name_rebound_to_this_machine_does_not(self, client_of):
        headers = {"Host": "evil.example:8000"}
        assert client_of("local").get("/api/v1/targets", headers=headers).status_code == 403

    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "http://evil.example"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Origin": "null"},
            {"Origin": "http://127.0.0.1:9999"},
        ],
    )
    def test_a_page_of_others_cannot_change_anything(self, client_of, headers):
        client = client_of("local")
        assert client.post(CONFIRM[0], json=CONFIRM[1], headers=headers).status_code == 403
        assert client.get("/api/v1/targets/1").json()["status"] == "extracted"

    def test_our_own_page_can(self, client_of):
        headers = {"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "same-origin"}
        answer = client_of("local").post(CONFIRM[0], json=CONFIRM[1], headers=headers)
        assert answer.status_code == 201

    def test_the_first_account_ends_it(self, client_of, desk):
        add_user(desk, "wang", "reader")
        assert client_of("local").get("/api/v1/targets").status_code == 401


def test_a_session_changes_things_only_with_its_check_value(client_of):
    client = client_of("city")
    for value in ("", "x", "中文".encode()):
        answer = client.post(CONFIRM[0], json=CONFIRM[1], headers={"X-CSRF-Token": value})
        assert answer.status_code == 403
    assert client.post(CONFIRM[0], json=CONFIRM[1]).status_code == 201


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(client_of):
    client = client_of("city")
    body = {"name": "city", "password": "Qingdao-2026"}
    cookie = client.post("/api/v1/session", json=body).headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie
    answer = client.post("https://127.0.0.1:8000/api/v1/session", json=body)
    assert "secure" in answer.headers["set-cookie"].lower()


def test_signing_out_makes_the_cookie_worthless(client_of):
    client = client_of("city")
    cookie = client.cookies["xietong_session"]
    client.delete("/api/v1/session")
    headers = {"Cookie": f"xietong_session={cookie}"}
    assert client.get("/api/v1/targets", headers=headers).status_code == 401


def test_a_bearer_token_needs_no_check_value(client_of, desk):
    client_of("city")
    from xietong.app.access import Actor
    from xietong.app.desk import Desk

    city = Desk(desk.workspace, Actor("city", "city", "370200", None, 1))
    token = make_token(city, "x")["token"]
    client = client_of(None)
    headers = {"Authorization": f"Bearer {token}"}
    assert client.post(CONFIRM[0], json=CONFIRM[1], headers=headers).status_code == 201
    for bad in ("Bearer xt_wrong", "Bearer ", "Bearer \xff"):
        headers = {"Authorization": bad.encode("latin-1")}
        assert client.get("/api/v1/targets", headers=headers).status_code == 401


def test_who_must_change_the_password_can_do_only_that(client_of, desk):
    add_user(desk, "new", "reader", password="Qingdao-2026")
    client = client_of(None)
    body = {"name": "new", "password": "Qingdao-2026"}
    csrf = client.post("/api/v1/session", json=body).json()["csrf"]
    assert client.get("/api/v1/targets").status_code == 403
    change = {"old": "Qingdao-2026", "new": "Jinan-2027-x"}
    headers = {"X-CSRF-Token": csrf}
    assert client.put("/api/v1/session/password", json=change, headers=headers).status_code == 204
    body["password"] = "Jinan-2027-x"
    client.post("/api/v1/session", json=body)
    assert client.get("/api/v1/targets").status_code == 200


def test_a_closed_account_is_out_at_once(client_of, desk):
    client = client_of("city")
    change_user(desk, 1, {"active": False})
    client_of("reader")
    assert client.get("/api/v1/targets").status_code == 401


@pytest.mark.parametrize(
    ("wish", "title"),
    [
        ("", "没有找到"),
        ("en", "Not found"),
        ("en-GB,en;q=0.9,zh;q=0.3", "Not found"),
        ("zh-CN,en;q=0.9", "没有找到"),
        ("fr", "没有找到"),
        (";;q=x,en;q=abc", "没有找到"),
    ],
)
def test_problems_speak_the_readers_language(client_of, wish, title):
    headers = {"Accept-Language": wish}
    answer = client_of("reader").get("/api/v1/targets/999", headers=headers)
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert (answer.status_code, body["status"], body["title"]) == (404, 404, title)
    assert body["detail"].isascii() is (title == "Not found")


def test_every_answer_carries_the_secure_headers(client_of):
    client = client_of("reader")
    for path in ("/api/v1/targets", "/api/v1/nowhere", "/nowhere"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
    assert "default-src 'none'" in client.get("/api/v1/targets").headers["content-security-policy"]


def test_bodies_that_are_too_large_are_stopped(client_of):
    client = client_of("city")
    answer = client.post(CONFIRM[0], content=b" " * (2**20 + 1))
    assert answer.status_code == 413

    def endless():
        for _ in range(30):
            yield b" " * 2**16

    assert client.post(CONFIRM[0], content=endless()).status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        {"action": "correct", "reason": "x\x00", "values": {"value": 1}},
        {"action": "reject", "reason": "\ud800"},
        {"action": "correct", "reason": "x", "values": {"value": 10**400}},
        {"action": "correct", "reason": "x", "values": {"year": 10**12}},
        {"action": "correct", "reason": "x", "values": {"hedge": ["\x00"]}},
        {"action": "praise"},
        {"action": "confirm", "more": 1},
        [],
    ],
)
def test_what_cannot_be_stored_is_a_problem_not_a_crash(client_of, body):
    client = client_of("city")
    answer = client.post(CONFIRM[0], content=json.dumps(body).encode())
    client.headers["content-type"] = "application/json"
    answer = client.post(CONFIRM[0], content=json.dumps(body).encode())
    assert answer.status_code in (422, 201)
    assert client.get("/api/v1/targets/1").status_code == 200


def test_too_many_failures_from_one_address_are_told_how_long_to_wait(client_of, desk):
    desk.workspace.settings["people"] = {"address_failures": 4}
    client_of("reader")
    client = client_of(None, "10.0.0.9")
    body = {"name": "x", "password": "wrong"}
    for _ in range(4):
        assert client.post("/api/v1/session", json=body).status_code == 401
    answer = client.post("/api/v1/session", json=body, headers={"Accept-Language": "en"})
    assert answer.status_code == 429
    assert 800 < int(answer.headers["retry-after"]) <= 900
    assert "wait 15 minutes" in answer.json()["detail"]
    assert client_of("reader").get("/api/v1/targets").status_code == 200
