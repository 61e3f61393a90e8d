"""What became of each target and milestone of one plan in the other.

(1) The same requirement: the same indicator of the vocabulary, else nearly the same name, in aligned
clauses or sections, or anywhere where the name is the same. (2) What is left within aligned clauses and
speaks of the same thing in another measure replaces it. (3) A number that the other plan only repeats
in words is weakened. (4) The rest is dropped or added.
"""

import re
from collections.abc import Sequence

from xietong.plans.compare.model import Change, Link, Side
from xietong.plans.compare.names import standard
from xietong.plans.compare.pairing import pair_best
from xietong.plans.compare.places import Places
from xietong.plans.compare.relations import relation_of
from xietong.plans.compare.requirements import Requirement, requirements
from xietong.plans.compare.words import sentences, similarity
from xietong.plans.model import Plan

SAME_NAME = 0.6  # likeness of names from which two milestones of aligned clauses are one
SURE_NAME = 0.95  # the same, anywhere in the plan
SHORTEST_SHARED = 2  # characters that names must share to speak of the same thing
_TAIL = re.compile(
    r"(?:(?:综合|资源化|回收|无害化)*(?:利用|处理|处置|回收)?率|比例|装机|(?:年)?(?:产量|利用量|消费总量|消费量)|能力|规模|强度|保有量)$"
)
_MEASURE_WORD = re.compile(
    r"(?:[能水物煤电]耗|浓度|率|比例|占比|比重|量|强度|煤耗|电耗|规模|能力|水平|装机)$"
)
_VERBS = {
    "phase_out": re.compile(r"退出|淘汰|关停|应退尽退|退役"),
    "full_coverage": re.compile(r"全覆盖|全部|应收尽收|应建尽建"),
    "zero": re.compile(r"零填埋|零排放|清零|零直排"),
}


def target_changes(left: Plan, right: Plan, alignment: Sequence[Link]) -> tuple[Change, ...]:
    """One ``Change`` per target and milestone of either plan, left plan's order, then what is added.

    Comparing a plan with itself gives ``kept`` only; swapping the plans mirrors the relations
    (strengthened ↔ weakened, dropped ↔ added), except that a number given up for 完成上级下达 is
    ``replaced`` while the reverse is ``strengthened``.
    """
    places = Places.of(left, right, alignment)
    lefts, rights = list(requirements(left)), list(requirements(right))
    levels = left.meta.region.level, right.meta.region.level
    done: dict[int, Change] = {}
    same = _pair_same(lefts, rights, places)
    for a, b in same:
        done[a] = _change(lefts[a], rights[b], relation_of(lefts[a], rights[b], levels))
    free_left = [a for a in range(len(lefts)) if a not in done]
    free_right = sorted(set(range(len(rights))) - {b for _, b in same})
    for a, b in _pair_replaced(lefts, rights, free_left, free_right, places):
        done[a] = _change(lefts[a], rights[b], ("replaced", _by(rights[b])))
        free_right.remove(b)
    for a in free_left:
        if a not in done:
            done[a] = _alone(lefts[a], places, "left")
    added = [_alone(rights[b], places, "right") for b in free_right]
    return (*(done[a] for a in range(len(lefts))), *added)


def _pair_same(
    lefts: Sequence[Requirement], rights: Sequence[Requirement], places: Places
) -> list[tuple[int, int]]:
    def score(one: Requirement, other: Requirement) -> float | None:
        near = places.nearness(one.clause, other.clause)
        same = _sameness(one, other, near)
        if same is None:
            return None
        years = 0.0
        if one.year == other.year:
            years = 0.3
        elif one.year is None or other.year is None:
            years = 0.15
        form = 0.4 if (one.form, one.kind) == (other.form, other.kind) else 0.0
        value = 0.2 if one.value == other.value and one.unit == other.unit else 0.0
        return same + 0.6 * near + years + form + value

    return pair_best(lefts, rights, score, _label)


def _label(item: Requirement) -> str:
    return f"{item.name}/{item.year}/{item.value}/{item.kind}/{item.clause}"


