"""Conflicts between rules of substitution: 替代 against 减量替代, what they cover, and exceptions.

Plans ask that new energy- and emission-intensive projects be offset: 落实产能、煤耗 … (减量)替代.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xietong.plans.compare.model import Conflict, Severity
from xietong.plans.compare.standing import Standing, lower_side
from xietong.plans.compare.texts import text_conflict
from xietong.plans.compare.words import sentences
from xietong.plans.model import Plan

_RULE = re.compile(
    r"(?:落实|执行|实行|实施)(?P<items>[^，。；]*?、[^，。；]*?)(?:等)?(?P<how>减量|等量|倍量)?(?:或(?:减量|等量))?(?P<word>替代|置换)(?:政策|要求|制度)?"
)
_EXCEPTION = re.compile(
    r"(?P<what>[^，。；]+?)(?:按[^，。；]{2,8}规定)?不(?:实行|执行|要求)[^，。；]{0,6}(?:替代|置换)"
)
_OURS = re.compile(r"我[省市州区县]的?")
_STRENGTH = {"": 1, "等量": 1, "减量": 2, "倍量": 3}
NAME = "高耗能高排放新建项目替代"


@dataclass(frozen=True)
class Rule:
    """The rule of substitution of one plan."""

    clause: str
    items: tuple[str, ...]
    how: str
    word: str
    exception: str
    exception_quote: str
    quote: str


def substitution_conflicts(left: Plan, right: Plan) -> Iterator[Conflict]:
    """Strength, list and exceptions of the rules of two plans; nothing where one has no rule."""
    if Standing.of(left, right).peers:
        return
    one, other = rule_of(left), rule_of(right)
    if one is None or other is None or one.word != other.word:
        return
    lower = lower_side(left, right)
    strengths = _STRENGTH[one.how], _STRENGTH[other.how]
    if strengths[0] != strengths[1]:
        stricter = "left" if strengths[0] > strengths[1] else "right"
        yield text_conflict(
            "hedge",
            _severity(stricter, lower),
            NAME,
            (one.how + one.word, one.clause, one.quote),
            (other.how + other.word, other.clause, other.quote),
        )
    if set(one.items) != set(other.items):
        yield text_conflict(
            "list",
            "low",
            NAME,
            ("、".join(one.items), one.clause, one.quote),
            ("、".join(other.items), other.clause, other.quote),
        )
    if bool(one.exception) != bool(other.exception):
        stricter = "right" if one.exception else "left"
        yield text_conflict(
            "exception",
            _severity(stricter, lower),
            NAME,
            (one.exception or "无例外", one.clause, one.exception_quote or one.quote),
            (other.exception or "无例外", other.clause, other.exception_quote or other.quote),
        )


def _severity(stricter: str, lower: str) -> Severity:
    return "low" if lower and stricter == lower else "medium"


def rule_of(plan: Plan) -> Rule | None:
    """The first rule of substitution in a plan, None where there is none."""
    for clause in plan.clauses:
        found = _RULE.search(clause.text)
        if found:
            items = tuple(item for item in re.split(r"[、和及]", found["items"]) if item)
            exceptions = [hit for s in sentences(clause.text) if (hit := _EXCEPTION.search(s))]
            first = exceptions[0] if exceptions else None
            return Rule(
                clause.id,
                items,
                found["how"] or "",
                found["word"],
                _OURS.sub("", f"{first['what']}除外") if first else "",
                first.group() if first else "",
                found.group(),
            )
    return None
