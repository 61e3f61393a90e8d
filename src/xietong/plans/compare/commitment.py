"""Conflicts of commitment: the same task pushed in one plan, explored or piloted in the other.

Only 探索 and 试点 are counted; the many other verbs of the genre (推进, 加快, 鼓励 …) differ from
plan to plan without meaning.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xietong.plans.compare.model import Conflict
from xietong.plans.compare.standing import Standing
from xietong.plans.compare.texts import Part, parts, text_conflict
from xietong.plans.compare.words import pairs_of, similarity
from xietong.plans.model import Plan

SAME_TASK = 0.85  # likeness of what is to be done, adverbs and verbs taken off
_PLACES = re.compile(
    r"^在(?P<places>[^，。]{2,40}?)(?:等[省市县区]|等地)?(?=推进|开展|建设|实施|推广)"
)
_VERB = re.compile(
    r"^(?P<how>(?:深入|全面|大力|积极|扎实|加快|稳步|有序|持续|深化|探索|进一步|试点|先行)*)(?P<verb>开展|推进|推动|推广|实施|建立|建设|推行|培育)"
)
_END = re.compile(r"(?:的)?(?:试点|示范|运行|应用|建设|工作)*$")


@dataclass(frozen=True)
class Task:
    """A task with its places and how firmly it is set."""

    explored: bool
    piloted: bool
    how: str
    what: str
    places: tuple[str, ...]
    part: Part

    @property
    def firmness(self) -> int:
        """0 explored, 1 piloted, 2 pursued."""
        return 0 if self.explored else 1 if self.piloted else 2


def commitment_conflicts(left: Plan, right: Plan) -> Iterator[Conflict]:
    """Tasks of both plans that are set with another firmness, or for other places."""
    standing = Standing.of(left, right)
    if standing.peers:
        return
    here = (left.meta.region.name or "", right.meta.region.name or "")
    rights = list(_tasks(right))
    for one in _tasks(left):
        for other in rights:
            if not (one.what and _same_task(one, other)):
                continue
            sides = (
                (one.how, one.part.clause, one.part.text),
                (
                    other.how,
                    other.part.clause,
                    other.part.text,
                ),
            )
            if (
                one.firmness != other.firmness
                and _applies(one, here[1])
                and _applies(other, here[0])
            ):
                yield text_conflict("hedge", "low", one.what, *sides)
            if one.places and other.places and set(one.places) != set(other.places):
                yield text_conflict(
                    "list",
                    "medium",
                    one.what,
                    ("、".join(one.places), *sides[0][1:]),
                    ("、".join(other.places), *sides[1][1:]),
                )


def _same_task(one: Task, other: Task) -> bool:
    return similarity(one.what, other.what) >= SAME_TASK


def _applies(task: Task, region: str) -> bool:
    """Whether a task that names places reaches the other plan's region."""
    short = region.removesuffix("市")
    return not task.places or not region.endswith("市") or short in task.places


def _tasks(plan: Plan) -> Iterator[Task]:
    for part in parts(plan):
        found = _PLACES.match(part.text)
        text = part.text[found.end() :] if found else part.text
        verb = _VERB.match(text)
        if not verb:
            continue
        rest = text[verb.end() :]
        what = _END.sub("", rest)
        if len(pairs_of(what)) < 6:
            continue
        piloted = "试点" in rest[len(what) :] or "试点" in verb["how"]
        places = tuple(found["places"].split("、")) if found else ()
        how = verb.group() + ("试点" if piloted else "")
        yield Task("探索" in verb["how"], piloted, how, what, places, part)
