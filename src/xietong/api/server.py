"""The application: API under ``/api/v1``, the web pages beside it where they are installed."""

import importlib
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from xietong import __version__
from xietong.api import assessment, inventory, optimise, people, plans, synergy, trust
from xietong.api.guard import Guard, is_loopback
from xietong.api.problems import RESPONSES, install
from xietong.app.desk import Desk
from xietong.app.people.accounts import needs_login
from xietong.app.problems import problem
from xietong.app.workspace import open_desk

PREFIX = "/api/v1"


def create_api(desk: Desk, pages: bool = False) -> FastAPI:
    """The API of the desk's workspace; ``pages`` mounts the web pages as well."""
    api = FastAPI(
        title="xietong",
        version=__version__,
        description="减污降碳协同增效与碳达峰 · plans, targets, inventory, assessment",
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,  # their page would load scripts from outside
        redoc_url=None,
    )
    api.state.workspace = desk.workspace
    install(api)
    for part in (plans, people, trust, inventory, optimise, assessment, synergy):
        api.include_router(part.router, prefix=PREFIX, responses=RESPONSES)
    if pages:
        _mount_pages(api)
    api.add_middleware(Guard, prefix=PREFIX)
    return api


def create_server(folder: Path | None, host: str) -> tuple[FastAPI, Path]:
    """API and pages of the workspace at or above ``folder``, to listen at ``host``; its root.

    Refused: an address that others reach, while nobody needs to sign in.
    """
    desk = open_desk(folder)
    if not is_loopback(host) and not needs_login(desk.workspace):
        raise problem("loopback_only")
    return create_api(desk, pages=True), desk.workspace.root


def _mount_pages(api: FastAPI) -> None:
    """The pages, if they are there: ``xietong.web.mount(api)``."""
    try:
        web: Any = importlib.import_module("xietong.web")
    except ModuleNotFoundError:
        return
    if hasattr(web, "mount"):
        web.mount(api)
