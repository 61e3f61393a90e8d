"""措施协同 in the browser: the catalogue on the inventory, drawn, ordered, explained to its sources."""

import pytest
from playwright.sync_api import expect

LONG = 120_000


def test_the_coordinate_system_and_a_measures_sheet(site, visit, language):
    here = visit(site, "/synergy/measures?pollutant=nox_t", language)
    expect(here.page.locator(".nicegui-echart canvas")).to_have_count(1, timeout=LONG)
    assert here.count() >= 20
    here.page.locator('.ag-cell[col-id="name"]', has_text="陆上风电").first.click()
    shown = here.marked("measure")
    expect(shown).to_contain_text("MW", timeout=LONG)
    expect(shown.locator(".ag-row").first).to_be_visible()
    assert shown.locator('.ag-cell[col-id="source_title"]').count() >= 3


def test_both_increase_is_never_called_synergy(site, visit):
    here = visit(site, "/synergy/measures?pollutant=nox_t")
    row = here.page.locator(".ag-row", has_text="煤电灵活性改造").first
    expect(row).to_contain_text("III", timeout=LONG)
    expect(row).to_contain_text("两者都增")


@pytest.mark.parametrize("tab", ["cost_curve", "effects", "overlap", "catalogue", "not_here"])
def test_each_tab_shows_something(site, visit, tab):
    here = visit(site, f"/synergy/measures?tab={tab}")
    expect(here.page.locator(".ag-row").first).to_be_visible(timeout=LONG)


def test_without_an_inventory_it_says_what_to_do(empty, visit):
    here = visit(empty, "/synergy/measures")
    expect(here.marked("empty")).to_be_visible(timeout=LONG)
