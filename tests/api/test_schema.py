"""Schemathesis: what the API says of itself holds for requests that nobody would think of."""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from xietong.api.server import PREFIX, create_api
from xietong.app.workspace import create_workspace, open_desk

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def api_schema(tmp_path_factory):
    """The API of an example workspace, asked without login from this machine."""
    folder = tmp_path_factory.mktemp("schema") / "w"
    create_workspace(folder, example="shandong")
    desk = open_desk(folder)
    api = create_api(desk)

    async def from_this_machine(scope, receive, send):
        if scope["type"] == "http":
            headers = [(name, value) for name, value in scope["headers"] if name != b"host"]
            scope = scope | {
                "client": ("127.0.0.1", 1),
                "headers": [*headers, (b"host", b"127.0.0.1:8000")],
            }
        await api(scope, receive, send)

    yield schemathesis.openapi.from_asgi(f"{PREFIX}/openapi.json", from_this_machine)
    desk.workspace.close()


schema = schemathesis.pytest.from_fixture("api_schema")


@schema.exclude(path_regex="/users|/session|/jobs$").parametrize()
@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_any_request_gets_an_answer_as_promised(case):
    case.call_and_validate(checks=CHECKS)
