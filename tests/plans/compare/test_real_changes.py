"""What became of each target and milestone of the three pairs, as a reader judged it."""

from collections import Counter

import pytest
from comparison_tables import PAIRS, Pair, expected_of, figures, from_library, from_texts

from xietong.plans.compare import Comparison


def found(comparison: Comparison) -> Counter[tuple[str, ...]]:
    return Counter(
        (change.relation, *figures(change.left), *figures(change.right))
        for change in comparison.target_changes
    )


def wanted(pair: Pair) -> Counter[tuple[str, ...]]:
    """Rows on records of the library; those on other words (record text) are not records."""
    keys = [
        f"{side}_{key}" for side in ("left", "right") for key in ("clause", "year", "value", "unit")
    ]
    return Counter(
        (row["relation"], *(row[key] for key in keys))
        for row in expected_of("target_changes", pair)
        if row["record"] != "text"
    )


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_every_target_and_milestone_became_what_the_reader_says(pair: Pair) -> None:
    got, want = found(from_texts(*pair)), wanted(pair)
    assert got - want == Counter() and want - got == Counter()


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_without_texts_at_most_one_in_ten_differs(pair: Pair) -> None:
    got, want = found(from_library(*pair)), wanted(pair)
    assert sum((got & want).values()) >= 0.9 * sum(want.values())


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_both_quotes_stand_in_their_documents(pair: Pair) -> None:
    for change in from_texts(*pair).target_changes:
        for side in (change.left, change.right):
            assert side is None or side.quote
