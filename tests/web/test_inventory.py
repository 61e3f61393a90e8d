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


def test_equivalents_open_to_gases_and_these_to_sources(site, visit):
    here = visit(site, "/inventory?year=2014")
    here.marked("tile-co2e").click(timeout=LONG)
    here.marked("gas-ch4_t").click(timeout=LONG)
    expect(here.marked("explained")).to_contain_text("ch4_kg_per_gj", timeout=LONG)


def test_settings_change_the_figures_and_stand_in_the_address(site, visit):
    here = visit(site, "/inventory?year=2014&gwp=AR6&programme=enterprise-24")
    expect(here.page.locator(".xt-figure").first).to_be_visible(timeout=LONG)
    assert here.page.locator(".xt-figure").all_inner_texts()[0] != "77,868.6"
    expect(here.page.get_by_text("AR6").first).to_be_visible()


def test_a_side_of_the_comparison_opens_its_explanation(site, visit):
    here = visit(site, "/inventory?year=2014&tab=settings_compared")
    here.page.locator('.ag-cell[col-id="fuel_name"]', has_text="焦炭").first.click(timeout=LONG)
    expect(here.marked("explained")).to_have_count(2, timeout=LONG)
    for at in (0, 1):
        expect(here.marked("explained").nth(at)).to_contain_text("carbon_kg_per_gj", timeout=LONG)


def test_problems_stand_in_their_place_and_can_be_answered_for(busy, visit, tmp_path):
    here = visit(busy, "/inventory?tab=inventory_import")
    head = "地区代码,年份,行业,燃料,数量,单位\n"
    file = tmp_path / "fuel_use.csv"
    file.write_text(head + "370100,2016,火力发电,原煤,9e10,吨\n", encoding="utf-8")
    here.marked("upload").locator("input[type=file]").set_input_files(str(file), timeout=LONG)
    expect(here.marked("problem")).to_be_visible(timeout=LONG)
    expect(here.page.locator(".ag-row")).to_contain_text("9e10")
    here.marked("waive-absurd").click()
    here.marked("waive-take").click()
    assert here.marked("kept").count() == 0  # no reason yet
    here.marked("waive").locator("input[type=text]").fill("年鉴如此")
    here.marked("waive-take").click()
    expect(here.marked("kept")).to_be_visible(timeout=LONG)


def test_ranges_are_a_job_and_the_table_shows_them(busy, visit):
    here = visit(busy, "/inventory?year=2014&tab=numbers")
    here.marked("ranges").click(timeout=LONG)
    expect(here.page.get_by_text("已算好")).to_be_visible(timeout=LONG)
    low = here.page.locator('.ag-cell[col-id="low_t"]').filter(has_text="0")
    expect(low.first).to_be_visible(timeout=LONG)


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
