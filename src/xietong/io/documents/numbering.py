"""Word's automatic numbers, which stand in numbering.xml and not in the text: 一、（一）1. 第一章."""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DIGITS = "零一二三四五六七八九"
CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "ideographDigital",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "japaneseDigitalTenThousand",
    "koreanCounting",
}
CIRCLED = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}
ROMAN = (
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


@dataclass(frozen=True)
class Level:
    """One level of a list: how its number looks and where it starts."""

    format: str
    text: str
    start: int
    restart: (
        int | None
    )  # restarts after a number of this level (1-based); 0 never; None after any higher


class Numbering:
    """Counts the numbered paragraphs of a document in order."""

    def __init__(self, document: Any) -> None:
        self.levels: dict[str, dict[int, Level]] = {}  # numId → level → Level
        self.abstract: dict[
            str, str
        ] = {}  # numId → abstractNumId: lists of one kind count on together
        self.overrides: dict[tuple[str, int], int] = {}
        self.begun: set[str] = set()
        self.counts: dict[str, dict[int, int]] = defaultdict(dict)
        self.styles = {s.style_id: s.element for s in document.styles if s.style_id}
        root = self._root(document)
        if root is not None:
            self._read(root)

    def of(self, paragraph: Any) -> str:
        """The printed number of this paragraph, ``""`` where it has none; moves the count on."""
        num_id, level = self._list_of(paragraph)
        definition = self.levels.get(num_id, {}).get(level)
        if definition is None:
            return ""
        self._count(num_id, level, definition)
        if definition.format in {"bullet", "none"}:
            return ""
        counts = self.counts[self.abstract[num_id]]

        def number(match: re.Match[str]) -> str:
            upper = int(match[1]) - 1
            shown = self.levels[num_id].get(upper, definition)
            return printed(counts.get(upper, shown.start), shown.format)

        text = re.sub(r"%(\d)", number, definition.text)
        return text + " " if text[-1:].isascii() and text else text

    def _count(self, num_id: str, level: int, definition: Level) -> None:
        counts = self.counts[self.abstract[num_id]]
        if num_id not in self.begun:
            self.begun.add(num_id)
            for (owner, upper), start in self.overrides.items():
                if owner == num_id:
                    counts[upper] = start - 1
        counts[level] = counts.get(level, definition.start - 1) + 1
        for lower, other in self.levels[num_id].items():
            restarts = other.restart is None or level < other.restart
            if lower > level and restarts:
                counts.pop(lower, None)
            elif lower < level and lower not in counts:
                counts[lower] = other.start

    def _list_of(self, paragraph: Any) -> tuple[str, int]:
        """(numId, level), from the paragraph or from its style."""
        properties = paragraph.find(f"{W}pPr")
        level: int | None = None
        for _ in range(10):
            if properties is None:
                break
            own = properties.find(f"{W}numPr")
            if own is not None:
                ilvl, num = own.find(f"{W}ilvl"), own.find(f"{W}numId")
                if level is None and ilvl is not None:
                    level = int(ilvl.get(f"{W}val"))
                if num is not None:
                    return num.get(f"{W}val"), level or 0
            style = properties.find(f"{W}pStyle")
            if style is None:  # the properties of a style: its parent
                style = properties.getparent().find(f"{W}basedOn")
            element = self.styles.get(style.get(f"{W}val")) if style is not None else None
            properties = None if element is None else _properties(element)
        return "0", 0

    def _read(self, root: Any) -> None:
        kinds = {a.get(f"{W}abstractNumId"): a for a in root.findall(f"{W}abstractNum")}
        for num in root.findall(f"{W}num"):
            num_id = num.get(f"{W}numId")
            abstract_id = num.find(f"{W}abstractNumId").get(f"{W}val")
            self.abstract[num_id] = abstract_id
            kind = kinds.get(abstract_id)
            self.levels[num_id] = (
                dict(map(_level, kind.findall(f"{W}lvl"))) if kind is not None else {}
            )
            for override in num.findall(f"{W}lvlOverride"):
                level = int(override.get(f"{W}ilvl"))
                start, own = override.find(f"{W}startOverride"), override.find(f"{W}lvl")
                if own is not None:
                    self.levels[num_id][level] = _level(own)[1]
                if start is not None:
                    self.overrides[num_id, level] = int(start.get(f"{W}val"))

    @staticmethod
    def _root(document: Any) -> Any:
        for relation in document.part.rels.values():
            if relation.reltype.endswith("/numbering") and not relation.is_external:
                return relation.target_part.element
        return None


def _properties(style: Any) -> Any:
    """A style's paragraph properties; an empty stand-in keeps the way to its parent open."""
    found = style.find(f"{W}pPr")
    if found is None and style.find(f"{W}basedOn") is not None:
        found = style.makeelement(f"{W}pPr")
        style.append(found)
    return found


def _level(node: Any) -> tuple[int, Level]:
    def value(tag: str, default: str) -> str:
        found = node.find(f"{W}{tag}")
        return str(found.get(f"{W}val", default)) if found is not None else default

    restart = node.find(f"{W}lvlRestart")
    return int(node.get(f"{W}ilvl")), Level(
        format=value("numFmt", "decimal"),
        text=value("lvlText", ""),
        start=int(value("start", "1")),
        restart=None if restart is None else int(restart.get(f"{W}val")),
    )


def printed(number: int, format_: str) -> str:
    """A number as Word prints it.

    >>> printed(12, "chineseCounting"), printed(4, "lowerRoman"), printed(3, "decimalEnclosedCircle")
    ('十二', 'iv', '③')
    """
    if format_ in CHINESE:
        return chinese(number)
    if format_ in CIRCLED and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if format_ in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if format_ == "upperLetter" else letter
    if format_ in {"lowerRoman", "upperRoman"}:
        roman = _roman(number)
        return roman.upper() if format_ == "upperRoman" else roman
    if format_ == "decimalFullWidth":
        return str(number).translate({48 + i: 0xFF10 + i for i in range(10)})
    return f"{number:02d}" if format_ == "decimalZero" else str(number)


def chinese(number: int) -> str:
    """1 to 99 as in headings.

    >>> [chinese(n) for n in (3, 10, 12, 20, 26)]
    ['三', '十', '十二', '二十', '二十六']
    """
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return "".join(DIGITS[int(digit)] for digit in str(number))
    head = "" if tens == 0 else ("十" if tens == 1 else DIGITS[tens] + "十")
    return head + (DIGITS[ones] if ones else "")


def _roman(number: int) -> str:
    parts = []
    for value, letters in ROMAN:
        while number >= value:
            parts.append(letters)
            number -= value
    return "".join(parts)
