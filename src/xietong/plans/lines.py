"""From raw lines to clean ones: white space, page furniture and invisible characters removed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_SPACE = re.compile(r"[\s\u3000\u00a0\u200b\u200c\u200d\ufeff\u2060]+")
_PAGE = re.compile(
    r"^(?:[—\-－–·•‐]*\d{1,4}[—\-－–·•‐]*|第?\d+页(?:[,，/]?共\d+页)?|[—\-－–_‐=]{1,})$"
)
_ENDED = re.compile(r"[。！？；：:;）)〕】\]”’》]$")


# A half-width full stop behind Chinese words ends a sentence; behind a numbering it does not.
_STOP = re.compile(r"(?<=[一-龥％%）)”])(?<![一二三四五六七八九十])\.(?=[一-龥（(“]|$)")


@dataclass(frozen=True)
class CleanLine:
    """One line without white space. ``starts`` is true where a paragraph may start."""

    text: str
    starts: bool
    cells: tuple[str, ...] = ()
    indented: bool = False


def squeeze(text: str) -> str:
    """``text`` without any white space; one space stays between two Latin words.

    >>> squeeze("到 2025 年， VOCs 含量")
    '到2025年，VOCs含量'
    >>> squeeze("product carbon footprint 碳 足 迹")
    'product carbon footprint碳足迹'
    """
    return _SPACE.sub(_keep_between_words, text).strip()


def _keep_between_words(match: re.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    words = before.isascii() and before.isalpha() and after.isascii() and after.isalpha()
    return " " if words else ""


def clean_lines(lines: Iterable[tuple[str, tuple[str, ...]]]) -> list[CleanLine]:
    """Clean ``(text, cells)`` lines: no empty lines, no page numbers, no rules of dashes."""
    result: list[CleanLine] = []
    ended = True
    for raw, cells in lines:
        text = _STOP.sub("。", squeeze(raw))
        if cells:
            result.append(CleanLine(text, True, tuple(squeeze(cell) for cell in cells)))
            ended = True
            continue
        if not text or _PAGE.match(text):
            continue
        indented = raw.startswith(("\u3000", "  "))
        result.append(CleanLine(text, ended, (), indented))
        ended = bool(_ENDED.search(text))
    return result


def typical_width(lines: list[CleanLine]) -> int:
    """The length of a full line where the text was broken by a fixed width, else 0.

    A text counts as broken when many lines stop without a closing mark at about the same length.
    """
    open_ends = sorted(len(line.text) for line in lines if not _ENDED.search(line.text))
    if len(open_ends) < 8:
        return 0
    width = open_ends[int(len(open_ends) * 0.75)]
    near = sum(1 for length in open_ends if abs(length - width) <= max(3, width // 8))
    return width if near >= max(6, len(open_ends) // 3) and width >= 12 else 0
