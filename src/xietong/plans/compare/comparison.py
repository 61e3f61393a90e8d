"""Two plans, or a whole list of them, side by side."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from xietong.plans.compare.align import align
from xietong.plans.compare.benchmarks import benchmark_conflicts
from xietong.plans.compare.changes import target_changes
from xietong.plans.compare.citations import citation_conflicts
from xietong.plans.compare.commitment import commitment_conflicts
from xietong.plans.compare.controls import control_conflicts
from xietong.plans.compare.figures import figure_conflicts
from xietong.plans.compare.model import SEVERITIES, Change, Comparison, Conflict, Link, Side
from xietong.plans.compare.omissions import omission_conflicts
from xietong.plans.compare.standing import level_of
from xietong.plans.compare.substitution import substitution_conflicts
from xietong.plans.compare.units import unit_differences
from xietong.plans.model import Plan

KINDS = ("value", "year", "hedge", "exception", "scope", "list", "citation")


def compare_plans(left: Plan, right: Plan) -> Comparison:
    """Alignment, target changes, conflicts and units of two plans.

    ``left`` is the higher or earlier plan, ``right`` the one that is held against it. The same
    documents always give the same result. Conflicts are ranked: severity, then kind. Where a plan
    has no text (compiled library) quotes are empty and only headings and numbers are compared;
    ``notes`` says so.
    """
    alignment = align(left, right)
    changes = target_changes(left, right, alignment)
    return Comparison(
        name_of(left),
        name_of(right),
        alignment,
        changes,
        tuple(ranked(_conflicts(left, right, alignment, changes))),
        tuple(unit_differences(left, right, alignment)),
        tuple(_notes(left, right)),
    )


def compare_all(plans: Sequence[Plan]) -> tuple[Comparison, ...]:
    """Every pair of a list of plans, the higher level on the left; given order within a level."""
    ordered = sorted(plans, key=level_of)
    return tuple(compare_plans(one, other) for one, other in combinations(ordered, 2))


def name_of(plan: Plan) -> str:
    """How a comparison names a plan: its file or library id, else its title."""
    return (plan.source or plan.meta.title or "").removeprefix("library:")


def ranked(conflicts: Iterator[Conflict]) -> list[Conflict]:
    """High before low, numbers before words; within that in printed order."""
    return sorted(
        conflicts, key=lambda one: (SEVERITIES.index(one.severity), KINDS.index(one.kind))
    )


def _conflicts(
    left: Plan, right: Plan, alignment: Sequence[Link], changes: Sequence[Change]
) -> Iterator[Conflict]:
    yield from figure_conflicts(left, right)
    yield from _replaced_exits(changes)
    yield from control_conflicts(left, right)
    yield from substitution_conflicts(left, right)
    yield from commitment_conflicts(left, right)
    yield from benchmark_conflicts(left, right)
    yield from omission_conflicts(left, right, alignment)
    yield from citation_conflicts(left, right)


def _replaced_exits(changes: Sequence[Change]) -> Iterator[Conflict]:
    """Plants that are to close in one plan are others in the aligned clause of the other."""
    for change in changes:
        left, right = change.left, change.right
        if change.relation == "replaced" and left and right and left.value == right.value == "退出":
            yield Conflict(
                "scope",
                "medium",
                change.indicator,
                right.year or left.year,
                Side(change.indicator, "", left.year, left.clause, left.quote),
                Side(
                    change.note.removeprefix("改为 ").split(" · ")[0],
                    "",
                    right.year,
                    right.clause,
                    right.quote,
                ),
                "text",
            )


def _notes(left: Plan, right: Plan) -> Iterator[str]:
    for plan in (left, right):
        if not any(clause.text for clause in plan.clauses):
            yield (
                f"{name_of(plan)}: 没有正文，只按标题、责任单位和数字比较，引文为空 · "
                "no text: compared by headings, units and numbers only, quotes empty"
            )
