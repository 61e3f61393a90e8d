"""A bureau: PostgreSQL, a login, people of every role, a worker; the main paths and every page."""

from collections.abc import Iterator
from importlib.resources import files

import httpx
import psycopg
import pytest
from playwright.sync_api import expect
from web_server import PASSWORD, Site, serve

from xietong.app.access import LOCAL, rights, roles
from xietong.app.people.accounts import add_user
from xietong.app.plans.queries import documents
from xietong.app.workspace import create_workspace, open_desk
from xietong.web.pages import PAGES

SAMPLE = files("xietong.plans") / "sample"
ROLES = [role for role in roles() if role != LOCAL]
NAME = "xietong_bureau"


@pytest.fixture(scope="module")
def bureau(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The Shandong example on PostgreSQL by one setting; one account per role, of its name."""
    folder = tmp_path_factory.mktemp("bureau") / "w"
    address = postgres_server.replace("postgresql://", "postgresql+psycopg://")
    address = address.replace("@/postgres", f"@/{NAME}")
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {NAME}")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("XIETONG_DATABASE", address)
            create_workspace(folder, title="山东", example="shandong")
        settings = folder / "xietong.toml"
        text = settings.read_text("utf-8")
        settings.write_text(f'database = "{address}"\n{text}', "utf-8")
        desk = open_desk(folder)
        assert desk.workspace.database.engine.dialect.name == "postgresql"
        for role in ROLES:
            region = "370200" if role in ("city", "department", "enterprise") else "370000"
            entity = "E1" if role == "enterprise" else None
            add_user(
                desk,
                f"{role}-1",
                role,
                region=region,
                entity=entity,
                password=PASSWORD,
                must_change=False,
            )
        desk.workspace.close()
        with serve(folder, worker=True) as site:
            yield site
        connection.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


def sign_in(here, name: str) -> None:
    here.page.get_by_label(here.t("login.name"), exact=True).fill(name)
    here.page.get_by_label(here.t("login.password"), exact=True).fill(PASSWORD)
    here.button("login.in").click()


@pytest.mark.parametrize("role", ROLES)
def test_every_role_opens_every_page_or_is_told_why_not(bureau, role):
    """The table of rights says what to expect of each page."""
    wrong = []
    with httpx.Client(base_url=bureau.url, timeout=30, follow_redirects=False) as client:
        form = {"name": f"{role}-1", "password": PASSWORD}
        assert "xietong_session" in client.post("/login", data=form).headers["set-cookie"]
        for page in PAGES:
            answer = client.get(page.path.replace("{key}", "jinan-peak"))
            allowed = page.action is None or (role, page.action) in rights()
            told = f"{role}-1" in answer.text and "无权" in answer.text
            if (answer.status_code, told) != ((200, False) if allowed else (403, True)):
                wrong.append((page.path, page.action, answer.status_code))
    assert not wrong


def test_nobody_sees_a_page_without_signing_in(bureau):
    for page in PAGES:
        answer = httpx.get(bureau.url + page.path.replace("{key}", "jinan-peak"), timeout=30)
        assert answer.status_code == 303, page.path
        assert answer.headers["location"].startswith("/login?next=")


def test_the_menu_offers_what_one_may_open(bureau, visit):
    here = visit(bureau, "/admin/users", "zh")
    sign_in(here, "reader-1")
    here.page.wait_for_url("**/admin/users")
    here.page.goto(bureau.url + "/admin/roles")
    offered = {link.get_attribute("href") for link in here.page.locator(".xt-pages a").all()}
    assert "/admin/users" not in offered
    for path in offered:
        assert here.page.goto(bureau.url + path).status == 200, path


def test_a_document_is_imported_reviewed_and_compared(bureau, visit, language):
    here = visit(bureau, "/plans/upload", language)
    sign_in(here, "province_admin-1")
    field = here.page.locator('input[type="file"]')
    expect(field).to_be_attached()
    desk = open_desk(bureau.folder)
    before = documents(desk).total
    place = {"zh": "德州市", "en": "烟台市"}[language]
    data = (SAMPLE / "sample.txt").read_text("utf-8").replace("云汀市", place)
    field.set_input_files({"name": "方案.txt", "mimeType": "text/plain", "buffer": data.encode()})
    here.marked("store").click()
    here.page.wait_for_url("**jobs=**")
    here.page.reload()
    expect(here.marked("stored")).to_be_visible(timeout=40_000)
    assert documents(desk).total == before + 1
    desk.workspace.close()
    here.page.goto(f"{bureau.url}/plans/review?plan=qingdao-synergy")
    waiting = here.count()
    here.cell(0, "what").click()
    here.marked("do-confirm").click()
    expect(here.marked("count")).to_have_text(here.t("grid.rows", n=waiting - 1))
    here.page.goto(f"{bureau.url}/plans/compare?left=shandong-synergy&right=qingdao-synergy")
    expect(here.page.locator(".xt-pair:not(.head)").first).to_be_visible()
    here.page.goto(f"{bureau.url}/plans?tab=targets")
    assert here.count() >= 79
    here.page.goto(f"{bureau.url}/admin/audit")
    here.marked("verify").click()
    expect(here.marked("verdict").locator(".xt-hint")).to_contain_text(
        {"zh": "完好", "en": "Sound"}[language]
    )


def test_a_plan_of_another_place_is_told_before_anything_is_stored(bureau, visit, language):
    here = visit(bureau, "/plans/upload", language)
    sign_in(here, "city-1")
    field = here.page.locator('input[type="file"]')
    expect(field).to_be_attached()
    data = (SAMPLE / "sample.txt").read_text("utf-8").replace("云汀市", "潍坊市").encode()
    field.set_input_files({"name": "方案.txt", "mimeType": "text/plain", "buffer": data})
    expect(here.marked("not-yours")).to_contain_text("潍坊市")
    expect(here.marked("store")).to_have_count(0)
