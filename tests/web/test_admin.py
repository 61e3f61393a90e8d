"""管理 and the login: people, roles, audit, imports; who may come in and what they may see."""

import pytest
from playwright.sync_api import expect

from xietong.app.access import rights
from xietong.app.people.accounts import change_user, find_user
from xietong.app.workspace import open_desk
from xietong.web.visit import Visit

PASSWORD = "Gruenes-Wasser-1"


def sign_in(here, name: str, password: str = PASSWORD) -> None:
    here.page.get_by_label(here.t("login.name"), exact=True).fill(name)
    here.page.get_by_label(here.t("login.password"), exact=True).fill(password)
    here.button("login.in").click()


def test_without_a_session_every_page_leads_to_the_login_and_back(guarded, visit, language):
    here = visit(guarded, "/plans?tab=targets&year=2030", language)
    assert "/login?next=" in here.page.url
    sign_in(here, "zhou", "wrong")
    expect(here.page.get_by_role("alert")).to_be_visible()
    sign_in(here, "zhou")
    here.page.wait_for_url("**/plans?tab=targets&year=2030")
    expect(here.page.locator(".ag-row").first).to_be_visible()
    cookie = next(one for one in here.page.context.cookies() if one["name"] == "xietong_session")
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    here.page.get_by_role("button", name="zhou").click()
    here.button("login.out").click()
    here.page.wait_for_url("**/login")
    here.page.goto(guarded.url + "/plans")
    assert "/login" in here.page.url


def test_a_reader_may_look_but_is_offered_nothing_more(guarded, visit, language):
    here = visit(guarded, "/plans", language)
    sign_in(here, "qian")
    here.page.wait_for_url("**/plans")
    expect(here.page.get_by_role("button", name=here.t("upload.title"))).to_have_count(0)
    for path in ("/plans/upload", "/admin/users", "/admin/audit", "/admin/backups"):
        answer = here.page.goto(guarded.url + path)
        assert answer.status == 403, path
        expect(here.page.locator(".xt-empty")).to_contain_text("qian")
    here.page.goto(guarded.url + "/plans/review?table=targets&row=1")
    expect(here.marked("row")).to_contain_text(here.t("review.no_right"))
    expect(here.marked("do-confirm")).to_have_count(0)


def test_a_first_password_must_be_changed(guarded, visit):
    here = visit(guarded, "/")
    sign_in(here, "new")
    here.page.wait_for_url("**/password")
    here.page.goto(guarded.url + "/plans")
    assert here.page.url.endswith("/password")
    here.page.get_by_label(here.t("login.old"), exact=True).fill(PASSWORD)
    here.page.get_by_label(here.t("login.new"), exact=True).fill("short")
    here.button("login.change").click()
    expect(here.page.get_by_role("alert")).to_be_visible()
    here.page.get_by_label(here.t("login.old"), exact=True).fill(PASSWORD)
    here.page.get_by_label(here.t("login.new"), exact=True).fill("Blaues-Wasser-2")
    here.button("login.change").click()
    expect(here.page.locator(".xt-figure").first).to_be_visible()


def test_an_ended_session_ends_the_open_page_too(guarded, visit):
    here = visit(guarded, "/plans?tab=targets")
    sign_in(here, "zhou")
    expect(here.page.locator(".ag-row").first).to_be_visible()
    desk = open_desk(guarded.folder)
    account = find_user(desk, "zhou")
    change_user(desk, account["id"], {"display_name": "周"})  # ends all sessions of the account
    desk.workspace.close()
    here.page.get_by_label(here.t("filter.indicator")).fill("光伏")
    here.page.wait_for_url("**/login**")


