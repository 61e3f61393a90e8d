"""Which role may do what, and how far: the table of rights as it is in force."""

from nicegui import ui

from xietong.app.access import LOCAL, actions, rights, roles
from xietong.web.grid import grid
from xietong.web.pages.page import Page
from xietong.web.visit import Visit
from xietong.web.words import Column


def build(visit: Visit) -> None:
    """One row per right, one column per role."""
    ui.label(visit.t("roles.title")).classes("xt-h1")
    ui.label(visit.t("roles.lead")).classes("xt-note")
    shown = [role for role in roles() if role != LOCAL]
    table = rights()
    rows = [
        {"action": action, "subject": visit.name(words)}
        | {
            role: visit.t(f"scope.{table[(role, action)]}") if (role, action) in table else "—"
            for role in shown
        }
        for action, words in actions().items()
    ]
    more = [
        Column(role, roles()[role]["zh"], roles()[role]["en"], "text", 130, 1) for role in shown
    ]
    grid(visit, "roles", rows, name="roles", more=more)


ROLES = Page("/admin/roles", "admin", "roles.title", build)
