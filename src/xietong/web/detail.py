"""One row in full: its fields, its quote in the text of its clause, what people said of it."""

from typing import Any

from nicegui import ui

from xietong.app.plans.filters import Filter
from xietong.app.plans.queries import row, rows
from xietong.web.figures import printed
from xietong.web.visit import Visit, address
from xietong.web.words import text, texts

HIDDEN = {"id", "plan", "document", "region", "adcode", "lock", "reviews", "extracted", "text"}


def show_detail(visit: Visit, table: str, row_id: int) -> None:
    """The row in a dialog; closing it takes the row out of the address."""
    with visit.telling():
        found = row(visit.desk(), table, row_id)
        with (
            ui.dialog(value=True) as dialog,
            ui.element("div").classes("xt-dialog").props("data-mark=detail"),
        ):
            with ui.element("div").classes("xt-grid-head"):
                ui.label(heading(visit, table, found)).classes("xt-h2")
                ui.element("div").classes("xt-space")
                ui.button(icon="close", on_click=dialog.close).props(
                    f'flat dense round aria-label="{visit.t("dialog.close")}"'
                )
            fields(visit, found)
            quoted(visit, found)
            history(visit, found)
            to_review = address("/plans/review", table=table, row=row_id)
            ui.link(visit.t("detail.review"), to_review).classes("xt-link")
        dialog.on("hide", lambda: visit.remember(row=None))


def heading(visit: Visit, table: str, found: dict[str, Any]) -> str:
    """What the row is called."""
    name = found.get("heading") or found.get("indicator") or found.get("name") or ""
    return f"{visit.t(f'table.{table}')} · {name}"


def fields(visit: Visit, found: dict[str, Any]) -> None:
    """Name and value of each column that holds something."""
    with ui.element("dl").classes("xt-fields"):
        for key, value in found.items():
            if key in HIDDEN or value in (None, "", [], False):
                continue
            shown = "、".join(map(str, value)) if isinstance(value, list) else str(value)
            if key == "value":
                shown = printed(found, visit.language)
            elif f"{key}.{shown}" in texts():
                shown = text(f"{key}.{shown}", visit.language)
            with ui.element("dt"):
                ui.label(visit.t(f"field.{key}"))
            with ui.element("dd"):
                ui.label(shown)


def quoted(visit: Visit, found: dict[str, Any]) -> None:
    """The text of the row's clause with the quote marked; a sentence where there is no text."""
    quote = found.get("quote") or ""
    body = found.get("text") or _clause_text(visit, found)
    if not body and not quote:
        ui.label(visit.t("detail.no_text")).classes("xt-note")
        return
    ui.label(visit.t("detail.text")).classes("xt-h3")
    with ui.element("blockquote").classes("xt-quote").props("data-mark=quote"):
        marked(body or quote, quote)


def marked(body: str, quote: str) -> None:
    """Text with a quote marked in it, white space aside; nothing is read as markup."""
    start, stop = place_of(body, quote)
    for part, kind in ((body[:start], "span"), (body[start:stop], "mark"), (body[stop:], "span")):
        if part:
            with ui.element(kind):
                ui.label(part).classes("xt-inline")


def place_of(body: str, quote: str) -> tuple[int, int]:
    """Where a quote without white space stands in a text that has some; (0, 0) where it does not.

    >>> place_of("到 2025 年达到8%。", "2025年达到8%")
    (2, 12)
    >>> place_of("没有", "别的")
    (0, 0)
    """
    wanted = "".join(quote.split())
    letters = [(place, letter) for place, letter in enumerate(body) if not letter.isspace()]
    at = "".join(letter for _, letter in letters).find(wanted) if wanted else -1
    if at < 0:
        return 0, 0
    return letters[at][0], letters[at + len(wanted) - 1][0] + 1


def history(visit: Visit, found: dict[str, Any]) -> None:
    """Each decision: who, when, what, why, and what it changed."""
    if not found["reviews"]:
        return
    ui.label(visit.t("detail.history")).classes("xt-h3")
    with ui.element("ol").classes("xt-history"):
        for one in found["reviews"]:
            with ui.element("li"):
                when = one["at"].replace("T", " ")[:16]
                what = visit.t(f"did.{one['action']}")
                ui.label(f"{when} · {one['who']} · {what}").classes("xt-strong")
                for key, value in one["after"].items():
                    if key != "status":
                        was = one["before"].get(key)
                        ui.label(f"{visit.t(f'field.{key}')}：{was} → {value}")
                if one["reason"] and one["action"] != "carry":
                    ui.label(one["reason"]).classes("xt-note")


def _clause_text(visit: Visit, found: dict[str, Any]) -> str:
    where = Filter(plan=found["plan"], clause=found.get("clause"))
    clauses = rows(visit.desk(), "clauses", where).items if found.get("clause") else []
    return next((one["text"] for one in clauses if one["clause"] == found["clause"]), "")
