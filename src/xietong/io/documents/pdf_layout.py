"""From the characters of a PDF page to lines, and from wrapped lines to paragraphs."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple, TypeVar

from xietong.io.documents.clean import clean, join
from xietong.io.documents.model import Line

T = TypeVar("T")
MARGIN = 0.12  # of the page's height, above and below: where running headers and page numbers stand
PAGE_NUMBER = re.compile(
    r"[\s\-—–－·•]*(第\s*)?\d{1,4}(\s*页)?([\s/／,，]*共?\s*\d{1,4}\s*页?)?[\s\-—–－·•]*"
)
URL = re.compile(r"(https?://|file:///)\S+(\s+\d+/\d+)?")
NUMBERED = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[）)、]|第[一二三四五六七八九十]+[章节]|\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]|专栏\s*\d"
)
CLOSING = "，。、；：！？）》”’】〕％%…"
OPENING = "（《“‘【〔("
TOKEN = re.compile(f"[{OPENING}]*(?:[!-~]+|.)[{CLOSING}]*")


class Box(NamedTuple):
    """A rectangle on a page [pt], measured from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, char: dict[str, Any]) -> bool:
        """Does the middle of a character lie inside?"""
        x = (char["x0"] + char["x1"]) / 2
        y = (char["top"] + char["bottom"]) / 2
        return bool(self.left <= x <= self.right and self.top <= y <= self.bottom)


@dataclass(slots=True)
class Printed:
    """One line as it stands on the page."""

    text: str
    page: int
    left: float
    right: float
    top: float
    size: float
    place: float  # 0 top of the page … 1 bottom
    box: int = -1  # which box of the page it stands in; -1 none


def print_lines(
    chars: Sequence[dict[str, Any]], page: int, height: float, boxes: Sequence[Box]
) -> list[Printed]:
    """Characters gathered into lines, top to bottom, each from left to right."""
    rows: list[list[dict[str, Any]]] = []
    middle = size = 0.0
    for char in sorted(chars, key=lambda c: c["top"] + c["bottom"]):
        centre = (char["top"] + char["bottom"]) / 2
        if rows and abs(centre - middle) < 0.5 * max(size, char["size"]):
            rows[-1].append(char)
            if char["size"] > size:
                middle, size = centre, char["size"]
        else:
            rows.append([char])
            middle, size = centre, char["size"]
    found = (_printed(row, page, height, boxes) for row in rows)
    return [line for line in found if line.text.strip()]


def _printed(row: list[dict[str, Any]], page: int, height: float, boxes: Sequence[Box]) -> Printed:
    row.sort(key=lambda char: char["x0"])
    seen = [char for char in row if not char["text"].isspace()] or row
    size = Counter(round(char["size"], 1) for char in seen).most_common(1)[0][0]
    box = next((i for i, b in enumerate(boxes) if b.holds(seen[0])), -1)
    top = min(char["top"] for char in seen)
    text = clean(_text(row, size)).strip()
    return Printed(text, page, seen[0]["x0"], seen[-1]["x1"], top, size, top / height, box)


def _text(row: list[dict[str, Any]], size: float) -> str:
    """The characters with a blank where there is a gap; a letter printed twice (false bold) once."""
    parts: list[str] = []
    last: dict[str, Any] | None = None
    for char in row:
        if last is not None:
            if char["text"] == last["text"] and abs(char["x0"] - last["x0"]) < 0.15 * size:
                continue
            gap = char["x0"] - last["x1"]
            latin = char["text"].isascii() and last["text"].isascii()
            if gap > (0.2 if latin else 0.9) * size and not char["text"].isspace():
                parts.append(" ")
        parts.append(char["text"])
        last = char
    return "".join(parts)


