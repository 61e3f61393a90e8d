"""Conflicts between printed numbers: value, hedge, scope, year, exception.

Two numbers are held against each other only where they are the same quantity: one indicator, one form
(level, fall since one base year, addition …), comparable units, one year (or none on one side). Not
reported: quantities of which each region has a value of its own (totals, shares of a province and a
city); a floor that the other document passes; names that define another quantity *and* another value
(新能源 against 新能源及清洁能源). Two cities bind their own ground only, so what differs between them is low.
"""

from collections.abc import Iterator, Sequence

from xietong.plans.compare.magnitudes import magnitude, same_amount
from xietong.plans.compare.model import Conflict, ConflictKind, Severity
from xietong.plans.compare.names import only_area, scope_text, standard, without_area
from xietong.plans.compare.pairing import pair_best
from xietong.plans.compare.requirements import Requirement, requirements
from xietong.plans.compare.standing import Standing
from xietong.plans.compare.words import similarity
from xietong.plans.model import Plan

_SAME_NAME = 0.9  # likeness of names from which two quantities unknown to the vocabulary are one
_FLOOR = {
    "以上": "以上",
    "不低于": "以上",
    "不少于": "以上",
    "超过": "以上",
    "大于": "以上",
    "突破": "以上",
}
_CEILING = {"以下": "以内", "不超过": "以内", "不高于": "以内", "控制在": "以内", "低于": "以内"}
_AIM = {"争取": "力争", "努力": "力争", "力争": "力争"}
_SAME_HEDGE = {**_FLOOR, **_CEILING, **_AIM, "约": "左右", "上下": "左右"}


def figure_conflicts(left: Plan, right: Plan) -> Iterator[Conflict]:
    """Conflicts between the numbers of two plans, in the left plan's order."""
    standing = Standing.of(left, right)
    lefts = [item for item in requirements(left) if item.form != "words"]
    rights = [item for item in requirements(right) if item.form != "words"]
    for a, b in _pairs(lefts, rights):
        yield from _between(lefts[a], rights[b], standing)


def _pairs(lefts: Sequence[Requirement], rights: Sequence[Requirement]) -> list[tuple[int, int]]:
    def score(one: Requirement, other: Requirement) -> float | None:
        if not _comparable(one, other):
            return None
        names = similarity(one.name, other.name)
        year = 0.5 if one.year == other.year else 0.0
        value = 0.5 if one.value == other.value else 0.0
        return names + year + value

    return pair_best(lefts, rights, score, lambda r: f"{r.name}/{r.year}/{r.value}/{r.clause}")


def _comparable(one: Requirement, other: Requirement) -> bool:
    if (one.form, one.baseline_year) != (other.form, other.baseline_year):
        return False
    if one.indicator_id or other.indicator_id:
        named = one.indicator_id == other.indicator_id
    else:
        named = similarity(one.name, other.name) >= _SAME_NAME
    if not named or None in (one.value, other.value):
        return False
    if one.value is None or other.value is None:
        return False
    if magnitude(one.value, one.unit)[1] != magnitude(other.value, other.unit)[1]:
        return False
    return one.year == other.year or None in (one.year, other.year)


def _between(one: Requirement, other: Requirement, standing: Standing) -> Iterator[Conflict]:
    assert one.value is not None and other.value is not None
    if one.known is not None and one.known.city_owned and not standing.same_region:
        return
    scopes = (
        scope_text(one.area + one.name, across_levels=standing.across_levels),
        scope_text(other.area + other.name, across_levels=standing.across_levels),
    )
    if not same_amount(one.value, one.unit, other.value, other.unit):
        if _is_conflict_of_values(one, other, scopes):
            yield _conflict("value", "high", one, other, standing)
        return
    hedges = _hedges(one), _hedges(other)
    if hedges[0] != hedges[1]:
        aim = ("力争" in hedges[0]) != ("力争" in hedges[1])
        note = f"{_said(one)} / {_said(other)}"
        yield _conflict("hedge", "medium" if aim else "low", one, other, standing, note)
    if scopes[0] != scopes[1]:
        note = " / ".join(standard(item.area + item.name) for item in (one, other))
        yield _conflict("scope", _scope_severity(scopes, one), one, other, standing, note)
    if one.year != other.year:
        note = f"{one.year or '未注明'} / {other.year or '未注明'}"
        yield _conflict("year", "medium", one, other, standing, note)
    if one.exception != other.exception and _exceptions_seen(one, other):
        note = f"{one.exception or '无例外'} / {other.exception or '无例外'}"
        stricter = "left" if not one.exception else "right" if not other.exception else ""
        low = bool(stricter) and stricter == standing.lower
        yield _conflict("exception", "low" if low else "medium", one, other, standing, note)


def _is_conflict_of_values(one: Requirement, other: Requirement, scopes: tuple[str, str]) -> bool:
    """One definition, and neither figure keeps within the bound that the other sets."""
    if without_area(scopes[0]) != without_area(scopes[1]):
        return False
    return not (_passes(one, other) or _passes(other, one))


def _passes(bound: Requirement, figure: Requirement) -> bool:
    """Whether ``figure`` keeps within an open bound (不低于, 不超过)."""
    assert bound.value is not None and figure.value is not None
    (low, high), _ = magnitude(bound.value, bound.unit)
    (other_low, other_high), _ = magnitude(figure.value, figure.unit)
    if bound.operator == ">=":
        return other_low >= low
    return bound.operator == "<=" and other_high <= high


def _hedges(item: Requirement) -> frozenset[str]:
    return frozenset(_SAME_HEDGE.get(hedge, hedge) for hedge in item.hedge)


def _said(item: Requirement) -> str:
    return "、".join(item.hedge) or ("达到" if item.operator == "reach" else "无限定")


def _scope_severity(scopes: tuple[str, str], item: Requirement) -> Severity:
    """Medium where the area is all that the quantity is measured on; low where it trims an object."""
    name = scope_text(item.known.zh, across_levels=True) if item.known else ""
    if not name:
        return "low"
    areas = [only_area(scope, name) for scope in scopes]
    rest = [without_area(scope.replace(name, "")) for scope in scopes]
    return "medium" if areas[0] != areas[1] and not any(rest) else "low"


def _exceptions_seen(one: Requirement, other: Requirement) -> bool:
    """A missing exception counts only where the text around the number could be read."""
    return all(item.exception or item.sees_text for item in (one, other))


def _conflict(
    kind: ConflictKind,
    severity: Severity,
    one: Requirement,
    other: Requirement,
    standing: Standing,
    note: str = "",
) -> Conflict:
    year = one.year if one.year is not None else other.year
    return Conflict(
        kind,
        "low" if standing.peers else severity,
        one.title,
        year,
        one.side(),
        other.side(),
        "target",
        note,
    )
