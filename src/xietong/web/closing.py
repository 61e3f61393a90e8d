"""What would close a target's gap for least money: computed when asked for."""

from typing import Any

from nicegui import ui

from xietong.app.closing_measures import closing_measures
from xietong.web.grid import grid
from xietong.web.later import later
from xietong.web.visit import Visit


def show_closing(visit: Visit, line: dict[str, Any], year: int) -> None:
    """A button; after it the measures from cheap to dear, what they close, and what must be known."""
    area = ui.element("div")

    def ask() -> None:
        area.clear()
        with area:
            later(
                visit,
                lambda: closing_measures(visit.desk(), str(line["id"]), year),
                lambda found: _show(visit, found),
            )

    with area:
        ui.button(visit.t("closing.ask"), icon="payments", on_click=ask).props(
            "outline dense no-caps data-mark=closing"
        )


def _show(visit: Visit, found: dict[str, Any]) -> None:
    said = visit.t(
        "closing.found",
        gap=f"{found['gap_t']:,.0f}",
        closed=f"{found['closed_share']:.0%}",
        cost=f"{found['annual_cny'] / 1e8:,.4g}",
        year=found["inventory_year"],
    )
    ui.label(said).classes("xt-hint")
    rows = [row | {"share": round(row["share"], 3)} for row in found["measures"]]
    grid(visit, "closing", rows, name="closing-measures", empty="empty.closing")
    for note in found["notes"]:
        zh, _, en = note.partition(" · ")
        ui.label(en if visit.language == "en" else zh).classes("xt-note")
