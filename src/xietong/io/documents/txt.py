"""Plain text: UTF-8 with or without BOM, GB18030, UTF-16 with BOM."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from xietong.io.documents.clean import clean
from xietong.io.documents.encoding import decode
from xietong.io.documents.model import Content, Line, Source
from xietong.io.documents.table import Cell, Grid

BREAKS = re.compile("\r\n|[\n\r\v\x85\u2028\u2029]")
FEWEST_TABS = 2  # a line with so many between words is a row of a table, if a like one is beside it


def lines(source: Source) -> Content:
    """One ``Line`` per printed line; form feeds, where there are any, count pages.

    Neighbouring lines with the same number of tabs (at least two) are the rows of a table.
    """
    pages = decode(source).split("\f")
    found: list[Line] = []
    tables = 0
    for number, page in enumerate(pages, start=1):
        page_number = number if len(pages) > 1 else None
        blank = False
        for tabs, group in groupby(BREAKS.split(clean(page)), key=_tabs):
            rows = list(group)
            if tabs and len(rows) > 1:
                tables += 1
                found.extend(_table(rows, tables, page_number))
                blank = False
                continue
            for raw in rows:
                printed = raw.rstrip()
                if printed:
                    found.append(Line(printed, page_number, after_blank=blank and bool(found)))
                blank = not printed
    return Content(found)


def _tabs(line: str) -> int:
    """How many tabs stand in a line that may be a row of a table."""
    count = line.count("\t")
    return count if count >= FEWEST_TABS and line.strip() and not line.startswith("\t\t") else 0


def _table(rows: Iterable[str], number: int, page: int | None) -> Iterator[Line]:
    grid = Grid(number)
    for row, line in enumerate(rows):
        for column, text in enumerate(line.split("\t")):
            grid.put(row, Cell(column, 1, text.strip()))
    return grid.lines(page)
