"""Bringing data in for synergy: choose what it is, take the template, send it, look, store it or not."""

import asyncio
from dataclasses import dataclass
from typing import Any

from nicegui import ui

from xietong.app.cocontrol_import import LIMIT_MB, check_table, import_bytes
from xietong.app.cocontrol_store import PANELS, sources, systems
from xietong.app.pages_synergy import spoken
from xietong.errors import XietongError
from xietong.web.grid import grid
from xietong.web.pages.page import Page
from xietong.web.synergy_guide import guide
from xietong.web.synergy_parts import choice, chosen
from xietong.web.tiles import tiles
from xietong.web.visit import Visit, address, tell


@dataclass
class Import:
    """One table after another; what each would do is shown below the field."""

    visit: Visit
    area: ui.element | None = None

    def names(self) -> dict[str, str]:
        """What can be imported: panels for tracking and index systems."""
        visit = self.visit
        title = f"title_{visit.language}"
        known = systems(visit.desk().workspace.root)
        return {
            **{key: getattr(one, title) or key for key, one in known.items()},
            **{panel: visit.t(f"synergy.panel.{panel}") for panel in PANELS},
        }

    def draw(self) -> None:
        """The choice, the field to drop a file on, the guide, what is there already."""
        visit = self.visit
        ui.label(visit.t("synergy.import")).classes("xt-h1")
        ui.label(visit.t("synergy.import.lead")).classes("xt-note")

        @ui.refreshable
        def below() -> None:
            with ui.element("div").classes("xt-stack"):
                with ui.element("div"):
                    self._field()
                guide(visit, self.system())

        names = self.names()
        with ui.element("div").classes("xt-filters"):
            choice(visit, "system", names, next(iter(names)), below.refresh, label="what")
        with ui.element("div").classes("xt-stack"):
            below()
            self._stored(names)

    def system(self) -> str:
        """What the address says is being imported."""
        names = self.names()
        return str(chosen(self.visit, "system", names, next(iter(names))))

    def _field(self) -> None:
        visit = self.visit
        ui.upload(
            label=visit.t("synergy.import.field"),
            auto_upload=True,
            max_file_size=LIMIT_MB * 2**20,
            on_upload=self._received,
            on_rejected=lambda: tell(visit.t("upload.rejected", mb=LIMIT_MB), bad=True),
        ).props('accept=".csv,.xlsx" flat bordered').classes("xt-upload").props("data-mark=upload")
        self.area = ui.element("div").classes("xt-stack").props("data-mark=previews")

    async def _received(self, event: Any) -> None:
        assert self.area is not None
        visit, system, name = self.visit, self.system(), event.file.name
        self.area.clear()
        with self.area, ui.element("section").classes("xt-card") as card:
            ui.label(name).classes("xt-h2")
        try:
            data = await event.file.read()
            found = await asyncio.to_thread(check_table, visit.desk(), name, data, system)
        except XietongError as error:
            with card:
                ui.label(spoken(visit.told(error), visit.language)).classes("xt-problem").props(
                    "role=alert data-mark=problem"
                )
        else:
            with card:
                self._preview(card, name, data, system, found)

    def _preview(
        self, card: ui.element, name: str, data: bytes, system: str, found: dict[str, Any]
    ) -> None:
        visit = self.visit
        years = found["years"]
        tiles(
            [
                (found["rows"], visit.t("synergy.import.rows"), None),
                (len(found["entities"]), visit.t("synergy.import.entities"), None),
                (f"{years[0]}–{years[-1]}", visit.t("synergy.import.years"), None),
                (len(found["columns"]), visit.t("synergy.import.columns"), None),
            ],
            visit.language,
        )
        ui.label("、".join(found["entities"][:20])).classes("xt-note")
        for note in found["notes"]:
            ui.label(spoken(note, visit.language)).classes("xt-hint")
        source = (
            ui.input(label=visit.t("synergy.import.source"))
            .props("dense outlined data-mark=source")
            .classes("xt-wide")
        )

        def store() -> None:
            if not (source.value or "").strip():
                tell(visit.t("synergy.import.no_source"), bad=True)
                return
            with visit.telling():
                import_bytes(visit.desk(), name, data, system, source.value)
                card.clear()
                with card:
                    self._done(system)

        with ui.element("div").classes("xt-actions"):
            ui.button(visit.t("synergy.import.store"), icon="save", on_click=store).props(
                "unelevated no-caps data-mark=store"
            )
            ui.button(visit.t("upload.discard"), on_click=card.delete).props("flat no-caps")

    def _done(self, system: str) -> None:
        target = {
            "city-panel": "/synergy/tracking",
            "province-panel": address("/synergy/tracking", tab="province"),
        }.get(system, address("/synergy", system=system))
        ui.label(self.visit.t("synergy.import.done")).props("data-mark=stored")
        ui.link(self.visit.t("synergy.import.see"), target).classes("xt-link")

    def _stored(self, names: dict[str, str]) -> None:
        kept = sources(self.visit.desk().workspace.root)
        rows = [{"name": names.get(name, name), **facts} for name, facts in kept.items()]
        with ui.element("section").classes("xt-card"):
            ui.label(self.visit.t("synergy.import.there")).classes("xt-h2")
            grid(
                self.visit,
                "synergy_sources",
                rows,
                name="synergy-sources",
                empty="empty.synergy_tables",
            )


def build(visit: Visit) -> None:
    """The page."""
    Import(visit).draw()


SYNERGY_IMPORT = Page("/synergy/import", "synergy", "synergy.import", build, action="data.submit")
