"""Errors as ``application/problem+json`` in the reader's language (RFC 9457)."""

import functools
import json
import tomllib
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException

from xietong.app.problems import in_language
from xietong.errors import ConflictError, RateLimitError, XietongError

TABLE = Path(__file__).with_name("titles.toml")
MEDIA = "application/problem+json"
SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}
# What every endpoint may answer besides its own.
RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"description": words, "content": {MEDIA: {"schema": SCHEMA}}}
    for status, words in {
        400: "Malformed",
        401: "Not signed in",
        403: "Not allowed",
        404: "Not found",
        409: "Changed meanwhile",
        412: "Changed by somebody else",
        413: "Too large",
        422: "Does not fit",
        429: "Too many attempts",
        503: "Workspace has a problem",
    }.items()
}
STATUS_KINDS = {401: "SignInError", 403: "AccessError", 404: "NotFoundError", 405: "Method"}


def install(api: FastAPI) -> None:
    """Answer every error of ours, of the framework and of the database in the same form."""

    @api.exception_handler(XietongError)
    def _ours(request: Request, error: Exception) -> Response:
        kind = next(c.__name__ for c in type(error).__mro__ if c.__name__ in _titles())
        if isinstance(error, ConflictError) and "if-match" in request.headers:
            kind = "Precondition"
        headers = {"Retry-After": str(error.seconds)} if isinstance(error, RateLimitError) else None
        told = in_language(str(error), language(request))
        return answer(request, kind, told, headers=headers)

    @api.exception_handler(RequestValidationError)
    def _validation(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        lines = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
        return answer(request, "Validation", "\n".join(lines))

    @api.exception_handler(HTTPException)
    def _http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        kind = STATUS_KINDS.get(error.status_code, "XietongError")
        return answer(request, kind, str(error.detail), error.status_code, error.headers)

    @api.exception_handler(DataError)
    @api.exception_handler(UnicodeEncodeError)
    def _unstorable(request: Request, error: Exception) -> Response:
        return answer(request, "Validation", "含有不能保存的字符或数值 · cannot be stored")


def answer(
    request: Request, kind: str, detail: str, status: int | None = None, headers: Any = None
) -> Response:
    """One problem as a response."""
    words = _titles()[kind]
    status = status or words["status"]
    body = {
        "type": f"urn:xietong:problem:{kind}",
        "title": words[language(request)],
        "status": status,
        "detail": detail,
    }
    sent = dict(headers or {}) | {"Content-Language": language(request)}
    if status == 401:
        sent["WWW-Authenticate"] = "Bearer"
    return Response(json.dumps(body, ensure_ascii=False), status, sent, MEDIA)


def language(request: Request) -> str:
    """The reader's language: what ``Accept-Language`` likes best of zh and en; zh where it says
    nothing."""
    wishes = []
    for part in request.headers.get("accept-language", "").split(","):
        name, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality or 1)
        except ValueError:
            weight = 0.0
        if weight > 0 and name[:2].lower() in ("zh", "en"):
            wishes.append((weight, name[:2].lower()))
    return max(wishes, key=lambda wish: wish[0], default=(1, "zh"))[1]


@functools.cache
def _titles() -> dict[str, Any]:
    return tomllib.loads(TABLE.read_text("utf-8"))