def test_forged_posts_and_strange_targets_are_refused(guarded, visit):
    here = visit(guarded, "/login")
    send = here.page.request.post
    form = {"name": "zhou", "password": PASSWORD}
    forged = send(
        guarded.url + "/login",
        form=form,
        headers={"Origin": "http://evil.example"},
        max_redirects=0,
    )
    assert forged.status == 303
    assert "set-cookie" not in forged.headers
    away = send(guarded.url + "/login", form={**form, "next": "//evil.example"}, max_redirects=0)
    assert away.headers["location"] == "/"
    assert "xietong_session" in away.headers["set-cookie"]


def test_a_name_rebound_to_this_machine_sees_nothing(site, visit):
    here = visit(site, "/login")
    answer = here.page.request.get(site.url + "/plans", headers={"Host": "evil.example"})
    assert answer.status == 403
    assert "山东省" not in answer.text()


def test_an_account_is_made_and_changed(guarded, visit, language):
    here = visit(guarded, "/admin/users", language)
    sign_in(here, "zhou")
    expect(here.page.locator(".ag-row").first).to_be_visible()
    people = here.count()
    name = f"sun-{language}"
    here.marked("add-user").click()
    here.marked("user-name").fill(name)
    here.marked("user-password").fill("weak")
    here.button("dialog.store").click()
    expect(here.page.locator(".xt-told")).to_be_visible()
    here.marked("user-password").fill(PASSWORD)
    here.marked("user-region").fill("370200")
    here.button("dialog.store").click()
    expect(here.marked("count")).to_have_text(here.t("grid.rows", n=people + 1))
    here.cell(people, "name").click()
    here.marked("user-display_name").fill("孙")
    here.button("dialog.store").click()
    expect(here.cell(people, "display_name")).to_have_text("孙")


def test_the_audit_trail_is_listed_and_verified(site, visit, language):
    here = visit(site, "/admin/audit?action=import", language)
    assert here.count() == 5
    here.marked("verify").click()
    expect(here.marked("verdict").locator(".xt-hint")).to_contain_text(
        "完好" if language == "zh" else "Sound"
    )
    here.cell(0, "action").click()
    expect(here.marked("entry")).to_contain_text("sha256")


def test_roles_show_the_rights_in_force(site, visit, language):
    here = visit(site, "/admin/roles", language)
    expect(here.page.locator(".ag-row").first).to_be_visible()
    assert here.count() == len({action for _, action in rights()})
    expect(here.cell(1, "reader")).to_have_text("—")
    expect(here.cell(1, "city")).to_have_text(here.t("scope.region"))


@pytest.mark.parametrize("path", ["/admin/imports", "/admin/jobs", "/admin/backups"])
def test_the_other_pages_say_what_there_is(site, visit, language, path):
    here = visit(site, path, language)
    if path == "/admin/imports":
        assert here.count() == 5
    else:
        expect(here.marked("empty")).to_have_text(here.t(f"empty.{path.rpartition('/')[2]}"))


def test_light_dark_and_language_are_kept(site, visit):
    here = visit(site, "/plans", "zh", scheme="light")
    body = here.page.locator("body")
    light = "rgb(245, 247, 250)"
    expect(body).to_have_css("background-color", light)
    for theme in ("light", "dark"):  # one click each: from following the system
        here.page.get_by_role("button", name=here.t("switch.theme")).click()
        kept = f"document.cookie.includes('xietong_theme={theme}')"
        here.page.wait_for_function(kept)
        here.page.wait_for_load_state("networkidle")
    expect(body).not_to_have_css("background-color", light)
    here.page.get_by_role("button", name="English").click()
    expect(here.page.locator(".xt-h1")).to_have_text("Library of plans")
    here.page.goto(site.url + "/plans?lang=zh")
    expect(here.page.locator(".xt-h1")).to_have_text("规划库")
    expect(body).not_to_have_css("background-color", light)


def test_the_address_of_a_visit_leaves_out_empty_words():
    visit = Visit(None, "/plans", {"tab": "targets", "year": "2025"})
    assert visit.here() == "/plans?tab=targets&year=2025"
