"""Taking a plan out of the library, asked back: what goes with it stands above the button."""

from nicegui import ui

from xietong.app.plans.removal import remove_document, what_hangs_on
from xietong.web.tiles import tiles
from xietong.web.visit import Visit

COUNTED = ("versions", "clauses", "targets", "milestones", "projects", "reviews")


def ask_to_remove(visit: Visit, key: str) -> None:
    """A dialog that tells, asks for a reason, and removes."""
    with visit.telling():
        told = what_hangs_on(visit.desk(), key)
        with (
            ui.dialog(value=True) as dialog,
            ui.element("div").classes("xt-dialog").props("data-mark=removal"),
        ):
            ui.label(visit.t("removal.title")).classes("xt-h2")
            ui.label(told["title"]).classes("xt-strong")
            ui.label(visit.t("removal.lead")).classes("xt-note")
            tiles(
                [(told[name], visit.t(f"removal.{name}"), None) for name in COUNTED],
                visit.language,
            )
            if told["cited_by"]:
                titles = "、".join(told["cited_by"])
                ui.label(visit.t("removal.cited_by", titles=titles)).classes("xt-hint warn")
            if told["tasks"]:
                ui.label(visit.t("removal.tasks", n=told["tasks"])).classes("xt-hint bad")
            reason = ui.input(label=visit.t("removal.reason")).props(
                "dense outlined data-mark=removal-reason"
            )

            def remove() -> None:
                with visit.telling():
                    remove_document(
                        visit.desk(),
                        told["document"],
                        reason.value or "",
                        expected_lock=told["lock"],
                    )
                    ui.navigate.to("/plans")

            with ui.element("div").classes("xt-actions"):
                if not told["tasks"]:
                    ui.button(visit.t("removal.do"), icon="delete", on_click=remove).props(
                        "unelevated no-caps color=negative data-mark=do-remove"
                    )
                ui.button(visit.t("dialog.cancel"), on_click=dialog.close).props("flat no-caps")