def drop_running(pages: Sequence[Sequence[T]]) -> list[list[T]]:
    """Pages without page numbers and without the lines that repeat at their edges."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        edge = (item for item in page if isinstance(item, Printed) and _at_edge(item))
        seen.update(set(map(_running, edge)))

    def keep(item: object) -> bool:
        if not (isinstance(item, Printed) and _at_edge(item)):
            return True
        if PAGE_NUMBER.fullmatch(item.text) or URL.fullmatch(item.text):
            return False
        return seen[_running(item)] < max(3, len(pages) / 3)

    return [[item for item in page if keep(item)] for page in pages]


def _at_edge(line: Printed) -> bool:
    return not MARGIN < line.place < 1 - MARGIN


def _running(line: Printed) -> tuple[str, int]:
    """Text without figures, and height on the page, of a line that may repeat."""
    return re.sub(r"\d+", "#", line.text), round(line.place * 50)


def paragraphs(pages: Sequence[Sequence[Printed | T]]) -> Iterator[Line | T]:
    """Wrapped lines joined; whatever is not a line of text (a table) is passed through."""
    every = [item for page in pages for item in page]
    edges = _edges([item for item in every if isinstance(item, Printed)])
    run: list[Printed] = []
    last_top: tuple[int, float] = (0, 0.0)
    pitch = _pitch([item for item in every if isinstance(item, Printed)])
    gap = False

    def flush() -> Iterator[Line]:
        if run:
            yield Line(_joined(run), run[0].page, after_blank=gap)
            run.clear()

    for item in every:
        if not isinstance(item, Printed):
            yield from flush()
            yield item
            continue
        wide = item.page == last_top[0] and item.top - last_top[1] > 1.4 * pitch
        if not (run and not wide and _goes_on(run[-1], item, edges)):
            yield from flush()
            gap = wide
        run.append(item)
        last_top = (item.page, item.top)
    yield from flush()


def join_wrapped(lines: Sequence[Printed]) -> str:
    """The text of a cell: wrapped lines joined, paragraphs under one another."""
    if not lines:
        return ""
    right = max(line.right for line in lines)
    text = lines[0].text
    for before, line in pairwise(lines):
        wrapped = before.right + _first_width(line) > right - 0.3 * line.size
        text = join(text, line.text) if wrapped else text + "\n" + line.text
    return text


def _joined(run: Sequence[Printed]) -> str:
    text = run[0].text
    for line in run[1:]:
        text = join(text, line.text)
    return text


def _pitch(lines: Sequence[Printed]) -> float:
    """Usual distance from line to line [pt]."""
    pairs = pairwise(lines)
    steps = [b.top - a.top for a, b in pairs if a.page == b.page and b.top > a.top]
    return median(steps) if steps else 0.0


def _edges(lines: Sequence[Printed]) -> dict[int, tuple[float, float]]:
    """Left and right edge of the running text, by box (-1 for the page itself)."""
    found: dict[int, tuple[float, float]] = {}
    for box in {line.box for line in lines}:
        inside = [line for line in lines if line.box == box]
        usual = Counter(round(line.left) for line in inside if len(line.text) > 10)
        left = min((edge for edge, n in usual.items() if n >= len(inside) / 20), default=0)
        right = sorted(line.right for line in inside)[int(0.95 * (len(inside) - 1))]
        found[box] = (left, right)
    return found


def _goes_on(before: Printed, line: Printed, edges: dict[int, tuple[float, float]]) -> bool:
    """Is ``line`` the next piece of the paragraph that ``before`` belongs to?"""
    left, right = edges[line.box]
    if before.box != line.box or abs(before.size - line.size) > 0.15 * line.size:
        return False
    if line.left > left + 0.9 * line.size:
        return False  # indented: a new paragraph, or a centred line
    if before.text[-1] in "。；：;:)）" and NUMBERED.match(line.text):
        return False
    return before.right + _first_width(line) > right - 0.6 * line.size


def _first_width(line: Printed) -> float:
    """Width of what could not be parted from the beginning of the line [pt]."""
    token = TOKEN.match(line.text)
    letters = token[0] if token else ""
    return sum(line.size * (0.5 if letter.isascii() else 1.0) for letter in letters)
