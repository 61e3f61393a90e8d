"""One visit of one person to one page: who, in which language, with which words of the address.

The person is looked up again at every click, so that a closed account or an ended session takes
effect at once, and not when the page is loaded anew.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from nicegui import ui

from xietong.api.guard import COOKIE as SESSION_COOKIE
from xietong.api.guard import is_loopback
from xietong.api.told import LANGUAGE_COOKIE
from xietong.app.access import Actor, may_somewhere
from xietong.app.desk import Desk, local_actor
from xietong.app.people.accounts import needs_login
from xietong.app.people.sign_in import SignedIn, who_is
from xietong.app.problems import in_language, problem
from xietong.errors import SignInError, XietongError
from xietong.web.words import LANGUAGES, text

THEME_COOKIE = "xietong_theme"
THEMES = {"light": False, "dark": True}  # anything else follows the system


@dataclass
class Visit:
    """What a page needs to know of the request that asked for it."""

    workspace: Any
    path: str
    query: dict[str, str] = field(default_factory=dict)
    params: dict[str, str] = field(default_factory=dict)
    language: str = "zh"
    dark: bool | None = None
    token: str = ""
    at_this_machine: bool = True

    def signed_in(self) -> SignedIn | None:
        """The session behind the browser's token, if it is still open."""
        return who_is(self.workspace, self.token) if self.token else None

    def desk(self) -> Desk:
        """The person's desk, as of now; raises ``SignInError`` where a login is due."""
        if not needs_login(self.workspace):
            if not self.at_this_machine:
                raise problem("loopback_only")
            return Desk(self.workspace, local_actor())
        signed = self.signed_in()
        if signed is None:
            raise problem("not_signed_in")
        if signed.must_change:
            raise problem("must_change_password")
        return Desk(self.workspace, signed.actor)

    def actor(self) -> Actor:
        """Who is here."""
        return self.desk().actor

    def may(self, action: str) -> bool:
        """Whether the person may do this to anything at all: decides what is offered, no more."""
        return may_somewhere(self.actor(), action)

    def t(self, key: str, **facts: Any) -> str:
        """A text of ``texts.csv`` in the page's language."""
        return text(key, self.language, **facts)

    def name(self, record: dict[str, str]) -> str:
        """The name of something that has one in both languages."""
        return record[self.language]

    def told(self, error: XietongError) -> str:
        """The words of an error in the page's language."""
        return in_language(str(error), self.language)

    @contextmanager
    def telling(self) -> Iterator[None]:
        """What goes wrong inside is told at the foot of the page; without a session, to the login."""
        try:
            yield
        except SignInError:
            ui.navigate.to(address("/login", next=self.here()))
        except XietongError as error:
            tell(self.told(error), bad=True)

    def here(self) -> str:
        """The address of this page, words included."""
        return address(self.path, **self.query)

    def remember(self, **words: Any) -> None:
        """Change words of the address without loading the page again: every view has its link."""
        for key, value in words.items():
            if value in (None, ""):
                self.query.pop(key, None)
            else:
                self.query[key] = str(value)
        ui.navigate.history.replace(self.here())


def open_visit(workspace: Any, request: Request) -> Visit:
    """The visit behind a request; ``?lang=en`` goes before the cookie."""
    query = dict(request.query_params)
    wanted = query.pop("lang", "") or request.cookies.get(LANGUAGE_COOKIE, "")
    return Visit(
        workspace=workspace,
        path=request.url.path,
        query=query,
        params={key: str(value) for key, value in request.path_params.items()},
        language=wanted if wanted in LANGUAGES else "zh",
        dark=THEMES.get(request.cookies.get(THEME_COOKIE, "")),
        token=request.cookies.get(SESSION_COOKIE, ""),
        at_this_machine=is_loopback(request.client.host if request.client else "")
        and is_loopback(request.url.hostname or ""),
    )


def address(path: str, **words: Any) -> str:
    """A path with its words; empty ones are left out.

    >>> address("/plans", tab="targets", year=2025, unit=None)
    '/plans?tab=targets&year=2025'
    """
    kept = {key: str(value) for key, value in words.items() if value not in (None, "")}
    return path + ("?" + urlencode(kept, quote_via=quote) if kept else "")


def tell(message: str, *, bad: bool = False) -> None:
    """A message at the foot of the page; a bad one stays until it is closed."""
    ui.notify(
        message,
        type="negative" if bad else "positive",
        multi_line=True,
        timeout=0 if bad else 4000,
        close_button="×" if bad else False,
        classes="xt-told",
    )
