"""动态跟踪: decoupling, decomposition and space of the cities, synergy degree of the province."""

import inspect

from nicegui import ui

from xietong.app.pages_synergy import panel_years
from xietong.web import (
    synergy_decomposition,
    synergy_decoupling,
    synergy_province,
    synergy_space,
)
from xietong.web.grid import nothing
from xietong.web.pages.page import Page
from xietong.web.visit import Visit

TABS = {
    "decoupling": synergy_decoupling.draw,
    "decomposition": synergy_decomposition.draw,
    "space": synergy_space.draw,
    "province": synergy_province.draw,
}


async def build(visit: Visit) -> None:
    """Tabs whose choice stands in the address; without a panel, how to bring one in."""
    ui.label(visit.t("synergy.tracking")).classes("xt-h1")
    ui.label(visit.t("synergy.tracking.lead")).classes("xt-note")
    names = list(TABS)
    start = visit.query.get("tab", names[0])
    start = start if start in names else names[0]

    @ui.refreshable
    async def shown() -> None:
        tab = visit.query.get("tab", names[0])
        tab = tab if tab in names else names[0]
        with visit.telling():
            years = panel_years(visit.desk())
            if not years and tab != "province":
                nothing(visit, "empty.panel", "/synergy/import?system=city-panel", "synergy.import")
                return
            made = TABS[tab](visit, years, shown.refresh)
            if inspect.isawaitable(made):
                await made

    def turn(event: object) -> None:
        visit.remember(tab=str(getattr(event, "value", names[0])), first=None, last=None)
        shown.refresh()

    with (
        ui.tabs(value=start)  # type: ignore[arg-type]  # a name is as good
        .props("dense no-caps align=left inline-label outside-arrows mobile-arrows")
        .classes("xt-tabs")
        .on_value_change(turn)
    ):
        for name in names:
            ui.tab(name, label=visit.t(f"synergy.tab.{name}")).props(f"data-mark=tab-{name}")
    with ui.element("div").classes("xt-tab-body"):
        await shown()


SYNERGY_TRACKING = Page(
    "/synergy/tracking", "synergy", "synergy.tracking", build, action="plan.read"
)
