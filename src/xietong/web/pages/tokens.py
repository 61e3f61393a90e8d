"""One's own tokens for programs: make one (shown once), see when it was used, end it."""

from typing import Any

from nicegui import ui

from xietong.app.people.accounts import needs_login
from xietong.app.people.policy import policy
from xietong.app.people.tokens import make_token, revoke_token, tokens
from xietong.web.grid import grid, nothing
from xietong.web.pages.page import Page
from xietong.web.visit import Visit, tell

DAYS = 90


def build(visit: Visit) -> None:
    """The list; a click on a row offers to end the token."""

    @ui.refreshable
    def listed() -> None:
        with visit.telling():
            grid(
                visit,
                "tokens",
                tokens(visit.desk()),
                name="tokens",
                on_open=lambda row: _end(visit, row, listed.refresh),
                empty="empty.tokens",
            )

    own = needs_login(visit.workspace)
    with ui.element("div").classes("xt-grid-head"):
        ui.label(visit.t("tokens.title")).classes("xt-h1")
        ui.element("div").classes("xt-space")
        if own:
            ui.button(
                visit.t("tokens.make"), icon="key", on_click=lambda: _make(visit, listed.refresh)
            ).props("unelevated no-caps data-mark=make-token")
    ui.label(visit.t("tokens.lead")).classes("xt-note")
    if own:
        listed()
    else:
        nothing(visit, "tokens.single")


def _make(visit: Visit, again: Any) -> None:
    longest = policy(visit.workspace)["token_days"]
    with (
        ui.dialog(value=True) as dialog,
        ui.element("div").classes("xt-dialog").props("data-mark=token-form"),
    ):
        ui.label(visit.t("tokens.make")).classes("xt-h2")
        label = ui.input(label=visit.t("tokens.label")).props(
            "dense outlined maxlength=120 data-mark=token-label"
        )
        days = ui.number(label=visit.t("tokens.days", n=longest), value=min(DAYS, longest)).props(
            "dense outlined data-mark=token-days"
        )

        def store() -> None:
            with visit.telling():
                made = make_token(visit.desk(), label.value or "", int(days.value or 0))
                dialog.close()
                again()
                _show(visit, made)

        with ui.element("div").classes("xt-actions"):
            ui.button(visit.t("tokens.make"), on_click=store).props(
                "unelevated no-caps data-mark=store"
            )
            ui.button(visit.t("dialog.cancel"), on_click=dialog.close).props("flat no-caps")


def _show(visit: Visit, made: dict[str, Any]) -> None:
    """The one time that the token is seen."""
    with (
        ui.dialog(value=True).props("persistent") as dialog,
        ui.element("div").classes("xt-dialog").props("data-mark=token-once"),
    ):
        ui.label(made["label"]).classes("xt-h2")
        ui.label(visit.t("tokens.once")).classes("xt-hint warn")
        with ui.element("pre").classes("xt-json"):
            ui.label(made["token"]).classes("xt-inline").props("data-mark=token")
        ui.label(visit.t("tokens.use")).classes("xt-note")
        with ui.element("pre").classes("xt-json"):
            ui.label("Authorization: Bearer xt_…").classes("xt-inline")
        with ui.element("div").classes("xt-actions"):
            ui.button(
                visit.t("tokens.copy"), on_click=lambda: ui.clipboard.write(made["token"])
            ).props("outline no-caps")
            ui.button(visit.t("tokens.kept"), on_click=dialog.close).props(
                "unelevated no-caps data-mark=kept"
            )


def _end(visit: Visit, row: dict[str, Any], again: Any) -> None:
    if row["revoked_at"]:
        return
    with (
        ui.dialog(value=True) as dialog,
        ui.element("div").classes("xt-dialog").props("data-mark=token-end"),
    ):
        ui.label(row["label"]).classes("xt-h2")
        ui.label(visit.t("tokens.end_asked"))

        def end() -> None:
            with visit.telling():
                revoke_token(visit.desk(), row["id"])
                dialog.close()
                tell(visit.t("tokens.ended"))
                again()

        with ui.element("div").classes("xt-actions"):
            ui.button(visit.t("tokens.end"), on_click=end).props(
                "unelevated no-caps color=negative data-mark=end-token"
            )
            ui.button(visit.t("dialog.cancel"), on_click=dialog.close).props("flat no-caps")


TOKENS = Page("/admin/tokens", "admin", "tokens.title", build)
