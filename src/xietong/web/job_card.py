"""A job under way, wherever a page has started one: how far it is, how it ended, stopping it."""

from collections.abc import Callable
from typing import Any

from nicegui import ui

from xietong.app.jobs.desk import ENDED, WAITING, cancel, job
from xietong.app.problems import in_language
from xietong.errors import XietongError
from xietong.web.visit import Visit, tell

SECONDS = 0.8


def job_card(visit: Visit, number: int, done: Callable[[dict[str, Any]], Any]) -> None:
    """Follow a job inside the present element; ``done`` draws what came out, in its place.

    The job goes on without the page: a page that is loaded again follows the same number.
    """
    area = ui.element("div").classes("xt-job").props(f"data-mark=job-{number}")
    shown: list[Any] = [None]

    def look() -> None:
        try:
            found = job(visit.desk(), number)
        except XietongError as error:
            timer.cancel()
            with area:
                ui.label(visit.told(error)).classes("xt-problem").props("role=alert")
            return
        now = (found["state"], found["progress"], found["message"])
        if now == shown[0]:
            return
        shown[0] = now
        area.clear()
        with area:
            _draw(visit, found, done)
        if found["state"] in ENDED:
            timer.cancel()

    timer = ui.timer(SECONDS, look, immediate=True)


def _draw(visit: Visit, found: dict[str, Any], done: Callable[[dict[str, Any]], Any]) -> None:
    if found["state"] == "done":
        done(found["result"])
        return
    state = visit.t(f"state.{found['state']}")
    ui.label(f"{visit.t('job.' + found['kind'])} · {state}").classes("xt-strong")
    told = in_language(found["message"], visit.language)
    if found["state"] in ENDED:
        ui.label(told).classes("xt-problem").props("role=alert data-mark=problem")
        return
    ui.linear_progress(value=found["progress"], show_value=False, size="6px")
    ui.label(f"{found['progress'] * 100:.0f}% {told}").classes("xt-note")
    if found["state"] == WAITING:
        ui.label(visit.t("jobs.waiting")).classes("xt-note")
    ui.button(
        visit.t("jobs.cancel"), icon="stop", on_click=lambda: _stop(visit, found["id"])
    ).props("flat dense no-caps data-mark=cancel-job")


def _stop(visit: Visit, number: int) -> None:
    with visit.telling():
        cancel(visit.desk(), number)
        tell(visit.t("jobs.cancelled"))
