"""How a requirement of the lower plan stands to the same requirement of the higher one."""

import re

from xietong.plans.compare.magnitudes import magnitude, same_amount
from xietong.plans.compare.model import ChangeRelation
from xietong.plans.compare.requirements import Requirement

_SOFT = re.compile(r"基本|力争|争取|原则上|努力")
Found = tuple[ChangeRelation, str]


def relation_of(
    one: Requirement, other: Requirement, levels: tuple[str | None, str | None]
) -> Found:
    """Relation and note of two requirements on the same thing, seen from the left plan."""
    if "delegated" in (one.kind, other.kind) and one.kind != other.kind:
        return _delegation(one, other)
    if one.form == other.form == "words":
        return _words(one, other)
    if one.form != other.form or one.baseline_year != other.baseline_year:
        return "replaced", "量或基年不同 · another measure or base year"
    return _numbers(one, other, levels)


def _delegation(one: Requirement, other: Requirement) -> Found:
    if other.kind == "delegated":
        return "replaced", "改为完成上级下达 · delegated from above"
    return "strengthened", "由完成下达改为自定 · a figure of its own instead of a delegated one"


def _words(one: Requirement, other: Requirement) -> Found:
    if one.kind != other.kind:
        return "replaced", "要求的类型不同 · another kind of requirement"
    years = _years(one, other)
    if years:
        return years
    soft = bool(_SOFT.search(one.quote)), bool(_SOFT.search(other.quote))
    if soft == (True, False):
        return "strengthened", "不再有“基本、力争”等限定 · the softening word is gone"
    if soft == (False, True):
        return "weakened", "加了“基本、力争”等限定 · a softening word was added"
    return "kept", "" if one.name == other.name else f"{one.name} → {other.name}"


def _years(one: Requirement, other: Requirement) -> Found | None:
    if one.year == other.year:
        return None
    if other.year is None:
        return "weakened", "期限不再写明 · the year is gone"
    if one.year is None:
        return "strengthened", "写明期限 · a year was set"
    if other.year < one.year:
        return "strengthened", "期限提前 · earlier"
    return "weakened", "期限推后 · later"


def _numbers(one: Requirement, other: Requirement, levels: tuple[str | None, str | None]) -> Found:
    assert one.value is not None and other.value is not None
    same = same_amount(one.value, one.unit, other.value, other.unit)
    if same is None:
        return "replaced", "单位不可比 · units cannot be compared"
    if same:
        return _years(one, other) or ("kept", _hedges(one, other))
    owned = one.known is not None and one.known.city_owned
    if owned and levels[0] != levels[1] and one.year == other.year:
        return "apportioned", "各级各有其值 · each level has its own value"
    if one.year != other.year and None not in (one.year, other.year):
        return "replaced", "年份和数值都不同 · another year and value"
    left, right = (magnitude(r.value, r.unit)[0] for r in (one, other) if r.value is not None)
    more = sum(right) > sum(left)
    if _wants_less(one):
        more = not more
    return ("strengthened", "") if more else ("weakened", "")


def _wants_less(item: Requirement) -> bool:
    """Whether a smaller figure asks for more: a level that is to fall (a fall itself is not)."""
    return item.form == "level" and item.direction == "decrease"


def _hedges(one: Requirement, other: Requirement) -> str:
    if one.hedge == other.hedge:
        return ""
    left, right = "、".join(one.hedge) or "无", "、".join(other.hedge) or "无"
    return f"措辞 {left} → {right} · other wording"
