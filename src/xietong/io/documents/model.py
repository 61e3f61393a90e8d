"""What a reader hands over: lines in reading order."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple

Kind = Literal["text", "heading", "table_row"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, one paragraph, or one row of a table.

    ``text`` is as printed: decoded, without BOM, zero-width marks, form feeds and trailing blanks, but
    not normalised. In a table row it joins the cells that begin in this row with tabs, so that a merged
    cell is found once in the running text; ``cells`` repeats a merged cell in every place that it
    covers, so that each row is complete (a cell of several paragraphs holds ``\\n``).

    ``page`` counts from 1 and is None where the format has no pages. ``kind`` is ``heading`` only
    where the file says so (a Word heading style, h1 to h6). ``table`` numbers the tables of a
    document from 1; boxes of one column (专栏) and the full-width rows on top of a table come as
    text lines that carry the number of their table. ``after_blank`` tells that an empty line stood before.
    """

    text: str
    page: int | None = None
    kind: Kind = "text"
    cells: tuple[str, ...] = ()
    table: int | None = None
    after_blank: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A file that has been read. ``warnings`` names what was left out (pages without text)."""

    name: str
    sha256: str
    format: str
    lines: tuple[Line, ...]
    warnings: tuple[str, ...] = ()

    @property
    def tables(self) -> tuple[tuple[Line, ...], ...]:
        """The rows of each table, in order."""
        rows = (line for line in self.lines if line.kind == "table_row")
        return tuple(tuple(group) for _, group in groupby(rows, key=lambda row: row.table))

    @property
    def text(self) -> str:
        """All lines, one under another."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Source:
    """A file at the door: its name for messages and its bytes."""

    name: str
    data: bytes


class Content(NamedTuple):
    """What a format's module gives back."""

    lines: Sequence[Line]
    warnings: Sequence[str] = ()
