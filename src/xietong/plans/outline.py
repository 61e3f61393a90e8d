"""The tree of headings of a plan document, its boxes (专栏), its tables, and what stands before."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from xietong.plans.brackets import opens_with_units
from xietong.plans.lines import CleanLine
from xietong.plans.markers import KINDS, Marker, marker

_BOX = re.compile(r"^[【\[]?专[栏拦]\s*[\d一二三四五六七八九十]*")
_COPY_TO = re.compile(r"^(?:抄送|抄报|主送|发送)[：:]")
_PRINTED = re.compile(r"(?:办公[厅室]|秘书[处科])\d{4}年\d{1,2}月\d{1,2}日印发$")
_BRACKETED = re.compile(r"[（(〔\[](?:责任|牵头|主责|配合|参与)|(?:负责|牵头)[）)〕\]]")


@dataclass
class Node:
    """One heading with the lines below it, up to the next heading."""

    marker: Marker | None
    lines: list[CleanLine] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)
    prefix: str = ""  # the numbering as printed

    def walk(self) -> Iterator["Node"]:
        """This node and all below it, in the order of the document."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass
class Box:
    """A box: its title line and its lines."""

    title: str
    lines: list[CleanLine] = field(default_factory=list)


@dataclass
class Outline:
    """A document taken apart: front matter, the tree of headings, boxes, rows of tables."""

    front: list[CleanLine]
    roots: list[Node]
    boxes: list[Box]
    tail: list[CleanLine]
    rows: list[tuple["Node | None", tuple[str, ...]]]
    warnings: list[str]

    def walk(self) -> Iterator[Node]:
        for root in self.roots:
            yield from root.walk()


class _Numbering:
    """Which number may follow: 1, the next one, or one that runs on across chapters."""

    def __init__(self) -> None:
        self.stack: list[Node] = []
        self.last: dict[str, int] = {}

    def accepts(self, found: Marker) -> bool:
        for node in self.stack:
            if node.marker and node.marker.kind == found.kind:
                return 1 <= found.number - node.marker.number <= 2
        if found.number == 1:
            return True
        return bool(self.stack) and found.number == self.last.get(found.kind, 0) + 1

    def push(self, node: Node) -> Node | None:
        """Take ``node`` in; return the node above it."""
        assert node.marker
        while (
            self.stack and self.stack[-1].marker and self.stack[-1].marker.rank >= node.marker.rank
        ):
            self.stack.pop()
        parent = self.stack[-1] if self.stack else None
        self.stack.append(node)
        self.last[node.marker.kind] = node.marker.number
        return parent


def build_outline(lines: list[CleanLine]) -> Outline:
    """Take the lines of a document apart. The longest run of headings is the plan itself."""
    parts = _split_parts(lines)
    sizes = [sum(len(line.text) for line in part) for part in parts]
    main = max(range(1, len(parts)), key=lambda i: sizes[i]) if len(parts) > 1 else 0
    front = [line for part in parts[:main] for line in part]
    outline = _build_part(parts[main] if main else [])
    outline.front = front
    for part in parts[main + 1 :]:
        annex = _build_part(part)
        outline.boxes += annex.boxes
        outline.rows += [(None, cells) for _, cells in annex.rows]
        outline.warnings.append(
            f"附件或后文未作为正文解析：「{part[0].text[:30]}」 · text after the plan is read for boxes and tables only"
        )
    return outline


def _split_parts(lines: list[CleanLine]) -> list[list[CleanLine]]:
    """The front matter, then a part for each time that the topmost numbering starts at one."""
    top = next((m.kind for line in lines if (m := _opening(line)) and m.number == 1), None)
    parts: list[list[CleanLine]] = [[]]
    seen, boxed = 0, False
    for line in lines:
        boxed = boxed or bool(_BOX.match(line.text))
        found = _opening(line)
        if found and found.kind == top and top in KINDS[:3]:
            boxed = False
            if found.number == 1:
                parts.append([])
                seen = 1
            elif found.number == seen + 1:
                seen += 1
        elif found and found.number == 1 and len(parts) == 1 and not boxed:
            parts.append([])
        parts[-1].append(line)
    return parts


def _opening(line: CleanLine) -> Marker | None:
    return None if line.cells else marker(line.text)


def _build_part(lines: list[CleanLine]) -> Outline:
    outline = Outline([], [], [], [], [], [])
    numbering, node, box = _Numbering(), Node(None), None
    tail = False
    for line in lines:
        if line.cells:
            if box is not None:
                box.lines.append(line)
            else:
                outline.rows.append((node if node.marker else None, line.cells))
            continue
        if _COPY_TO.match(line.text) or _PRINTED.search(line.text):
            tail, box = True, None
        if tail:
            outline.tail.append(line)
            continue
        if _BOX.match(line.text) and len(line.text) < 60:
            box = Box(line.text)
            outline.boxes.append(box)
            continue
        found = marker(line.text)
        if box is not None and not _leaves_box(box, found, numbering, line):
            box.lines.append(line)
            continue
        box = None
        if found and numbering.accepts(found):
            node = Node(found, prefix=line.text[: found.length])
            rest = line.text[found.length :]
            node.lines.append(CleanLine(rest, True))
            parent = numbering.push(node)
            (parent.children if parent else outline.roots).append(node)
        else:
            node.lines.append(line)
    return outline


def _leaves_box(box: Box, found: Marker | None, numbering: _Numbering, line: CleanLine) -> bool:
    """True where this line is a heading of the plan again."""
    if not found and opens_with_units(line.text):
        return True
    if not found or not numbering.accepts(found):
        return False
    if found.rank <= KINDS.index("B"):
        return True
    if _BRACKETED.search(line.text):
        return True
    inside = [m.number for entry in box.lines if (m := marker(entry.text)) and m.kind == found.kind]
    return bool(found.number != (inside[-1] + 1 if inside else 1))
