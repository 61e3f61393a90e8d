"""One submission: where it stands, its rows, what was said of it, and the steps that are possible."""

from collections.abc import Callable
from typing import Any

from nicegui import ui

from xietong.app.data_review import possible_steps, step, submission
from xietong.app.data_review_files import data_of, kinds
from xietong.errors import ConflictError
from xietong.web.grid import grid
from xietong.web.visit import Visit, tell
from xietong.web.words import Column

PRIMARY = ("submit", "accept")


def data_card(visit: Visit, number: int, again: Callable[[int], Any]) -> None:
    """The submission; ``again`` is called with its number when it has changed."""
    found = submission(visit.desk(), number)
    with ui.element("section").classes("xt-card xt-job").props("data-mark=submission"):
        name = visit.name(kinds().get(found["kind"], {"zh": found["kind"], "en": found["kind"]}))
        place = " / ".join(part for part in (found["region"], found["entity"]) if part)
        ui.label(f"{name} · {place} · {found['year']}").classes("xt-h2")
        ui.label(visit.t(f"state.{found['state']}")).classes(f"xt-tag {found['state']}").props(
            "data-mark=state"
        )
        if found["state"] == "accepted":
            ui.label(visit.t("data.locked")).classes("xt-hint").props("data-mark=locked")
        _steps(visit, found, again)
        _rows(visit, number)
        _history(visit, found)


def _steps(visit: Visit, found: dict[str, Any], again: Callable[[int], Any]) -> None:
    possible = possible_steps(visit.desk(), found["id"])
    if not possible:
        return
    reason = None
    if any(possible.values()):
        reason = ui.input(label=visit.t("data.reason")).props("dense outlined").classes("xt-wide")

    def go(name: str) -> None:
        with visit.telling():
            try:
                step(
                    visit.desk(),
                    found["id"],
                    name,
                    reason=(reason.value or "") if reason else "",
                    expected_lock=found["lock"],
                )
            except ConflictError as error:
                tell(visit.told(error), bad=True)
            else:
                tell(visit.t(f"data.done.{name}"))
            again(found["id"])

    with ui.element("div").classes("xt-actions"):
        for name in possible:
            ui.button(visit.t(f"data.step.{name}"), on_click=lambda name=name: go(name)).props(
                f"{'unelevated' if name in PRIMARY else 'outline'} no-caps data-mark=step-{name}"
            )


def _rows(visit: Visit, number: int) -> None:
    found = data_of(visit.desk(), number)
    if found["intact"] is False:
        ui.label(visit.t("data.changed")).classes("xt-hint bad").props("data-mark=changed")
    if not found["rows"]:
        ui.label(visit.t("data.no_rows")).classes("xt-note")
        return
    columns = [
        Column(one["name"], one["heading"], one["name"], "text", 120, 1) for one in found["columns"]
    ]
    grid(visit, "data_rows", found["rows"], name=f"data-{number}", more=columns, height="360px")


def _history(visit: Visit, found: dict[str, Any]) -> None:
    if not found["events"]:
        return
    ui.label(visit.t("data.history")).classes("xt-h3")
    with ui.element("ol").classes("xt-history"):
        for one in found["events"]:
            with ui.element("li"):
                when = one["at"].replace("T", " ")[:16]
                ui.label(f"{when} · {one['who']} · {visit.t('state.' + one['to_state'])}")
                if one["reason"]:
                    ui.label(one["reason"]).classes("xt-note")
