"""Tables of any format as lines: merged cells filled in, boxes of one column as plain lines."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from xietong.io.documents.model import Line


class Cell(NamedTuple):
    """A cell as it stands in the file; ``continued`` says that it belongs to the cell above."""

    column: int
    width: int
    text: str
    continued: bool = False


@dataclass
class Grid:
    """One table, filled cell by cell.

    >>> grid = Grid(1)
    >>> grid.put(0, Cell(0, 1, "指标")); grid.put(0, Cell(1, 1, "2025年"))
    >>> grid.put(1, Cell(0, 2, "无"))
    >>> [line.cells for line in grid.lines(page=None)]
    [('指标', '2025年'), ('无', '无')]
    """

    number: int
    rows: dict[int, list[Cell]] = field(default_factory=dict)

    def put(self, row: int, cell: Cell) -> None:
        """Add a cell; cells of one row come from left to right."""
        self.rows.setdefault(row, []).append(cell)

    def lines(self, page: int | None) -> Iterator[Line]:
        """One ``Line`` per row that holds text."""
        width = max(
            (cell.column + cell.width for row in self.rows.values() for cell in row), default=0
        )
        above = [""] * width
        on_top = True  # rows above the first one of several cells are captions
        for row in self.rows.values():
            on_top = on_top and len(row) == 1
            texts: list[str] = [""] * width
            for cell in row:
                text = above[cell.column] if cell.continued else cell.text.strip("\n")
                texts[cell.column : cell.column + cell.width] = [text] * cell.width
            above = texts
            own = [cell.text.strip("\n") for cell in row if not cell.continued]
            if not any(text.strip() for text in own):
                continue
            if on_top or width == 1:
                for text in "\n".join(own).split("\n"):
                    if text.strip():
                        yield Line(text, page, table=self.number)
            else:
                printed = "\t".join(text.replace("\n", "") for text in own)
                yield Line(printed, page, "table_row", tuple(texts), self.number)
