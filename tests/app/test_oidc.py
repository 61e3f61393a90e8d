"""The bureau's own login, against a provider on loopback."""

from dataclasses import replace

import oidc_provider
import pytest
from joserfc.jwk import RSAKey

from xietong.app.people.accounts import add_user, change_user
from xietong.app.people.oidc import begin, finish
from xietong.app.people.sign_in import who_is
from xietong.app.workspace import create_workspace, open_desk
from xietong.errors import SignInError

BACK = "http://127.0.0.1:8000/api/v1/session/oidc/callback"


@pytest.fixture(scope="module")
def provider():
    with oidc_provider.running() as provider:
        yield provider


@pytest.fixture
def desk(provider, tmp_path):
    provider.claims, provider.foreign_key = {}, None
    create_workspace(tmp_path / "w")
    settings = tmp_path / "w" / "xietong.toml"
    settings.write_text(
        settings.read_text("utf-8")
        + f'\n[oidc]\nissuer = "{provider.issuer}"\nclient_id = "client"\nclient_secret = "secret"\n',
        "utf-8",
    )
    desk = open_desk(tmp_path / "w")
    add_user(desk, "wang", "city", region="370200", oidc_subject="S-1")
    yield desk
    desk.workspace.close()


def come_back(desk, provider, subject="S-1", change=lambda ticket: ticket):
    url, ticket = begin(desk.workspace, BACK)
    state, code = provider.authorize(url, subject)
    return finish(desk.workspace, BACK, change(ticket), state=state, code=code)


def test_the_right_person_gets_in(desk, provider):
    signed = come_back(desk, provider)
    assert who_is(desk.workspace, signed.token).actor.name == "wang"


def test_a_stranger_and_a_closed_account_do_not(desk, provider):
    for subject in ("S-2", ""):
        with pytest.raises(SignInError, match="没有对应账号"):
            come_back(desk, provider, subject)
    change_user(desk, 1, {"active": False})
    with pytest.raises(SignInError, match="没有对应账号"):
        come_back(desk, provider)


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "http://evil"},
        {"aud": "somebody else"},
        {"nonce": "old"},
        {"nonce": None},
        {"exp": 1},
        {"exp": None},
    ],
)
def test_a_token_for_others_or_of_yesterday_is_refused(desk, provider, claims):
    provider.claims = claims
    with pytest.raises(SignInError):
        come_back(desk, provider)


def test_a_token_signed_by_somebody_else_is_refused(desk, provider):
    provider.foreign_key = RSAKey.generate_key(2048, {"kid": "k1"})
    with pytest.raises(SignInError):
        come_back(desk, provider)


@pytest.mark.parametrize("part", ["state", "verifier", "nonce"])
def test_a_ticket_of_another_browser_is_refused(desk, provider, part):
    with pytest.raises(SignInError):
        come_back(desk, provider, change=lambda ticket: replace(ticket, **{part: "x" * 64}))


def test_a_code_opens_once(desk, provider):
    url, ticket = begin(desk.workspace, BACK)
    state, code = provider.authorize(url, "S-1")
    finish(desk.workspace, BACK, ticket, state=state, code=code)
    with pytest.raises(SignInError):
        finish(desk.workspace, BACK, ticket, state=state, code=code)
