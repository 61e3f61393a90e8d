"""Names of quantities and what they are measured on, brought to one spelling before comparing."""

import re
from functools import cache

from xietong.plans.compare.tables import rows

_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_OWN_PLACE = re.compile(r"^(?:全[省市区县州国]|[我本][省市区县州])")
_CLASS_OF_CITIES = re.compile(r"(?:绿色出行|低碳|国家)?(?:创建|试点)?城市(?!建成区|公)")
_SHARE_OF_THEM = re.compile(r"\d+(?:\.\d+)?%(?:以上|左右)?的?")
_AREA = re.compile(
    r"(?:重点|沿海|平原|山地)?地区|(?:重点)?区域|(?:城市)?建成区|(?:城市)?中心城区|主城区|城区|城镇|城市|农村|县城|乡镇"
)
_GLUE = re.compile(r"的|中(?!心)|每年|年均(?=新增)|[“”\"'‘’、，,：]")


@cache
def standard(name: str) -> str:
    """``name`` without brackets and glue, with the standard word for each synonym.

    >>> standard("城市建成区每年新增和更新的城市公共汽车（除应急救援车辆外）")
    '城市建成区新增和更新公交车'
    >>> standard("新能源及清洁能源车辆占比") == standard("新能源和清洁能源车辆比例")
    True
    """
    text = _GLUE.sub("", _BRACKETS.sub("", name))
    for row in rows("synonyms"):
        text = text.replace(row["word"], row["standard"])
    text = re.sub(r"出租(?!车)", "出租车", text)
    return re.sub(r"[及与](?=[一-龥])", "和", text)


def scope_text(name: str, *, across_levels: bool) -> str:
    """What a quantity is measured on, in one spelling, without the document's own place.

    Across levels a class of cities (创建城市) and a share of them are the city itself.

    >>> scope_text("全省绿色出行创建城市中心城区绿色出行比例", across_levels=True)
    '中心城区绿色出行比例'
    >>> scope_text("全市中心城区绿色出行比例", across_levels=True)
    '中心城区绿色出行比例'
    """
    text = _OWN_PLACE.sub("", standard(name))
    if across_levels:
        text = _CLASS_OF_CITIES.sub("", _SHARE_OF_THEM.sub("", text))
    return text


def carried_area(before: str, name: str) -> str:
    """The area that heads ``before`` and silently holds for ``name`` after it, '' where none does.

    >>> carried_area("城市建成区每年新增和更新的公交车占比", "新增和更新的出租车占比")
    '城市建成区'
    >>> carried_area("城市建成区每年新增和更新的公交车占比", "营运车辆碳排放强度")
    ''
    """
    found = _AREA.match(standard(before))
    if not found:
        return ""
    rest = standard(before)[found.end() :]
    return found.group() if len(rest) >= 5 and standard(name)[:5] == rest[:5] else ""


def without_area(scope: str) -> str:
    """A scope without words for an area: what stays is the quantity's definition.

    >>> without_area("城市建成区新增和更新公交车")
    '新增和更新公交车'
    """
    return _AREA.sub("", _CLASS_OF_CITIES.sub("", _SHARE_OF_THEM.sub("", scope)))


def only_area(scope: str, name: str) -> str:
    """The words for an area in front of an indicator's own ``name``, '' where there are none."""
    return "".join(_AREA.findall(scope.replace(name, "")))
