"""What a table for import must hold: its columns in words, and the empty template as a file."""

from nicegui import ui

from xietong.app.cocontrol_import import explanation, template_csv, template_xlsx
from xietong.app.cocontrol_store import PANELS
from xietong.web.grid import grid
from xietong.web.visit import Visit


def guide(visit: Visit, system: str) -> None:
    """The columns of an index system or panel, and its template as CSV and XLSX."""
    root = visit.desk().workspace.root
    rows = [
        {
            **row,
            "title": row[f"title_{visit.language}"],
            "subsystem": row[f"subsystem_{visit.language}"],
            "direction": visit.t(f"synergy.direction.{row['direction'] or 'none'}"),
        }
        for row in explanation(system, root)
    ]
    with ui.element("section").classes("xt-card").props("data-mark=guide"):
        with ui.element("div").classes("xt-grid-head"):
            ui.label(visit.t("synergy.guide")).classes("xt-h2")
            ui.element("div").classes("xt-space")
            for ending, make in (("csv", template_csv), ("xlsx", template_xlsx)):
                ui.button(
                    visit.t("synergy.template", kind=ending.upper()),
                    icon="download",
                    on_click=lambda make=make, ending=ending: ui.download.content(
                        make(system, root), f"{system}.{ending}"
                    ),
                ).props("flat dense no-caps").props(f"data-mark=template-{ending}")
        lead = "synergy.guide.panel" if system in PANELS else "synergy.guide.lead"
        ui.label(visit.t(lead)).classes("xt-note")
        hidden = ("subsystem", "direction", "weight") if system in PANELS else ()
        name = f"{system}-columns"
        grid(visit, "synergy_guide", rows, name=name, hidden=hidden, height="420px")
