"""A real server on the loopback address, a real browser, and a watch on every request."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from web_server import PASSWORD, Site, serve

from xietong.app.people.accounts import add_user
from xietong.app.workspace import create_workspace, open_desk
from xietong.web.words import text

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The Shandong example, which tests only look at."""
    folder = tmp_path_factory.mktemp("site") / "w"
    create_workspace(folder, title="山东", example="shandong")
    with serve(folder) as site:
        yield site


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A workspace without a document."""
    folder = tmp_path_factory.mktemp("empty") / "w"
    create_workspace(folder, title="空")
    with serve(folder) as site:
        yield site


@pytest.fixture(scope="session")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The Shandong example and a worker, where tests upload, review and back up."""
    folder = tmp_path_factory.mktemp("busy") / "w"
    create_workspace(folder, title="山东", example="shandong")
    with serve(folder, worker=True) as site:
        yield site


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A workspace with people in it: 周 administers the province, 钱 reads,
    李 works for a city, 何 verifies."""
    folder = tmp_path_factory.mktemp("guarded") / "w"
    create_workspace(folder, title="山东", example="shandong")
    desk = open_desk(folder)
    add_user(desk, "zhou", "province_admin", password=PASSWORD, must_change=False)
    add_user(desk, "qian", "reader", password=PASSWORD, must_change=False)
    add_user(desk, "li", "city", region="370200", password=PASSWORD, must_change=False)
    add_user(desk, "he", "verifier", region="370000", password=PASSWORD, must_change=False)
    add_user(desk, "new", "reader", password=PASSWORD)
    desk.workspace.close()
    with serve(folder) as site:
        yield site


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all tests."""
    playwright = pytest.importorskip("playwright.sync_api")
    if not Path(CHROMIUM).exists():
        pytest.skip(f"{CHROMIUM} is not installed")
    playwright.expect.set_options(timeout=30_000)  # other work may keep the machine busy
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@dataclass
class Watched:
    """A page in one language, whose requests and errors are written down."""

    page: object
    language: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def t(self, key: str, **facts: object) -> str:
        """The words of the page."""
        return text(key, self.language, **facts)

    def button(self, key: str):
        """A button by its words."""
        return self.page.get_by_role("button", name=self.t(key), exact=True)

    def marked(self, name: str):
        """What carries this mark."""
        return self.page.locator(f'[data-mark="{name}"]')

    def cell(self, row: int, column: str):
        """A cell of the table on the page."""
        return self.page.locator(f'.ag-row[row-index="{row}"] .ag-cell[col-id="{column}"]').first

    def count(self) -> int:
        """The number of rows that the page says it lists."""
        shown = self.marked("count").first.inner_text()
        return int("".join(letter for letter in shown if letter.isdigit()))


@pytest.fixture(scope="session")
def contexts(browser) -> Callable[[str], object]:
    """One browser context per colour scheme: what was fetched once stays in its cache."""
    made: dict[str, object] = {}

    def context_of(scheme: str) -> object:
        if scheme not in made:
            made[scheme] = browser.new_context(
                viewport={"width": 1400, "height": 900}, color_scheme=scheme
            )
            made[scheme].set_default_timeout(30_000)
        return made[scheme]

    return context_of


@pytest.fixture
def visit(contexts) -> Iterator[Callable[..., Watched]]:
    """Opens pages: ``visit(site, "/plans", "en")``. No test may reach beyond this machine:
    the browser resolves no other name, and every request is looked at."""
    opened: list[Watched] = []

    def open_page(site: Site, path: str, language: str = "zh", scheme: str = "light") -> Watched:
        context = contexts(scheme)
        context.clear_cookies()
        context.add_cookies([{"name": "xietong_language", "value": language, "url": site.url}])
        page = context.new_page()
        watched = Watched(page, language)

        def look(url: str) -> None:
            if urlsplit(url).hostname not in ("127.0.0.1", None):
                watched.outside.append(url)

        def hear(message: object) -> None:
            if message.type == "error" and "status of 40" not in message.text:
                watched.errors.append(message.text)

        page.on("request", lambda request: look(request.url))
        page.on("websocket", lambda socket: look(socket.url))
        page.on("console", hear)
        page.on("pageerror", lambda error: watched.errors.append(str(error)))
        opened.append(watched)
        page.goto(site.url + path)
        return watched

    yield open_page
    for watched in opened:
        watched.page.close()
        assert watched.outside == [], "requests left this machine"
        assert watched.errors == [], "the browser reports errors"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for ``language`` runs in both."""
    if "language" in metafunc.fixturenames:
        metafunc.parametrize("language", ["zh", "en"])
