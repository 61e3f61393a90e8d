"""The HTML report: everything read is shown, nothing is fetched, empty states say what to do."""

import re
from pathlib import Path

from bs4 import BeautifulSoup

from xietong.plans.library import library_ids, library_plan
from xietong.report.plan_report import render_plans, write_plan_report
from xietong.report.plan_view import columns, matrix, target_rows

PLANS = [library_plan(plan_id) for plan_id in library_ids()]


def test_every_target_has_its_place_in_the_side_by_side_table() -> None:
    cells = [
        cell
        for group in target_rows(columns(PLANS))
        for row in group.rows
        for plan in row.cells
        for cell in plan
    ]
    assert len(cells) == sum(len(plan.targets) for plan in PLANS)


def test_the_disagreement_on_renewables_in_buildings_stands_in_one_marked_row() -> None:
    rows = [row for group in target_rows(columns(PLANS)) for row in group.rows]
    row = next(row for row in rows if row.name == "城镇建筑可再生能源替代率")
    texts = [cell.text for plan in row.cells for cell in plan]
    assert sorted(texts) == ["10%", "10%", "10%", "8%", "8%"]
    assert all(cell.differs for plan in row.cells for cell in plan)


def test_a_citys_own_value_is_no_difference() -> None:
    rows = [row for group in target_rows(columns(PLANS)) for row in group.rows]
    solar = next(row for row in rows if row.name == "光伏发电装机容量" and row.year == "2030")
    assert not any(cell.differs for plan in solar.cells for cell in plan)


def test_the_matrix_has_a_mark_for_each_unit_of_each_clause() -> None:
    for column in columns(PLANS):
        marks = sum(row.total for row in matrix(column).rows)
        assert marks == sum(len(clause.units) for clause in column.plan.clauses)


def test_duties_follow_a_function_across_levels() -> None:
    page = BeautifulSoup(render_plans(PLANS), "lxml")
    row = next(
        duty for duty in page.select("details.duty") if "地方金融" in duty.summary.get_text()
    )
    text = row.get_text()
    assert "省地方金融监管局" in text and "市委金融办" in text


def test_the_page_needs_no_network_and_escapes_what_it_is_given(tmp_path: Path) -> None:
    page = write_plan_report(PLANS, tmp_path / "report.html").read_text(encoding="utf-8")
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", page)
    soup = BeautifulSoup(page, "lxml")
    assert len(soup.select("#projects li")) == sum(len(plan.projects) for plan in PLANS)
    assert len(soup.select("tr.row")) > 40


def test_without_plans_the_page_says_what_to_do() -> None:
    assert "xietong plan import" in render_plans([])
