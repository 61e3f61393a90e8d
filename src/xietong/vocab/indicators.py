"""Indicators of plans: one id for the many names under which a quantity is printed.

Grain of ``indicators.csv``: one row per indicator: id, Chinese and English name, aliases, printed
unit, wished direction, kind, and ``city_owned``: true where a province and a city each have a value of
their own, so that different values are no contradiction.
"""

import re
from dataclasses import dataclass
from functools import cache

from xietong.vocab.load import names, rows

_FILLER = re.compile(r"(?:的|中|年均|平均|等|[（(][^（）()]*[）)])")
_CLOSE = 88.0  # rapidfuzz ratio from which two names may be one, when their key words agree
_KEY_WORDS = re.compile(
    r"光伏|风电|核电|生物质|水电|抽水|储能|天然气|煤|石油|非化石|可再生|能耗|能源消耗|二氧化碳|公交|公共汽车|出租|船舶|车辆|出行|建筑|屋顶|秸秆|粪污|农膜|化肥|农药|"
    r"固废|固体废|垃圾|污泥|再生水|森林|绿地|湿地|PM2\.5|PM10|细颗粒|臭氧|氮氧化物|挥发性|化学需氧量|氨氮|利用量|利用率|占比|比例|比重|装机|产量|面积|浓度|年利用|新增|一般工业|海上"
)


@dataclass(frozen=True)
class Indicator:
    """A quantity that plans set targets for."""

    id: str
    zh: str
    en: str
    aliases: tuple[str, ...]
    unit: str
    direction: str  # increase | decrease | level
    kind: str
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
    """The indicator of an id; KeyError where there is none."""
    return indicators()[indicator_id]


@cache
def _by_name() -> dict[str, str]:
    return {
        _plain(name): record.id
        for record in indicators().values()
        for name in (record.zh, *record.aliases)
    }


def _plain(name: str) -> str:
    return _FILLER.sub("", name.replace("(", "（").replace(")", "）").replace("、", "")).strip()


@cache
def match_indicator(text: str) -> tuple[str, float] | None:
    """Id and likeness (0 to 1) of the indicator that ``text`` names; None rather than a wrong one.

    >>> match_indicator("非化石能源消费占比")
    ('non_fossil_share', 1.0)
    >>> match_indicator("光伏发电装机")[0], match_indicator("风电装机")[0]
    ('solar_capacity', 'wind_capacity')
    >>> match_indicator("大宗固废年利用量")[0], match_indicator("新增大宗固废综合利用率")[0]
    ('bulk_waste_use_amount', 'new_bulk_waste_use')
    >>> match_indicator("某种没有见过的指标") is None
    True
    """
    plain = _plain(text)
    by_name = _by_name()
    if plain in by_name:
        return by_name[plain], 1.0
    # A name with its place or carrier in front: 全市中心城区绿色出行比例.
    tails = [name for name in by_name if len(name) >= 5 and plain.endswith(name)]
    if tails:
        longest = max(tails, key=len)
        return by_name[longest], round(len(longest) / len(plain), 3)
    from rapidfuzz import fuzz, process

    found = process.extractOne(plain, list(by_name), scorer=fuzz.ratio, score_cutoff=_CLOSE)
    if not found:
        return None
    name, score, _ = found
    if set(_KEY_WORDS.findall(plain)) != set(_KEY_WORDS.findall(name)):
        return None
    return by_name[name], round(score / 100, 3)
