"""Which clause of one plan is which clause of the other.

Three steps. (1) Clauses whose headings and texts are most alike are paired one to one, best first;
printed numbers and order say nothing, since lower plans reorder. (2) What is left is paired with a
lower bar within chapters that step 1 tied together. (3) A clause still alone is attached to a paired
clause that contains it: its own heading words stand in the other's heading or topic sentences, or a
good part of its text is found there. So splits and mergers arise; the test is containment, because a
part is never very *similar* to the whole. Without texts only headings, responsible functions and
indicators are compared, and the result is less sure.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from xietong.plans.compare.model import Link, Relation
from xietong.plans.compare.words import (
    Vector,
    Weights,
    contained,
    cosine,
    own_pairs,
    pairs_of,
    sentences,
)
from xietong.plans.model import Clause, Plan
from xietong.vocab.departments import canonical

STRONG = 0.22  # score from which two clauses may be paired anywhere
SAME_HEADING = 0.9  # likeness of headings from which texts need not share anything
SOME_TEXT = 0.03  # likeness of texts that any other pair must have: headings share much formula
WEAK_TEXT = 0.06  # likeness of texts from which leftovers of tied chapters may be paired
WEAK_HEADING = 0.20  # the same for headings, where texts are missing
SAME_UNITS = (
    0.4  # share of common functions from which the last two clauses of a chapter are paired
)
CONTAINED = 0.28  # share of a clause's text found in another, from which it is a part of it
CONTAINED_WITH_TOPIC = 0.10  # the same, where its own heading words are a topic there
TOPIC_LENGTH = 18  # characters up to which a sentence is a heading within the text


@dataclass(frozen=True)
class Entry:
    """A clause prepared for comparing."""

    clause: Clause
    chapter: str
    text: Vector
    own: frozenset[str]
    topics: frozenset[str]
    units: frozenset[str]


@dataclass(frozen=True)
class Likeness:
    """How alike two clauses are, 0 to 1 each."""

    score: float
    heading: float
    text: float


def align(left: Plan, right: Plan) -> tuple[Link, ...]:
    """Links between the clauses of two plans; every clause of both stands in exactly one.

    Returns
    -------
    One ``Link`` per group, in the order of the left plan, then what only the right plan has. The
    order of the clauses within a plan does not matter, and swapping the plans mirrors the links.
    """
    lefts, rights, weights = _prepare(left, right)
    has_text = _has_text(left) and _has_text(right)
    table = {
        (a, b): _likeness(one, other, weights, has_text)
        for a, one in enumerate(lefts)
        for b, other in enumerate(rights)
    }
    partner = _pair(lefts, rights, table, has_text)
    extra = _attach(lefts, rights, partner, table, has_text)
    return tuple(_links(lefts, rights, partner, extra, table))


def _has_text(plan: Plan) -> bool:
    return any(clause.text for clause in plan.clauses)


def _prepare(left: Plan, right: Plan) -> tuple[list[Entry], list[Entry], Weights]:
    clauses = [*left.clauses, *right.clauses]
    texts = Weights.of(f"{clause.heading}。{clause.text}" for clause in clauses)
    headings = Weights.of(clause.heading for clause in clauses)
    return (_entries(left.clauses, texts), _entries(right.clauses, texts), headings)


def _entries(clauses: Sequence[Clause], weights: Weights) -> list[Entry]:
    headings = [clause.heading for clause in clauses]
    return [
        Entry(
            clause,
            clause.id.rpartition(".")[0],
            weights.vector(clause.text),
            frozenset(own_pairs(headings, at)),
            frozenset(pair for topic in _topics(clause) for pair in pairs_of(topic)),
            frozenset(canonical(unit) for unit in clause.units),
        )
        for at, clause in enumerate(clauses)
    ]


def _topics(clause: Clause) -> Iterator[str]:
    """The heading, the first sentence, and short sentences that head a part of the text."""
    yield clause.heading
    for at, sentence in enumerate(sentences(clause.text)):
        if at == 0 or (len(sentence) <= TOPIC_LENGTH and not re.search(r"[，,\d]", sentence)):
            yield sentence


def _likeness(one: Entry, other: Entry, weights: Weights, has_text: bool) -> Likeness:
    heading = weights.overlap(one.clause.heading, other.clause.heading)
    if has_text:
        text = cosine(one.text, other.text)
        return Likeness(0.45 * heading + 0.55 * text, heading, text)
    both = len(one.units | other.units)
    units = len(one.units & other.units) / both if both else 0.0
    return Likeness(0.8 * heading + 0.2 * units * heading**0.5, heading, 0.0)


Table = dict[tuple[int, int], Likeness]


def _pair(lefts: list[Entry], rights: list[Entry], table: Table, has_text: bool) -> dict[int, int]:
    """Left place → right place of clauses paired one to one."""
    partner: dict[int, int] = {}
    ranked = sorted(table, key=lambda at: _rank(at, lefts, rights, table))

    def strong(at: tuple[int, int]) -> bool:
        alike = table[at]
        told = not has_text or alike.heading >= SAME_HEADING or alike.text >= SOME_TEXT
        return alike.score >= STRONG and told

    _take(ranked, partner, strong)
    tied = _tied_chapters(lefts, rights, partner)

    def weak(at: tuple[int, int]) -> bool:
        if (lefts[at[0]].chapter, rights[at[1]].chapter) not in tied:
            return False
        alike = table[at]
        return alike.text >= WEAK_TEXT if has_text else alike.heading >= WEAK_HEADING

    _take(ranked, partner, weak)
    if not has_text:
        _take_last_of_chapter(lefts, rights, partner, tied)
    return partner


def _take_last_of_chapter(
    lefts: list[Entry], rights: list[Entry], partner: dict[int, int], tied: set[tuple[str, str]]
) -> None:
    """Without texts: the one clause of each side left in tied chapters, if the same units answer."""
    taken = set(partner.values())
    for one, other in sorted(tied):
        left = [a for a, e in enumerate(lefts) if e.chapter == one and a not in partner]
        right = [b for b, e in enumerate(rights) if e.chapter == other and b not in taken]
        if len(left) == len(right) == 1:
            units = lefts[left[0]].units, rights[right[0]].units
            if len(units[0] & units[1]) >= SAME_UNITS * len(units[0] | units[1]):
                partner[left[0]] = right[0]
                taken.add(right[0])


def _rank(
    at: tuple[int, int], lefts: list[Entry], rights: list[Entry], table: Table
) -> tuple[float, float, list[str]]:
    """Best first; ties are broken by the headings, alike for both directions."""
    alike = table[at]
    headings = sorted([lefts[at[0]].clause.heading, rights[at[1]].clause.heading])
    return -round(alike.score, 9), -round(alike.text, 9), headings


def _take(
    ranked: Sequence[tuple[int, int]],
    partner: dict[int, int],
    good: Callable[[tuple[int, int]], bool],
) -> None:
    taken = set(partner.values())
    for a, b in ranked:
        if a not in partner and b not in taken and good((a, b)):
            partner[a] = b
            taken.add(b)


def _tied_chapters(
    lefts: list[Entry], rights: list[Entry], partner: dict[int, int]
) -> set[tuple[str, str]]:
    """Chapters of both plans whose clauses are paired with each other more than elsewhere."""
    votes = Counter((lefts[a].chapter, rights[b].chapter) for a, b in partner.items())
    best_left: dict[str, int] = defaultdict(int)
    best_right: dict[str, int] = defaultdict(int)
    for (one, other), count in votes.items():
        best_left[one] = max(best_left[one], count)
        best_right[other] = max(best_right[other], count)
    return {
        (one, other)
        for (one, other), count in votes.items()
        if count in (best_left[one], best_right[other])
    }


def _attach(
    lefts: list[Entry],
    rights: list[Entry],
    partner: dict[int, int],
    table: Table,
    has_text: bool,
) -> dict[tuple[str, int], int]:
    """What is alone, and the paired clause of the other plan that holds it.

    Keys are ('left' | 'right', place of the clause that is alone).
    """
    back = {b: a for a, b in partner.items()}
    tied = _tied_chapters(lefts, rights, partner)
    found: list[tuple[float, list[str], str, int, int]] = []
    for side, alone, hosts, paired in (
        ("left", lefts, rights, partner),
        ("right", rights, lefts, back),
    ):
        for at, entry in enumerate(alone):
            if at in paired:
                continue
            for host in set(paired.values()):
                pair = (at, host) if side == "left" else (host, at)
                chapters = lefts[pair[0]].chapter, rights[pair[1]].chapter
                if (
                    _is_part(entry, hosts[host])
                    if has_text
                    else _is_named(entry, hosts[host], chapters in tied)
                ):
                    names = sorted([entry.clause.heading, hosts[host].clause.heading])
                    found.append((-round(table[pair].score, 9), names, side, at, host))
    extra: dict[tuple[str, int], int] = {}
    whole: set[tuple[str, int]] = set()  # clauses that may take no parts: they are parts' partners
    for _, _, side, at, host in sorted(found):
        other = "right" if side == "left" else "left"
        mate = partner[host] if other == "left" else back[host]
        if (side, at) in extra or (other, host) in whole:
            continue
        extra[side, at] = host
        whole.add((side, mate))  # n:m never arises
    return extra


def _is_part(entry: Entry, host: Entry) -> bool:
    topical = bool(entry.own & host.topics)
    return contained(entry.text, host.text) >= (CONTAINED_WITH_TOPIC if topical else CONTAINED)


def _is_named(entry: Entry, host: Entry, tied: bool) -> bool:
    """Without texts: what the heading alone is about stands in the host's heading."""
    return tied and bool(entry.own & host.topics)


