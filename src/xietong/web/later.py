"""Work that takes a while: computed beside the page, shown when it is there; nobody else waits."""

import asyncio
from collections.abc import Callable
from typing import Any

from nicegui import ui

from xietong.errors import SignInError, XietongError
from xietong.web.visit import Visit, address


def later(visit: Visit, compute: Callable[[], Any], show: Callable[[Any], Any]) -> None:
    """Compute in a thread and show the answer here; until then a sign that it is under way.

    What goes wrong is told in its place.
    """
    with ui.element("div").classes("xt-later") as area:
        ui.spinner(size="lg").props(f'role=status aria-label="{visit.t("wait")}"')

    async def run() -> None:
        try:
            found = await asyncio.to_thread(compute)
        except SignInError:
            ui.navigate.to(address("/login", next=visit.here()))
            return
        except XietongError as error:
            area.clear()
            with area:
                ui.label(visit.told(error)).classes("xt-empty").props("role=alert")
            return
        area.clear()
        with area:
            show(found)

    ui.timer(0.01, run, once=True)
