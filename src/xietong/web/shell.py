"""The frame of every page: brand, sections, pages of the section, language, light and dark, person."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy

from nicegui import ui
from nicegui.language import Language

from xietong.api.told import LANGUAGE_COOKIE
from xietong.app.access import may_somewhere, roles
from xietong.app.desk import Desk
from xietong.app.people.accounts import needs_login
from xietong.errors import XietongError
from xietong.web import pages
from xietong.web.colours import style_sheet
from xietong.web.pages.page import Page
from xietong.web.visit import THEME_COOKIE, Visit

SECTIONS = (
    ("overview", "/"),
    ("plans", "/plans"),
    ("inventory", "/inventory"),
    ("synergy", "/synergy/tracking"),
    ("optimise", "/optimise"),
    ("assessment", "/assessment"),
    ("admin", "/admin/users"),
)
OTHER = {"zh": "en", "en": "zh"}
LOCALES: dict[str, Language] = {"zh": "zh-CN", "en": "en-US"}


def dress(visit: Visit) -> None:
    """Style sheet, scripts, colours, light or dark, language of the document."""
    ui.add_head_html(
        '<link rel="stylesheet" href="/web/static/style.css">'
        f"<style>{style_sheet()}</style>"
        '<script src="/web/static/pages.js"></script>'
    )
    ui.dark_mode(visit.dark)
    client = ui.context.client
    client.page = copy(client.page)  # a page of NiceGUI has one language for all who visit it
    client.page.language = LOCALES[visit.language]
    ui.query(".nicegui-content").classes("xt-content")


@contextmanager
def shell(visit: Visit, desk: Desk, page: Page) -> Iterator[None]:
    """The frame; what is drawn inside stands below it."""
    with ui.element("header").classes("xt-top"):
        with ui.element("div").classes("xt-bar"):
            with ui.link(target="/").classes("xt-brand"):
                ui.label("协同").classes("xt-mark")
                ui.label(visit.workspace.title).classes("xt-title")
            with (
                ui.element("nav")
                .classes("xt-sections")
                .props(f'aria-label="{visit.t("nav.sections")}"')
            ):
                for section, target in SECTIONS:
                    _tab(
                        visit.t(f"nav.{section}"),
                        _first(desk, section, target),
                        section == page.section,
                    )
            ui.element("div").classes("xt-space")
            _switches(visit)
            _person(visit, desk)
        _second_bar(visit, desk, page)
    with ui.element("div").classes("xt-main"):  # Quasar puts its own <main> around it
        yield
    with ui.element("footer").classes("xt-foot"):
        ui.label(visit.t("foot.note"))


def refused(visit: Visit, error: XietongError) -> None:
    """What could not be shown, and what to do."""
    with ui.element("div").classes("xt-empty"):
        ui.icon("block").classes("xt-empty-icon")
        ui.label(visit.told(error))
        ui.link(visit.t("nav.back"), "/").classes("xt-link")


def _tab(label: str, target: str, here: bool) -> None:
    ui.link(label, target).classes("xt-tab" + (" here" if here else "")).props(
        'aria-current="page"' if here else ""
    )


def _first(desk: Desk, section: str, default: str) -> str:
    """The first page of a section that the person may see."""
    for page in pages.PAGES:
        allowed = not page.action or may_somewhere(desk.actor, page.action)
        if page.section == section and page.in_menu and allowed:
            return page.path
    return default


def _second_bar(visit: Visit, desk: Desk, page: Page) -> None:
    siblings = [
        one
        for one in pages.PAGES
        if one.section == page.section
        and one.in_menu
        and (not one.action or may_somewhere(desk.actor, one.action))
    ]
    if len(siblings) > 1:
        with ui.element("nav").classes("xt-pages"):
            for one in siblings:
                _tab(visit.t(one.title), one.path, one.path == page.path)


def _switches(visit: Visit) -> None:
    """Language and light/dark: a cookie, then the same address again."""
    other = OTHER[visit.language]
    ui.button(visit.t("switch.language"), on_click=lambda: _keep(LANGUAGE_COOKIE, other)).props(
        "flat dense no-caps"
    ).classes("xt-switch").props("data-mark=language")
    icon = {None: "brightness_auto", False: "light_mode", True: "dark_mode"}[visit.dark]
    following = {None: "light", False: "dark", True: "auto"}[visit.dark]
    with (
        ui.button(icon=icon, on_click=lambda: _keep(THEME_COOKIE, following))
        .props(f'flat dense round aria-label="{visit.t("switch.theme")}"')
        .classes("xt-switch")
        .props("data-mark=theme")
    ):
        ui.tooltip(visit.t(f"switch.theme.{following}"))


def _keep(cookie: str, value: str) -> None:
    ui.run_javascript(f"xtKeep({cookie!r}, {value!r})")


def _person(visit: Visit, desk: Desk) -> None:
    """Who is here; with accounts, the way out."""
    role = visit.name(roles().get(desk.actor.role, {"zh": desk.actor.role, "en": desk.actor.role}))
    name = desk.actor.name.removeprefix("local:")
    with (
        ui.button(icon="account_circle")
        .props(f'flat dense round aria-label="{name}"')
        .classes("xt-switch")
        .props("data-mark=person"),
        ui.menu(),
    ):
        with ui.element("div").classes("xt-person"):
            ui.label(name).classes("xt-strong")
            ui.label(role).classes("xt-note")
        if needs_login(visit.workspace):
            ui.menu_item(visit.t("login.change"), lambda: ui.navigate.to("/password"))
            with ui.element("form").props('method=post action="/logout"'):
                ui.element("input").props(f'type=submit value="{visit.t("login.out")}"').classes(
                    "xt-out"
                )
