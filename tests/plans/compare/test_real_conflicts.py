"""Conflicts of all ten pairs of the five real plans: complete, and no look-alike among them."""

from collections import Counter

import pytest
from comparison_tables import (
    ALL_PAIRS,
    Pair,
    conflict_key,
    expected_of,
    from_library,
    from_texts,
    row_key,
    text_key,
    text_row_key,
)

from xietong.plans.compare import Comparison


def numeric(comparison: Comparison, pair: Pair) -> dict[tuple[str, ...], str]:
    return {
        conflict_key(one, pair): one.severity
        for one in comparison.conflicts
        if one.basis == "target"
    }


@pytest.mark.parametrize("pair", ALL_PAIRS, ids="-".join)
def test_every_numeric_conflict_is_found_with_its_severity_and_no_other(pair: Pair) -> None:
    want = {
        row_key(r): r["severity"] for r in expected_of("conflicts", pair) if r["basis"] == "target"
    }
    assert numeric(from_texts(*pair), pair) == want


@pytest.mark.parametrize("pair", ALL_PAIRS, ids="-".join)
def test_without_texts_no_false_alarm_and_only_exceptions_are_missed(pair: Pair) -> None:
    want = {
        row_key(r): r["severity"] for r in expected_of("conflicts", pair) if r["basis"] == "target"
    }
    got = numeric(from_library(*pair), pair)
    assert got.items() <= want.items()
    assert {key[0] for key in want.keys() - got.keys()} <= {"exception"}


def test_wordings_found_and_false_alarms() -> None:
    found: Counter[tuple[str, ...]] = Counter()
    wanted: Counter[tuple[str, ...]] = Counter()
    for pair in ALL_PAIRS:
        conflicts = from_texts(*pair).conflicts
        found += Counter(text_key(one, pair) for one in conflicts if one.basis != "target")
        wanted += Counter(
            text_row_key(r) for r in expected_of("conflicts", pair) if r["basis"] != "target"
        )
    assert found == wanted


@pytest.mark.parametrize("pair", ALL_PAIRS, ids="-".join)
def test_no_look_alike_is_reported(pair: Pair) -> None:
    comparison = from_texts(*pair)
    rows = expected_of("lookalikes", pair)
    figures = {row_key(row) for row in rows if row["basis"] == "target"}
    assert not figures & numeric(comparison, pair).keys()
    words = {text_row_key(row): row["indicator"] for row in rows if row["basis"] == "text"}
    known = {text_row_key(r) for r in expected_of("conflicts", pair)}
    reported = {text_key(one, pair) for one in comparison.conflicts if one.basis != "target"}
    assert not {key for key in words if key in reported and key not in known}


def test_high_conflicts_come_first() -> None:
    ranks = {"high": 0, "medium": 1, "low": 2}
    for pair in ALL_PAIRS:
        order = [ranks[one.severity] for one in from_texts(*pair).conflicts]
        assert order == sorted(order)
