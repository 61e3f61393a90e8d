"""Responsible functions that differ in the three pairs, as a reader listed them."""

import pytest
from comparison_tables import PAIRS, Pair, expected_of, from_texts

VOCABULARY = {"水利": "水利水务", "供电企业": "电网"}  # the reader's word → the vocabulary's


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_units_differ_where_the_reader_says(pair: Pair) -> None:
    found = {
        (u.kind, "|".join(u.left_clauses), "|".join(u.right_clauses), u.function): bool(u.note)
        for u in from_texts(*pair).units
    }
    wanted = {
        (
            row["kind"],
            row["left_clause"],
            row["right_clause"],
            VOCABULARY.get(row["function"], row["function"]),
        ): bool(row["note"])
        for row in expected_of("units", pair)
    }
    assert found == wanted
