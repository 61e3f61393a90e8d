"""Every problem of a file in its place: sheet, row, column, value, cause, remedy; what can be answered for."""

from collections.abc import Awaitable, Callable, Sequence

from nicegui import ui

from xietong.tables import Problem
from xietong.web.grid import grid
from xietong.web.visit import Visit, tell


def problem_list(
    visit: Visit,
    problems: Sequence[Problem],
    waive: Callable[[list[str], str], Awaitable[None]] | None = None,
) -> None:
    """The problems as a table; with ``waive`` boxes for those that one may answer for, with a reason.

    Waiving is offered only where nothing else is left to mend: the file is taken whole or not at all.
    """
    ui.label(visit.t("problems.found", n=len(problems))).classes("xt-problem").props(
        "role=alert data-mark=problem"
    )
    rows = [
        one.as_dict() | {"waivable": visit.t("problems.may_waive") if one.waivable else ""}
        for one in problems
    ]
    grid(visit, "problems", rows, name="problems")
    codes = sorted({one.code for one in problems if one.waivable})
    if waive is None or not codes:
        return
    firm = [one for one in problems if not one.waivable]
    if firm:
        ui.label(visit.t("problems.mend_first", n=len(firm))).classes("xt-note")
        return
    with ui.element("div").classes("xt-waive").props("data-mark=waive"):
        boxes = {
            code: ui.checkbox(
                visit.t(
                    "problems.answer_for",
                    code=visit.t(f"problem.{code}"),
                    n=sum(one.code == code for one in problems),
                )
            ).props(f"data-mark=waive-{code}")
            for code in codes
        }
        reason = (
            ui.input(label=visit.t("problems.reason")).props("dense outlined").classes("xt-wide")
        )

        async def go() -> None:
            chosen = [code for code, box in boxes.items() if box.value]
            if len(chosen) < len(codes) or not (reason.value or "").strip():
                tell(visit.t("problems.answer_all"), bad=True)
                return
            await waive(chosen, str(reason.value))

        ui.button(visit.t("problems.take"), on_click=go).props(
            "outline no-caps data-mark=waive-take"
        )
