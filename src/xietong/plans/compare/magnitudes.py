"""Printed values made comparable: 亿 and 万 taken out of the unit, nothing else converted."""

import re
from math import isclose

_MANY = {"亿": 1e8, "万": 1e4, "千": 1e3, "百": 1e2}
_PREFIX = re.compile(r"^([百千万亿]+)(?=.)")
_SPELLINGS = {
    "％": "%",
    "平方米": "平方米",
    "㎡": "平方米",
    "m³": "立方米",
    "m3": "立方米",
    "度": "千瓦时",
    "公斤": "千克",
    "吨标煤": "吨标准煤",
}
Number = float | tuple[float, float]


def plain_unit(unit: str) -> tuple[float, str]:
    """Factor and unit without Chinese multiples; 千瓦, 千克 and 千米 keep their 千.

    >>> plain_unit("亿吨"), plain_unit("万吨"), plain_unit("万千瓦")
    ((100000000.0, '吨'), (10000.0, '吨'), (10000.0, '千瓦'))
    """
    found = _PREFIX.match(unit)
    factor, rest = 1.0, unit
    if found:
        many = found.group(1)
        rest = unit[len(many) :]
        if many.endswith("千") and rest.startswith(("瓦", "克", "米")):
            many, rest = many[:-1], "千" + rest
        for char in many:
            factor *= _MANY[char]
    return factor, _SPELLINGS.get(rest, rest)


def magnitude(value: Number, unit: str) -> tuple[tuple[float, float], str]:
    """Low and high end in the plain unit.

    >>> magnitude(2, "亿吨") == magnitude(20000, "万吨")
    True
    """
    factor, plain = plain_unit(unit)
    low, high = value if isinstance(value, tuple) else (value, value)
    return (low * factor, high * factor), plain


def same_amount(one: Number, unit: str, other: Number, other_unit: str) -> bool | None:
    """Whether two printed values are the same amount; None where their units cannot be compared.

    >>> same_amount(2, "亿吨", 20000, "万吨"), same_amount(2, "亿吨", 2000, "万吨")
    (True, False)
    >>> same_amount(2, "%", 295, "克标准煤/千瓦时") is None
    True
    """
    (left, plain), (right, other_plain) = magnitude(one, unit), magnitude(other, other_unit)
    if plain != other_plain:
        return None
    return all(isclose(a, b, rel_tol=1e-9) for a, b in zip(left, right, strict=True))
