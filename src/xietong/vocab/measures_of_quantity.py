"""Units of measure as plans print them, converted through pint.

Grain of ``measures_of_quantity.csv``: one row per printed unit: the pint expression behind it, the
unit of the house to which it is converted, and the word for its dimension. Chinese multiples (百 千 万
亿) may stand before any of them, and two may be joined by ``/``: 万吨标准煤, 元/吨, 吨标准煤/万元. Things that
are counted (座, 家, 个) are each a dimension of their own; % and percentage points are not mixed, nor
tonnes of carbon dioxide with other tonnes. Standard coal is energy, 29.3076 GJ a tonne (GB/T 2589).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from xietong.errors import VocabularyError
from xietong.vocab.load import HERE, rows

if TYPE_CHECKING:
    import pint

_MANY = {"百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}
_MULTIPLE = re.compile(r"[百千万亿]+")


@dataclass(frozen=True)
class Measure:
    """A printed unit, understood: ``value * factor`` is in ``base``."""

    printed: str
    factor: float
    base: str
    dimension: str


def to_base(value: float, printed_unit: str) -> tuple[float, str]:
    """A value in the unit of the house for its dimension, and that unit.

    An unknown unit raises ``VocabularyError`` with the nearest ones.

    >>> to_base(9500, "万千瓦"), to_base(5, "亿平方米"), to_base(70, "%")
    ((95000000.0, 'kW'), (500000000.0, 'm2'), (0.7, '1'))
    >>> to_base(1, "万吨标准煤"), to_base(295, "克标准煤/千瓦时")
    ((293076.0, 'GJ'), (295.0, 'gce/kWh'))
    """
    unit = measure(printed_unit)
    return _tidy(value * unit.factor), unit.base


def convert(value: float, from_unit: str, to_unit: str) -> float:
    """A value printed in one unit, in another; ``VocabularyError`` where they do not compare.

    >>> convert(2, "亿吨", "万吨"), round(convert(100, "亿千瓦时", "万吨标准煤"), 1)
    (20000.0, 122.8)
    """
    one, other = measure(from_unit), measure(to_unit)
    if not _same(one, other):
        raise VocabularyError(
            f"{from_unit!r}（{one.dimension}）不能换算成 {to_unit!r}（{other.dimension}） · not convertible: "
            "they measure different things. Check the units as printed."
        )
    return _tidy(value * one.factor / other.factor)


def comparable(a_unit: str, b_unit: str) -> bool:
    """Do two printed units measure the same thing? An unknown unit raises ``VocabularyError``.

    >>> comparable("万千瓦", "MW"), comparable("座", "个"), comparable("%", "个百分点")
    (True, False, False)
    """
    return _same(measure(a_unit), measure(b_unit))


def known_units() -> tuple[str, ...]:
    """The printed units of the table, without multiples and ratios."""
    return tuple(_atoms())


@cache
def measure(printed_unit: str) -> Measure:
    """What a printed unit means; ``VocabularyError`` with the nearest ones where it is unknown.

    >>> measure("吨标准煤/万元").dimension, measure("亿立方米").factor
    ('energy/money', 100000000.0)
    """
    plain = _plain(printed_unit)
    found = _simple(plain)
    if found is None and "/" in plain:
        above, _, below = plain.partition("/")
        upper, lower = _simple(above), _simple(below)
        if upper and lower:
            found = Measure(
                plain,
                upper.factor / lower.factor,
                f"{upper.base}/{lower.base}",
                f"{upper.dimension}/{lower.dimension}",
            )
    if found is None:
        near = get_close_matches(plain, _commonly_printed(), n=3, cutoff=0.4)
        hint = f" Did you mean {'、'.join(near)}?" if near else ""
        raise VocabularyError(
            f"计量单位 {printed_unit!r} 不在单位表中 (unit not in vocab/measures_of_quantity.csv).{hint} "
            "Write it as the plan prints it, a multiple (万, 亿) before it, / for per."
        )
    return found


@cache
def registry() -> "pint.UnitRegistry[float]":
    """The pint registry with the units of Chinese statistics; built when first asked for.

    >>> registry().Quantity(1, "tce").to("gigajoule").magnitude
    29.3076
    """
    import pint

    units: pint.UnitRegistry[float] = pint.UnitRegistry()
    units.load_definitions((HERE / "pint_units.txt").read_text(encoding="utf-8").splitlines())
    for row in rows("measures_of_quantity"):
        if row["dimension"] == "count":
            units.define(f"{row['expression']} = [{row['expression']}]")
    return units


def _same(one: Measure, other: Measure) -> bool:
    return one.dimension == other.dimension and one.base == other.base


def _simple(plain: str) -> Measure | None:
    """A unit of the table with at most a multiple before it; the longest unit wins (千瓦, not 千 瓦)."""
    row = _atoms().get(plain)
    if row:
        return Measure(
            plain, _factor(row["expression"], row["base"]), row["base"], row["dimension"]
        )
    for at in range(1, len(plain)):
        many, rest = plain[:at], _atoms().get(plain[at:])
        if not _MULTIPLE.fullmatch(many):
            return None
        if rest:
            size = 1.0
            for character in many:
                size *= _MANY[character]
            factor = _factor(rest["expression"], rest["base"])
            return Measure(plain, size * factor, rest["base"], rest["dimension"])
    return None


@cache
def _atoms() -> dict[str, dict[str, str]]:
    return {row["name"]: row for row in rows("measures_of_quantity")}


@cache
def _factor(expression: str, base: str) -> float:
    """How many of the base unit lie in the expression, by pint."""
    units = registry()
    one = units.parse_units(_atoms()[base]["expression"])
    return _tidy(float(units.parse_expression(expression).to(one).magnitude))


def _plain(printed: str) -> str:
    """Full-width and squared signs, micro signs and white space made one."""
    plain = unicodedata.normalize("NFKC", re.sub(r"\s+", "", printed))
    return plain.replace("每", "/").replace("µ", "μ").replace("·", "").replace("ug/", "μg/")


def _tidy(value: float) -> float:
    """Without the noise of the last binary digits, so that 70 % is 0.7."""
    return float(f"{value:.14g}")


def _commonly_printed() -> Iterable[str]:
    return [*_atoms(), *(many + name for many in ("万", "亿") for name in _atoms())]
