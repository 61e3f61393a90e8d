"""清单: structure, numbers with their explanation, checks, comparison; nothing without activity."""

import pytest
from playwright.sync_api import expect

LONG = 90_000


def test_where_it_comes_from(site, visit, language):
    here = visit(site, "/inventory?year=2014", language)
    expect(here.page.locator(".nicegui-echart canvas")).to_have_count(2, timeout=LONG)
    figures = here.page.locator(".xt-figure").all_inner_texts()
    assert figures[:2] == ["77,868.6", "77,325.8"]  # 1e4 t CO2e and CO2 of the golden case
    assert here.marked("choose-species").count() == 1


def test_every_number_opens_its_explanation(site, visit):
    here = visit(site, "/inventory?year=2014&tab=numbers&species=so2_t")
    expect(here.page.locator(".ag-row").first).to_be_visible(timeout=LONG)
    assert here.count() == 10  # sectors that burn
    here.page.locator('.ag-cell[col-id="shown"]', has_text="火力发电").first.click()
    shown = here.marked("explained")
    expect(shown).to_contain_text("原煤")
    expect(shown).to_contain_text("so2_kg_per_gj")
    expect(shown).to_contain_text("EMEP")


@pytest.mark.parametrize("tab", ["checks", "settings_compared", "inventory_trend"])
def test_each_tab_shows_something(site, visit, tab):
    here = visit(site, f"/inventory?year=2014&tab={tab}")
    first = here.page.locator(
        ".nicegui-echart canvas" if tab == "inventory_trend" else ".ag-row"
    ).first
    expect(first).to_be_visible(timeout=LONG)


def test_without_activity_it_says_what_to_do(empty, visit, language):
    here = visit(empty, "/inventory", language)
    expect(here.marked("empty")).to_be_visible(timeout=LONG)
    expect(here.marked("template")).to_be_visible()
