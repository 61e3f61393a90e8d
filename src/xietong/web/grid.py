"""Tables of rows by AG Grid, their columns from ``columns.csv``, with count, export, empty state."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from nicegui import ui

from xietong.app.export import to_csv, to_xlsx
from xietong.app.pages_overview import plan_names
from xietong.plans.themes import themes
from xietong.web.figures import printed
from xietong.web.visit import Visit
from xietong.web.words import Column, columns, texts

Rows = Sequence[dict[str, Any]]
SHORT = 14  # rows up to which the table is as high as its rows
LABELLED = (
    "target_state",
    "gap_kind",
    "status",
    "kind",
    "table",
    "relation",
    "severity",
    "conflict",
    "state",
    "job",
    "origin",
    "break",
)


def grid(
    visit: Visit,
    table: str,
    rows: Rows,
    *,
    name: str,
    more: Sequence[Column] = (),
    on_open: Callable[[dict[str, Any]], Any] | None = None,
    choose: bool = False,
    hidden: Sequence[str] = (),
    empty: str = "empty.filtered",
    height: str = "min(68vh, 640px)",
) -> ui.aggrid | None:
    """A table; ``on_open`` gets the row that was clicked, ``choose`` adds boxes to tick.

    Without rows there is no table but a sentence that says what to do next (``empty``).
    """
    shown = [column for column in (*columns(table), *more) if column.field not in hidden]
    if not rows:
        nothing(visit, empty)
        return None
    with ui.element("div").classes("xt-grid-head"):
        ui.label(visit.t("grid.rows", n=f"{len(rows):,}")).classes("xt-note").props(
            "data-mark=count"
        )
        ui.element("div").classes("xt-space")
        export_buttons(visit, name, rows, shown)
    options = {
        "columnDefs": [_definition(visit, column) for column in shown],
        "rowData": [_data(visit, row, shown) | {"_at": at} for at, row in enumerate(rows)],
        "defaultColDef": {"sortable": True, "resizable": True, "minWidth": 70},
        "localeText": _grid_words(visit.language),
        "suppressCellFocus": False,
        "enableCellTextSelection": True,
        "rowHeight": 38,
        "headerHeight": 38,
        "tooltipShowDelay": 400,
    }
    if len(rows) <= SHORT:
        options["domLayout"] = "autoHeight"
    if choose:
        options["rowSelection"] = {"mode": "multiRow", "enableClickSelection": False}
    made = ui.aggrid(options, auto_size_columns=False).classes("xt-grid")
    if len(rows) > SHORT:
        made.style(f"height: {height}")
    if on_open:
        made.classes("opens")
        made.on("cellClicked", lambda event: on_open(rows[event.args["data"]["_at"]]))
    return made


def nothing(visit: Visit, key: str, target: str | None = None, label: str | None = None) -> None:
    """An empty state: what is missing and what to do next."""
    with ui.element("div").classes("xt-empty").props("data-mark=empty"):
        ui.label(visit.t(key))
        if target and label:
            ui.link(visit.t(label), target).classes("xt-link")


def export_buttons(visit: Visit, name: str, rows: Rows, shown: Sequence[Column] = ()) -> None:
    """The rows as CSV or XLSX, headings in the page's language, no cell a formula."""

    def table() -> list[dict[str, Any]]:
        if not shown:
            return list(rows)
        return [
            {column.label(visit.language): row.get(column.field) for column in shown}
            for row in rows
        ]

    for ending, make in (("csv", to_csv), ("xlsx", to_xlsx)):
        ui.button(
            ending.upper(),
            icon="download",
            on_click=lambda make=make, ending=ending: ui.download.content(
                make(table()), f"{name}.{ending}"
            ),
        ).props(f'flat dense no-caps aria-label="{visit.t("export.as")} {ending.upper()}"').classes(
            "xt-export"
        ).props(f"data-mark=export-{ending}")


def labels(kind: str, language: str) -> dict[str, str]:
    """The words for the values of a column that holds keys: ``status.confirmed`` and the like."""
    start = f"{kind}."
    return {
        key[len(start) :]: words[language]
        for key, words in texts().items()
        if key.startswith(start)
    }


def _data(visit: Visit, row: dict[str, Any], shown: Sequence[Column]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for column in shown:
        value = row.get(column.field)
        if column.kind == "value":
            made["_value"] = printed(row, visit.language)
            value = value[0] if isinstance(value, list | tuple) else value
        elif isinstance(value, list | tuple):
            value = "、".join(str(part) for part in value)
        elif isinstance(value, dict):
            value = json.dumps(value, ensure_ascii=False)
        made[column.field] = value
    return made


def _definition(visit: Visit, column: Column) -> dict[str, Any]:
    made: dict[str, Any] = {
        "field": column.field,
        "headerName": column.label(visit.language),
        "tooltipField": column.field if column.kind in ("text", "list", "long") else None,
    }
    if column.width:
        made["width"] = column.width
    if column.flex:
        made |= {"flex": column.flex, "minWidth": column.width or 160}
    return made | _drawn(visit, column)


def _drawn(visit: Visit, column: Column) -> dict[str, Any]:
    """How a cell of this kind is drawn: figures to the right, keys as words, links as links."""
    right = {"cellClass": "xt-num", "headerClass": "ag-right-aligned-header"}
    words = json.dumps(labels(column.kind, visit.language), ensure_ascii=False)
    if column.kind == "value":
        return right | {":valueFormatter": "p => p.data._value"}
    if column.kind == "number":
        return right | {
            ":valueFormatter": "p => p.value == null ? '' : p.value.toLocaleString('en')"
        }
    if column.kind == "year":
        return right
    if column.kind == "plan":
        names = json.dumps(plan_names(visit.desk()), ensure_ascii=False)
        return {":cellRenderer": f"p => xtLink(p, '/plans/', {names})"}
    if column.kind == "cells":
        return right | {"wrapText": True, "autoHeight": True, "cellClass": "xt-num xt-cells"}
    if column.kind == "progress":
        return {":cellRenderer": "p => xtBar(p)"}
    if column.kind == "theme":
        names = json.dumps({one.id: getattr(one, visit.language) for one in themes()})
        return {":cellRenderer": f"p => xtDot(p, {names}, 'theme')"}
    if column.kind == "time":
        return {":valueFormatter": "p => (p.value ?? '').replace('T', ' ').slice(0, 16)"}
    if column.kind == "flag":
        return {":valueFormatter": "p => p.value ? '✓' : ''", "cellDataType": False}
    if column.kind in LABELLED:
        return {":cellRenderer": f"p => xtTag(p, {words})"}
    return {}


def _grid_words(language: str) -> dict[str, str]:
    return labels("ag", language)
