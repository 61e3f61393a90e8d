"""The theme of a target (energy, industry, transport …), by the words of its indicator."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Theme:
    """A group in which targets are shown together."""

    id: str
    zh: str
    en: str
    order: int
    pattern: re.Pattern[str]


@cache
def themes() -> tuple[Theme, ...]:
    """All themes in the order of the table; the last takes what no other does."""
    text = (files("xietong.plans") / "themes.csv").read_text(encoding="utf-8")
    return tuple(
        Theme(row["theme"], row["zh"], row["en"], int(row["order"]), re.compile(row["pattern"]))
        for row in csv.DictReader(text.splitlines())
    )


# Themes that are recognised by a narrower word are asked first.
_ASKED = (
    "transport",
    "building",
    "agriculture",
    "nature",
    "waste",
    "air_water",
    "overall",
    "industry",
)


@cache
def theme_of(words: str) -> Theme:
    """The theme of an indicator with its subject.

    >>> theme_of("城镇建筑可再生能源替代率").zh, theme_of("光伏发电装机").zh
    ('城乡建设', '能源')
    """
    by_id = {theme.id: theme for theme in themes()}
    asked = [by_id[name] for name in _ASKED] + [t for t in themes() if t.id not in _ASKED]
    return next(theme for theme in asked if theme.pattern.search(words))
