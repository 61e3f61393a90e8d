"""The comparison written by reading (``tests/plans/expected``), and how a computed one is held to it."""

import csv
from functools import cache
from itertools import combinations
from pathlib import Path

from plan_tables import real_plan

from xietong.plans.compare import Comparison, Conflict, compare_plans
from xietong.plans.compare.model import Side
from xietong.plans.library import library_plan

Row = dict[str, str]
Pair = tuple[str, str]
EXPECTED = Path(__file__).parents[1] / "plans/expected"
PAIRS: tuple[Pair, ...] = (
    ("shandong-synergy", "qingdao-synergy"),
    ("shandong-synergy", "liaocheng-synergy"),
    ("shandong-peak", "jinan-peak"),
)
ORDER = ("shandong-synergy", "shandong-peak", "qingdao-synergy", "liaocheng-synergy", "jinan-peak")
ALL_PAIRS: tuple[Pair, ...] = tuple(combinations(ORDER, 2))


@cache
def expected(name: str) -> tuple[Row, ...]:
    """All rows of one expected table."""
    with (EXPECTED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def expected_of(name: str, pair: Pair) -> list[Row]:
    """The rows of one pair."""
    return [row for row in expected(name) if (row["left_plan"], row["right_plan"]) == pair]


@cache
def from_texts(left: str, right: str) -> Comparison:
    """Two real documents compared, once; skipped and counted where they are absent."""
    return compare_plans(real_plan(left), real_plan(right))


@cache
def from_library(left: str, right: str) -> Comparison:
    """The same pair from the compiled library, without texts."""
    return compare_plans(library_plan(left), library_plan(right))


def links(groups: list[tuple[list[str], list[str]]]) -> set[Pair]:
    """Left id – right id of every group; an empty id for the missing side."""
    return {(a, b) for left, right in groups for a in (left or [""]) for b in (right or [""])}


def f1(found: set[Pair], wanted: set[Pair]) -> float:
    """Harmonic mean of precision and recall."""
    return 2 * len(found & wanted) / (len(found) + len(wanted))


def alignment_f1(comparison: Comparison, pair: Pair) -> float:
    """F1 of links and unmatched clauses against the table written by reading."""
    wanted = links(
        [
            (row["left"].split("|") if row["left"] else [], row["right"].split("|"))
            if row["right"]
            else (row["left"].split("|"), [])
            for row in expected_of("alignment", pair)
        ]
    )
    found = links([(list(link.left), list(link.right)) for link in comparison.alignment])
    return f1(found, wanted)


def figures(side: Side | None) -> tuple[str, str, str, str]:
    """Clause, year, value, unit in the writing of the tables; words have no value there."""
    if side is None:
        return "", "", "", ""
    value = f"{side.value:g}" if isinstance(side.value, float) else ""
    return side.clause, str(side.year or ""), value, side.unit


def conflict_key(conflict: Conflict, pair: Pair) -> tuple[str, ...]:
    """Kind, plans, clauses, values and units of a numeric conflict."""
    left, right = figures(conflict.left), figures(conflict.right)
    return (conflict.kind, pair[0], left[0], *left[2:], pair[1], right[0], *right[2:])


def row_key(row: Row) -> tuple[str, ...]:
    """The same of a row of the tables."""
    sides = [
        [row[f"{side}_{k}"] for k in ("plan", "clause", "value", "unit")]
        for side in ("left", "right")
    ]
    return (row["kind"], *sides[0], *sides[1])


def text_key(conflict: Conflict, pair: Pair) -> tuple[str, ...]:
    """Kind, plans and clauses of a conflict of wordings."""
    return (conflict.kind, pair[0], conflict.left.clause, pair[1], conflict.right.clause)


def text_row_key(row: Row) -> tuple[str, ...]:
    """The same of a row of the tables."""
    return (
        row["kind"],
        *(row[k] for k in ("left_plan", "left_clause", "right_plan", "right_clause")),
    )
