"""Coming in and going out: name and password, a new password; the bureau's own login is the API's.

The forms are plain HTML posts, so that the session's cookie is set by an ordinary answer and no
script ever sees it. A post must come from our own pages (``Origin``).
"""

from typing import Annotated, Any
from urllib.parse import unquote, urlsplit

from fastapi import FastAPI, Form, Request, Response
from fastapi.responses import RedirectResponse
from nicegui import ui

from xietong.api.guard import COOKIE as SESSION_COOKIE
from xietong.api.guard import sender_of
from xietong.api.told import SEE_OTHER, TOLD_COOKIE, back
from xietong.app.desk import Desk
from xietong.app.people import oidc
from xietong.app.people.accounts import change_own_password, needs_login
from xietong.app.people.policy import policy
from xietong.app.people.sign_in import SignedIn, sign_in, sign_out, who_is
from xietong.errors import XietongError
from xietong.web.shell import dress
from xietong.web.visit import Visit, address, open_visit

OIDC = "/api/v1/session/oidc"


def add_login_routes(app: FastAPI, workspace: Any) -> None:
    """The pages ``/login`` and ``/password`` and what their forms post to."""

    def login_page(request: Request) -> Response | None:
        visit = open_visit(workspace, request)
        if not needs_login(workspace):
            return RedirectResponse("/", SEE_OTHER)
        ui.page_title(f"{visit.t('login.title')} · {workspace.title}")
        _login_form(visit, _told(request))
        return None

    def password_page(request: Request) -> Response | None:
        visit = open_visit(workspace, request)
        if visit.signed_in() is None:
            return RedirectResponse("/login", SEE_OTHER)
        ui.page_title(f"{visit.t('login.change')} · {workspace.title}")
        _password_form(visit, _told(request))
        return None

    ui.page("/login")(login_page)
    ui.page("/password")(password_page)

    @app.post("/login", include_in_schema=False)
    def post_login(
        request: Request,
        name: Annotated[str, Form()] = "",
        password: Annotated[str, Form()] = "",
        next: Annotated[str, Form()] = "/",
    ) -> Response:
        visit = open_visit(workspace, request)
        if not _own(request):
            return RedirectResponse("/login", SEE_OTHER)
        try:
            signed = sign_in(workspace, name, password, sender_of(request))
        except XietongError as error:
            return back(address("/login", next=_local(next)), visit.told(error))
        return _came_in(request, signed, _local(next))

    @app.post("/logout", include_in_schema=False)
    def post_logout(request: Request) -> Response:
        if _own(request):
            sign_out(workspace, request.cookies.get(SESSION_COOKIE, ""))
        gone = RedirectResponse("/login", SEE_OTHER)
        gone.delete_cookie(SESSION_COOKIE)
        return gone

    @app.post("/password", include_in_schema=False)
    def post_password(
        request: Request, old: Annotated[str, Form()] = "", new: Annotated[str, Form()] = ""
    ) -> Response:
        visit = open_visit(workspace, request)
        signed = who_is(workspace, visit.token) if _own(request) else None
        if signed is None:
            return RedirectResponse("/login", SEE_OTHER)
        try:
            change_own_password(Desk(workspace, signed.actor), old, new)
            fresh = sign_in(workspace, signed.actor.name, new)
        except XietongError as error:
            return back("/password", visit.told(error))
        return _came_in(request, fresh, "/")


def _login_form(visit: Visit, problem: str) -> None:
    dress(visit)
    with _card(visit, visit.t("login.title"), problem):
        with _form("/login"):
            _field("name", visit.t("login.name"), "text", "username")
            _field("password", visit.t("login.password"), "password", "current-password")
            ui.element("input").props(f'type=hidden name=next value="{_local(_word(visit))}"')
            _send(visit.t("login.in"))
        if oidc.is_configured(visit.workspace):
            ui.link(visit.t("login.oidc"), OIDC).classes("xt-link")


def _password_form(visit: Visit, problem: str) -> None:
    dress(visit)
    rules = policy(visit.workspace)
    with _card(visit, visit.t("login.change"), problem):
        rule = visit.t("login.rule", n=rules["password_length"], kinds=rules["password_classes"])
        ui.label(rule).classes("xt-note")
        with _form("/password"):
            _field("old", visit.t("login.old"), "password", "current-password")
            _field("new", visit.t("login.new"), "password", "new-password")
            _send(visit.t("login.change"))


def _card(visit: Visit, title: str, problem: str) -> ui.element:
    card = ui.element("div").classes("xt-login")
    with card:
        ui.label("协同").classes("xt-mark")
        ui.label(visit.workspace.title).classes("xt-note")
        ui.label(title).classes("xt-h1")
        if problem:
            ui.label(problem[:400]).classes("xt-problem").props("role=alert")
    return card


def _form(action: str) -> ui.element:
    return ui.element("form").props(f'method=post action="{action}"').classes("xt-form")


def _field(name: str, label: str, kind: str, complete: str) -> None:
    with ui.element("label").classes("xt-field"):
        ui.label(label)
        ui.element("input").props(
            f'name={name} type={kind} autocomplete={complete} required aria-label="{label}"'
        )


def _send(label: str) -> None:
    ui.element("input").props(f'type=submit value="{label}"').classes("xt-send")


def _told(request: Request) -> str:
    return unquote(request.cookies.get(TOLD_COOKIE, ""))


def _came_in(request: Request, signed: SignedIn, target: str) -> Response:
    answer = RedirectResponse("/password" if signed.must_change else target, SEE_OTHER)
    answer.set_cookie(
        SESSION_COOKIE, signed.token, httponly=True, samesite="lax", secure=_is_https(request)
    )
    return answer


def _word(visit: Visit) -> str:
    return visit.query.get("next", "/")


def _local(target: str) -> str:
    """Only an address of our own: a path, never another host.

    >>> _local("/plans?tab=targets"), _local("//evil.example"), _local("https://evil.example")
    ('/plans?tab=targets', '/', '/')
    """
    parts = urlsplit(target)
    strange = parts.scheme or parts.netloc or not target.startswith("/") or "\\" in target
    return "/" if strange or '"' in target or target.startswith("//") else target


def _own(request: Request) -> bool:
    """Whether a post comes from a page of this very server."""
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _is_https(request: Request) -> bool:
    return request.url.scheme == "https"
