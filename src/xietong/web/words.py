"""The words of the pages: ``texts.csv`` for sentences, ``columns.csv`` for tables, two languages."""

import csv
import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
LANGUAGES = ("zh", "en")


@functools.cache
def texts() -> dict[str, dict[str, str]]:
    """All texts: key → {zh, en}."""
    return {row["key"]: {"zh": row["zh"], "en": row["en"]} for row in _rows("texts.csv")}


def text(key: str, language: str, **facts: Any) -> str:
    """One text with its facts filled in; an unknown key is an error, never shown to people.

    >>> text("nav.overview", "zh"), text("nav.overview", "en")
    ('总览', 'Overview')
    """
    return texts()[key][language].format(**facts)


@dataclass(frozen=True)
class Column:
    """One column of a table on a page; ``kind`` says how a cell is drawn."""

    field: str
    zh: str
    en: str
    kind: str
    width: int | None
    flex: int | None

    def label(self, language: str) -> str:
        """The heading."""
        return self.en if language == "en" else self.zh


@functools.cache
def columns(table: str) -> tuple[Column, ...]:
    """The columns of a table in the order of ``columns.csv``.

    >>> [column.field for column in columns("roles")][:2]
    ['action', 'subject']
    """
    return tuple(
        Column(
            row["field"],
            row["zh"],
            row["en"],
            row["kind"],
            int(row["width"]) if row["width"] else None,
            int(row["flex"]) if row["flex"] else None,
        )
        for row in _rows("columns.csv")
        if row["table"] == table
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
