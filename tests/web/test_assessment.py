"""考核: lights, lists, a target in full, a unit; nothing without statistics."""

import re

import pytest
from playwright.sync_api import expect


def test_the_year_in_lights_and_lists(site, visit, language):
    here = visit(site, "/assessment?year=2023", language)
    expect(here.marked("lights")).to_be_visible(timeout=60_000)
    figures = here.marked("lights").locator(".xt-figure").all_inner_texts()
    assert len(figures) == 6
    assert sum(map(int, figures)) == 79
    assert here.count() == 79
    expect(here.page.locator(".xt-h1")).to_have_text(here.t("assessment.title"))


def test_a_target_opens_with_its_series_and_sources(site, visit):
    here = visit(site, "/assessment?year=2023&status=at_risk")
    expect(here.marked("lights")).to_be_visible(timeout=60_000)
    assert here.count() == 1
    here.cell(0, "name").click()
    shown = here.marked("assessed")
    expect(shown).to_contain_text("光伏发电装机容量")
    expect(shown).to_contain_text("9500")
    expect(shown).to_contain_text("CEC")
    expect(shown.locator("canvas")).to_be_visible()


@pytest.mark.parametrize("tab", ["by_unit", "weaker", "sums", "scores"])
def test_each_tab_has_rows(site, visit, tab):
    here = visit(site, f"/assessment?year=2014&tab={tab}")
    expect(here.marked("lights")).to_be_visible(timeout=60_000)
    expect(here.page.locator(".ag-row").first).to_be_visible()


def test_a_units_page(site, visit):
    here = visit(site, "/assessment?year=2023&tab=by_unit")
    expect(here.marked("lights")).to_be_visible(timeout=60_000)
    here.cell(0, "unit").click()
    here.page.wait_for_url(re.compile("unit="))
    expect(here.marked("clear-unit")).to_be_visible(timeout=60_000)
    assert 0 < here.count() < 79


def test_without_statistics_it_says_what_to_do(empty, visit, language):
    here = visit(empty, "/assessment", language)
    expect(here.marked("empty")).to_contain_text("xietong indicator import")
