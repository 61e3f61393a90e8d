"""The bureau's own login through the API: out to the provider and back with a session."""

from urllib.parse import parse_qs, urlparse

import oidc_provider
import pytest
from fastapi.testclient import TestClient

from xietong.api.server import create_api
from xietong.app.people.accounts import add_user
from xietong.app.workspace import create_workspace, open_desk


@pytest.fixture
def provider():
    with oidc_provider.running() as provider:
        yield provider


@pytest.fixture
def client(provider, tmp_path):
    create_workspace(tmp_path / "w")
    settings = tmp_path / "w" / "xietong.toml"
    settings.write_text(
        settings.read_text("utf-8")
        + f'\n[oidc]\nissuer = "{provider.issuer}"\nclient_id = "client"\nclient_secret = "secret"\n',
        "utf-8",
    )
    desk = open_desk(tmp_path / "w")
    add_user(desk, "wang", "city", region="370200", oidc_subject="S-1")
    yield TestClient(create_api(desk), base_url="http://127.0.0.1:8000", follow_redirects=False)
    desk.workspace.close()


def come_back(client, provider):
    """What the browser does at the provider; the address to which it sends it back."""
    url = client.get("/api/v1/session/oidc").headers["location"]
    state, code = provider.authorize(url, "S-1")
    back = parse_qs(urlparse(url).query)["redirect_uri"][0]
    return f"{urlparse(back).path}?state={state}&code={code}"


def test_the_way_out_and_back_opens_a_session(client, provider):
    answer = client.get(come_back(client, provider))
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert client.get("/api/v1/session").json()["user"]["name"] == "wang"


def test_an_answer_without_the_browsers_own_ticket_opens_nothing(client, provider):
    path = come_back(client, provider)
    client.cookies.clear()
    assert client.get(path).status_code == 401
    other = path.replace("state=", "state=x")
    come_back(client, provider)
    assert client.get(other).status_code == 401
    assert client.get("/api/v1/session").status_code == 401
