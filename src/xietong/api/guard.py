"""What stands before every request: size limits, secure headers, and who is asking."""

import ipaddress
import re
import secrets
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import Depends, Request, Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xietong.api.problems import answer
from xietong.app.desk import Desk, local_actor
from xietong.app.people.accounts import needs_login
from xietong.app.people.sign_in import SignedIn, who_is
from xietong.app.people.tokens import actor_of_token
from xietong.app.plans.uploads import LIMIT_MB
from xietong.app.problems import problem

COOKIE = "xietong_session"
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
JSON_LIMIT = 2**20
UPLOAD_LIMIT = (LIMIT_MB + 1) * 2**20
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
API_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
# The strictest that the pages' framework works with: its templates are compiled in the browser
# (unsafe-eval) and its elements carry style attributes; inline scripts need the answer's nonce.
PAGE_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'nonce-{nonce}' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
PAGE_UPLOAD = re.compile(r"/_nicegui/client/[^/]+/upload/\d+")


class Guard:
    """ASGI middleware: adds the headers, stops bodies that are too large, whoever sends them."""

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self.app, self.prefix = app, prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        of_api = scope["path"].startswith(self.prefix)
        nonce = secrets.token_urlsafe(18)
        scope["csp_nonce"] = nonce
        page_headers = {"Content-Security-Policy": PAGE_POLICY.format(nonce=nonce)}
        extra = HEADERS | (API_HEADERS if of_api else page_headers)
        limit = self._limit(scope["path"])

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in extra.items():
                    headers.setdefault(name, value)
            await send(message)

        if not of_api:
            refusal = _refusal(scope, limit)
            await (refusal or self.app)(scope, receive, send_with_headers)
            return
        body = await _body(receive, Headers(scope=scope).get("content-length"), limit)
        request = Request(scope)
        if body is None:
            refused = answer(request, "TooLarge", f"> {limit // 2**20} MB")
            await refused(scope, receive, send_with_headers)
        elif "%00" in scope.get("raw_path", b"").decode() + scope["query_string"].decode("latin-1"):
            refused = answer(request, "Validation", "%00")
            await refused(scope, receive, send_with_headers)
        else:
            await self.app(scope, _again(body, receive), send_with_headers)

    def _limit(self, path: str) -> int:
        """How many bytes a request to this address may carry."""
        of_api = path.removeprefix(self.prefix) in ("/uploads", "/submissions")
        takes_files = of_api or PAGE_UPLOAD.fullmatch(path)
        return UPLOAD_LIMIT if takes_files else JSON_LIMIT


def _refusal(scope: Scope, limit: int) -> Response | None:
    """The answer to a body for the pages that is too large or does not say how large it is.

    Given before a byte of the body is read; the server holds the sender to the length.
    """
    headers = Headers(scope=scope)
    length = headers.get("content-length")
    if length is None and "transfer-encoding" in headers:
        return answer(Request(scope), "Length", "Content-Length")
    if length is not None and length.isdecimal() and int(length) > limit:
        return answer(Request(scope), "TooLarge", f"> {limit // 2**20} MB")
    return None


async def _body(receive: Receive, length: str | None, limit: int) -> bytes | None:
    """The whole body, or None as soon as it is larger than it may be."""
    if length is not None and length.isdecimal() and int(length) > limit:
        return None
    parts, size, more = [], 0, True
    while more:
        message = await receive()
        part = message.get("body", b"")
        size += len(part)
        if size > limit:
            return None
        parts.append(part)
        more = message["type"] == "http.request" and message.get("more_body", False)
    return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    sent = False

    async def replay() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


def signed_in(request: Request) -> SignedIn | None:
    """The session behind the browser's cookie, if it is open."""
    token = request.cookies.get(COOKIE)
    return who_is(request.app.state.workspace, token) if token else None


def desk_of(request: Request) -> Desk:
    """Who asks, proved by token, session, or by sitting at this machine; forged requests refused."""
    desk = open_desk_of(request)
    session = signed_in(request) if desk.actor.user_id else None
    if session is not None and session.must_change and "authorization" not in request.headers:
        raise problem("must_change_password")
    return desk


def open_desk_of(request: Request) -> Desk:
    """The same, for the few endpoints that also serve who must change a first password."""
    workspace = request.app.state.workspace
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        actor = actor_of_token(workspace, token.strip())
        if actor is None:
            raise problem("not_signed_in")
        return Desk(workspace, actor)
    session = signed_in(request)
    if session is not None:
        sent = request.headers.get("x-csrf-token", "")
        if request.method not in SAFE_METHODS and not secrets.compare_digest(
            sent.encode(), session.csrf.encode()
        ):
            raise problem("forged")
        return Desk(workspace, session.actor)
    if needs_login(workspace):
        raise problem("not_signed_in")
    if not _at_this_machine(request):
        raise problem("loopback_only")
    if request.method not in SAFE_METHODS and not _same_origin(request):
        raise problem("forged")
    return Desk(workspace, local_actor())


def sender_of(request: Request) -> str:
    """The address that a request comes from."""
    return request.client.host if request.client else "?"


def is_loopback(host: str) -> bool:
    """Whether an address or name means this machine.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("10.0.0.1")
    (True, True, False)
    """
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _at_this_machine(request: Request) -> bool:
    """The peer is this machine and the browser thinks so too (a rebound name would not)."""
    return is_loopback(sender_of(request)) and is_loopback(_name(request))


def _same_origin(request: Request) -> bool:
    """Whether a changing request comes from our own page, or from no browser at all."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _name(request: Request) -> str:
    return urlsplit("//" + request.headers.get("host", "")).hostname or ""


DeskOf = Annotated[Desk, Depends(desk_of)]
OpenDeskOf = Annotated[Desk, Depends(open_desk_of)]
Json = dict[str, Any]
