"""From the tree of headings to clauses and sections, with who is responsible."""

import re
from collections import Counter
from dataclasses import dataclass, field

from xietong.plans.brackets import (
    Responsibility,
    find_brackets,
    find_line,
    parse_responsibility,
)
from xietong.plans.headings import split_heading
from xietong.plans.model import Clause, Section
from xietong.plans.outline import Node, Outline

_FRAME = re.compile(
    r"总体(?:要求|目标|思路)|指导思想|(?:基本|工作|实施|编制)(?:原则|思路|依据|基础|现状|背景)|(?:主要|工作|发展|行动|具体|总体|规划)目标|形势|编制背景|现状|适用范围"
)


_PAST = re.compile(
    r"(?!夯实|筑牢|打牢|巩固|强化|加强|优化|改善|解决|取得)[^，。；]{0,8}?(?:形势|基础|现状|背景|成效|成绩|成就|回顾|问题|短板)"
    r"(?:[与和及、][^，。；]{0,8}(?:形势|挑战|任务|问题|机遇|短板))?"
)


@dataclass
class Entry:
    """A node with its heading read: what the later steps work on."""

    node: Node
    id: str
    positional: str
    heading: str
    text: str
    duty: list[Responsibility]
    parent: "Entry | None" = None
    children: list["Entry"] = field(default_factory=list)
    role: str = "section"  # section | clause | item

    @property
    def own(self) -> bool:
        return bool(self.duty)

    @property
    def background(self) -> bool:
        """True for what tells of the past (面临形势, 发展基础), and for all below it."""
        above = self.parent is not None and self.parent.background
        return above or (self.role == "section" and bool(_PAST.fullmatch(self.heading)))

    def below(self) -> bool:
        """True where something below carries a bracket."""
        return any(child.own or child.below() for child in self.children)

    def whole_text(self) -> str:
        """Own text and that of all items below, numbering included."""
        items = (child.node.prefix + child.verbatim() for child in self.children)
        return self.text + "".join(items)

    def verbatim(self) -> str:
        """Heading and text as printed, without brackets of units."""
        printed = _without("".join(line.text for line in self.node.lines))
        return printed + "".join(child.node.prefix + child.verbatim() for child in self.children)


def read_entries(outline: Outline, width: int, *, tasks_in_table: bool = False) -> list[Entry]:
    """All nodes in order, with heading, text, brackets, ids and roles.

    Where the tasks stand in a table with their units, bare headings are sections.
    """
    entries: list[Entry] = []
    for position, root in enumerate(outline.roots, 1):
        _read(root, None, position, width, entries)
    _hand_up(entries)
    _give_roles(entries, tasks_in_table)
    return entries


def _read(node: Node, parent: Entry | None, position: int, width: int, out: list[Entry]) -> Entry:
    assert node.marker
    number = node.marker.number
    heading, text = split_heading(node.lines, width)
    spans = find_brackets(text)
    duty = [parse_responsibility(text[start:end]) for start, end in spans]
    line = None if duty else find_line(text)
    if line:
        duty = [parse_responsibility(text[line[0] : line[1]])]
    text = _without(text)
    entry = Entry(
        node,
        f"{parent.id}.{number}" if parent else str(number),
        f"{parent.positional}.{position}" if parent else str(position),
        heading,
        text,
        [d for d in duty if d.units],
        parent,
    )
    out.append(entry)
    for at, child in enumerate(node.children, 1):
        entry.children.append(_read(child, entry, at, width, out))
    return entry


def _without(text: str) -> str:
    """``text`` without its brackets and lines of units."""
    spans = find_brackets(text)
    line = None if spans else find_line(text)
    for start, end in reversed(spans or ([line] if line else [])):
        text = text[:start] + text[end:]
    bare = re.sub(r"[。.]+$", "", text)
    return bare + "。" if bare else ""


def _hand_up(entries: list[Entry]) -> None:
    """A bracket at the end of the last of several items, the others bare, is the heading's above."""
    for entry in entries:
        items = entry.children
        if len(items) < 2 or entry.own or entry.parent is None:
            continue
        bare = all(not item.own and not item.below() for item in items[:-1])
        if bare and items[-1].own and not items[-1].below():
            entry.duty, items[-1].duty = items[-1].duty, []


def _give_roles(entries: list[Entry], tasks_in_table: bool) -> None:
    bracketed = tasks_in_table or any(entry.own for entry in entries)
    for entry in entries:
        if entry.parent and entry.parent.role in ("clause", "item"):
            entry.role = "item"
        elif bracketed:
            if entry.own and not entry.below():
                entry.role = "clause"
            elif entry.parent and entry.parent.own and not entry.children:
                entry.role, entry.duty = "clause", list(entry.parent.duty)
        elif not entry.children and _is_task(entry):
            entry.role = "clause"
    if not bracketed:
        _drop_frames(entries)


def _is_task(entry: Entry) -> bool:
    """Without brackets: a lowest heading that is no frame (指导思想, 主要目标 …)."""
    at: Entry | None = entry
    while at:
        if (
            _PAST.fullmatch(at.heading)
            or _FRAME.fullmatch(at.heading)
            or (at.parent is None and _FRAME.search(at.heading))
        ):
            return False
        at = at.parent
    return True


def _drop_frames(entries: list[Entry]) -> None:
    """Without brackets, bare chapters beside chapters that have works below are no clauses."""
    depths = Counter(entry.id.count(".") for entry in entries if entry.role == "clause")
    if not depths or set(depths) == {0}:
        return
    for entry in entries:
        if entry.role == "clause" and entry.parent is None:
            entry.role = "section"


def to_clause(entry: Entry) -> Clause:
    """The record of a clause; several brackets in one clause are joined in printed order."""
    units: list[str] = []
    lead: list[str] = []
    for duty in entry.duty:
        units += [unit for unit in duty.units if unit not in units]
        lead += [unit for unit in duty.lead if unit not in lead]
    return Clause(
        entry.id,
        entry.positional,
        entry.heading,
        entry.whole_text(),
        tuple(units),
        tuple(lead),
        any(duty.open_list for duty in entry.duty),
    )


def to_section(entry: Entry) -> Section:
    """The record of a heading that is not a clause, with the text before the next heading."""
    items = (
        child.node.prefix + child.verbatim() for child in entry.children if child.role == "item"
    )
    return Section(entry.id, entry.heading, entry.text + "".join(items))
