"""Numbers with their units, as printed, and the words that make them a bound."""

import re
from dataclasses import dataclass, replace

from xietong.plans.markers import chinese_number

_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_CHINESE = "零一二三四五六七八九十百两点〇"
_MANY = r"(?:百万|千万|[百千万亿]*)"
_PLAIN_UNIT = (
    r"(?:个百分点|百分点|%|％|‰|"
    rf"{_MANY}(?:克|千克|公斤|吨)标准?煤(?:/(?:千瓦时|吨|万元|平方米))?|"
    rf"{_MANY}吨(?:二氧化碳当量|二氧化碳|油当量)?(?:/(?:年|日|天|万元|人|户|吨|小时))?|"
    rf"{_MANY}千克(?:/(?:公顷|亩|人))?|{_MANY}公斤(?:/(?:公顷|亩|人))?|"
    rf"{_MANY}(?:千瓦时|度)(?:/(?:吨|平方米|年|人|月|户))?|{_MANY}千瓦|{_MANY}兆瓦时|{_MANY}兆瓦|{_MANY}吉瓦|{_MANY}吉焦|"
    rf"{_MANY}[kMG]Wh?|{_MANY}立方米(?:/(?:日|年|天|万元|人|小时))?|{_MANY}(?:标准)?立方(?:米)?|{_MANY}m[³3]|"
    rf"{_MANY}蒸吨(?:/小时)?|{_MANY}[千兆]伏安|{_MANY}克/千瓦时|升/百公里|"
    rf"{_MANY}平方(?:公里|米)(?:/人)?|{_MANY}平米|{_MANY}㎡|{_MANY}公里(?:/(?:平方公里|万人))?|{_MANY}千米|{_MANY}海里|{_MANY}米|"
    rf"{_MANY}公顷|{_MANY}亩|{_MANY}元(?:/(?:吨|人|年))?|"
    r"微克/(?:立方米|m[³3])|毫克/(?:立方米|升)|μg/m[³3]|mg/L|"
    rf"{_MANY}标准?箱|{_MANY}TEU|{_MANY}(?:人次|车次|台套|台[（(]套[）)]|辆[（(]艘[）)]|台|套|辆|座|个|家|处|项|条|户|艘|架|支|株|棵|头|只|羽|对|所|批次|批|件|种|类|名|人(?:/平方公里)?|层|天|小时|次|倍|片|口|组|块)|"
    r"年)"
)
_SUFFIX = r"(?:左右|上下|以上|及以上|以内|之内|以下|及以下|以里)?"
_ITEM = rf"(?:约|近|大约)?(?:{_NUMBER})(?:\s*(?:—|－|-|–|~|～|至|到)\s*{_NUMBER}|(?:{_PLAIN_UNIT}|[百千万亿]+)(?:—|－|-|–|~|～|至|到){_NUMBER})?(?:{_PLAIN_UNIT})?{_SUFFIX}"
_WORDED = rf"(?:百分之[{_CHINESE}]+|[一二三四五六七八九]成半?|(?<![进另])一半){_SUFFIX}"
QUANTITY = re.compile(rf"(?:{_ITEM}|{_WORDED})")
_PARTS = re.compile(
    rf"(?P<about>约|近|大约)?(?P<low>{_NUMBER})(?:(?:{_PLAIN_UNIT}|[百千万亿]+)?(?:—|－|-|–|~|～|至|到)(?P<high>{_NUMBER}))?"
    rf"(?P<unit>{_PLAIN_UNIT})?(?P<suffix>{_SUFFIX})$"
)
# Quotients are printed without a unit: 电能利用效率（PUE）降到1.3以下.
_RATIO = re.compile(r"(?:PUE|[利使]用效率|系数|比值|容积率|弹性)[^，。；、\d]{0,14}$")
_LIST_JOIN = re.compile(r"^(?:、|/|和|及|与|以及|，)")

COUNT_UNITS = re.compile(
    r"^[百千万亿]*(?:座|个|家|处|项|条|户|台|套|台套|台[（(]套[）)]|辆[（(]艘[）)]|辆|艘|架|支|株|棵|头|只|羽|对|所|批|批次|件|种|类|名|人|人次|次|片|口|组|块)$"
)


