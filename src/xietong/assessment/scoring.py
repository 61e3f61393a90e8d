"""Scores by a rule book: points by completion, or met and not met; what is missing is said."""

from collections.abc import Mapping
from dataclasses import dataclass

from xietong.assessment.rule_book import Item, RuleBook

FRAUD = "弄虚作假，一票否决 · fraud: fails whatever else"


@dataclass(frozen=True)
class Scored:
    """One item's result: ``completion`` raw (may be negative), ``points`` given, ``met`` None where unknown."""

    id: str
    title: str
    completion: float | None
    points: float | None
    of: float
    met: bool | None
    why: str = ""


@dataclass(frozen=True)
class Score:
    """A region's result; ``score`` and ``grade`` are None while an item has no data."""

    region: str
    rule_book: str
    score: float | None
    grade: str | None
    items: tuple[Scored, ...]
    why: tuple[str, ...] = ()


def completion(actual: float | None, target: float | None) -> float | None:
    """Actual drop over target drop; with a target of zero it is met or not (1 or 0).

    >>> completion(4.0, 5.0), completion(-1.0, 5.0), completion(0.5, 0.0), completion(None, 5.0)
    (0.8, -0.2, 1.0, None)
    """
    if actual is None or target is None:
        return None
    if target == 0:
        return 1.0 if actual >= 0 else 0.0
    return actual / target


def score(
    book: RuleBook,
    region: str,
    completions: Mapping[str, float],
    given: Mapping[str, float] | None = None,
    met: Mapping[str, bool] | None = None,
    *,
    fraud: bool = False,
) -> Score:
    """Score a region.

    ``completions``: by item id, raw; ``given``: points that people gave, by item id; ``met``: for books of
    that way. An item without any of them has no data: the score is then the sum of what is known, and the
    grade stays None unless it is already decided.
    """
    if book.way == "met":
        return _met(book, region, met or {}, fraud)
    items = tuple(_points(one, completions, given or {}) for one in book.items)
    known = all(one.points is not None for one in items)
    total = sum(one.points or 0.0 for one in items)
    failed = [one for one in items if one.id in book.fail_without and one.met is False]
    why = [f"{one.title}未完成 · not met" for one in failed]
    why += [f"{one.title}：{one.why}" for one in items if one.points is None]
    grade = None
    if fraud or failed:
        grade = "不合格"
        why += [FRAUD] if fraud else []
    elif known:
        grade = next((name for name, least in book.grades if total >= least), None)
    return Score(region, book.id, total if known else None, grade, items, tuple(why))


def _points(item: Item, completions: Mapping[str, float], given: Mapping[str, float]) -> Scored:
    if item.measure == "given":
        points = given.get(item.id)
        if points is None:
            return Scored(
                item.id, item.title, None, None, item.points, None, "未给分 no points given"
            )
        kept = min(max(points, 0.0), item.points)
        why = "" if kept == points else "超出满分，按满分或零计 · outside the range, kept within it"
        return Scored(item.id, item.title, None, kept, item.points, None, why)
    raw = completions.get(item.id)
    if raw is None:
        return Scored(item.id, item.title, None, None, item.points, None, "没有数据 no data")
    points = item.points * min(1.0, max(0.0, raw))
    return Scored(item.id, item.title, raw, points, item.points, raw >= 1)


def _met(book: RuleBook, region: str, met: Mapping[str, bool], fraud: bool) -> Score:
    items = tuple(
        Scored(
            one.id,
            one.title,
            None,
            None,
            0.0,
            met.get(one.id),
            "" if one.id in met else "没有数据 no data",
        )
        for one in book.items
    )
    missed = dict.fromkeys(("control", "supporting"), 0)
    for one in book.items:
        missed[one.group] += met.get(one.id) is False
    unknown = [one.title for one in items if one.met is None]
    why = [f"{one.title}不达标 · not met" for one in items if one.met is False]
    grade: str | None
    if fraud:
        grade, why = "不合格", [FRAUD, *why]
    elif (
        missed["control"] >= book.control_missed_fails
        or missed["supporting"] >= book.supporting_missed_fails
    ):
        grade = "不合格"
    elif unknown:
        grade = None
        why.append(f"没有数据 no data: {'、'.join(unknown)}")
    else:
        grade = "合格" if any(missed.values()) else "优秀"
    return Score(region, book.id, None, grade, items, tuple(why))
