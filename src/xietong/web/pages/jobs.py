"""Long work: what waits, what runs and how far it is, what has ended; and stopping it."""

from typing import Any

from nicegui import ui

from xietong.app.jobs.desk import cancel, jobs
from xietong.app.problems import in_language
from xietong.web.grid import grid, labels
from xietong.web.pages.page import Page
from xietong.web.visit import Visit, tell
from xietong.web.words import text

SECONDS = 1.5
OPEN = ("queued", "running")
SHOWN = 200


def build(visit: Visit) -> None:
    """The list follows by itself while something is under way."""
    ui.label(visit.t("jobs.title")).classes("xt-h1")
    seen: list[Any] = []

    @ui.refreshable
    def listed() -> None:
        found = _found(visit)
        seen[:] = [_state(found)]
        if any(one["state"] == "queued" for one in found):
            ui.label(visit.t("jobs.waiting")).classes("xt-hint")
        _running(visit, [one for one in found if one["state"] in OPEN], listed.refresh)
        grid(visit, "jobs", found, name="jobs", empty="empty.jobs")

    def look() -> None:
        with visit.telling():
            found = _found(visit)
            if _state(found) != seen[0]:
                listed.refresh()
            if not any(one["state"] in OPEN for one in found):
                timer.cancel()

    with visit.telling():
        listed()
    timer = ui.timer(SECONDS, look)


def _found(visit: Visit) -> list[dict[str, Any]]:
    return [
        {**one, "message": in_language(one["message"], visit.language)}
        for one in jobs(visit.desk(), per_page=SHOWN).items
    ]


def _running(visit: Visit, found: list[dict[str, Any]], again: Any) -> None:
    for one in found:
        with ui.element("section").classes("xt-card xt-job"):
            name = labels("job", visit.language).get(one["kind"], one["kind"])
            ui.label(f"{name} · {text('state.' + one['state'], visit.language)}").classes(
                "xt-strong"
            )
            ui.linear_progress(value=one["progress"], show_value=False, size="6px")
            ui.label(f"{one['progress'] * 100:.0f}% {one['message']}").classes("xt-note")
            ui.button(
                visit.t("jobs.cancel"),
                icon="stop",
                on_click=lambda one=one: _stop(visit, one, again),
            ).props("outline no-caps color=negative").props("data-mark=cancel-job")


def _stop(visit: Visit, one: dict[str, Any], again: Any) -> None:
    with visit.telling():
        cancel(visit.desk(), one["id"])
        tell(visit.t("jobs.cancelled"))
        again()


def _state(found: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(one["id"], one["state"], one["progress"], one["message"]) for one in found]


JOBS = Page("/admin/jobs", "admin", "jobs.title", build, action="job.read")
