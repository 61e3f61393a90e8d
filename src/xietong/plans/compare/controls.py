"""Conflicts between words of control: 严禁 against 严控, 应退尽退 against 严格控制, 大幅 against 持续.

A statement of control has a strength (``controls.csv``), objects (钢铁、水泥熟料 … 产能) and perhaps a
scope before it (重点区域). Statements on one object are held against each other across all clauses
and sections. Not reported: a city without the province's qualifier (it has no other districts to except), and two cities.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from xietong.plans.compare.model import Conflict, Severity
from xietong.plans.compare.standing import Standing, lower_side
from xietong.plans.compare.tables import rows
from xietong.plans.compare.texts import Part, parts, text_conflict
from xietong.plans.model import Plan

_SCOPE = re.compile(r"^(?P<scope>.{1,16}?(?:区域|地区|城市|通道城市))(?=.)")
_LEAD = re.compile(r"^(?:确保|保持|实现|坚持|依法|对)?(?:全[省市区县]|[我本][省市区县])?")
_KIND_WORDS = re.compile(r"^(?:传统|常规|低效|落后)")
_TAIL = re.compile(r"(?:产能(?:规模)?|项目|消费(?:总量|量)?|使用量)(?:过快|不合理)?(?:增长)?$")
_WAY_OUT = re.compile(r"违规")


@dataclass(frozen=True)
class Statement:
    """One statement of control on one or more objects."""

    words: str
    aspect: str
    rank: int
    scope: str
    objects: tuple[str, ...]
    tail: str
    part: Part

    @property
    def said(self) -> str:
        return f"{self.words}（{self.scope}）" if self.scope else self.words


def control_conflicts(left: Plan, right: Plan) -> Iterator[Conflict]:
    """Conflicts between the statements of control of two plans."""
    standing = Standing.of(left, right)
    if standing.peers:
        return
    lower = lower_side(left, right)
    ones, others = statements(left), statements(right)
    for one in ones:
        for other in others:
            yield from _between(one, other, lower)


def statements(plan: Plan) -> list[Statement]:
    """All statements of control of a plan; one that is said again in the same words stands once."""
    first: dict[tuple[object, ...], Statement] = {}
    for part in parts(plan):
        found = _statement(part)
        if found:
            first.setdefault((found.words, found.scope, found.objects, found.tail), found)
    return list(first.values())


@cache
def _verbs() -> tuple[dict[str, str], ...]:
    return tuple(sorted(rows("controls"), key=lambda row: -len(row["words"])))


def _statement(part: Part) -> Statement | None:
    for verb in _verbs():
        at = part.text.find(verb["words"])
        if at < 0:
            continue
        before, after = part.text[:at], part.text[at + len(verb["words"]) :]
        words = verb["words"]
        if verb["position"] == "after":
            before, after = _LEAD.sub("", before), ""
            found = _SCOPE.match(before)
            scope = found["scope"] if found else ""
            objects = before[len(scope) :].removesuffix("实现")
        else:
            scope, objects = _LEAD.sub("", before), after
            if len(scope) > 16 or not (scope == "" or _SCOPE.match(scope + "x")):
                scope = ""
        tail = _TAIL.search(objects)
        names = tuple(
            name for name in re.split(r"[、和及与]", _TAIL.sub("", objects)) if len(name) >= 2
        )
        if not names or not tail or len(objects) > 60:
            return None
        return Statement(
            words,
            verb["aspect"],
            int(verb["rank"]),
            scope,
            names,
            re.sub(r"增长$|规模$|总量$|量$", "", tail.group()),
            part,
        )
    return None


def _between(one: Statement, other: Statement, lower: str) -> Iterator[Conflict]:
    if not _comparable(one, other):
        return
    shared = _shared(one.objects, other.objects)
    if not shared:
        return
    name = "、".join(shared) + one.tail
    sides = _sides(one), _sides(other)
    way_out = bool(_WAY_OUT.search(one.words)), bool(_WAY_OUT.search(other.words))
    if way_out[0] != way_out[1] and {one.words[:2], other.words[:2]} == {"严禁"}:
        yield text_conflict("exception", "medium", name, *sides, "严禁 / 严禁违规 · a way out")
    elif one.rank != other.rank:
        yield text_conflict("hedge", _severity(one, other, lower), name, *sides)
    elif one.scope != other.scope and not _needless(one, other, lower):
        yield text_conflict("scope", "medium", name, *sides)
    yield from _lists(one, other, name, sides)


def _sides(one: Statement) -> tuple[str, str, str]:
    return one.said, one.part.clause, one.part.text


def _comparable(one: Statement, other: Statement) -> bool:
    """One aspect; or control of what exists against a ban of additions or an exit of capacity."""
    if one.tail != other.tail:
        return False
    aspects = {one.aspect, other.aspect}
    return len(aspects) == 1 or aspects in ({"new", "stock"}, {"exit", "stock"})


def _shared(ones: Sequence[str], others: Sequence[str]) -> list[str]:
    bare = {_KIND_WORDS.sub("", name) for name in others}
    return [name for name in ones if _KIND_WORDS.sub("", name) in bare]


def _severity(one: Statement, other: Statement, lower: str) -> Severity:
    """Low for consumption and where the lower plan is the stricter one."""
    if one.aspect == "cut" or one.tail.startswith("消费"):
        return "low"
    stricter = "left" if one.rank > other.rank else "right"
    return "low" if lower and stricter == lower else "medium"


def _needless(one: Statement, other: Statement, lower: str) -> bool:
    """A scope that only the higher plan needs: it has many cities, the lower one is one of them."""
    return (lower == "right" and not other.scope) or (lower == "left" and not one.scope)


def _lists(
    one: Statement,
    other: Statement,
    name: str,
    sides: tuple[tuple[str, str, str], tuple[str, str, str]],
) -> Iterator[Conflict]:
    """A short ban names something beside the shared object that the long ban leaves out."""
    if {one.words[:2], other.words[:2]} != {"严禁"} or len(one.objects) == len(other.objects):
        return
    short, long = sorted((one, other), key=lambda s: len(s.objects))
    if [item for item in short.objects if item not in long.objects]:
        lists = [
            ("、".join(s.objects), side[1], side[2])
            for s, side in zip((one, other), sides, strict=True)
        ]
        yield text_conflict("list", "low", name, lists[0], lists[1])
