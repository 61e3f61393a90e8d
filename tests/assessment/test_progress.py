"""Targets against facts: states, pace, forecasts and gaps by hand; what is missing is said."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xietong.assessment.progress import TARGET_COLUMNS, assess


def target(**changed: object) -> pl.DataFrame:
    row = {
        "id": "t",
        "region": "370000",
        "indicator": "x",
        "target_year": 2025,
        "target": 20.0,
        "falls": True,
        "form": "change",
        "base_year": 2020,
        "at_most": False,
    } | changed
    return pl.DataFrame([row], schema=TARGET_COLUMNS)


def values(series: dict[int, float]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "region": ["370000"] * len(series),
            "indicator": ["x"] * len(series),
            "year": list(series),
            "value": list(series.values()),
        },
        schema={"region": pl.String, "indicator": pl.String, "year": pl.Int64, "value": pl.Float64},
    )


def one(series: dict[int, float], year: int, **changed: object) -> dict[str, object]:
    return assess(target(**changed), values(series), year).row(0, named=True)


def test_a_drop_by_hand() -> None:
    row = one({2020: 1.0, 2021: 0.97, 2022: 0.94, 2023: 0.88}, 2023)
    assert row["actual"] == pytest.approx(12)
    assert row["progress"] == pytest.approx(0.6)
    assert row["elapsed"] == pytest.approx(0.6)
    assert row["required_pace"] == pytest.approx(4)
    assert row["pace"] == pytest.approx(4)
    assert row["gap"] == pytest.approx(8)
    assert row["forecast"] == pytest.approx(5.25 + 3.9 * 3.5)
    assert row["status"] == "off_track"


@pytest.mark.parametrize(
    ("last", "status"), [(0.80, "met"), (0.7999, "met"), (0.8001, "missed"), (1.2, "missed")]
)
def test_at_the_years_end(last: float, status: str) -> None:
    row = one({2020: 1.0, 2023: 0.9, 2025: last}, 2025)
    assert row["status"] == status


def test_after_its_year_without_a_value_there_is_no_verdict() -> None:
    row = one({2020: 1.0, 2023: 0.7}, 2026)
    assert (row["status"], row["actual_year"]) == ("no_data", 2023)
    assert "目标年" in str(row["why"])


def test_values_after_the_targets_year_do_not_count() -> None:
    row = one({2020: 1.0, 2025: 0.9, 2026: 0.5}, 2026)
    assert (row["actual"], row["status"]) == (pytest.approx(10), "missed")


@pytest.mark.parametrize(
    ("series", "changed", "why"),
    [
        ({2021: 1.0, 2022: 0.9}, {}, "缺基年 2020"),
        ({2020: 0.0, 2022: 0.9}, {}, "为零"),
        ({2020: 1.0, 2022: 0.9}, {"base_year": None}, "没有基年"),
        ({}, {}, "没有该指标"),
    ],
)
def test_what_is_missing_is_said_and_never_zero(series, changed, why) -> None:
    row = one(series, 2023, **changed)
    assert row["actual"] is None and row["status"] == "no_data"
    assert why in str(row["why"])


def test_a_level_that_falls_is_an_upper_limit() -> None:
    limit = {"form": "level", "base_year": None, "target": 295.0, "at_most": True}
    falling = {2020: 310.0, 2021: 306.0, 2022: 302.0, 2023: 298.0}
    row = one(falling, 2023, **limit)
    assert (row["status"], row["gap"]) == ("on_track", pytest.approx(3))
    assert one(falling | {2025: 296.0}, 2025, **limit)["status"] == "missed"
    assert one(falling | {2025: 294.0}, 2025, **limit)["status"] == "met"


def test_growth_and_increment() -> None:
    grown = {"form": "annual_growth", "falls": False, "target": 10.0}
    assert one({2020: 100.0, 2022: 121.0}, 2022, **grown)["actual"] == pytest.approx(10)
    added = {"form": "increment", "falls": False, "target": 50.0}
    assert one({2020: 100.0, 2022: 121.0}, 2022, **added)["actual"] == pytest.approx(21)


def test_a_straight_line_leaves_no_doubt_and_two_points_give_no_line() -> None:
    row = one({2020: 1.0, 2021: 0.96, 2022: 0.92, 2023: 0.88}, 2023)
    assert (row["low"], row["high"]) == (pytest.approx(20), pytest.approx(20))
    assert row["status"] == "on_track"
    assert one({2020: 1.0, 2023: 0.88}, 2023)["forecast"] is None


@settings(deadline=None)
@given(
    st.lists(st.floats(0.5, 1.5), min_size=2, max_size=6),
    st.floats(0, 0.3),
)
def test_more_progress_never_gives_a_larger_gap(series: list[float], more: float) -> None:
    facts = {2020 + i: v for i, v in enumerate([1.0, *series])}
    last = max(facts)
    better = facts | {last: facts[last] - more}
    if last > 2025:
        return
    a, b = one(facts, last), one(better, last)
    assert b["gap"] <= a["gap"] + 1e-9  # type: ignore[operator]
    assert b["progress"] >= a["progress"] - 1e-9  # type: ignore[operator]
