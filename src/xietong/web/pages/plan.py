"""One plan: what it is, its lists, its editions."""

from typing import Any

from nicegui import ui

from xietong.app.plans.queries import document
from xietong.web.grid import grid
from xietong.web.lists import LISTS, Library
from xietong.web.pages.page import Page
from xietong.web.removal import ask_to_remove
from xietong.web.tabs import tabs
from xietong.web.tiles import tiles
from xietong.web.visit import Visit, address

COUNTED = ("clauses", "targets", "milestones", "projects")


def build(visit: Visit) -> None:
    """The head of the document, then tabs."""
    found = document(visit.desk(), visit.params["key"])
    _head(visit, found)
    library = Library(visit, found["code"])

    def draw(tab: str) -> None:
        if tab == "about":
            _about(visit, found)
        elif tab == "versions":
            _versions(visit, found)
        else:
            library.draw(tab)

    tabs(visit, ("about", *LISTS, "versions"), draw)


def _head(visit: Visit, found: dict[str, Any]) -> None:
    with ui.element("div").classes("xt-grid-head"):
        with ui.element("div").classes("xt-grow"):
            ui.label(found["title"]).classes("xt-h1")
            facts = (
                found["region"],
                found["plan_type"],
                found["doc_number"],
                found["issue_date"],
                "、".join(found["issuers"]),
            )
            ui.label(" · ".join(fact for fact in facts if fact)).classes("xt-note")
        for label, target in (
            ("plan.compare", address("/plans/compare", left=found["code"])),
            ("plan.review", address("/plans/review", plan=found["code"])),
        ):
            ui.button(visit.t(label), on_click=lambda target=target: ui.navigate.to(target)).props(
                "outline no-caps"
            )
        if visit.may("plan.remove"):
            ui.button(
                icon="delete_outline", on_click=lambda: ask_to_remove(visit, found["code"])
            ).props(f'flat round aria-label="{visit.t("removal.title")}" data-mark=remove').classes(
                "xt-switch"
            )


def _about(visit: Visit, found: dict[str, Any]) -> None:
    tiles(
        [
            (found["counts"][name], visit.t(f"tab.{name}"), address(visit.path, tab=name))
            for name in COUNTED
        ],
        visit.language,
    )
    if found["origin"] == "library":
        ui.label(visit.t("plan.facts_only")).classes("xt-hint")
    for warning in found["warnings"]:
        ui.label(warning).classes("xt-hint warn")
    with ui.element("div").classes("xt-two"):
        with ui.element("section").classes("xt-card"):
            ui.label(visit.t("plan.outline")).classes("xt-h2")
            with ui.element("ul").classes("xt-list"):
                for section in found["sections"]:
                    with ui.element("li"):
                        ui.label(f"{section['id']}　{section['heading']}")
        with ui.element("section").classes("xt-card"):
            ui.label(visit.t("plan.cites")).classes("xt-h2")
            if not found["cites"]:
                ui.label(visit.t("plan.no_cites")).classes("xt-note")
            with ui.element("ul").classes("xt-list"):
                for cited in found["cites"]:
                    with ui.element("li"):
                        number = f"（{cited['doc_number']}）" if cited["doc_number"] else ""
                        ui.label(f"《{cited['title']}》{number}")


def _versions(visit: Visit, found: dict[str, Any]) -> None:
    rows = [
        {**one, "summary": summary(visit, one["difference"])} for one in reversed(found["versions"])
    ]
    grid(visit, "versions", rows, name=f"{found['code']}-versions")


def summary(visit: Visit, difference: dict[str, Any]) -> str:
    """What an edition changed, in figures: + added, − removed, ~ changed.

    Empty for a first edition.
    """
    parts = []
    for table, what in difference.items():
        figures = (("+", "added"), ("−", "removed"), ("~", "changed"))
        counts = " ".join(f"{sign}{len(what[key])}" for sign, key in figures if what[key])
        if counts:
            parts.append(f"{visit.t(f'table.{table}')} {counts}")
    return "；".join(parts)


PLAN = Page("/plans/{key}", "plans", "plan.title", build, action="plan.read", in_menu=False)
