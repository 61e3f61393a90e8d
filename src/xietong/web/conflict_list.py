"""Conflicts between plans as a list; a click shows both statements with their quotes."""

from typing import Any

from nicegui import ui

from xietong.app.pages_overview import plan_names
from xietong.web.grid import Rows, grid
from xietong.web.visit import Visit, address

SIDES = ("left", "right")


def conflict_list(visit: Visit, conflicts: Rows, name: str) -> None:
    """One row per conflict."""
    rows = [
        {**row, "conflict": row["kind"]} | {side: _said(row, side) for side in SIDES}
        for row in conflicts
    ]
    grid(
        visit,
        "conflicts",
        rows,
        name=name,
        on_open=lambda row: pair_detail(visit, row),
        empty="empty.no_conflicts",
    )


def _said(row: dict[str, Any], side: str) -> str:
    """Value and unit of one side; its year too where the years differ."""
    value = f"{row[f'{side}_value']} {row[f'{side}_unit']}".strip()
    year = row[f"{side}_year"]
    return f"{year or '—'} · {value}" if row["left_year"] != row["right_year"] else value


def pair_detail(visit: Visit, row: dict[str, Any]) -> None:
    """Both sides in a dialog: plan, clause, value, quote."""
    with (
        ui.dialog(value=True) as dialog,
        ui.element("div").classes("xt-dialog wide").props("data-mark=pair"),
    ):
        with ui.element("div").classes("xt-grid-head"):
            ui.label(row["indicator"]).classes("xt-h2")
            ui.element("div").classes("xt-space")
            ui.button(icon="close", on_click=dialog.close).props(
                f'flat dense round aria-label="{visit.t("dialog.close")}"'
            )
        with ui.element("div").classes("xt-pair"):
            for side in SIDES:
                with ui.element("div").classes("xt-side"):
                    _side(visit, row, side)
        if row.get("note"):
            ui.label(one_language(row["note"], visit.language)).classes("xt-note")


def one_language(note: str, language: str) -> str:
    """One language of a note "中文 · English"; as it is where it has only one.

    >>> one_language("各有其值 · own values", "en"), one_language("甲 · 乙", "en")
    ('own values', '甲 · 乙')
    """
    chinese, _, english = note.rpartition(" · ")
    if not chinese or not english.isascii():
        return note
    return english if language == "en" else chinese


def _side(visit: Visit, row: dict[str, Any], side: str) -> None:
    code, clause = row[f"{side}_plan"], row[f"{side}_clause"]
    names = plan_names(visit.desk())
    year, value = row[f"{side}_year"], f"{row[f'{side}_value']} {row[f'{side}_unit']}".strip()
    with ui.element("article").classes("xt-clause"):
        ui.link(
            f"{names.get(code, code)}　{clause}",
            address(f"/plans/{code}", tab="clauses", clause=clause),
        ).classes("xt-link xt-strong")
        ui.label(f"{year} · {value}" if year else value or visit.t("compare.nothing")).classes(
            "xt-h3"
        )
        quote = row[f"{side}_quote"]
        ui.label(f"“{quote}”" if quote else visit.t("compare.no_quote")).classes("xt-said")
