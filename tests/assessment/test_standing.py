"""Half-way, worse than a year ago, and ranks: what may never be claimed without data."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.app.assessment import assess_workspace, rank_regions
from xietong.assessment.progress import STATES
from xietong.assessment.standing import ORDER, midterm, ranking, worsened
from xietong.errors import TableError, VocabularyError


def line(number, status, **more):
    return {
        "id": number,
        "plan": "p",
        "year": 2030,
        "base_year": 2020,
        "status": status,
        "progress": None,
        "elapsed": None,
    } | more


@given(st.lists(st.sampled_from(STATES), min_size=1), st.lists(st.sampled_from(STATES)))
def test_only_a_fall_between_facts_is_an_alert(now, before):
    found = worsened(
        [line(at, state) for at, state in enumerate(before)],
        [line(at, state) for at, state in enumerate(now)],
    )
    for row in found:
        assert row["before"] != "no_data" and row["status"] != "no_data"
        assert ORDER.index(row["status"]) > ORDER.index(row["before"])
    same = worsened(
        [line(at, state) for at, state in enumerate(now)],
        [line(at, state) for at, state in enumerate(now)],
    )
    assert same == []


def test_half_way_counts_what_is_known_and_what_is_not():
    lines = [
        line(1, "on_track", progress=0.5, elapsed=0.4),
        line(2, "off_track", progress=0.1, elapsed=0.4),
        line(3, "no_data", base_year=None),
    ]
    (row,) = midterm(lines, 2024)
    assert (row["targets"], row["behind"], row["no_data"]) == (3, 1, 1)
    assert row["known_share"] == pytest.approx(2 / 3)
    assert row["elapsed"] == pytest.approx(0.4)
    assert row["mean_lead"] == pytest.approx(-0.1)
    (empty,) = midterm([line(1, "no_data", base_year=None, year=None)], 2024)
    assert empty["elapsed"] is None and empty["mean_lead"] is None


def test_equals_share_a_rank_and_zero_has_no_change():
    table = pl.DataFrame(
        {
            "region": ["a", "b", "c", "a", "b"],
            "indicator": ["i"] * 5,
            "year": [2023, 2023, 2023, 2020, 2020],
            "value": [2.0, 2.0, 1.0, 0.0, 4.0],
        }
    )
    rows = {row["region"]: row for row in ranking(table, "i", 2023, 2020, falls=True).to_dicts()}
    assert [rows[name]["rank"] for name in "abc"] == [2, 2, 1]
    assert [rows[name]["change"] for name in "abc"] == [None, -0.5, None]
    grows = {row["region"]: row for row in ranking(table, "i", 2023, 2020, falls=False).to_dicts()}
    assert grows["c"]["rank"] == 3


def test_the_sixteen_cities_by_carbon_intensity():
    rows = rank_regions("carbon_intensity", 2023, 2020, example=True)
    assert len(rows) == 16
    ranked = [row for row in rows if row["rank"] is not None]
    values = [row["value"] for row in ranked]
    assert values == sorted(values) and len(ranked) == 16
    none = rank_regions("coal_share", 2023, 2020, example=True)
    assert all(row["rank"] is None for row in none) and len(none) == 16
    with pytest.raises(VocabularyError):
        rank_regions("nonsense", 2023, 2020, example=True)
    with pytest.raises(TableError):
        rank_regions("carbon_intensity", 2023, 2020, example=True, within="370202")


def test_each_plan_of_the_example_half_way():
    found = assess_workspace(2023, example=True)
    rows = midterm(found["targets"], 2023)
    assert len(rows) == 5
    assert sum(row["targets"] for row in rows) == len(found["targets"])
