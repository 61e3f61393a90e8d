"""All conflicts between the plans of the workspace, filtered by severity, kind and plan."""

import asyncio
from typing import Any

from nicegui import ui

from xietong.app.pages_compare import conflicts_of_library
from xietong.app.plans.queries import documents
from xietong.web.conflict_list import conflict_list
from xietong.web.grid import labels, nothing
from xietong.web.pages.page import Page
from xietong.web.visit import Visit

FILTERS = ("severity", "conflict", "plan")


async def build(visit: Visit) -> None:
    """The filters and the list."""
    ui.label(visit.t("conflicts.title")).classes("xt-h1")
    ui.label(visit.t("conflicts.lead")).classes("xt-note")
    plans = documents(visit.desk()).items
    if len(plans) < 2:
        nothing(visit, "empty.two_plans", "/plans/upload", "upload.title")
        return
    found = await asyncio.to_thread(conflicts_of_library, visit.desk())
    choices = {
        "severity": labels("severity", visit.language),
        "conflict": labels("conflict", visit.language),
        "plan": {one["code"]: one["title"] for one in plans},
    }

    @ui.refreshable
    def listed() -> None:
        conflict_list(visit, [row for row in found if _fits(visit, row)], "conflicts")

    with ui.element("div").classes("xt-filters"):
        for name in FILTERS:
            _choice(visit, name, choices[name], listed.refresh)
    listed()


def _choice(visit: Visit, name: str, choices: dict[str, str], changed: Any) -> None:
    def take(event: Any) -> None:
        visit.remember(**{name: event.value})
        changed()

    now = visit.query.get(name)
    ui.select(
        choices,
        label=visit.t(f"filter.{name}"),
        value=now if now in choices else None,
        clearable=True,
        on_change=take,
    ).props("dense outlined options-dense").classes(f"xt-filter {name}").props(
        f"data-mark=filter-{name}"
    )


def _fits(visit: Visit, row: dict[str, Any]) -> bool:
    severity, kind, plan = (visit.query.get(name) for name in FILTERS)
    return (
        severity in (None, row["severity"])
        and kind in (None, row["kind"])
        and plan in (None, row["left_plan"], row["right_plan"])
    )


CONFLICTS = Page("/plans/conflicts", "plans", "conflicts.title", build, action="plan.read")
