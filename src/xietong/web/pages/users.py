"""Accounts: who is there, adding one, changing one, a new first password."""

from typing import Any

from nicegui import ui

from xietong.app.access import LOCAL, roles
from xietong.app.people.accounts import add_user, change_user, needs_login, set_password, users
from xietong.web.grid import grid
from xietong.web.pages.page import Page
from xietong.web.visit import Visit, tell

FACTS = ("display_name", "role", "region", "entity")


def build(visit: Visit) -> None:
    """The list, and dialogs over it."""

    @ui.refreshable
    def listed() -> None:
        with visit.telling():
            found = [
                {**one, "role_name": visit.name(roles()[one["role"]])}
                for one in users(visit.desk()).items
            ]
            grid(
                visit,
                "users",
                found,
                name="users",
                on_open=lambda row: _change(visit, row, listed.refresh),
                empty="empty.users",
            )

    with ui.element("div").classes("xt-grid-head"):
        ui.label(visit.t("users.title")).classes("xt-h1")
        ui.element("div").classes("xt-space")
        ui.button(
            visit.t("users.add"), icon="person_add", on_click=lambda: _add(visit, listed.refresh)
        ).props("unelevated no-caps").props("data-mark=add-user")
    if not needs_login(visit.workspace):
        ui.label(visit.t("users.single")).classes("xt-hint")
    listed()


def _add(visit: Visit, again: Any) -> None:
    with (
        ui.dialog(value=True) as dialog,
        ui.element("div").classes("xt-dialog").props("data-mark=user-form"),
    ):
        ui.label(visit.t("users.add")).classes("xt-h2")
        name = _input(visit, "name")
        password = _input(visit, "password", kind="password")
        facts = _facts(visit, {"role": "reader"})

        def store() -> None:
            with visit.telling():
                add_user(
                    visit.desk(), name.value or "", password=password.value or None, **_read(facts)
                )
                dialog.close()
                tell(visit.t("users.added", name=name.value))
                again()

        _foot(visit, dialog, store)


def _change(visit: Visit, row: dict[str, Any], again: Any) -> None:
    with (
        ui.dialog(value=True) as dialog,
        ui.element("div").classes("xt-dialog").props("data-mark=user-form"),
    ):
        ui.label(row["name"]).classes("xt-h2")
        facts = _facts(visit, row)
        active = ui.switch(visit.t("field.active"), value=row["active"])
        password = _input(visit, "new_password", kind="password")

        def store() -> None:
            with visit.telling():
                now = _read(facts) | {"active": active.value}
                values = {key: value for key, value in now.items() if value != row[key]}
                if values:
                    change_user(visit.desk(), row["id"], values, expected_lock=row["lock"])
                if password.value:
                    set_password(visit.desk(), row["id"], password.value)
                dialog.close()
                tell(visit.t("users.changed", name=row["name"]))
                again()

        _foot(visit, dialog, store)


def _facts(visit: Visit, row: dict[str, Any]) -> dict[str, Any]:
    names = {role: visit.name(words) for role, words in roles().items() if role != LOCAL}
    made: dict[str, Any] = {}
    for fact in FACTS:
        if fact == "role":
            made[fact] = (
                ui.select(names, value=row.get(fact), label=visit.t("field.role"))
                .props("dense outlined")
                .classes("xt-wide")
                .props("data-mark=user-role")
            )
        else:
            made[fact] = _input(visit, fact, row.get(fact) or "")
    return made


def _read(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: element.value or None for name, element in facts.items()}


def _input(visit: Visit, name: str, value: str = "", kind: str = "text") -> ui.input:
    made = ui.input(label=visit.t(f"field.{name}"), value=value)
    return (
        made.props(f"dense outlined type={kind} autocomplete=new-password")
        .classes("xt-wide")
        .props(f"data-mark=user-{name}")
    )


def _foot(visit: Visit, dialog: ui.dialog, store: Any) -> None:
    with ui.element("div").classes("xt-actions"):
        ui.button(visit.t("dialog.store"), on_click=store).props("unelevated no-caps").props(
            "data-mark=store"
        )
        ui.button(visit.t("dialog.cancel"), on_click=dialog.close).props("flat no-caps")


USERS = Page("/admin/users", "admin", "users.title", build, action="user.manage")
