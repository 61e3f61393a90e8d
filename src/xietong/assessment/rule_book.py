"""Rule books: which items an assessment has, what each is worth, and when the book was in force."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from xietong.errors import TableError

HERE = Path(__file__).parent / "rule_books"
WAYS = ("points", "met")


@dataclass(frozen=True)
class Item:
    """One item: of ``points`` books worth ``points``; of ``met`` books in the group ``control`` or ``supporting``."""

    id: str
    title: str
    indicator: str = ""
    measure: str = ""  # annual | cumulative | given
    points: float = 0.0
    group: str = ""


@dataclass(frozen=True)
class RuleBook:
    """One rule book; ``valid_to`` None is still in force."""

    id: str
    title: str
    title_en: str
    way: str
    valid_from: int
    valid_to: int | None
    items: tuple[Item, ...]
    grades: tuple[tuple[str, float], ...]
    fail_without: tuple[str, ...]
    control_missed_fails: int
    supporting_missed_fails: int
    source: str
    confidence: str
    note: str

    def in_force(self, year: int) -> bool:
        """Was it in force for the year assessed?"""
        return self.valid_from <= year <= (self.valid_to or 9999)


@cache
def rule_books(folder: Path | None = None) -> dict[str, RuleBook]:
    """All shipped books by id, and those of a workspace's ``rule_books/``.

    >>> [one.id for one in rule_books().values() if one.in_force(2014)]
    ['carbon-intensity-2014']
    """
    paths = sorted(HERE.glob("*.toml"))
    if folder is not None:
        paths += sorted((folder / "rule_books").glob("*.toml"))
    return {path.stem: _read(path) for path in paths}


def rule_book(name: str, year: int, folder: Path | None = None) -> RuleBook:
    """A book by id; ``TableError`` where there is none, or where it was not in force that year."""
    books = rule_books(folder)
    if name not in books:
        raise TableError(
            f"没有考核办法 {name!r}（no such rule book）。现有 known: {', '.join(books)}"
        )
    book = books[name]
    if not book.in_force(year):
        until = book.valid_to or "今 now"
        raise TableError(
            f"{book.title} 适用 {book.valid_from}～{until} 年，不适用 {year} 年（not in force that year）"
        )
    return book


def _read(path: Path) -> RuleBook:
    try:
        content: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        way = content["way"]
        if way not in WAYS:
            raise ValueError(f"way: {way!r}")
        items = tuple(Item(**entry) for entry in content["item"])
        grades = tuple((one["name"], float(one["from"])) for one in content.get("grade", ()))
        return RuleBook(
            path.stem,
            content["title"],
            content.get("title_en", ""),
            way,
            int(content["valid_from"]),
            int(content["valid_to"]) if "valid_to" in content else None,
            items,
            tuple(sorted(grades, key=lambda one: -one[1])),
            tuple(content.get("fail_without", ())),
            int(content.get("control_missed_fails", 1)),
            int(content.get("supporting_missed_fails", 3)),
            str(content.get("source", "")),
            str(content.get("confidence", "")),
            str(content.get("note", "")),
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise TableError(f"{path.name}: 考核办法读不懂 cannot be read: {error}") from error
