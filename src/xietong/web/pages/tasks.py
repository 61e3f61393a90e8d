"""调度: tasks of units by year, what is overdue, reports with evidence, review, letters."""

import asyncio
import datetime
from typing import Any

from nicegui import ui

from xietong.app.pages_overview import plan_names
from xietong.app.tasks.letters import letters_archive
from xietong.app.tasks.queries import roll_up, tasks
from xietong.app.tasks.split import split
from xietong.web.grid import grid
from xietong.web.later import later
from xietong.web.pages.page import Page
from xietong.web.tabs import tabs
from xietong.web.task_card import task_card
from xietong.web.visit import Visit, tell

TABS = ("task_list", "task_units", "task_plans", "task_targets")
STATES = ("open", "reported", "done")


def build(visit: Visit) -> None:
    """Filters and tabs; above them what may be done to all: split a plan, write letters."""
    ui.label(visit.t("tasks.title")).classes("xt-h1")
    ui.label(visit.t("tasks.lead")).classes("xt-note")
    with ui.element("div").classes("xt-actions"):
        if visit.may("task.split"):
            ui.button(
                visit.t("tasks.split"), icon="call_split", on_click=lambda: _split(visit)
            ).props("outline no-caps data-mark=split")
        if visit.may("task.review"):
            ui.button(
                visit.t("tasks.letters"), icon="mail", on_click=lambda: _letters(visit)
            ).props("outline no-caps data-mark=letters")
    _filters(visit)
    tabs(visit, TABS, lambda tab: _draw(visit, tab))


def _draw(visit: Visit, tab: str) -> None:
    year = _year(visit)
    if tab == "task_list":
        later(visit, lambda: _found(visit), lambda rows: _list(visit, rows))
        return
    by = {"task_units": "unit", "task_plans": "plan", "task_targets": "target"}[tab]

    def show(rows: list[dict[str, Any]]) -> None:
        made = [row | {"share": round(row["progress"], 3)} for row in rows]

        def opened(row: dict[str, Any]) -> None:
            if by == "unit":
                visit.remember(unit=row["unit"], tab=None)
                ui.navigate.to(visit.here())

        grid(
            visit,
            f"tasks_by_{by}",
            made,
            name=f"tasks-by-{by}",
            on_open=opened,
            empty="empty.tasks",
        )

    later(visit, lambda: roll_up(visit.desk(), by, year=year), show)


def _found(visit: Visit) -> list[dict[str, Any]]:
    query = visit.query
    overdue = datetime.date.today().isoformat() if "overdue" in query else None
    return tasks(
        visit.desk(),
        plan=query.get("plan"),
        unit=query.get("unit"),
        year=_year(visit),
        state=query.get("state") if query.get("state") in STATES else None,
        overdue_on=overdue,
    ).items


def _list(visit: Visit, rows: list[dict[str, Any]]) -> None:
    today = datetime.date.today().isoformat()
    shown = [
        row
        | {
            "share": round(row["progress"], 3),
            "late": row["state"] != "done" and row["due"] < today,
            "kind_name": visit.t(f"task_kind.{row['kind']}"),
            "state_name": visit.t(f"task_state.{row['state']}"),
        }
        for row in rows
    ]
    grid(
        visit,
        "tasks",
        shown,
        name="tasks",
        on_open=lambda row: task_card(visit, int(row["id"])),
        empty="empty.tasks",
    )


