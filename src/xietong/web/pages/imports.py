"""What was brought in, when, by whom, from which file."""

from nicegui import ui

from xietong.app.pages_trust import imports
from xietong.web.grid import grid
from xietong.web.pages.page import Page
from xietong.web.pages.plan import summary
from xietong.web.visit import Visit


def build(visit: Visit) -> None:
    """One row per edition that was stored."""
    ui.label(visit.t("imports.title")).classes("xt-h1")
    rows = [{**row, "summary": summary(visit, row["difference"])} for row in imports(visit.desk())]
    grid(visit, "imports", rows, name="imports", empty="empty.documents")


IMPORTS = Page("/admin/imports", "admin", "imports.title", build, action="plan.import")
