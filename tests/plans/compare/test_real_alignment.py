"""Clauses of the three pairs of real plans, aligned as a reader aligned them."""

import pytest
from comparison_tables import PAIRS, Pair, alignment_f1, expected_of, from_library, from_texts

LIBRARY_F1 = {PAIRS[0]: 0.95, PAIRS[1]: 0.95, PAIRS[2]: 0.90}  # headings only: less sure


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_alignment_of_the_documents_reaches_the_promise(pair: Pair) -> None:
    assert alignment_f1(from_texts(*pair), pair) >= 0.95


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_alignment_from_headings_alone_is_lower_but_useful_and_says_so(pair: Pair) -> None:
    comparison = from_library(*pair)
    assert alignment_f1(comparison, pair) >= LIBRARY_F1[pair]
    assert len(comparison.notes) == 2 and all("没有正文" in note for note in comparison.notes)


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_splits_and_mergers_are_those_of_the_reader(pair: Pair) -> None:
    found = {
        (link.relation, "|".join(link.left), "|".join(link.right))
        for link in from_texts(*pair).alignment
        if link.relation != "one_to_one"
    }
    wanted = {
        (row["relation"], row["left"], row["right"])
        for row in expected_of("alignment", pair)
        if row["relation"] != "one_to_one"
    }
    assert found == wanted
