"""Statistical series that indicators are computed from, beside the indicators that plans name.

Grain of ``statistics.csv``: one row per series: id, Chinese and English name, aliases, and the unit in
which the house keeps it. A reported indicator of ``indicators.csv`` may stand in the same sheet.
"""

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from xietong.errors import VocabularyError
from xietong.vocab.indicators import indicators
from xietong.vocab.load import names, rows


@dataclass(frozen=True)
class Series:
    """A statistical series."""

    id: str
    zh: str
    en: str
    aliases: tuple[str, ...]
    unit: str


@cache
def series() -> dict[str, Series]:
    """All series by id."""
    return {
        row["id"]: Series(row["id"], row["zh"], row["en"], names(row["aliases"]), row["unit"])
        for row in rows("statistics")
    }


@cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for one in indicators().values():
        found |= dict.fromkeys((one.id, one.zh, *one.aliases), one.id)
    for row in series().values():
        found |= dict.fromkeys((row.id, row.zh, row.en, *row.aliases), row.id)
    return found


def find_statistic(name: str) -> str:
    """The id of a series or of an indicator, by id, name or alias.

    ``VocabularyError`` with the nearest names where there is none.

    >>> find_statistic("GDP"), find_statistic("非化石能源消费占比")
    ('gdp', 'non_fossil_share')
    """
    found = _by_name().get(name.strip())
    if found is None:
        near = get_close_matches(name.strip(), _by_name(), n=3)
        hint = f"。是否为 did you mean {'、'.join(near)}？" if near else ""
        raise VocabularyError(f"没有统计指标 {name!r}（no such series or indicator）{hint}")
    return found
