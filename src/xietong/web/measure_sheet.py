"""A measure's sheet: what it edits, its values with their sources, what it does on the inventory."""

from typing import Any

from nicegui import ui

from xietong.app.pages_measures import sheet
from xietong.vocab.species import species
from xietong.web.grid import grid
from xietong.web.visit import Visit

SHOWN = ("unit", "group", "sector", "theme", "note")


def show_measure(visit: Visit, measure: str, line: dict[str, Any] | None = None) -> None:
    """The sheet in a dialog; ``line`` is what the evaluation said of it, if it applies here."""
    with visit.telling():
        found = sheet(visit.desk(), measure)
        with (
            ui.dialog(value=True) as dialog,
            ui.element("div").classes("xt-dialog wide").props("data-mark=measure role=document"),
        ):
            with ui.element("div").classes("xt-grid-head"):
                ui.label(found["name_zh" if visit.language == "zh" else "name_en"]).classes("xt-h2")
                ui.element("div").classes("xt-space")
                ui.button(icon="close", on_click=dialog.close).props(
                    f'flat dense round aria-label="{visit.t("dialog.close")}"'
                )
            with ui.element("dl").classes("xt-fields"):
                for key in SHOWN:
                    if found[key]:
                        with ui.element("dt"):
                            ui.label(visit.t(f"measure.{key}"))
                        with ui.element("dd"):
                            ui.label(str(found[key]))
            if line is not None:
                _effect(visit, line)
            ui.label(visit.t("measure.edits")).classes("xt-h3")
            grid(visit, "measure_edits", found["edits"], name=f"{measure}-edits")
            for kind in ("effect", "cost"):
                ui.label(visit.t(f"measure.{kind}")).classes("xt-h3")
                grid(
                    visit,
                    "measure_values",
                    found[kind],
                    name=f"{measure}-{kind}",
                    empty=f"empty_measure.{kind}",
                )


def _effect(visit: Visit, line: dict[str, Any]) -> None:
    ui.label(visit.t("measure.on_inventory")).classes("xt-h3")
    names = {one.column: one.formula for one in species()} | {"co2e": "CO2e"}
    costs = line["unit_cost"] or {}
    rows = [
        {
            "kind": names.get(name, name),
            "reduced": value,
            "share": None
            if line["shares"].get(name) is None
            else round(100 * line["shares"][name], 4),
            "cny_per_t": costs.get("co2e_t" if name == "co2e" else name),
            "meaning": (line["quadrant"].get(name) or {}).get(f"label_{visit.language}", ""),
        }
        for name, value in line["reductions"].items()
        if value not in (None, 0.0)
    ]
    grid(
        visit,
        "measure_reductions",
        rows,
        name=f"{line['measure']}-reductions",
        empty="empty.points",
    )
    for one in line["warnings"]:
        ui.label(one).classes("xt-hint warn")