@dataclass(frozen=True)
class Quantity:
    """A number or a range, its unit as printed, and 左右, 以上, 以内 … right behind it."""

    start: int
    end: int
    value: float
    high: float | None
    unit: str
    suffix: str
    about: str = ""


def find_quantities(text: str) -> list[Quantity]:
    """All numbers that carry a unit, in order.

    >>> [(q.value, q.unit, q.suffix) for q in find_quantities("分别达到9500万千瓦、13%左右")]
    [(9500.0, '万千瓦', ''), (13.0, '%', '左右')]
    >>> q = find_quantities("提高3%—4%")[0]; (q.value, q.high, q.unit)
    (3.0, 4.0, '%')
    >>> [(q.value, q.unit) for q in find_quantities("达到百分之二十五，回收七成以上")]
    [(25.0, '%'), (7.0, '成')]
    """
    found = []
    for match in QUANTITY.finditer(text):
        if re.match(r"[A-Za-z0-9±×.]", text[max(0, match.start() - 1) : match.start()]):
            continue
        quantity = _quantity(match)
        if quantity and not _is_date(quantity, text):
            found.append(quantity)
    return _borrow_units(found, text)


def _is_date(quantity: Quantity, text: str) -> bool:
    return quantity.unit == "年" or bool(
        re.match(r"[月日号]", text[quantity.end : quantity.end + 1])
    )


def _quantity(match: re.Match[str]) -> Quantity | None:
    words = match.group()
    parts = _PARTS.match(words)
    if not parts:
        return _worded(match)
    low, high = _number(parts["low"]), parts["high"]
    return Quantity(
        match.start(),
        match.end(),
        low,
        _number(high) if high else None,
        parts["unit"] or "",
        parts["suffix"] or "",
        parts["about"] or "",
    )


def _worded(match: re.Match[str]) -> Quantity | None:
    words = match.group()
    suffix = re.search(r"(?:左右|上下|及?以上|以内|之内|及?以下)$", words)
    bare = words[: suffix.start()] if suffix else words
    try:
        if bare.startswith("百分之"):
            value, unit = _spoken(bare[3:]), "%"
        elif bare == "一半":
            value, unit = 50.0, "%"
        else:
            value = float(chinese_number(bare[0])) + (0.5 if bare.endswith("半") else 0)
            unit = "成"
    except ValueError:
        return None
    return Quantity(match.start(), match.end(), value, None, unit, suffix.group() if suffix else "")


def _spoken(text: str) -> float:
    if text == "百":
        return 100.0
    if "点" not in text and (whole := chinese_number(text)):
        return float(whole)
    import cn2an

    return float(cn2an.cn2an(text, "smart"))  # 三点五


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _borrow_units(found: list[Quantity], text: str) -> list[Quantity]:
    """In a list such as 35、40万千瓦 the bare number has the unit of the next one."""
    kept: list[Quantity] = []
    for quantity in reversed(found):
        joined = bool(kept) and text[quantity.end : kept[-1].start] in ("、", "和")
        if joined and quantity.unit == "个" and kept[-1].unit.endswith("百分点"):
            kept.append(replace(quantity, unit=kept[-1].unit))  # 20个和10个百分点
        elif quantity.unit or _RATIO.search(text[max(0, quantity.start - 32) : quantity.start]):
            kept.append(quantity)
        elif kept and text[quantity.end : kept[-1].start] in ("、", "和"):
            kept.append(replace(quantity, unit=kept[-1].unit, suffix=kept[-1].suffix))
    return kept[::-1]


def joined_lists(found: list[Quantity], text: str) -> list[list[Quantity]]:
    """Quantities that form one list: 14.5%、20.5% or 10%和5%左右."""
    groups: list[list[Quantity]] = []
    for quantity in found:
        if groups:
            between = text[groups[-1][-1].end : quantity.start]
            if between and between != "，" and _LIST_JOIN.fullmatch(between):
                groups[-1].append(quantity)
                continue
        groups.append([quantity])
    return groups
