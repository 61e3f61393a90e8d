"""The audit trail: who did what and when; and whether nobody has touched it since."""

import asyncio
import json
from typing import Any

from nicegui import ui

from xietong.app.audit import AuditFilter, entries, verify
from xietong.web.grid import grid
from xietong.web.pages.page import Page
from xietong.web.visit import Visit

FILTERS = ("who", "action", "subject", "since", "until")
SHOWN = 1000


def build(visit: Visit) -> None:
    """Filters, list, verification."""

    @ui.refreshable
    def listed() -> None:
        with visit.telling():
            where = AuditFilter(**{name: visit.query.get(name) or None for name in FILTERS})
            found = entries(visit.desk(), where, per_page=SHOWN)
            if found.total > SHOWN:
                ui.label(visit.t("audit.newest", n=SHOWN, total=found.total)).classes("xt-note")
            grid(
                visit,
                "audit",
                found.items,
                name="audit",
                on_open=lambda row: _entry(visit, row),
            )

    head = ui.element("div").classes("xt-grid-head")
    result = ui.element("div").props("data-mark=verdict")
    with head:
        ui.label(visit.t("audit.title")).classes("xt-h1")
        ui.element("div").classes("xt-space")
        ui.button(
            visit.t("audit.verify"), icon="verified_user", on_click=lambda: _verify(visit, result)
        ).props("unelevated no-caps").props("data-mark=verify")
    with ui.element("div").classes("xt-filters"):
        for name in FILTERS:
            _field(visit, name, listed.refresh)
    listed()


def _field(visit: Visit, name: str, changed: Any) -> None:
    def take(event: Any) -> None:
        visit.remember(**{name: event.value})
        changed()

    kind = " type=date stack-label" if name in ("since", "until") else ""
    ui.input(label=visit.t(f"filter.{name}"), value=visit.query.get(name, "")).props(
        f"dense outlined clearable debounce=350{kind}"
    ).classes("xt-filter").on_value_change(take).props(f"data-mark=filter-{name}")


def _entry(visit: Visit, row: dict[str, Any]) -> None:
    """One change in full: before and after."""
    with (
        ui.dialog(value=True) as dialog,
        ui.element("div").classes("xt-dialog").props("data-mark=entry"),
    ):
        ui.label(f"{row['seq']} · {row['action']} · {row['subject']}").classes("xt-h2")
        ui.label(f"{row['at']} · {row['who']} · {row['reason'] or ''}").classes("xt-note")
        for side in ("before", "after"):
            if row[side] is not None:
                ui.label(visit.t(f"audit.{side}")).classes("xt-h3")
                told = json.dumps(row[side], ensure_ascii=False, indent=1)
                with ui.element("pre").classes("xt-json"):
                    ui.label(told).classes("xt-inline")
        ui.button(visit.t("dialog.close"), on_click=dialog.close).props("flat no-caps")


async def _verify(visit: Visit, result: ui.element) -> None:
    with visit.telling():
        found = await asyncio.to_thread(verify, visit.desk())
        result.clear()
        with result:
            key = "audit.sound" if found["ok"] else "audit.broken"
            facts = {"rows": found["rows"], "heads": found["heads"], "n": len(found["breaks"])}
            ui.label(visit.t(key, **facts)).classes("xt-hint" + ("" if found["ok"] else " bad"))
            if found["head"]:
                ui.label(visit.t("audit.head", head=found["head"])).classes("xt-note xt-break")
            if found["breaks"]:
                grid(visit, "breaks", found["breaks"], name="audit-breaks")


AUDIT = Page("/admin/audit", "admin", "audit.title", build, action="audit.read")
