"""Looking things up: filters, sorting, pages."""

import pytest
from plans_by_hand import plan

from xietong.app.plans.example import import_example
from xietong.app.plans.filters import Filter
from xietong.app.plans.importing import store_plan
from xietong.app.plans.queries import document, documents, rows, tasks, units
from xietong.errors import InputError, NotFoundError


@pytest.fixture
def library(desk):
    import_example(desk, "shandong")
    return desk


def test_documents_by_region_type_and_level(library):
    assert documents(library).total == 5
    codes = {d["code"] for d in documents(library, Filter(region="370200")).items}
    assert codes == {"qingdao-synergy"}
    assert documents(library, Filter(region="山东", plan_type="碳达峰")).total == 1
    assert documents(library, Filter(level="city")).total == 3
    assert documents(library, sort="-issue_date").items[0]["issue_date"] is not None


@pytest.mark.parametrize(
    ("where", "column", "holds"),
    [
        (Filter(year=2025), "year", lambda v: v == 2025),
        (Filter(indicator="建筑"), "indicator", lambda v: "建筑" in v),
        (Filter(plan="jinan-peak"), "plan", lambda v: v == "jinan-peak"),
        (Filter(region="370000"), "adcode", lambda v: v.startswith("37")),
        (Filter(clause="2"), "clause", lambda v: v == "2" or v.startswith("2.")),
    ],
)
def test_every_row_meets_the_filter_and_no_other_does(library, where, column, holds):
    every = rows(library, "targets").items
    found = rows(library, "targets", where).items
    assert found and found == [row for row in every if holds(row[column])]


def test_targets_by_the_unit_responsible_for_their_clause(library):
    for target in rows(library, "targets", Filter(unit="能源局")).items:
        where = Filter(plan=target["plan"])
        clause = next(
            c for c in rows(library, "clauses", where).items if c["clause"] == target["clause"]
        )
        assert any("能源局" in unit for unit in clause["units"])


def test_tasks_name_units_and_units_name_their_tasks(library):
    places = {(t["plan"], t["clause"], u) for t in tasks(library).items for u in t["units"]}
    again = {(p["plan"], p["clause"], u["unit"]) for u in units(library).items for p in u["places"]}
    assert places == again
    loads = [u["clauses"] for u in units(library).items]
    assert loads == sorted(loads, reverse=True)


def test_pages_together_are_the_whole(library):
    every = rows(library, "targets", sort="-value").items
    pages = [rows(library, "targets", sort="-value", page=n, per_page=10) for n in range(1, 9)]
    assert [row for page in pages for row in page.items] == every
    assert {page.total for page in pages} == {len(every)}


def test_signs_of_the_database_language_are_plain_letters(library):
    for text in ("%", "_", "'; DROP TABLE target; --", "\\"):
        assert rows(library, "projects", Filter(text=text)).total == 0


def test_a_range_is_two_numbers(desk):
    store_plan(desk, plan())
    assert [t["value"] for t in rows(desk, "targets").items] == [15.0, [8.0, 10.0]]


def test_wrong_wishes_say_what_is_possible(library):
    with pytest.raises(InputError, match="indicator"):
        rows(library, "targets", sort="lock; --")
    with pytest.raises(InputError, match="1000"):
        rows(library, "targets", per_page=1001)
    with pytest.raises(NotFoundError, match="plan list"):
        document(library, "nowhere")


def test_a_function_is_followed_across_levels_and_names(library):
    found = units(library, Filter(function="住房城乡建设")).items
    names = {item["unit"] for item in found}
    assert {"省住房城乡建设厅", "市住房城乡建设局"} <= names
    assert len({item["function"] for item in found}) == 1
    clauses = rows(library, "clauses", Filter(function="住房城乡建设")).items
    assert clauses and all(names & {*clause["units"], *clause["lead"]} for clause in clauses)
    assert rows(library, "clauses", Filter(function="不存在")).total == 0


def test_a_clause_has_the_years_of_its_targets_and_a_project_has_none(library):
    places = {
        (target["plan"], target["clause"])
        for target in rows(library, "targets", Filter(year=2030)).items
    }
    clauses = rows(library, "clauses", Filter(year=2030)).items
    assert clauses and {(clause["plan"], clause["clause"]) for clause in clauses} <= places
    for where in (Filter(year=2030), Filter(unit="局"), Filter(clause="3"), Filter(lead=True)):
        assert rows(library, "projects", where).total == 0
