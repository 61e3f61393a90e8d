"""Telling a browser what went wrong by a redirect: a message that only it gets, once."""

from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from xietong.api.problems import language
from xietong.app.problems import in_language
from xietong.errors import XietongError

SEE_OTHER = 303
TOLD_COOKIE = "xietong_told"
TOLD_SECONDS = 5
LANGUAGE_COOKIE = "xietong_language"


def back(target: str, told: str) -> Response:
    """To a page again, with a message that it shows."""
    answer = RedirectResponse(target, SEE_OTHER)
    answer.set_cookie(TOLD_COOKIE, quote(told), max_age=TOLD_SECONDS, httponly=True, samesite="lax")
    return answer


def back_to_login(request: Request, error: XietongError) -> Response:
    """What a person in a browser gets where a program gets a problem; programs get the error."""
    if "text/html" not in request.headers.get("accept", ""):
        raise error
    chosen = request.cookies.get(LANGUAGE_COOKIE) or language(request)
    return back("/login", in_language(str(error), chosen))
