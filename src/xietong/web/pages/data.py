"""Data on their way: handing in, submitting, reviewing, accepting or returning; locked when accepted."""

import tempfile
from pathlib import Path
from typing import Any

from nicegui import ui

from xietong.app.data_review import submissions
from xietong.app.data_review_files import kinds
from xietong.app.inventory_files import make_template
from xietong.web.data_card import data_card
from xietong.web.data_upload import data_upload
from xietong.web.grid import grid
from xietong.web.pages.page import Page
from xietong.web.visit import Visit

STATES = ("draft", "submitted", "accepted", "returned")


def build(visit: Visit) -> None:
    """The list with its filter on top, what was chosen below; the chosen row is in the address."""
    with ui.element("div").classes("xt-grid-head"):
        ui.label(visit.t("data.title")).classes("xt-h1")
        ui.element("div").classes("xt-space")
        if visit.may("data.submit"):
            ui.button(
                visit.t("data.template"), icon="download", on_click=lambda: _template(visit)
            ).props("outline no-caps data-mark=template")
    ui.label(visit.t("data.lead")).classes("xt-note")
    chosen = ui.element("div")

    @ui.refreshable
    def listed() -> None:
        with visit.telling():
            state = visit.query.get("state")
            found = submissions(visit.desk(), state=state if state in STATES else None).items
            names = {kind: visit.name(words) for kind, words in kinds().items()}
            rows = [{**one, "kind": names.get(one["kind"], one["kind"])} for one in found]
            empty = "empty.filtered" if state in STATES else "empty.data"
            grid(visit, "submissions", rows, name="data", on_open=show, empty=empty)

    def show(row: dict[str, Any]) -> None:
        visit.remember(row=row["id"])
        chosen.clear()
        with chosen, visit.telling():
            data_card(visit, int(row["id"]), again)

    def again(number: int) -> None:
        listed.refresh()
        show({"id": number})

    if visit.may("data.submit"):
        data_upload(visit, listed.refresh)
    _filter(visit, listed.refresh)
    listed()
    chosen.move(target_index=-1)
    row = visit.query.get("row", "")
    if row.isascii() and row.isdecimal() and len(row) < 10:
        show({"id": int(row)})


def _filter(visit: Visit, changed: Any) -> None:
    def take(event: Any) -> None:
        visit.remember(state=event.value)
        changed()

    now = visit.query.get("state")
    choices = {state: visit.t(f"state.{state}") for state in STATES}
    with ui.element("div").classes("xt-filters"):
        ui.select(
            choices,
            label=visit.t("filter.state"),
            value=now if now in choices else None,
            clearable=True,
        ).props("dense outlined options-dense data-mark=filter-state").classes(
            "xt-filter"
        ).on_value_change(take)


def _template(visit: Visit) -> None:
    with visit.telling(), tempfile.TemporaryDirectory() as folder:
        made = make_template(Path(folder) / "template.xlsx", list(kinds()))
        ui.download.content(made.read_bytes(), f"{visit.t('data.template')}.xlsx")


DATA = Page("/admin/data", "admin", "data.title", build, action="data.read")
