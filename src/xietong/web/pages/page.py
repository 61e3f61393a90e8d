"""What a page is: an address, a place in the menu, a right, and a function that draws it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from xietong.web.visit import Visit


@dataclass(frozen=True)
class Page:
    """One page. ``title`` is a key of ``texts.csv``; ``action`` the right it asks for, if any."""

    path: str
    section: str  # overview | plans | admin
    title: str
    build: Callable[[Visit], Awaitable[None] | None]
    action: str | None = None
    in_menu: bool = True
