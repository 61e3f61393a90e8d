"""Web pages: block elements are lines; navigation, scripts and hidden parts are left out."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xietong.io.documents.clean import clean, join
from xietong.io.documents.encoding import decode
from xietong.io.documents.model import Content, Line, Source
from xietong.io.documents.problems import problem
from xietong.io.documents.table import Cell, Grid

META = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030"}
ELEMENTS = {
    kind: frozenset(names.split())
    for kind, names in tomllib.loads(
        Path(__file__).with_name("html.toml").read_text(encoding="utf-8")
    ).items()
}
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
SPACES = re.compile(r"([ \t\r\n]+)")
LAYOUT_LINES = 20  # a cell of more lines than this is a column of a page, not a cell of a table


def lines(source: Source) -> Content:
    """One ``Line`` per block element or ``<br>``, and per row of a table."""
    from bs4 import BeautifulSoup, Comment

    declared = META.search(source.data[:4096])
    charset = declared[1].decode("ascii").lower() if declared else ""
    encodings = [ALIASES.get(charset, charset)] if charset and charset != "utf-8" else []
    soup: Any = BeautifulSoup(clean(decode(source, encodings)), "lxml")
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    body = soup.body or soup
    _drop(body)
    found = list(_Reader().read(body))
    if not found:
        scripts = bool(soup.find("script")) or b"<script" in source.data
        hint = "（页面内容由脚本生成）" if scripts else ""
        raise problem(
            "no_text", source.name, hint=hint, hint_en=" (scripts make the page)" if scripts else ""
        )
    return Content(found)


def _drop(body: Any) -> None:
    whole = len(body.get_text())
    for node in list(body.find_all(True)):
        if node.decomposed:
            continue
        if _is_unseen(node) or (_is_navigation(node) and len(node.get_text()) < whole / 3):
            node.decompose()


def _is_unseen(node: Any) -> bool:
    hidden = node.has_attr("hidden") or HIDDEN.search(node.get("style") or "")
    return bool(hidden) or node.name in ELEMENTS["dropped"]


def _is_navigation(node: Any) -> bool:
    names = {*(node.get("class") or ()), node.get("id") or ""}
    return node.get("role") in ELEMENTS["roles"] or any(
        name.lower() in ELEMENTS["classes"] for name in names
    )


class _Reader:
    """Walks the tree; text gathers until a block begins or ends."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.tables = 0
        self.blank = self.started = False

    def read(self, node: Any, heading: bool = False) -> Iterator[Line]:
        """The lines below a node."""
        for number, child in enumerate(node.children):
            name = child.name
            if name is None:
                self._gather(str(child), node.name == "pre")
            elif name == "br":
                yield from self._flush(heading, empty=not any(map(str.strip, self.pieces)))
            elif name == "table" and _is_data(child):
                yield from self._flush(heading)
                yield from self._table(child)
            elif name in ELEMENTS["blocks"]:
                yield from self._flush(heading)
                if name == "li" and node.name == "ol":
                    self.pieces = [_list_number(node, child, number)]
                empty = name == "p" and not child.get_text(strip=True)
                yield from self.read(child, heading or name in ELEMENTS["headings"])
                yield from self._flush(heading or name in ELEMENTS["headings"], empty=empty)
            else:
                yield from self.read(child, heading)
        if node.name == "body":
            yield from self._flush(heading)

    def _gather(self, text: str, verbatim: bool) -> None:
        if verbatim:
            self.pieces.append(text)
            return
        parts = SPACES.split(text)  # words and, between them, gaps
        for number, part in enumerate(parts):
            if number % 2 == 0:
                self.pieces.append(part)
            elif "\n" not in part:
                self.pieces.append(" ")
            elif any(self.pieces):  # a line of the source ends: a blank between Latin words only
                last, following = next(filter(None, reversed(self.pieces))), parts[number + 1]
                self.pieces.append(join(last, following)[len(last) : -len(following) or None])

    def _flush(self, heading: bool, empty: bool = False) -> Iterator[Line]:
        text, self.pieces = "".join(self.pieces), []
        for part in text.split("\n"):
            printed = part.strip()
            if printed:
                kind = "heading" if heading else "text"
                yield Line(printed, kind=kind, after_blank=self.blank and self.started)  # type: ignore[arg-type]
                self.started, self.blank = True, False
        self.blank = self.blank or empty

    def _table(self, table: Any) -> Iterator[Line]:
        caption = table.find("caption")
        if caption is not None:
            yield from self.read(caption)
            yield from self._flush(False)
        self.tables += 1
        grid = Grid(self.tables)
        taken: dict[int, int] = {}  # column → rows that a cell from above still covers
        for number, row in enumerate(table.find_all("tr")):
            cells = row.find_all(["td", "th"])
            column = 0
            for cell in [*cells, None]:
                while taken.get(column, 0) > 0:
                    taken[column] -= 1
                    grid.put(number, Cell(column, 1, "", continued=True))
                    column += 1
                if cell is None:
                    break
                width, height = _span(cell, "colspan"), _span(cell, "rowspan")
                inner = _Reader()
                text = "\n".join(line.text for line in [*inner.read(cell), *inner._flush(False)])
                grid.put(number, Cell(column, width, text))
                taken |= dict.fromkeys(range(column, column + width), height - 1)
                column += width
        yield from grid.lines(page=None)


def _is_data(table: Any) -> bool:
    """Rows and columns, or a way to lay out a page?"""
    if table.find("table") is not None:
        return False
    cells = table.find_all(["td", "th"])
    return all(len(cell.find_all(["p", "br", "li", "div"])) <= LAYOUT_LINES for cell in cells)


def _span(cell: Any, name: str) -> int:
    value = str(cell.get(name) or "1")
    return min(int(value), 1000) if value.isdigit() and int(value) else 1


def _list_number(parent: Any, item: Any, position: int) -> str:
    """What a browser prints before an item of a numbered list."""
    if re.search(r"list-style[^;]*none", str(parent.get("style") or "")):
        return ""
    if re.match(r"\s*(\d+\s*[.．、)）]|[（(]|[一二三四五六七八九十]+、)", item.get_text()):
        return ""
    before = sum(1 for other in list(parent.children)[:position] if other.name == "li")
    start = str(parent.get("start") or "1")
    return f"{(int(start) if start.isdigit() else 1) + before}. "
