"""Backups: make one as a job, see what there is, take one away."""

from typing import Any

from nicegui import ui

from xietong.app.jobs.desk import submit
from xietong.app.pages_trust import backup_file, backups
from xietong.web.grid import grid
from xietong.web.pages.page import Page
from xietong.web.visit import Visit


def build(visit: Visit) -> None:
    """The list; a click on a row downloads it."""
    with ui.element("div").classes("xt-grid-head"):
        ui.label(visit.t("backups.title")).classes("xt-h1")
        ui.element("div").classes("xt-space")
        ui.button(visit.t("backups.make"), icon="inventory_2", on_click=lambda: _make(visit)).props(
            "unelevated no-caps"
        ).props("data-mark=make-backup")
    ui.label(visit.t("backups.lead")).classes("xt-note")
    grid(
        visit,
        "backups",
        backups(visit.desk()),
        name="backups",
        on_open=lambda row: _take(visit, row),
        empty="empty.backups",
    )


def _make(visit: Visit) -> None:
    with visit.telling():
        submit(visit.desk(), "backup", {})
        ui.navigate.to("/admin/jobs")


def _take(visit: Visit, row: dict[str, Any]) -> None:
    with visit.telling():
        ui.download.file(backup_file(visit.desk(), row["name"]), row["name"])


BACKUPS = Page("/admin/backups", "admin", "backups.title", build, action="backup.make")
