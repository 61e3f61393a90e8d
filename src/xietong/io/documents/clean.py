"""Marks that are not printed: zero-width characters, BOMs, control characters."""

import re

# soft hyphen, Arabic letter mark, zero-width and direction marks, word joiner …, BOM, controls except \t \n \r \v
UNPRINTED = re.compile(
    "[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\x00-\x08\x0c\x0e-\x1f\x7f]"
)


def clean(text: str) -> str:
    """The text without what no eye sees.

    >>> clean("\\ufeff碳\\u200b达峰\\x0c")
    '碳达峰'
    """
    return UNPRINTED.sub("", text)


def join(left: str, right: str) -> str:
    """Two halves of a wrapped line: a blank only between Latin words or figures.

    >>> join("非化石能", "源消费"), join("green", "growth")
    ('非化石能源消费', 'green growth')
    """
    latin = left[-1:].isascii() and right[:1].isascii()
    return (
        left + " " + right
        if latin and left[-1:].isalpha() and right[:1].isalpha()
        else left + right
    )
