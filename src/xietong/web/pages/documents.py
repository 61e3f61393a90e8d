"""规划: the library. Documents on the first tab, lists over all of them on the others."""

from typing import Any

from nicegui import ui

from xietong.app.plans.queries import documents
from xietong.web.filters import filter_bar, read_filter
from xietong.web.grid import grid, nothing
from xietong.web.lists import LISTS, Library
from xietong.web.pages.page import Page
from xietong.web.tabs import tabs
from xietong.web.visit import Visit, address


def build(visit: Visit) -> None:
    """Tabs; each has its address."""
    with ui.element("div").classes("xt-grid-head"):
        ui.label(visit.t("plans.title")).classes("xt-h1")
        ui.element("div").classes("xt-space")
        if visit.may("plan.import"):
            ui.button(
                visit.t("upload.title"),
                icon="upload_file",
                on_click=lambda: ui.navigate.to("/plans/upload"),
            ).props("unelevated no-caps")
    library = Library(visit)

    def draw(tab: str) -> None:
        if tab == "documents":
            _documents(visit)
        else:
            library.draw(tab)

    tabs(visit, ("documents", *LISTS), draw)


def _documents(visit: Visit) -> None:
    if not documents(visit.desk()).items:
        nothing(visit, "empty.documents", "/plans/upload", "upload.title")
        return

    @ui.refreshable
    def listed() -> None:
        with visit.telling():
            found = documents(visit.desk(), read_filter(visit)).items
            grid(
                visit,
                "documents",
                [{**one, **one["counts"]} for one in found],
                name="plans",
                on_open=_open,
            )

    filter_bar(visit, ("region", "text"), listed.refresh)
    listed()


def _open(row: dict[str, Any]) -> None:
    ui.navigate.to(address(f"/plans/{row['code']}"))


DOCUMENTS = Page("/plans", "plans", "plans.title", build, action="plan.read")
