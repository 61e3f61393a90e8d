"""Tables of a PDF page, found by their ruling lines."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from xietong.io.documents.clean import join
from xietong.io.documents.model import Line
from xietong.io.documents.pdf_layout import Box, join_wrapped, print_lines
from xietong.io.documents.table import Cell, Grid

NEAR = 3.0  # points: edges closer than this are one


class Held(NamedTuple):
    """A cell with its place and text."""

    box: Box
    text: str


@dataclass
class Ruled:
    """A table of at least two columns."""

    page: int
    box: Box
    cells: tuple[Held, ...]

    @property
    def top(self) -> float:
        """Upper edge [pt]."""
        return self.box.top

    @property
    def text(self) -> str:
        """All that stands in it."""
        return "".join(cell.text for cell in self.cells)

    def holds(self, char: dict[str, Any]) -> bool:
        """Does a character stand in this table?"""
        return self.box.holds(char)

    @property
    def columns(self) -> list[float]:
        """Left edges."""
        return _merged(cell.box.left for cell in self.cells)

    def continues(self, other: "Ruled") -> bool:
        """Is this the rest of a table of the page before?"""
        same = len(self.columns) == len(other.columns) and all(
            abs(a - b) < NEAR for a, b in zip(self.columns, other.columns, strict=True)
        )
        return self.page == other.page + 1 and same

    def lines(self, number: int) -> Iterator[Line]:
        """One ``Line`` per row, merged cells filled in."""
        columns, rows = self.columns, _merged(cell.box.top for cell in self.cells)
        grid = Grid(number)
        for row, top in enumerate(rows):
            for cell in sorted(self.cells, key=lambda held: held.box.left):
                if cell.box.top - NEAR <= top < cell.box.bottom - NEAR:
                    first = bisect_left(columns, cell.box.left - NEAR)
                    width = bisect_left(columns, cell.box.right - NEAR) - first
                    above = cell.box.top < top - NEAR
                    grid.put(row, Cell(first, max(width, 1), "" if above else cell.text, above))
        yield from grid.lines(self.page)


def go_on(above: list[Line], below: list[Line]) -> list[Line]:
    """The rows of a table that a page break parted: one head, and a row that was cut made whole."""
    number = above[-1].table if above else None
    head = next((row.cells for row in above if row.table == number and row.cells), ())
    if below and below[0].cells == head:
        below = below[1:]
    if not below or not above or not above[-1].cells or not _is_cut(below[0].cells, head):
        return above + below
    cells = tuple(map(join, above[-1].cells, below[0].cells))
    whole = replace(above[-1], text="\t".join(cells).replace("\n", ""), cells=cells)
    return [*above[:-1], whole, *below[1:]]


def _is_cut(cells: tuple[str, ...], head: tuple[str, ...]) -> bool:
    """Is this the rest of a row? It has no running number, or few of its cells hold text."""
    filled = sum(map(bool, cells))
    numbered = [cell for name, cell in zip(head, cells, strict=False) if name in {"序号", "编号"}]
    return filled > 0 and (filled * 2 <= len(cells) or numbered == [""])


def find_ruled(
    page: Any, number: int, chars: list[dict[str, Any]]
) -> tuple[list[Ruled], list[Box]]:
    """The tables of a page, and its boxes (tables of one column, whose text is read as text)."""
    ruled: list[Ruled] = []
    boxes: list[Box] = []
    for table in page.find_tables():
        box = Box(*table.bbox)
        inside = [char for char in chars if box.holds(char)]
        if not inside:
            continue
        cells = tuple(_held(Box(*cell), inside, number, page.height) for cell in table.cells)
        if len(_merged(cell.box.left for cell in cells)) < 2:
            boxes.append(box)
        else:
            ruled.append(Ruled(number, box, cells))
    return ruled, boxes


def _held(box: Box, chars: list[dict[str, Any]], page: int, height: float) -> Held:
    inside = [char for char in chars if box.holds(char)]
    return Held(box, join_wrapped(print_lines(inside, page, height, [])))


def _merged(edges: Iterator[float]) -> list[float]:
    found: list[float] = []
    for edge in sorted(edges):
        if not found or edge - found[-1] > NEAR:
            found.append(edge)
    return found
