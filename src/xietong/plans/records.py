"""The record of one target: operator, direction, hedges, indicator."""

import re

from xietong.plans.model import Target
from xietong.plans.predicates import Predicate
from xietong.plans.quantities import Quantity
from xietong.vocab.indicators import indicator, match_indicator

_HEDGES = re.compile(
    r"力争|争取|原则上|不(?:应|得|宜|能)?(?:低于|少于|小于|高于|超过|大于|多于)|至少|超过|突破(?!\d+[项个种])|大于|稳定(?:保持)?在|保持在|维持在|努力"
)
_NOTE = re.compile(r"[（(](?:以下)?(?:简称|统称|下同|下称|以下)[^（）()]*[）)]")
_NEUTRAL = (
    "达到",
    "达",
    "可达",
    "实现",
    "为",
    "占",
    "占比",
    "占到",
    "占比为",
    "控制在",
    "不低于",
    "不少于",
    "超过",
    "不超过",
    "不高于",
)


def make_target(
    predicate: Predicate,
    name: str,
    subject: str | None,
    subjects: tuple[str, ...],
    value: Quantity,
    quote: str,
    *,
    clause: str,
    year: int | None,
    suffix: str,
    baseline: int | None,
) -> Target:
    """One target; the direction is the verb's, else the indicator's wished one, else the bound's."""
    name = _NOTE.sub("", name)
    known = match_indicator(f"{subject or ''}{name}")
    record = indicator(known[0]) if known else None
    direction, operator = predicate.direction, _operator(predicate, value, suffix)
    if predicate.word in _NEUTRAL or direction is None:
        direction = record.direction if record else direction
        direction = direction or _by_default(operator, name)
    return Target(
        clause=clause,
        year=year,
        indicator=name,
        indicator_id=record.id if record else None,
        subject=subject,
        subjects=subjects,
        operator=operator,
        value=(value.value, value.high) if value.high is not None else value.value,
        unit=value.unit.replace("％", "%"),
        baseline_year=baseline,
        direction=direction,
        measure=predicate.measure,
        hedge=_hedges(quote, predicate, suffix, value.about),
        quote=quote,
    )


def _by_default(operator: str, name: str) -> str | None:
    """A floor or a share rises, a ceiling falls."""
    if operator in ("=", "~", "range") and re.search(r"(?:率|比例|占比|比重)$", name):
        return "increase"
    return {">=": "increase", "<=": "decrease"}.get(operator)


def _operator(predicate: Predicate, value: Quantity, suffix: str) -> str:
    if value.high is not None:
        return "range"
    if suffix in ("左右", "上下") or value.about:
        return "~"
    if suffix in ("以上", "及以上"):
        return ">="
    if suffix in ("以内", "之内", "以下", "及以下"):
        return "<="
    return predicate.operator


def _hedges(quote: str, predicate: Predicate, suffix: str, about: str) -> tuple[str, ...]:
    found = list(dict.fromkeys(_HEDGES.findall(quote)))
    for word in predicate.hedges:
        if word not in found and word not in ("基本", "确保"):
            found.append(word)
    if about:
        found.append(about)
    if suffix:
        found.append(suffix.removeprefix("及"))
    return tuple(found)
