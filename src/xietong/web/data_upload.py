"""The field for filled-in templates, and below it what became of each, problems in place."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from nicegui import ui

from xietong.app.data_review_files import hand_in
from xietong.app.plans.uploads import LIMIT_MB
from xietong.errors import XietongError
from xietong.tables.problem import TableProblemsError
from xietong.web.problem_list import problem_list
from xietong.web.visit import Visit, tell


def data_upload(visit: Visit, changed: Callable[[], Any]) -> None:
    """Hand in files; ``changed`` is called when one was kept. A refused file can be waived in its place."""

    async def take(
        line: ui.element, name: str, data: bytes, waived: Sequence[str] = (), reason: str = ""
    ) -> None:
        line.clear()
        with line:
            ui.label(name).classes("xt-strong")
            wait = ui.spinner().props(f'role=status aria-label="{visit.t("wait")}"')
        try:
            made = await asyncio.to_thread(
                hand_in, visit.desk(), name, data, waive=waived, reason=reason
            )
        except TableProblemsError as error:
            with line:

                async def again(codes: list[str], why: str) -> None:
                    await take(line, name, data, codes, why)

                problem_list(visit, error.problems, again)
            return
        except XietongError as error:
            with line:
                ui.label(visit.told(error)).classes("xt-problem").props(
                    "role=alert data-mark=problem"
                )
            return
        finally:
            wait.delete()
        with line:
            rows = sum(one["rows"] for one in made)
            ui.label(visit.t("data.handed_in", parts=len(made), rows=rows)).classes(
                "xt-note"
            ).props("data-mark=kept")
        changed()

    async def received(event: Any) -> None:
        with told, ui.element("div").props("data-mark=handed-in") as line:
            pass
        line.move(target_index=0)
        await take(line, event.file.name, await event.file.read())

    ui.upload(
        label=visit.t("data.field"),
        multiple=True,
        auto_upload=True,
        max_file_size=LIMIT_MB * 2**20,
        on_upload=received,
        on_rejected=lambda: tell(visit.t("upload.rejected", mb=LIMIT_MB), bad=True),
    ).on("failed", lambda: tell(visit.t("upload.failed", mb=LIMIT_MB), bad=True)).props(
        'accept=".csv,.xlsx" flat bordered data-mark=upload'
    ).classes("xt-upload")
    told = ui.element("div").classes("xt-stack")
