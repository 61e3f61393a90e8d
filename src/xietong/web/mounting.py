"""Putting the pages on a FastAPI application: one route per page, static files, login."""

import inspect
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from nicegui import app as pages_app
from nicegui import ui

from xietong.app.access import require_somewhere
from xietong.errors import AccessError, NotFoundError, SignInError, XietongError
from xietong.web.login import add_login_routes
from xietong.web.nonce import mark_scripts
from xietong.web.pages import PAGES
from xietong.web.pages.page import Page
from xietong.web.shell import dress, refused, shell
from xietong.web.visit import Visit, address, open_visit

STATIC = Path(__file__).parent / "static"
FAVICON = STATIC / "mark.svg"


def mount_pages(app: FastAPI, workspace: Any) -> None:
    """All pages of the list, the login, and NiceGUI itself."""
    mark_scripts()
    pages_app.add_static_files("/web/static", STATIC)
    for page in PAGES:
        _add(page, workspace)
    add_login_routes(app, workspace)
    ui.run_with(
        app,
        title=workspace.title,
        favicon=FAVICON,
        language="zh-CN",
        tailwind=False,
        show_welcome_message=False,
        reconnect_timeout=10,
    )


def _add(page: Page, workspace: Any) -> None:
    async def view(request: Request) -> Response | None:
        visit = open_visit(workspace, request)
        ui.page_title(f"{visit.t(page.title)} · {workspace.title}")
        dress(visit)
        return await _build(page, visit)

    ui.page(page.path, response_timeout=30)(view)


async def _build(page: Page, visit: Visit) -> Response | None:
    """The page in its frame; to the login without a session; a refusal in words."""
    try:
        desk = visit.desk()
    except SignInError:
        return RedirectResponse(address("/login", next=visit.here()), 303)
    except AccessError as error:
        if visit.token:
            return RedirectResponse("/password", 303)
        ui.context.client.status_code = 403
        refused(visit, error)
        return None
    with shell(visit, desk, page):
        try:
            if page.action:
                require_somewhere(desk.actor, page.action)
            building = page.build(visit)
            if inspect.isawaitable(building):
                await building
        except XietongError as error:
            ui.context.client.status_code = 404 if isinstance(error, NotFoundError) else 403
            refused(visit, error)
    return None
