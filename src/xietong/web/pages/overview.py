"""总览: key figures, what wants attention, the map, targets side by side."""

import asyncio
from typing import Any

from nicegui import ui

from xietong.app.assessment import alerts_of_year, assess_desk, years_with_data
from xietong.app.pages_map import boundaries
from xietong.app.pages_overview import (
    alerts,
    cities,
    city_targets,
    home_province,
    key_figures,
    side_by_side,
    targets_by_theme,
)
from xietong.web.city_map import city_map
from xietong.web.figures import share
from xietong.web.grid import grid, nothing
from xietong.web.later import later
from xietong.web.pages.page import Page
from xietong.web.theme_chart import theme_chart
from xietong.web.tiles import tiles
from xietong.web.visit import Visit, address
from xietong.web.words import Column


async def build(visit: Visit) -> None:
    """The first screen; without documents it says how to begin."""
    desk = visit.desk()
    ui.label(visit.t("overview.title")).classes("xt-h1")
    figures = key_figures(desk)
    if not figures["documents"]:
        nothing(visit, "empty.documents", "/plans/upload", "upload.title")
        return
    _tiles(visit, figures)
    _lights(visit)
    with ui.element("div").classes("xt-two wide"):
        _map(visit, home_province(desk))
        with ui.element("div").classes("xt-stack"):
            _alerts(visit, await asyncio.to_thread(alerts, desk))
            theme_chart(visit, targets_by_theme(desk))
    _side_by_side(visit)


def _tiles(visit: Visit, figures: dict[str, Any]) -> None:
    tiles(
        [
            (figures["documents"], visit.t("overview.documents"), "/plans"),
            (figures["clauses"], visit.t("overview.clauses"), address("/plans", tab="clauses")),
            (figures["targets"], visit.t("overview.targets"), address("/plans", tab="targets")),
            (figures["units"], visit.t("overview.units"), address("/plans", tab="units")),
            (share(figures["reviewed_share"]), visit.t("overview.reviewed"), "/plans/review"),
        ],
        visit.language,
    )


def _lights(visit: Visit) -> None:
    """How the targets stand in the latest year with data: a light per state, and what became worse."""

    def assessed() -> tuple[int, dict[str, int], list[dict[str, Any]]] | None:
        desk = visit.desk()
        years = years_with_data(desk)
        if not years:
            return None
        now = assess_desk(desk, years[0])
        return years[0], now["counts"], alerts_of_year(desk, years[0], now)

    def show(found: tuple[int, dict[str, int], list[dict[str, Any]]] | None) -> None:
        if found is None:
            nothing(visit, "empty.statistics")
            return
        year, counts, worse = found
        ui.label(visit.t("overview.lights", year=year)).classes("xt-h2")
        with ui.element("div").classes("xt-tiles").props("data-mark=lights"):
            for state, count in counts.items():
                target = address("/assessment", year=year, status=state)
                with ui.link(target=target).classes(f"xt-tile light-{state}"):
                    ui.label(f"{count:,}").classes("xt-figure")
                    ui.label(visit.t(f"target_state.{state}")).classes("xt-note")
        if worse:
            said = visit.t("overview.worse", n=len(worse), year=year - 1)
            ui.link(said, address("/assessment", year=year, tab="worse")).classes("xt-link")

    with ui.element("section").classes("xt-card"):
        later(visit, assessed, show)


def _map(visit: Visit, province: str | None) -> None:
    desk = visit.desk()
    shapes = boundaries(desk, province) if province else None
    if province is None or shapes is None:
        with ui.element("section").classes("xt-card"):
            ui.label(visit.t("map.title.documents")).classes("xt-h2")
            nothing(visit, "empty.map")
        return
    city_map(visit, province, shapes, cities(desk, province), city_targets(desk, province))


def _alerts(visit: Visit, found: list[dict[str, Any]]) -> None:
    with ui.element("section").classes("xt-card").props("data-mark=alerts"):
        ui.label(visit.t("alerts.title")).classes("xt-h2")
        if not found:
            ui.label(visit.t("alerts.none")).classes("xt-note")
        with ui.element("ul").classes("xt-alerts"):
            for one in found:
                with ui.element("li"):
                    target = address(f"/plans/{one['page']}", **one["words"])
                    with ui.link(target=target).classes("xt-alert"):
                        ui.label(f"{one['count']:,}").classes("xt-count")
                        ui.label(visit.t(f"alert.{one['kind']}", name=one["name"]))


def _side_by_side(visit: Visit) -> None:
    found = side_by_side(visit.desk())
    with ui.element("section").classes("xt-card"):
        with ui.element("div").classes("xt-grid-head"):
            ui.label(visit.t("side.title")).classes("xt-h2")
            ui.element("div").classes("xt-space")
            only = ui.switch(visit.t("side.differs"), value="differs" in visit.query).props(
                "data-mark=differs"
            )
        more = [
            Column(plan["plan"], plan["short"], plan["short"], "cells", 130, 1)
            for plan in found["plans"]
        ]

        @ui.refreshable
        def listed() -> None:
            name = "indicator" if visit.language == "zh" else "indicator_en"
            rows = [
                {**row, "indicator": row[name]}
                for row in found["rows"]
                if row["differs"] or not only.value
            ]
            grid(visit, "side", rows, name="targets-side-by-side", more=more, height="520px")

        def turn() -> None:
            visit.remember(differs="1" if only.value else None)
            listed.refresh()

        only.on_value_change(turn)
        listed()
        ui.label(visit.t("side.source")).classes("xt-note xt-source")


OVERVIEW = Page("/", "overview", "overview.title", build, action="plan.read")
