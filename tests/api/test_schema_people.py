"""Schemathesis with people: every route, asked by session and by token, holds what it promises."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from xietong.api.server import PREFIX, create_api
from xietong.app.access import Actor
from xietong.app.desk import Desk
from xietong.app.people import accounts, sign_in, tokens
from xietong.app.workspace import create_workspace, open_desk
from xietong.store.models import User

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
SETTINGS = settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
ADMIN, PASSWORD = "zhou", "Qingdao-2026"


class Asker:
    """The API as somebody asks it who has just signed in; the account is mended before each request.

    A request may close the account or end the session: that is the API's right, and no reason for
    the next request to be refused.
    """

    def __init__(self, folder, api):
        self.desk, self.api = open_desk(folder), api
        self.way = "session"

    def admin(self):
        return Desk(self.desk.workspace, Actor(ADMIN, "province_admin", None, None, 1))

    def proof(self):
        with self.desk.workspace.database.writing() as session:
            user = session.get(User, 1)
            user.name, user.active, user.must_change = ADMIN, True, False
            user.role, user.region = "province_admin", None
            signed = sign_in.open_session(self.desk.workspace, session, user)
        if self.way == "token":
            token = tokens.make_token(self.admin(), "x")["token"]
            return {b"authorization": f"Bearer {token}".encode()}
        cookie = f"xietong_session={signed.token}".encode()
        return {b"cookie": cookie, b"x-csrf-token": signed.csrf.encode()}

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http":
            own = {b"host": b"127.0.0.1:8000"} | self.proof()
            headers = [(name, value) for name, value in scope["headers"] if name not in own]
            scope = scope | {"client": ("10.0.0.1", 1), "headers": [*headers, *own.items()]}
        await self.api(scope, receive, send)


@pytest.fixture(scope="module")
def asker(tmp_path_factory):
    folder = tmp_path_factory.mktemp("schema") / "w"
    create_workspace(folder, example="shandong")
    desk = open_desk(folder)
    accounts.add_user(desk, ADMIN, "province_admin", password=PASSWORD, must_change=False)
    desk.workspace.close()
    made = open_desk(folder)
    made.workspace.settings["people"] = {"address_failures": 10**6}
    yield Asker(folder, create_api(made))
    made.workspace.close()


@pytest.mark.parametrize("way", ["session", "token"])
def test_people_get_answers_as_promised_on_every_route(asker, way):
    asker.way = way
    schema = schemathesis.openapi.from_asgi(f"{PREFIX}/openapi.json", asker)
    operations = [found.ok() for found in schema.get_all_operations()]
    paths = {operation.path.removeprefix(PREFIX) for operation in operations}
    assert {"/session", "/session/password", "/users", "/users/{row_id}", "/tokens"} <= paths
    failures, seen = [], set()
    for operation in operations:

        @SETTINGS
        @given(case=operation.as_strategy())
        def ask(case):
            seen.add(case.call_and_validate(checks=CHECKS).status_code)

        try:
            ask()
        except Exception as failure:
            failures.append(f"{operation.method} {operation.path}: {failure}"[:1500])
    assert not failures, "\n\n".join(failures)
    assert {200, 201} <= seen, "nobody got in"
