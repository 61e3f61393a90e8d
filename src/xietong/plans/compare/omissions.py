"""Conflicts of lists: the same words, but an item of the list is missing in one plan.

Within aligned clauses only, and only where nothing else in the part differs, so that what is reported is
an omission and not another sentence. Items that a place may not have (海洋, 水路, 荒山 …) are left out.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from xietong.plans.compare.model import Conflict, Link
from xietong.plans.compare.standing import Standing, lower_side
from xietong.plans.compare.texts import Part, is_geographic, parts, text_conflict
from xietong.plans.model import Plan

_ITEM = re.compile(r"^(?:、(?P<a>[^、]{2,14})|(?P<b>[^、]{2,14})、)(?:、[^、]{2,14})*$")
_QUOTED = re.compile(r"“([^”]{2,8})”(?=“|[^“]|$)")
_ATTRIBUTE = re.compile(r"^[^、]{0,6}的")  # 高效衔接、快捷舒适的: how, not what
LONGEST_LOSS = 0.5  # share of a part that may be missing


def omission_conflicts(left: Plan, right: Plan, alignment: Sequence[Link]) -> Iterator[Conflict]:
    """Items left out of otherwise equal lists, and of pairs of slogans (“煤改气”“煤改电”)."""
    if Standing.of(left, right).peers:
        return
    linked = {(a, b) for link in alignment for a in link.left for b in link.right}
    lower = lower_side(left, right)
    lefts, rights = list(parts(left)), list(parts(right))
    by_clause: dict[str, list[Part]] = {}
    for other in rights:
        by_clause.setdefault(other.clause, []).append(other)
    for one in lefts:
        for clause in sorted(b for a, b in linked if a == one.clause):
            for other in by_clause.get(clause, ()):
                yield from _omitted(one, other, lower)
    yield from _slogans(lefts, rights, lower)


def _omitted(one: Part, other: Part, lower: str) -> Iterator[Conflict]:
    texts = _plain(one.text), _plain(other.text)
    long, short = sorted(texts, key=len, reverse=True)
    if long == short or "、" not in long or (lower and short != texts[lower == "right"]):
        return
    if len(short) < 6 or len(short) < LONGEST_LOSS * len(long) or set(short) - set(long):
        return
    lost = _lost(long, short)
    if lost and not is_geographic(lost):
        said = ("" if texts[0] == short else lost, "" if texts[1] == short else lost)
        yield text_conflict(
            "list",
            "low",
            short,
            (said[0] or "未列", one.clause, one.text),
            (said[1] or "未列", other.clause, other.text),
            f"一方未列 {lost} · missing on one side",
        )


def _plain(text: str) -> str:
    return re.sub(r"(?<=[一-龥])和(?=[一-龥])", "、", standard_marks(text))


def standard_marks(text: str) -> str:
    """Without quotation marks and spaces.

    >>> standard_marks("“双碳” 目标")
    '双碳目标'
    """
    return re.sub(r"[“”\"\s]", "", text)


def _lost(long: str, short: str) -> str:
    """The list items that, taken out of ``long``, leave ``short``; '' where that is not all."""
    lost = []
    for tag, a, b, c, d in SequenceMatcher(None, long, short, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if tag != "delete" or c != d or not _ITEM.match(long[a:b]) or _ATTRIBUTE.match(long[b:]):
            return ""
        lost.append(long[a:b].strip("、"))
    return "、".join(lost)


def _slogans(lefts: Sequence[Part], rights: Sequence[Part], lower: str) -> Iterator[Conflict]:
    """Neighbouring slogans of one plan of which the other knows some but not all, or says other."""
    for ones, others, swapped in ((lefts, rights, False), (rights, lefts, True)):
        if lower == ("left" if not swapped else "right"):
            continue  # what the lower plan adds is no conflict
        for one in ones:
            terms = _QUOTED.findall(one.text) if "”“" in one.text else []
            if len(terms) < 2:
                continue
            there = [term for term in terms if any(term in other.text for other in others)]
            if len(there) == len(terms) or is_geographic("、".join(set(terms) - set(there))):
                continue
            host = _host(one, there, others)
            if host is None:
                continue
            sides = (
                ("、".join(terms), one.clause, one.text),
                ("、".join(there) or host.text, host.clause, host.text),
            )
            first, second = sides[::-1] if swapped else sides
            yield text_conflict("list", "low", "、".join(terms), first, second)


def _host(one: Part, there: Sequence[str], others: Sequence[Part]) -> Part | None:
    """The part with the slogans that are kept; else the one that follows the same words."""
    if there:
        return next(other for other in others if there[0] in other.text)
    return next((other for other in others if one.before and other.before == one.before), None)
