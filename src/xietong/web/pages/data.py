"""Data on their way: handing in, submitting, reviewing, accepting or returning; locked when accepted."""

import asyncio
import tempfile
from pathlib import Path
from typing import Any

from nicegui import ui

from xietong.app.data_review import submissions
from xietong.app.data_review_files import hand_in, kinds
from xietong.app.inventory_files import make_template
from xietong.app.plans.uploads import LIMIT_MB
from xietong.errors import XietongError
from xietong.web.data_card import data_card
from xietong.web.grid import grid
from xietong.web.pages.page import Page
from xietong.web.visit import Visit, tell

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
        _hand_in(visit, listed.refresh)
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


def _hand_in(visit: Visit, changed: Any) -> None:
    """The field for filled-in templates, and below it what became of each."""

    async def received(event: Any) -> None:
        with told, ui.element("div").props("data-mark=handed-in") as line:
            ui.label(event.file.name).classes("xt-strong")
        line.move(target_index=0)
        try:
            data = await event.file.read()
            made = await asyncio.to_thread(hand_in, visit.desk(), event.file.name, data)
        except XietongError as error:
            with line:
                ui.label(visit.told(error)).classes("xt-problem").props(
                    "role=alert data-mark=problem"
                )
            return
        with line:
            rows = sum(one["rows"] for one in made)
            ui.label(visit.t("data.handed_in", parts=len(made), rows=rows)).classes("xt-note")
        changed()

    ui.upload(
        label=visit.t("data.field"),
        multiple=True,
        auto_upload=True,
        max_file_size=LIMIT_MB * 2**20,
        on_upload=received,
        on_rejected=lambda: tell(visit.t("upload.rejected", mb=LIMIT_MB), bad=True),
    ).on("failed", lambda: tell(visit.t("upload.failed", mb=LIMIT_MB), bad=True)).props(
        'accept=".csv,.xlsx" flat bordered data-mark=upload'
    ).classes("xt-upload")
    told = ui.element("div").classes("xt-stack")


def _template(visit: Visit) -> None:
    with visit.telling(), tempfile.TemporaryDirectory() as folder:
        made = make_template(Path(folder) / "template.xlsx", list(kinds()))
        ui.download.content(made.read_bytes(), f"{visit.t('data.template')}.xlsx")


DATA = Page("/admin/data", "admin", "data.title", build, action="data.read")
