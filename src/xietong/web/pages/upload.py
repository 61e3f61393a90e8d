"""Bringing a plan document in: send it, look at what would be stored, then store it or not."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nicegui import ui

from xietong.app.pages_trust import discard_upload
from xietong.app.plans.uploads import LIMIT_MB, import_upload, keep_upload, preview_upload
from xietong.errors import XietongError
from xietong.web.grid import grid
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
    waiting: set[str] = field(default_factory=set)

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
        ).props('accept=".txt,.docx,.pdf,.html,.htm" flat bordered').classes("xt-upload").props(
            "data-mark=upload"
        )
        self.area = ui.element("div").classes("xt-stack").props("data-mark=previews")

    async def _received(self, event: Any) -> None:
        """A file has come: check it, read it, show what it would do."""
        assert self.area is not None
        with self.area, ui.element("section").classes("xt-card") as card:
            ui.label(event.file.name).classes("xt-h2")
            with ui.element("div").classes("xt-actions") as busy:
                ui.spinner(size="sm")
                ui.label(self.visit.t("upload.reading"))
        card.move(target_index=0)
        kept: dict[str, Any] = {}
        try:
            data = await event.file.read()
            kept = await asyncio.to_thread(keep_upload, self.visit.desk(), event.file.name, data)
            found = await asyncio.to_thread(preview_upload, self.visit.desk(), kept["id"])
        except XietongError as error:
            with card:
                ui.label(self._named(error, kept)).classes("xt-problem").props("role=alert").props(
                    "data-mark=problem"
                )
        else:
            with card:
                self._preview(card, kept["id"], found)
        busy.delete()

    def _named(self, error: XietongError, kept: dict[str, Any]) -> str:
        """The error with the sender's name of the file, not the one it is kept under."""
        told = self.visit.told(error)
        if not kept:
            return told
        return told.replace(f"{kept['id']}{Path(kept['name']).suffix.lower()}", kept["name"])

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
            self._choice(card, upload_id, found)

    def _choice(self, card: ui.element, upload_id: str, found: dict[str, Any]) -> None:
        visit = self.visit

        async def store() -> None:
            with visit.telling():
                done = await asyncio.to_thread(import_upload, visit.desk(), upload_id)
                card.clear()
                with card:
                    ui.label(
                        visit.t("upload.stored", title=found["parsed"]["meta"]["title"])
                    ).props("data-mark=stored")
                    ui.link(visit.t("upload.see"), f"/plans/{done['plan']}").classes("xt-link")
                    to_review = address("/plans/review", plan=done["plan"])
                    ui.link(visit.t("upload.review"), to_review).classes("xt-link")

        def leave() -> None:
            with visit.telling():
                discard_upload(visit.desk(), upload_id)
                card.delete()
                tell(visit.t("upload.discarded"))

        with ui.element("div").classes("xt-actions"):
            if found["status"] != "unchanged":
                ui.button(visit.t("upload.store"), icon="save", on_click=store).props(
                    "unelevated no-caps"
                ).props("data-mark=store")
            ui.button(visit.t("upload.discard"), on_click=leave).props("flat no-caps").props(
                "data-mark=discard"
            )


def build(visit: Visit) -> None:
    """The page."""
    Upload(visit).draw()


UPLOAD = Page("/plans/upload", "plans", "upload.title", build, action="plan.import")
