"""The report chapter: who follows, who disagrees, who answers, from texts or from the library alone."""

import re
from importlib.resources import files
from pathlib import Path

from xietong.plans.library import library_ids, library_plan
from xietong.plans.parse import parse_document
from xietong.report.comparison import render_comparison
from xietong.report.comparison_view import all_pairs, disputes, followed
from xietong.report.plan_view import columns

COLUMNS = columns([library_plan(name) for name in library_ids()])


def test_each_city_is_held_against_the_plan_of_its_kind() -> None:
    found = {(one.upper, one.lower) for one in followed(COLUMNS)}
    assert found == {
        ("山东·协同", "青岛·协同"),
        ("山东·协同", "聊城·协同"),
        ("山东·达峰", "济南·达峰"),
    }
    for one in followed(COLUMNS):
        assert sum(count for _, _, count in one.counts) == one.total and one.text_missing


def test_a_dispute_gathers_all_documents_on_one_thing() -> None:
    worst = disputes(all_pairs(COLUMNS))[0]
    assert (worst.severity, worst.kind, worst.indicator) == (
        "high",
        "value",
        "城镇建筑可再生能源替代率",
    )
    assert {p.said: set(p.plans) for p in worst.positions} == {
        "10%": {"山东·协同", "青岛·协同", "聊城·协同"},
        "8%": {"山东·达峰", "济南·达峰"},
    }


def test_in_a_long_list_peers_are_not_held_against_each_other() -> None:
    many = COLUMNS * 2
    levels = [(pair.left.level, pair.right.level) for pair in all_pairs(many)]
    names = [(pair.left.short, pair.right.short) for pair in all_pairs(many)]
    assert ("province", "city") in levels
    assert all(a == b for (x, y), (a, b) in zip(levels, names, strict=True) if x == y == "city")


def test_the_fragment_shows_all_three_parts_and_is_balanced() -> None:
    html = render_comparison([column.plan for column in COLUMNS])
    for part in ("承接情况", "不一致", "谁负责什么", "没有承接的", "●"):
        assert part in html
    for tag in ("section", "article", "details", "div", "ul", "table"):
        assert len(re.findall(rf"<{tag}[ >]", html)) == html.count(f"</{tag}>"), tag


def test_one_plan_and_none_say_what_is_missing() -> None:
    sample = parse_document(Path(str(files("xietong.plans") / "sample/sample.txt")))
    assert "需要一份上级规划" in render_comparison([sample])
    assert "没有写明责任单位" in render_comparison([])


def test_words_of_a_document_cannot_become_markup() -> None:
    from dataclasses import replace

    plan = library_plan("jinan-peak")
    clause = replace(plan.clauses[0], heading="<script>alert(1)</script>")
    html = render_comparison([replace(plan, clauses=(clause, *plan.clauses[1:]))])
    assert "<script>" not in html and "&lt;script&gt;" in html
