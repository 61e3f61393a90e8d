"""Bringing a plan document in: send it, look at what would be stored, then store it or not.

Storing is a job: it goes on while the page is loaded again, and the address names it (``jobs``).
"""

import asyncio
from dataclasses import dataclass
from typing import Any

from nicegui import ui

from xietong.app.jobs.desk import submit
from xietong.app.pages_trust import discard_upload
from xietong.app.plans.uploads import LIMIT_MB, keep_upload, preview_upload
from xietong.errors import XietongError
from xietong.web.grid import grid
from xietong.web.job_card import job_card
from xietong.web.pages.page import Page
from xietong.web.pages.plan import summary
from xietong.web.tiles import tiles
from xietong.web.visit import Visit, address, tell

COUNTED = ("clauses", "targets", "milestones", "projects")


@dataclass
class Upload:
    """One file after another; what each would do is shown below the field."""

    visit: Visit
    area: ui.element | None = None

    def draw(self) -> None:
        """The field to drop files on."""
        visit = self.visit
        ui.label(visit.t("upload.title")).classes("xt-h1")
        ui.label(visit.t("upload.lead", mb=LIMIT_MB)).classes("xt-note")
        ui.upload(
            label=visit.t("upload.field"),
            multiple=True,
            auto_upload=True,
            max_file_size=LIMIT_MB * 2**20,
            on_upload=self._received,
            on_rejected=lambda: tell(visit.t("upload.rejected", mb=LIMIT_MB), bad=True),
        ).on("failed", lambda: tell(visit.t("upload.failed", mb=LIMIT_MB), bad=True)).props(
            'accept=".txt,.docx,.pdf,.html,.htm" flat bordered'
        ).classes("xt-upload").props("data-mark=upload")
        self.area = ui.element("div").classes("xt-stack").props("data-mark=previews")
        with self.area:
            for number in self._jobs():
                with ui.element("section").classes("xt-card"):
                    self._follow(number)

    def _jobs(self) -> list[int]:
        """The jobs that the address names."""
        words = self.visit.query.get("jobs", "").split(",")
        return [
            int(word) for word in words if word.isascii() and word.isdecimal() and len(word) < 10
        ]

    async def _received(self, event: Any) -> None:
        """A file has come: check it, read it, show what it would do."""
        assert self.area is not None
        with self.area, ui.element("section").classes("xt-card") as card:
            ui.label(event.file.name).classes("xt-h2")
            with ui.element("div").classes("xt-actions") as busy:
                ui.spinner(size="sm")
                ui.label(self.visit.t("upload.reading"))
        card.move(target_index=0)
        try:
            data = await event.file.read()
            kept = await asyncio.to_thread(keep_upload, self.visit.desk(), event.file.name, data)
            found = await asyncio.to_thread(preview_upload, self.visit.desk(), kept["id"])
        except XietongError as error:
            with card:
                ui.label(self.visit.told(error)).classes("xt-problem").props(
                    "role=alert data-mark=problem"
                )
        else:
            with card:
                self._preview(card, kept["id"], found)
        busy.delete()

    def _preview(self, card: ui.element, upload_id: str, found: dict[str, Any]) -> None:
        visit, meta = self.visit, found["parsed"]["meta"]
        with ui.element("div").props("data-mark=preview"):
            ui.label(visit.t(f"upload.status.{found['status']}")).classes("xt-hint").props(
                "data-mark=status"
            )
            facts = (
                meta["region"]["name"],
                meta["plan_type"],
                meta["doc_number"],
                meta["issue_date"],
            )
            ui.label(meta["title"]).classes("xt-strong")
            ui.label(" · ".join(fact for fact in facts if fact)).classes("xt-note")
            counts = found["counts"]
            tiles(
                [(counts[name], visit.t(f"tab.{name}"), None) for name in COUNTED], visit.language
            )
            for warning in found["warnings"]:
                ui.label(warning).classes("xt-hint warn")
            if changed := summary(visit, found["difference"]):
                ui.label(f"{visit.t('upload.difference')}{changed}").classes("xt-note")
            for table in ("targets", "clauses"):
                with ui.expansion(visit.t(f"tab.{table}"), value=table == "targets").classes(
                    "xt-wide"
                ):
                    grid(
                        visit,
                        f"preview_{table}",
                        found["parsed"][table],
                        name=f"preview-{table}",
                        empty="empty.none_found",
                        height="320px",
                    )
            if not found["allowed"]:
                place = meta["region"]["name"] or visit.t("upload.nowhere")
                ui.label(visit.t("upload.not_yours", place=place)).classes("xt-hint bad").props(
                    "data-mark=not-yours"
                )
            self._choice(card, upload_id, found)

    def _choice(self, card: ui.element, upload_id: str, found: dict[str, Any]) -> None:
        visit = self.visit

        def store() -> None:
            with visit.telling():
                number = submit(visit.desk(), "plan.import", {"uploads": [upload_id]})["id"]
                visit.remember(jobs=",".join(map(str, [number, *self._jobs()])))
                card.clear()
                with card:
                    self._follow(number)

        def leave() -> None:
            with visit.telling():
                discard_upload(visit.desk(), upload_id)
                card.delete()
                tell(visit.t("upload.discarded"))

        with ui.element("div").classes("xt-actions"):
            if found["status"] != "unchanged" and found["allowed"]:
                ui.button(visit.t("upload.store"), icon="save", on_click=store).props(
                    "unelevated no-caps"
                ).props("data-mark=store")
            ui.button(visit.t("upload.discard"), on_click=leave).props("flat no-caps").props(
                "data-mark=discard"
            )

    def _follow(self, number: int) -> None:
        """How far the job is; then what was stored, and where to go on."""
        visit = self.visit

        def done(result: dict[str, Any]) -> None:
            for one in result["imports"]:
                ui.label(visit.t("upload.stored", title=one["title"])).props("data-mark=stored")
                with ui.element("div").classes("xt-actions"):
                    ui.link(visit.t("upload.see"), f"/plans/{one['plan']}").classes("xt-link")
                    to_review = address("/plans/review", plan=one["plan"])
                    ui.link(visit.t("upload.review"), to_review).classes("xt-link")

        job_card(visit, number, done)


def build(visit: Visit) -> None:
    """The page."""
    Upload(visit).draw()


UPLOAD = Page("/plans/upload", "plans", "upload.title", build, action="plan.import")
