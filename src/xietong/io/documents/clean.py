"""Marks that no eye sees, and look-alikes that some PDF makers put in the place of characters."""

import csv
import re
import unicodedata
from functools import cache
from pathlib import Path

# soft hyphen, Arabic letter mark, zero-width and direction marks, word joiner …, BOM, controls except \t \n \r \v
UNPRINTED = re.compile(
    "[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\x00-\x08\x0c\x0e-\x1f\x7f]"
)
RADICAL = re.compile("[\u2e80-\u2fd5\uf900-\ufaff]")  # radicals and compatibility ideographs


def clean(text: str) -> str:
    """The text without what no eye sees, and with characters in the place of radicals.

    A PDF printed by a browser says ⼈⺠ (two radicals) where 人民 is printed: the font draws both alike.

    >>> clean("\\ufeff碳\\u200b达峰\\x0c"), clean("\\u2f08\\u2ea0")
    ('碳达峰', '人民')
    """
    text = UNPRINTED.sub("", text)
    return RADICAL.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    plain = unicodedata.normalize("NFKC", match[0])
    return _radicals().get(plain, plain)


@cache
def _radicals() -> dict[str, str]:
    """CJK Radicals Supplement (U+2E80 …), for which Unicode's normal forms know no character."""
    with Path(__file__).with_name("radicals.csv").open(encoding="utf-8", newline="") as file:
        return {row["radical"]: row["character"] for row in csv.DictReader(file)}


def join(left: str, right: str) -> str:
    """Two halves of a wrapped line: a blank only between Latin words.

    >>> join("非化石能", "源消费"), join("green", "growth")
    ('非化石能源消费', 'green growth')
    """
    latin = left[-1:].isascii() and right[:1].isascii()
    words = latin and left[-1:].isalpha() and right[:1].isalpha()
    return f"{left} {right}" if words else left + right
