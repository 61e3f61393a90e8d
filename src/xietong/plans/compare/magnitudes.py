"""Printed values made comparable through the table of units of measure."""

from math import isclose

from xietong.errors import VocabularyError
from xietong.vocab.measures_of_quantity import measure

Number = float | tuple[float, float]


def magnitude(value: Number, unit: str) -> tuple[tuple[float, float], str]:
    """Low and high end in the unit of the house; a unit not in the table stands for itself.

    >>> magnitude(2, "亿吨") == magnitude(20000, "万吨")
    True
    >>> magnitude((1, 2), "炉次")
    ((1.0, 2.0), '炉次')
    """
    low, high = value if isinstance(value, tuple) else (value, value)
    try:
        known = measure(unit)
    except VocabularyError:
        return (float(low), float(high)), unit
    return (low * known.factor, high * known.factor), known.base


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
