"""Two plans side by side: clauses, what became of targets, conflicts, units; with both quotes."""

import asyncio
from typing import Any

from nicegui import ui

from xietong.app.pages_compare import compare_in_library
from xietong.app.plans.queries import documents
from xietong.web.conflict_list import conflict_list, pair_detail
from xietong.web.figures import printed
from xietong.web.grid import grid, nothing
from xietong.web.pages.page import Page
from xietong.web.tabs import tabs
from xietong.web.visit import Visit, address
from xietong.web.words import Column

RELATIONS = ("one_to_one", "split", "merged", "only_left", "only_right")


async def build(visit: Visit) -> None:
    """Two choices, then tabs; both plans and the tab stand in the address."""
    ui.label(visit.t("compare.title")).classes("xt-h1")
    plans = documents(visit.desk()).items
    if len(plans) < 2:
        nothing(visit, "empty.two_plans", "/plans/upload", "upload.title")
        return
    codes = [one["code"] for one in plans]
    left = visit.query.get("left", "")
    right = visit.query.get("right", "")
    left = left if left in codes else next(code for code in codes if code != right)
    right = right if right in codes else next(code for code in codes if code != left)
    _choose(visit, {one["code"]: one["title"] for one in plans}, left, right)
    if left == right:
        nothing(visit, "empty.same_plan")
        return
    found = await asyncio.to_thread(compare_in_library, visit.desk(), left, right)
    for note in found["notes"]:
        ui.label(visit.t("compare.no_text") if "no text" in note else note).classes("xt-hint")
    draw = {
        "alignment": _alignment,
        "changes": _changes,
        "conflicts": _conflicts,
        "duties": _units,
    }
    tabs(visit, tuple(draw), lambda tab: draw[tab](visit, found))


def _choose(visit: Visit, titles: dict[str, str], left: str, right: str) -> None:
    def go(**words: Any) -> None:
        chosen = {"left": left, "right": right} | words
        ui.navigate.to(address(visit.path, **chosen, tab=visit.query.get("tab")))

    with ui.element("div").classes("xt-filters"):
        ui.select(
            titles, value=left, label=visit.t("compare.left"), on_change=lambda e: go(left=e.value)
        ).props("dense outlined options-dense").classes("xt-filter plan").props("data-mark=left")
        ui.button(icon="swap_horiz", on_click=lambda: go(left=right, right=left)).props(
            f'flat dense round aria-label="{visit.t("compare.swap")}"'
        ).props("data-mark=swap")
        ui.select(
            titles,
            value=right,
            label=visit.t("compare.right"),
            on_change=lambda e: go(right=e.value),
        ).props("dense outlined options-dense").classes("xt-filter plan").props("data-mark=right")


def _alignment(visit: Visit, found: dict[str, Any]) -> None:
    counts = {
        name: sum(link["relation"] == name for link in found["alignment"]) for name in RELATIONS
    }
    choices = {"": visit.t("compare.all")} | {
        name: f"{visit.t(f'relation.{name}')} {counts[name]}" for name in RELATIONS if counts[name]
    }
    chosen = visit.query.get("relation", "")

    @ui.refreshable
    def pairs(relation: str) -> None:
        with ui.element("div").classes("xt-pair head"):
            for side in ("left", "right"):
                ui.label(found[side]["title"]).classes("xt-h3")
        for link in found["alignment"]:
            if relation in ("", link["relation"]):
                _pair(visit, found, link)

    def turn(event: Any) -> None:
        visit.remember(relation=event.value)
        pairs.refresh(event.value)

    ui.toggle(choices, value=chosen if chosen in choices else "", on_change=turn).props(
        "no-caps dense unelevated"
    ).classes("xt-toggle").props("data-mark=relation")
    pairs(chosen if chosen in choices else "")


def _pair(visit: Visit, found: dict[str, Any], link: dict[str, Any]) -> None:
    with ui.element("div").classes(f"xt-pair {link['relation']}"):
        for side in ("left", "right"):
            with ui.element("div").classes("xt-side"):
                if not link[side]:
                    ui.label(visit.t("compare.nothing")).classes("xt-note")
                for clause in link[side]:
                    _clause(visit, found[side]["code"], clause)


def _clause(visit: Visit, code: str, clause: dict[str, Any]) -> None:
    with ui.element("article").classes("xt-clause"):
        target = address(f"/plans/{code}", tab="clauses", clause=clause["id"])
        ui.link(f"{clause['id']}　{clause['heading']}", target).classes("xt-link xt-strong")
        if clause["units"]:
            ui.label("、".join(clause["units"])).classes("xt-note")
        for one in clause["targets"]:
            with ui.element("div").classes("xt-goal"):
                year = f"{one['year']} · " if one["year"] else ""
                ui.label(f"{year}{one['indicator']}")
                ui.label(f"{printed(one, visit.language)} {one['unit']}").classes("xt-num")
            if one["quote"]:
                ui.label(f"“{one['quote']}”").classes("xt-said")


def _changes(visit: Visit, found: dict[str, Any]) -> None:
    heads = [
        Column(side, found[side]["short"], found[side]["short"], "cells", 150, 1)
        for side in ("left", "right")
    ]
    rows = [
        {**row, "year": row["left_year"] or row["right_year"]}
        | {
            side: f"{row[f'{side}_value']} {row[f'{side}_unit']}".strip()
            for side in ("left", "right")
        }
        for row in found["changes"]
    ]
    grid(
        visit,
        "changes",
        rows,
        name=f"changes-{found['left']['code']}-{found['right']['code']}",
        more=heads,
        on_open=lambda row: pair_detail(visit, row),
        empty="empty.none_found",
    )


def _conflicts(visit: Visit, found: dict[str, Any]) -> None:
    conflict_list(visit, found["conflicts"], f"conflicts-{found['left']['code']}")


def _units(visit: Visit, found: dict[str, Any]) -> None:
    rows = [{**row, "relation": row["kind"]} for row in found["units"]]
    grid(visit, "duties", rows, name="units-compared", empty="empty.none_found")


COMPARE = Page("/plans/compare", "plans", "compare.title", build, action="plan.read")