def _links(
    lefts: list[Entry],
    rights: list[Entry],
    partner: dict[int, int],
    extra: dict[tuple[str, int], int],
    table: Table,
) -> Iterator[Link]:
    back = {b: a for a, b in partner.items()}
    for a, entry in enumerate(lefts):
        if a in partner:
            ones = sorted(
                [a, *(x for (s, x), h in extra.items() if s == "left" and h == partner[a])]
            )
            others = sorted(
                [partner[a], *(x for (s, x), h in extra.items() if s == "right" and h == a)]
            )
            yield _link(
                [lefts[x].clause.id for x in ones],
                [rights[x].clause.id for x in others],
                table[a, partner[a]],
            )
        elif ("left", a) not in extra:
            yield Link("only_left", (entry.clause.id,), (), 0.0)
    for b, entry in enumerate(rights):
        if b not in back and ("right", b) not in extra:
            yield Link("only_right", (), (entry.clause.id,), 0.0)


def _link(left: list[str], right: list[str], alike: Likeness) -> Link:
    relation: Relation = "one_to_one"
    if len(left) > 1:
        relation = "merged"
    elif len(right) > 1:
        relation = "split"
    note = ""
    if relation == "one_to_one" and alike.heading >= 0.9 and 0 < alike.text < 0.1:
        note = "标题相同，内容不同 · same heading, other content"
    elif relation == "one_to_one" and alike.heading < 0.25 and alike.text >= 0.05:
        note = "标题不同，按内容对应 · other heading, matched by content"
    return Link(relation, tuple(left), tuple(right), round(alike.score, 3), note)
