"""The numbering of headings: what a line opens with, and whether the number may stand there."""

import re
from dataclasses import dataclass
from functools import lru_cache

DIGITS = "〇零一二三四五六七八九十百两"

# Kinds of numbering from the top of an outline downwards.
KINDS = ("part", "chapter", "A", "B", "C", "D", "E")
_PATTERNS = (
    ("part", re.compile(rf"第([{DIGITS}\d]{{1,4}})[章篇编部](?!门)")),
    ("chapter", re.compile(rf"第([{DIGITS}\d]{{1,4}})[节条]")),
    ("A", re.compile(rf"([{DIGITS}]{{1,4}})[、．.](?=[^\d])")),
    ("B", re.compile(rf"[（(]([{DIGITS}]{{1,4}})[）)][、．.]?")),
    ("C", re.compile(r"(\d{1,2})(?:[．.、](?!\d)|(?=\s*[.．]\s*[^\d\s]))[．.\s]*(?=[^\d\s%])")),
    ("D", re.compile(r"[（(](\d{1,2})[）)][、．.]?(?=\D)")),
    ("E", re.compile(r"([①-⑳])")),
)


@dataclass(frozen=True)
class Marker:
    """A numbering at the start of a line: its kind, its number, and how many characters it takes."""

    kind: str
    number: int
    length: int

    @property
    def rank(self) -> int:
        return KINDS.index(self.kind)


_ONES = ["", *"一二三四五六七八九"]
_TO_NINETY_NINE = {
    f"{tens}{ones}": 10 * ten + one
    for ten, tens in enumerate(["", "十", *(f"{ones}十" for ones in _ONES[2:])])
    for one, ones in enumerate(_ONES)
    if ten or one
}


@lru_cache(maxsize=1024)
def chinese_number(text: str) -> int:
    """The number written in Chinese or Arabic digits.

    >>> chinese_number("二十六"), chinese_number("十"), chinese_number("3")
    (26, 10, 3)
    """
    if text.isdigit():
        return int(text)
    if text in _TO_NINETY_NINE:  # nearly all; the library takes a quarter of a second to import
        return _TO_NINETY_NINE[text]
    import cn2an

    try:
        return int(cn2an.cn2an(text.replace("〇", "零"), "smart"))
    except ValueError:
        return 0


def marker(line: str) -> Marker | None:
    """The numbering that ``line`` opens with, if any.

    >>> marker("（二十一）强化支撑")
    Marker(kind='B', number=21, length=5)
    >>> marker("1.5万吨") is None
    True
    """
    for kind, pattern in _PATTERNS:
        found = pattern.match(line)
        if found:
            digits = found.group(1)
            number = ord(digits) - ord("①") + 1 if kind == "E" else chinese_number(digits)
            return Marker(kind, number, found.end()) if number else None
    return None
