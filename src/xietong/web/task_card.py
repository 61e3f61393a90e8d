"""One task: what it is, what was reported with which evidence, and the steps that are possible."""

import asyncio
from typing import Any

from nicegui import ui

from xietong.app.access import may
from xietong.app.plans.uploads import LIMIT_MB
from xietong.app.tasks.milestones import add_milestone
from xietong.app.tasks.queries import task as one_task
from xietong.app.tasks.reports import Evidence, evidence_file, report, review
from xietong.errors import XietongError
from xietong.web.visit import Visit, address, tell


def task_card(visit: Visit, number: int) -> None:
    """The task in a dialog; after a step it is drawn anew."""
    with (
        ui.dialog(value=True) as dialog,
        ui.element("div").classes("xt-dialog wide").props("data-mark=task"),
    ):

        @ui.refreshable
        def drawn() -> None:
            with visit.telling():
                _draw(visit, one_task(visit.desk(), number), drawn.refresh, dialog)

        drawn()


def _draw(visit: Visit, found: dict[str, Any], again: Any, dialog: ui.dialog) -> None:
    with ui.element("div").classes("xt-grid-head"):
        ui.label(found["title"]).classes("xt-h2")
        ui.element("div").classes("xt-space")
        ui.button(icon="close", on_click=dialog.close).props(
            f'flat dense round aria-label="{visit.t("dialog.close")}"'
        )
    ui.label(visit.t(f"task_state.{found['state']}")).classes("xt-tag").props(
        "data-mark=task-state"
    )
    with ui.element("dl").classes("xt-fields"):
        for key in ("unit", "year", "due"):
            with ui.element("dt"):
                ui.label(visit.t(f"tasks.{key}"))
            with ui.element("dd"):
                ui.label(str(found[key]))
        with ui.element("dt"):
            ui.label(visit.t("tasks.progress"))
        with ui.element("dd"):
            ui.label(f"{found['progress']:.0%}")
    ui.link(
        f"{found['plan']} {found['origin']}",
        address(f"/plans/{found['plan']}", tab="clauses", clause=found["origin"]),
    ).classes("xt-link")
    _reports(visit, found)
    actor = visit.actor()
    if found["state"] != "done" and may(actor, "task.report", region=found["region"]):
        _report(visit, found["id"], again)
    if found["state"] == "reported" and may(actor, "task.review", region=found["region"]):
        _review(visit, found["id"], again)
    if found["kind"] != "milestone" and may(actor, "task.split", region=found["region"]):
        _milestone(visit, found["id"], again)


def _reports(visit: Visit, found: dict[str, Any]) -> None:
    if not found["reports"]:
        ui.label(visit.t("tasks.no_reports")).classes("xt-note")
        return
    with ui.element("ol").classes("xt-history"):
        for one in found["reports"]:
            with ui.element("li"):
                when = one["at"].replace("T", " ")[:16]
                state = visit.t(f"report_state.{one['state']}")
                ui.label(f"{when} · {one['who']} · {one['progress']:.0%} · {state}")
                ui.label(one["text"]).classes("xt-note")
                if one["reason"]:
                    ui.label(f"{one['reviewer']}: {one['reason']}").classes("xt-hint warn")
                for file in one["evidence"]:
                    ui.button(
                        file["name"],
                        icon="attach_file",
                        on_click=lambda sha=file["sha256"]: _download(visit, found["id"], sha),
                    ).props("flat dense no-caps data-mark=evidence")


def _download(visit: Visit, number: int, sha256: str) -> None:
    with visit.telling():
        name, data = evidence_file(visit.desk(), number, sha256)
        ui.download.content(data, name)


def _report(visit: Visit, number: int, again: Any) -> None:
    ui.label(visit.t("tasks.report")).classes("xt-h3")
    share = ui.number(label=visit.t("tasks.percent"), min=0, max=100, suffix="%").props(
        "dense outlined data-mark=report-percent"
    )
    words = (
        ui.textarea(label=visit.t("tasks.words"))
        .props("dense outlined autogrow")
        .classes("xt-wide")
    )
    files: list[Evidence] = []

    async def received(event: Any) -> None:
        files.append((event.file.name, await event.file.read()))

    ui.upload(
        label=visit.t("tasks.evidence"),
        multiple=True,
        auto_upload=True,
        max_file_size=LIMIT_MB * 2**20,
        on_upload=received,
        on_rejected=lambda: tell(visit.t("upload.rejected", mb=LIMIT_MB), bad=True),
    ).props("flat bordered data-mark=report-evidence").classes("xt-upload")

    async def go() -> None:
        try:
            await asyncio.to_thread(
                report,
                visit.desk(),
                number,
                float(share.value or 0) / 100,
                words.value or "",
                files,
            )
        except XietongError as error:
            tell(visit.told(error), bad=True)
            return
        tell(visit.t("tasks.reported"))
        again()

    ui.button(visit.t("tasks.report_go"), on_click=go).props(
        "unelevated no-caps data-mark=report-go"
    )


def _review(visit: Visit, number: int, again: Any) -> None:
    reason = ui.input(label=visit.t("tasks.reason")).props("dense outlined").classes("xt-wide")

    def go(accept: bool) -> None:
        with visit.telling():
            review(visit.desk(), number, accept, reason.value or "")
            tell(visit.t("tasks.accepted" if accept else "tasks.returned"))
            again()

    with ui.element("div").classes("xt-actions"):
        ui.button(visit.t("tasks.accept"), on_click=lambda: go(True)).props(
            "unelevated no-caps data-mark=accept"
        )
        ui.button(visit.t("tasks.return"), on_click=lambda: go(False)).props(
            "outline no-caps data-mark=return"
        )


def _milestone(visit: Visit, number: int, again: Any) -> None:
    with ui.expansion(visit.t("tasks.milestone")).classes("xt-wide").props("data-mark=milestone"):
        title = ui.input(label=visit.t("tasks.milestone_title")).props("dense outlined")
        due = ui.input(label=visit.t("tasks.due"), placeholder="2026-06-30").props("dense outlined")

        def go() -> None:
            with visit.telling():
                add_milestone(visit.desk(), number, title.value or "", due.value or "")
                tell(visit.t("tasks.milestone_done"))
                again()

        ui.button(visit.t("tasks.milestone_go"), on_click=go).props("outline no-caps")
