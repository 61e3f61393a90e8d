"""Endpoints of people: signing in, accounts, tokens."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from xietong.api.bodies import GivenPassword, NewPassword, NewToken, NewUser, SignIn, UserChange
from xietong.api.guard import COOKIE, DeskOf, OpenDeskOf, sender_of, signed_in
from xietong.api.replies import (
    FILES,
    MAX_ID,
    UNCHANGED,
    LockOf,
    PageOf,
    PagingOf,
    page_reply,
    reply,
)
from xietong.api.told import back_to_login
from xietong.app.people import accounts, oidc
from xietong.app.people import sign_in as signing
from xietong.app.people import tokens as keys
from xietong.app.problems import problem
from xietong.errors import XietongError

router = APIRouter(tags=["people"])
RowId = Annotated[int, Path(ge=1, le=MAX_ID)]
TICKET = "xietong_oidc"


@router.get("/session")
def session(request: Request, desk: OpenDeskOf) -> dict[str, Any]:
    """Who is signed in, and the value that changing requests must send as X-CSRF-Token."""
    found = signed_in(request)
    return {
        "user": desk.actor.as_dict(),
        "csrf": found.csrf if found else None,
        "must_change": found.must_change if found else False,
    }


@router.post("/session", status_code=201)
def sign_in(request: Request, body: SignIn) -> Response:
    """Sign in with name and password; the session lies in a cookie that scripts cannot read."""
    workspace = request.app.state.workspace
    signed = signing.sign_in(workspace, body.name, body.password, sender_of(request))
    return _with_cookie(request, signed, 201)


@router.delete("/session", status_code=204)
def sign_out(request: Request, desk: OpenDeskOf) -> Response:
    """Sign out."""
    signing.sign_out(request.app.state.workspace, request.cookies.get(COOKIE, ""))
    response = Response(status_code=204)
    response.delete_cookie(COOKIE, path="/")
    return response


@router.post("/session/renewal", status_code=201)
def renew(request: Request, desk: OpenDeskOf) -> Response:
    """Exchange the session's token for a new one."""
    signed = signing.renew(request.app.state.workspace, request.cookies.get(COOKIE, ""))
    return _with_cookie(request, signed, 201)


@router.put("/session/password", status_code=204)
def change_password(desk: OpenDeskOf, body: NewPassword) -> None:
    """Change one's own password; sign in again afterwards."""
    accounts.change_own_password(desk, body.old, body.new)


@router.get("/session/oidc", status_code=307, response_class=RedirectResponse)
def begin_oidc(request: Request) -> Response:
    """Go to the bureau's own login."""
    workspace = request.app.state.workspace
    if not oidc.is_configured(workspace):
        raise problem("oidc_failed", reason="[oidc]")
    try:
        url, ticket = oidc.begin(workspace, _callback(request))
    except XietongError as error:
        return back_to_login(request, error)
    response = RedirectResponse(url)
    value = f"{ticket.state}|{ticket.nonce}|{ticket.verifier}"
    response.set_cookie(
        TICKET, value, max_age=600, httponly=True, samesite="lax", **_secure(request)
    )
    return response


@router.get("/session/oidc/callback", status_code=303, response_class=RedirectResponse)
def finish_oidc(
    request: Request,
    state: Annotated[str, Query(max_length=200)],
    code: Annotated[str, Query(max_length=4000)] = "",
    error: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Come back from the bureau's own login; ``error`` is why it let nobody in."""
    parts = request.cookies.get(TICKET, "").split("|")
    try:
        if len(parts) != 3 or error or not code:
            raise problem("oidc_failed", reason=error or "cookie")
        signed = oidc.finish(
            request.app.state.workspace,
            _callback(request),
            oidc.Ticket(*parts),
            state=state,
            code=code,
        )
    except XietongError as refusal:
        return back_to_login(request, refusal)
    response = RedirectResponse("/", 303)
    response.delete_cookie(TICKET)
    _set_cookie(request, response, signed.token)
    return response


@router.get("/users", responses=FILES, response_model=PageOf)
def users(request: Request, desk: DeskOf, paging: PagingOf) -> Response:
    """The accounts that one may manage."""
    return page_reply(request, accounts.users(desk, **paging.window), paging, "users")


@router.post("/users", status_code=201)
def add_user(request: Request, desk: DeskOf, body: NewUser) -> dict[str, Any]:
    """Make an account."""
    found = accounts.add_user(desk, **body.model_dump())
    return reply(request, found, 201, lock=found["lock"])  # type: ignore[return-value]


@router.get("/users/{row_id}", responses=UNCHANGED)
def user(request: Request, desk: DeskOf, row_id: RowId) -> dict[str, Any]:
    """One account."""
    found = accounts.user(desk, row_id)
    return reply(request, found, lock=found["lock"])  # type: ignore[return-value]


@router.patch("/users/{row_id}")
def change_user(
    request: Request, desk: DeskOf, row_id: RowId, body: UserChange, lock: LockOf
) -> dict[str, Any]:
    """Change or close an account."""
    values = body.model_dump(exclude_unset=True)
    if values.get("active", True) is None:
        raise problem("bad_value", field="active", value=None, possible="true、false")
    found = accounts.change_user(desk, row_id, values, expected_lock=lock)
    return reply(request, found, lock=found["lock"])  # type: ignore[return-value]


@router.put("/users/{row_id}/password", status_code=204)
def set_password(desk: DeskOf, row_id: RowId, body: GivenPassword) -> None:
    """Give somebody a first password, which they must change."""
    accounts.set_password(desk, row_id, body.password)


@router.get("/tokens")
def tokens(desk: DeskOf) -> list[dict[str, Any]]:
    """One's own tokens, without their secrets."""
    return keys.tokens(desk)


@router.post("/tokens", status_code=201)
def make_token(desk: DeskOf, body: NewToken) -> dict[str, Any]:
    """Make a token; it is shown this once."""
    return keys.make_token(desk, body.label, body.days)


@router.delete("/tokens/{row_id}", status_code=204)
def revoke_token(desk: DeskOf, row_id: RowId) -> None:
    """End a token."""
    keys.revoke_token(desk, row_id)


def _with_cookie(request: Request, signed: signing.SignedIn, status: int) -> Response:
    body = {
        "user": signed.actor.as_dict(),
        "csrf": signed.csrf,
        "must_change": signed.must_change,
    }
    response = JSONResponse(body, status)
    _set_cookie(request, response, signed.token)
    return response


def _set_cookie(request: Request, response: Response, token: str) -> None:
    response.set_cookie(COOKIE, token, path="/", httponly=True, samesite="lax", **_secure(request))


def _secure(request: Request) -> dict[str, Any]:
    return {"secure": request.url.scheme == "https"}


def _callback(request: Request) -> str:
    return str(request.url_for("finish_oidc"))
