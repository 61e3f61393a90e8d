"""Rule books: grades at their limits, what fails, and what is not known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.assessment.rule_book import rule_book, rule_books
from xietong.assessment.scoring import score
from xietong.errors import TableError

BOOK_2014 = rule_books()["carbon-intensity-2014"]
BOOK_2026 = rule_books()["dual-carbon-2026"]
ALL_MET = {item.id: True for item in BOOK_2026.items}


@pytest.mark.parametrize(
    ("tasks", "grade"), [(40, "优秀"), (39.9, "良好"), (30, "良好"), (10, "合格"), (9, "不合格")]
)
def test_2014_grades_at_their_limits(tasks: float, grade: str) -> None:
    result = score(BOOK_2014, "370000", {"annual": 1.2, "cumulative": 1.0}, {"tasks": tasks})
    assert (result.score, result.grade) == (pytest.approx(50 + tasks), grade)


def test_2014_an_unmet_target_fails_whatever_else() -> None:
    result = score(BOOK_2014, "370000", {"annual": 0.99, "cumulative": 1.0}, {"tasks": 50})
    assert (result.score, result.grade) == (pytest.approx(25 * 0.99 + 75), "不合格")


def test_a_rise_scores_nothing_and_is_kept_raw() -> None:
    result = score(BOOK_2014, "370000", {"annual": -0.5, "cumulative": 1.0}, {"tasks": 50})
    assert (result.items[0].points, result.items[0].completion) == (0.0, -0.5)


def test_without_data_there_is_no_score() -> None:
    result = score(BOOK_2014, "370000", {"annual": 1.0}, {"tasks": 50})
    assert (result.score, result.grade) == (None, None)
    assert any("没有数据" in line for line in result.why)


@given(st.floats(0, 2), st.floats(0, 2), st.floats(0, 1), st.floats(0, 50))
def test_more_progress_never_lowers_a_score(annual, cumulative, more, tasks) -> None:
    low = score(BOOK_2014, "x", {"annual": annual, "cumulative": cumulative}, {"tasks": tasks})
    high = score(
        BOOK_2014, "x", {"annual": annual + more, "cumulative": cumulative}, {"tasks": tasks}
    )
    assert (high.score or 0) >= (low.score or 0)


@pytest.mark.parametrize(
    ("missed", "grade"),
    [
        ((), "优秀"),
        (("forest",), "合格"),
        (("forest", "transport"), "合格"),
        (("forest", "transport", "industry"), "不合格"),
        (("coal",), "不合格"),
    ],
)
def test_2026_five_and_nine(missed: tuple[str, ...], grade: str) -> None:
    assert len(ALL_MET) == 14
    result = score(BOOK_2026, "370000", {}, met=ALL_MET | dict.fromkeys(missed, False))
    assert result.grade == grade


def test_2026_fraud_vetoes_and_missing_data_leaves_the_grade_open() -> None:
    assert score(BOOK_2026, "370000", {}, met=ALL_MET, fraud=True).grade == "不合格"
    some = {key: value for key, value in ALL_MET.items() if key != "forest"}
    assert score(BOOK_2026, "370000", {}, met=some).grade is None
    assert score(BOOK_2026, "370000", {}, met=some | {"coal": False}).grade == "不合格"


def test_a_book_is_for_its_years_and_own_books_are_read(tmp_path) -> None:
    with pytest.raises(TableError, match="2013～2015"):
        rule_book("carbon-intensity-2014", 2016)
    (tmp_path / "rule_books").mkdir()
    (tmp_path / "rule_books" / "ours.toml").write_text(
        'title = "本市"\nway = "points"\nvalid_from = 2024\n[[item]]\nid = "a"\ntitle = "甲"\n'
        'indicator = "carbon_intensity"\nmeasure = "annual"\npoints = 30\n',
        encoding="utf-8",
    )
    assert score(rule_book("ours", 2025, tmp_path), "x", {"a": 0.5}).score == 15
    (tmp_path / "rule_books" / "broken.toml").write_text("title = 1\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"broken\.toml"):
        rule_books.__wrapped__(tmp_path)
