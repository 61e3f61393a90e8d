"""Tables of a PDF page, found by their ruling lines."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

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
    header: tuple[str, ...] = ()

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
        found = list(grid.lines(self.page))
        self.header = next((line.cells for line in found if line.cells), ())
        yield from found


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
