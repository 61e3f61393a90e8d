"""Which year a sentence speaks of: 到2025年, 2030年前, “十四五”; and which year is only a baseline."""

import re
from dataclasses import dataclass

FIVE_YEAR_PLANS = {"十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030, "十六五": 2035}

_YEAR = re.compile(
    r"(?P<first>20\d\d)(?:年)?(?:—|－|-|–|~|～|至|到)(?P<last>20\d\d)年"
    r"|(?P<year>20\d\d)年(?!来|以来)"
    r"|[“\"「]?(?P<plan>十[二三四五六]五)[”\"」]?(?:时期|期间|末|规划|期末|以来|时期末)?"
)
_BASE_BEFORE = re.compile(r"(?:比|较|与|以|同比|相较于?|对比|基于|在|自|从|由)$")
_BASE_AFTER = re.compile(r"^(?:水平|末|底)?(?:相比|为基[准期数年]|基础上|基数|以来|的?基础)")
_PAST = re.compile(r"截至|截止|目前|已经?(?!有)|现有|现状|累计已|同比|据统计|近年来|过去|上年")
_BASELINE = re.compile(
    r"(?:比|较|与|相较于?|以|在)(?P<year>20\d\d)年(?:水平|末|底)?的?(?:相比|为基[准期数年]|基础上)?"
    r"|[（(](?:比|较|以)?(?P<bracket>20\d\d)年(?:为基[期准数年]|水平)?[）)]"
)


@dataclass(frozen=True)
class YearMark:
    """A year that governs what follows it. ``printed`` false means it came from a five-year plan."""

    start: int
    end: int
    year: int
    by: bool  # 到…年, …年前, …年底


def year_marks(sentence: str) -> list[YearMark]:
    """The governing years of a sentence, baselines and ranges' first years left out.

    >>> [(m.year, m.by) for m in year_marks("到2025年，能耗比2020年下降14.5%，2030年前达峰")]
    [(2025, True), (2030, True)]
    >>> [m.year for m in year_marks("“十四五”期间累计新增")]
    [2025]
    """
    marks = []
    for found in _YEAR.finditer(sentence):
        before, after = (
            sentence[max(0, found.start() - 8) : found.start()],
            sentence[found.end() :][:24],
        )
        by = bool(re.search(r"(?:到|至|力争|争取|确保)$", before)) or bool(
            re.match(r"(?:年?[底末]|以?前|之前|内)", after)
        )
        if _BASE_AFTER.match(after):
            continue
        if _BASE_BEFORE.search(before) and not re.search(r"(?:现在|正在)$", before) and not by:
            continue
        if found["plan"]:
            year = FIVE_YEAR_PLANS[found["plan"]]
        else:
            year = int(found["last"] or found["year"])
            by = by or bool(found["last"])
        marks.append(YearMark(found.start(), found.end(), year, by or bool(found["plan"])))
    return marks


def baseline_year(text: str) -> int | None:
    """The printed baseline in ``text``, if any.

    >>> baseline_year("单位产品能耗比2020年下降3%")
    2020
    """
    found = list(_BASELINE.finditer(text))
    return int(found[-1]["year"] or found[-1]["bracket"]) if found else None


def speaks_of_past(text: str) -> bool:
    """True for facts already reached: 截至2022年底, 已建成, 目前."""
    return bool(_PAST.search(text))