def _sameness(one: Requirement, other: Requirement, near: float) -> float | None:
    """1 for one indicator, less for alike names; None where they are not the same requirement."""
    words = (one.form == "words", other.form == "words")
    if any(words) and not all(words) and "delegated" not in (one.kind, other.kind):
        return None
    if one.indicator_id and one.indicator_id == other.indicator_id:
        names = similarity(standard(one.name), standard(other.name))
        return 1.0 + 0.1 * names if near or one.year == other.year else None
    if near == 1.0 and one.clause == other.clause and one.kind == other.kind == "peak":
        return 0.6
    if one.indicator_id and other.indicator_id:
        return None
    if one.kind != other.kind:
        return None
    alike = _name_likeness(standard(one.name), standard(other.name))
    return alike if alike >= (SAME_NAME if near else SURE_NAME) else None


def _name_likeness(one: str, other: str) -> float:
    """Likeness of names; a name within the other, or the same characters reordered, count as well."""
    short, long = sorted((one, other), key=len)
    if len(short) >= 4 and (long.endswith(short) or sorted(short) == sorted(long)):
        return 0.9 if one != other else 1.0
    return similarity(one, other)


def _pair_replaced(
    lefts: Sequence[Requirement],
    rights: Sequence[Requirement],
    free_left: Sequence[int],
    free_right: Sequence[int],
    places: Places,
) -> list[tuple[int, int]]:
    """Leftovers of aligned clauses that speak of the same thing in another measure."""

    def score(one: Requirement, other: Requirement) -> float | None:
        if places.nearness(one.clause, other.clause) < 1.0 or one.clause not in places.left_ids:
            return None
        names = standard(one.name), standard(other.name)
        stems = _TAIL.sub("", names[0]), _TAIL.sub("", names[1])
        shared = len(_shared(*stems))
        if shared < SHORTEST_SHARED:
            return None
        numbers = (one.form != "words") + (other.form != "words")
        same_year = one.year == other.year and one.year is not None
        same_measure = names[0][-3:] == names[1][-3:]
        fits = {0: one.kind == other.kind, 1: same_year, 2: same_year or same_measure}[numbers]
        return 10.0 * numbers + shared + (5 if same_measure else 0) if fits else None

    one_side, other_side = [lefts[a] for a in free_left], [rights[b] for b in free_right]
    pairs = pair_best(one_side, other_side, score, _label)
    return [(free_left[a], free_right[b]) for a, b in pairs]


def _shared(one: str, other: str) -> str:
    """The longest run of characters that two names share."""
    best = ""
    for start in range(len(one)):
        end = start + len(best) + 1
        while end <= len(one) and one[start:end] in other:
            best = one[start:end]
            end += 1
    return best


def _alone(item: Requirement, places: Places, side: str) -> Change:
    """A requirement without a partner: still there in words, or gone (added on the right)."""
    for clause, text in places.answering_texts(item.clause, side):
        for sentence in sentences(text):
            words = _words_of(item, sentence)
            if words:
                said = Side(words, "", None, clause, words)
                note = "数字或期限不再写明 · without number or year"
                if side == "left":
                    return Change(
                        "weakened", item.title, item.indicator_id, item.side(), said, note
                    )
                note = "由定性改为明确 · words made a figure or a term"
                return Change(
                    "strengthened", item.title, item.indicator_id, said, item.side(), note
                )
    if side == "left":
        return Change("dropped", item.title, item.indicator_id, item.side(), None)
    return Change("added", item.title, item.indicator_id, None, item.side())


def _words_of(item: Requirement, sentence: str) -> str:
    """The part of ``sentence`` that asks for the same thing without number or year."""
    if item.form != "words":
        names = (item.name, item.known.zh, *item.known.aliases) if item.known else (item.name,)
        names = tuple(name for name in names if len(name) >= 5 and _MEASURE_WORD.search(name))
        for part in re.split(r"[，,；;。]", sentence):
            if any(name in part for name in names) and not re.search(r"\d", part):
                return part
        return ""
    verb = _VERBS.get(item.kind)
    if verb is None or not verb.search(sentence):
        return ""
    shared = _shared(standard(item.name), standard(sentence))
    if len(shared) < 4 or re.search(r"\d", shared):
        return ""
    return next(part for part in re.split(r"[，,；;。]", sentence) if verb.search(part))


def _change(one: Requirement, other: Requirement, found: tuple[str, str]) -> Change:
    relation, note = found
    return Change(
        relation,  # type: ignore[arg-type]
        one.title,
        one.indicator_id,
        one.side(),
        other.side(),
        note,
    )


def _by(other: Requirement) -> str:
    return f"改为 {other.title} · by another requirement"