def _filters(visit: Visit) -> None:
    found = tasks(visit.desk()).items
    plans = {one["plan"] for one in found}
    names = {code: name for code, name in plan_names(visit.desk()).items() if code in plans}
    years = sorted({one["year"] for one in found})

    def field(name: str, choices: dict[Any, str], now: Any) -> None:
        def take(event: Any) -> None:
            visit.remember(**{name: event.value})
            ui.navigate.to(visit.here())

        ui.select(choices, label=visit.t(f"tasks.{name}"), value=now, clearable=True).props(
            f"dense outlined options-dense data-mark=choose-{name}"
        ).classes("xt-filter synergy").on_value_change(take)

    query = visit.query
    with ui.element("div").classes("xt-filters"):
        field("plan", names, query.get("plan") if query.get("plan") in names else None)
        field(
            "year",
            {one: str(one) for one in years},
            _year(visit) if _year(visit) in years else None,
        )
        states = {one: visit.t(f"task_state.{one}") for one in STATES}
        field("state", states, query.get("state") if query.get("state") in states else None)
        unit = ui.input(label=visit.t("tasks.unit"), value=query.get("unit", "")).props(
            "dense outlined data-mark=filter-unit"
        )

        def by_unit() -> None:
            visit.remember(unit=unit.value or None)
            ui.navigate.to(visit.here())

        unit.on("keydown.enter", by_unit)
        late = ui.switch(visit.t("tasks.overdue"), value="overdue" in query).props(
            "data-mark=overdue"
        )

        def turn() -> None:
            visit.remember(overdue="1" if late.value else None)
            ui.navigate.to(visit.here())

        late.on_value_change(turn)


def _split(visit: Visit) -> None:
    """Which plan, which year, until when."""
    with ui.dialog(value=True) as dialog, ui.element("div").classes("xt-dialog"):
        ui.label(visit.t("tasks.split")).classes("xt-h2")
        ui.label(visit.t("tasks.split_lead")).classes("xt-note")
        plan = ui.select(plan_names(visit.desk()), label=visit.t("tasks.plan")).props(
            "dense outlined options-dense data-mark=split-plan"
        )
        year = ui.number(
            label=visit.t("tasks.year"), value=datetime.date.today().year, format="%d"
        ).props("dense outlined data-mark=split-year")
        due = ui.input(label=visit.t("tasks.due"), placeholder="2026-12-31").props("dense outlined")

        def go() -> None:
            with visit.telling():
                if not plan.value or not year.value:
                    tell(visit.t("tasks.choose_plan"), bad=True)
                    return
                made = split(visit.desk(), str(plan.value), int(year.value), due=due.value or None)
                tell(visit.t("tasks.split_done", new=made["new"], all=made["in_all"]))
                dialog.close()
                ui.navigate.to(visit.here())

        with ui.element("div").classes("xt-actions"):
            ui.button(visit.t("tasks.split_go"), on_click=go).props(
                "unelevated no-caps data-mark=split-go"
            )
            ui.button(visit.t("dialog.close"), on_click=dialog.close).props("flat no-caps")


def _letters(visit: Visit) -> None:
    """Who signs; a Word letter for every unit with overdue tasks, together in one archive."""
    with ui.dialog(value=True) as dialog, ui.element("div").classes("xt-dialog"):
        ui.label(visit.t("tasks.letters")).classes("xt-h2")
        ui.label(visit.t("tasks.letters_lead")).classes("xt-note")
        sender = ui.input(label=visit.t("tasks.sender")).props("dense outlined data-mark=sender")

        async def go() -> None:
            with visit.telling():
                if not (sender.value or "").strip():
                    tell(visit.t("tasks.who_signs"), bad=True)
                    return
                today = datetime.date.today().isoformat()
                data, count = await asyncio.to_thread(
                    letters_archive, visit.desk(), today, str(sender.value).strip()
                )
                if not count:
                    tell(visit.t("tasks.none_overdue"))
                    return
                ui.download.content(data, f"{visit.t('tasks.letters_file')}-{today}.zip")
                dialog.close()

        with ui.element("div").classes("xt-actions"):
            ui.button(visit.t("tasks.letters_go"), on_click=go).props(
                "unelevated no-caps data-mark=letters-go"
            )
            ui.button(visit.t("dialog.close"), on_click=dialog.close).props("flat no-caps")


def _year(visit: Visit) -> int | None:
    wanted = visit.query.get("year", "")
    return int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) == 4 else None


TASKS = Page("/assessment/tasks", "assessment", "tasks.title", build, action="task.read")
