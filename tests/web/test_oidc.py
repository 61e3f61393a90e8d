"""The bureau's own login, clicked through: out to its page and back with a session."""

from collections.abc import Iterator

import oidc_provider
import pytest
from playwright.sync_api import expect
from web_server import Site, serve

from xietong.app import audit
from xietong.app.people.accounts import add_user
from xietong.app.workspace import create_workspace, open_desk

SETTINGS = """
[oidc]
issuer = "{issuer}"
client_id = "client"
client_secret = "secret"
"""


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A workspace whose people come by the bureau's login; 王 is known there as S-1."""
    folder = tmp_path_factory.mktemp("bureau") / "w"
    create_workspace(folder, title="山东")
    with oidc_provider.running() as provider:
        with (folder / "xietong.toml").open("a", encoding="utf-8") as settings:
            settings.write(SETTINGS.format(issuer=provider.issuer))
        desk = open_desk(folder)
        add_user(desk, "wang", "city", region="370200", oidc_subject="S-1")
        desk.workspace.close()
        with serve(folder) as site:
            yield site


def test_a_person_goes_out_and_comes_back_signed_in(bureau, visit, language):
    here = visit(bureau, "/plans", language)
    here.page.get_by_role("link", name=here.t("login.oidc")).click()
    expect(here.page).to_have_title("统一登录")
    here.page.get_by_role("link", name="S-1").click()
    expect(here.page.get_by_role("button", name="wang")).to_be_visible()
    cookie = next(one for one in here.page.context.cookies() if one["name"] == "xietong_session")
    assert cookie["httpOnly"]
    here.page.goto(bureau.url + "/plans/upload")
    expect(here.marked("upload")).to_be_visible()
    desk = open_desk(bureau.folder)
    assert audit.entries(desk).items[0]["action"] == "sign_in.oidc"
    desk.workspace.close()


def test_somebody_without_an_account_is_told_and_stays_outside(bureau, visit, language):
    here = visit(bureau, "/login", language)
    here.page.get_by_role("link", name=here.t("login.oidc")).click()
    here.page.get_by_role("link", name="S-2").click()
    expect(here.page.get_by_role("alert")).to_contain_text("S-2")
    expect(here.page.get_by_role("alert")).to_contain_text(
        {"zh": "没有对应账号", "en": "No account belongs"}[language]
    )
    here.page.goto(bureau.url + "/plans")
    assert "/login" in here.page.url


def test_who_turns_back_at_the_bureaus_page_is_told(bureau, visit, language):
    here = visit(bureau, "/login", language)
    here.page.get_by_role("link", name=here.t("login.oidc")).click()
    expect(here.page).to_have_title("统一登录")
    here.page.goto(f"{bureau.url}/api/v1/session/oidc/callback?error=access_denied&state=x")
    expect(here.page.get_by_role("alert")).to_contain_text("access_denied")
