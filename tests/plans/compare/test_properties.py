"""What holds for any plans: a plan with itself, sides swapped, clauses in another order."""

import random
from dataclasses import replace
from importlib.resources import files
from itertools import combinations
from pathlib import Path

import pytest

from xietong.plans.compare import Comparison, compare_all, compare_plans
from xietong.plans.library import library_ids, library_plan
from xietong.plans.model import Plan
from xietong.plans.parse import parse_document

MIRROR = {
    "one_to_one": {"one_to_one"},
    "split": {"merged"},
    "merged": {"split"},
    "only_left": {"only_right"},
    "only_right": {"only_left"},
    "kept": {"kept"},
    "apportioned": {"apportioned"},
    "strengthened": {"weakened", "replaced"},  # a number given up for 完成下达 is replaced
    "weakened": {"strengthened"},
    "replaced": {"replaced", "strengthened"},
    "dropped": {"added"},
    "added": {"dropped"},
}


def sample() -> Plan:
    return parse_document(Path(str(files("xietong.plans") / "sample/sample.txt")))


def plans() -> dict[str, Plan]:
    return {"sample": sample(), **{name: library_plan(name) for name in library_ids()}}


PLANS = plans()
PAIRS = list(combinations(PLANS, 2))


def groups(comparison: Comparison) -> set[tuple[str, frozenset[str], frozenset[str]]]:
    return {(a.relation, frozenset(a.left), frozenset(a.right)) for a in comparison.alignment}


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_with_itself_is_kept_without_conflict(name: str) -> None:
    plan = PLANS[name]
    same = compare_plans(plan, plan)
    assert [(a.relation, a.left, a.right) for a in same.alignment] == [
        ("one_to_one", (clause.id,), (clause.id,)) for clause in plan.clauses
    ]
    assert {change.relation for change in same.target_changes} <= {"kept"}
    assert len(same.target_changes) >= len(plan.targets) + len(plan.milestones)
    assert same.conflicts == () and same.units == ()


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_swapping_sides_mirrors_the_result(pair: tuple[str, str]) -> None:
    one, other = PLANS[pair[0]], PLANS[pair[1]]
    there, back = compare_plans(one, other), compare_plans(other, one)
    turned = {(next(iter(MIRROR[relation])), right, left) for relation, left, right in groups(back)}
    assert groups(there) == turned
    pairs_there = {(c.left, c.right): c.relation for c in there.target_changes}
    pairs_back = {(c.right, c.left): c.relation for c in back.target_changes}
    assert pairs_there.keys() == pairs_back.keys()
    for sides, relation in pairs_there.items():
        assert pairs_back[sides] in MIRROR[relation], sides
    assert {(c.kind, c.severity, c.left, c.right) for c in there.conflicts} == {
        (c.kind, c.severity, c.right, c.left) for c in back.conflicts
    }


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_order_of_clauses_and_targets_does_not_matter(pair: tuple[str, str]) -> None:
    one, other = PLANS[pair[0]], PLANS[pair[1]]
    dice = random.Random(7)
    shuffled = replace(
        other,
        clauses=tuple(dice.sample(other.clauses, len(other.clauses))),
        milestones=tuple(dice.sample(other.milestones, len(other.milestones))),
    )
    plain, mixed = compare_plans(one, other), compare_plans(one, shuffled)
    assert groups(plain) == groups(mixed)
    assert set(plain.target_changes) == set(mixed.target_changes)
    assert set(plain.conflicts) == set(mixed.conflicts)
    assert {(u.kind, u.function, u.left_clauses) for u in plain.units} == {
        (u.kind, u.function, u.left_clauses) for u in mixed.units
    }


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_every_clause_and_requirement_is_accounted_for_once(pair: tuple[str, str]) -> None:
    one, other = PLANS[pair[0]], PLANS[pair[1]]
    found = compare_plans(one, other)
    assert sorted(x for a in found.alignment for x in a.left) == sorted(c.id for c in one.clauses)
    assert sorted(x for a in found.alignment for x in a.right) == sorted(
        c.id for c in other.clauses
    )
    lefts = [c.left for c in found.target_changes if c.relation != "added"]
    assert len(lefts) >= len(one.targets) + len(one.milestones)


def test_a_list_is_compared_pair_by_pair_higher_level_on_the_left() -> None:
    found = compare_all([PLANS["jinan-peak"], PLANS["shandong-peak"], PLANS["qingdao-synergy"]])
    assert [(c.left, c.right) for c in found] == [
        ("shandong-peak", "jinan-peak"),
        ("shandong-peak", "qingdao-synergy"),
        ("jinan-peak", "qingdao-synergy"),
    ]


def test_nothing_to_compare_gives_empty_tables() -> None:
    empty = replace(PLANS["jinan-peak"], clauses=(), targets=(), milestones=())
    found = compare_plans(empty, empty)
    assert (found.alignment, found.target_changes, found.conflicts, found.units) == ((), (), (), ())
