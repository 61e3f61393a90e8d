"""Indicators of plans: one id for the many names under which a quantity is printed.

Grain of ``indicators.csv``: one row per indicator: id, Chinese and English name, aliases, printed
unit, wished direction, kind, and ``city_owned``: true where a province and a city each have a value of
their own, so that different values are no contradiction. ``indicator_synonyms.csv`` folds spellings
(占比, 比重), ``indicator_words.csv`` lists words that tell indicators apart (光伏, 分布式, 利用率).
"""

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from xietong.errors import VocabularyError
from xietong.vocab.load import names, rows

_FILLER = re.compile(r"的|中|年均|平均|等|、|\s|[（(][^（）()]*[）)]")
_FILLING = frozenset("和与及其在之约以为·，。:：;；“”\"'《》市县区省全各年度本到城镇")
_CLOSE = 72.0  # rapidfuzz ratio below which nothing is even considered
_SHORTEST_TAIL = 5


@dataclass(frozen=True)
class Indicator:
    """A quantity that plans set targets for."""

    id: str
    zh: str
    en: str
    aliases: tuple[str, ...]
    unit: str
    direction: str  # increase | decrease | level
    kind: str  # intensity | share | total | capacity | stock | rate | count
    city_owned: bool
    source: str


@cache
def indicators() -> dict[str, Indicator]:
    """All indicators by id."""
    return {
        row["id"]: Indicator(
            row["id"],
            row["zh"],
            row["en"],
            names(row["aliases"]),
            row["unit"],
            row["direction"],
            row["kind"],
            row["city_owned"] == "true",
            row["source"],
        )
        for row in rows("indicators")
    }


def indicator(indicator_id: str) -> Indicator:
    """The indicator of an id; ``VocabularyError`` with the nearest ones where there is none.

    >>> indicator("solar_capacity").unit, indicator("straw_use").city_owned
    ('万千瓦', False)
    """
    found = indicators().get(indicator_id)
    if found is None:
        near = get_close_matches(indicator_id, indicators(), n=3)
        hint = f" Did you mean {', '.join(near)}?" if near else ""
        raise VocabularyError(
            f"指标 {indicator_id!r} 不在指标表中 (not in vocab/indicators.csv).{hint}"
        )
    return found


@cache
def match_indicator(text: str) -> tuple[str, float] | None:
    """Id and likeness (0 to 1) of the indicator that ``text`` names; None rather than a wrong one.

    A place or carrier may stand before the name (全市中心城区绿色出行比例), small words may differ; a word that
    tells indicators apart may not.

    >>> match_indicator("非化石能源消费占比")
    ('non_fossil_share', 1.0)
    >>> match_indicator("光伏发电装机")[0], match_indicator("风电装机")[0]
    ('solar_capacity', 'wind_capacity')
    >>> match_indicator("大宗固废年利用量")[0], match_indicator("新增大宗固废综合利用率")[0]
    ('bulk_waste_use_amount', 'new_bulk_waste_use')
    >>> match_indicator("某种没有见过的指标"), match_indicator("农村光伏装机")
    (None, None)
    """
    plain = _plain(text)
    if plain in _by_name():
        return _by_name()[plain], 1.0
    return _at_the_end(plain) or _almost(plain)


def _at_the_end(plain: str) -> tuple[str, float] | None:
    """A name with more before it that tells nothing apart."""
    for start in range(1, len(plain) - _SHORTEST_TAIL + 1):
        name = plain[start:]
        if name in _by_name():
            if _telling(plain) == _telling(name):
                return _by_name()[name], round(len(name) / len(plain), 3)
            return None
    return None


def _almost(plain: str) -> tuple[str, float] | None:
    """The nearest name that differs in small words only."""
    from rapidfuzz import fuzz, process

    found = process.extract(
        plain, list(_by_name()), scorer=fuzz.ratio, score_cutoff=_CLOSE, limit=5
    )
    for name, score, _ in found:
        if _small_differences(plain, name):
            return _by_name()[name], round(score / 100, 3)
    return None


def _small_differences(one: str, other: str) -> bool:
    from rapidfuzz.distance import Indel

    return _telling(one) == _telling(other) and all(
        (one[edit.src_pos] if edit.tag == "delete" else other[edit.dest_pos]) in _FILLING
        for edit in Indel.editops(one, other)
    )


@cache
def _by_name() -> dict[str, str]:
    return {
        _plain(name): record.id
        for record in indicators().values()
        for name in (record.zh, *record.aliases)
    }


def _plain(name: str) -> str:
    """Spellings folded: widths, brackets and fillers dropped, synonyms made one."""
    plain = _FILLER.sub("", unicodedata.normalize("NFKC", name))
    return _synonym_pattern().sub(lambda found: _synonyms()[found.group()], plain)


@cache
def _synonyms() -> dict[str, str]:
    """Printed word → plain word; chains (装机容量, 太阳能发电 → 光伏发电 → 光伏) are followed."""
    direct = {
        unicodedata.normalize("NFKC", r["printed"]): r["plain"] for r in rows("indicator_synonyms")
    }
    resolved = {}
    for printed in direct:
        plain = printed
        while direct.get(plain, plain) != plain:
            plain = direct[plain]
        resolved[printed] = plain
    return resolved


@cache
def _synonym_pattern() -> re.Pattern[str]:
    longest_first = sorted(_synonyms(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


@cache
def _telling_pattern() -> re.Pattern[str]:
    words = sorted((row["word"] for row in rows("indicator_words")), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def _telling(plain: str) -> frozenset[str]:
    """The words in a name that tell it apart from others."""
    return frozenset(_telling_pattern().findall(plain))
