"""规划: lists with filters and their addresses, one plan, comparison, conflicts."""

import pytest
from playwright.sync_api import expect


def test_the_library_lists_documents_and_opens_one(site, visit, language):
    here = visit(site, "/plans", language)
    assert here.count() == 5
    here.cell(3, "title").click()
    here.page.wait_for_url("**/plans/liaocheng-synergy")
    expect(here.page.locator(".xt-h1")).to_have_text("聊城市减污降碳协同增效实施方案")
    expect(here.page.locator(".xt-hint")).to_have_text(here.t("plan.facts_only"))


@pytest.mark.parametrize(
    ("address", "rows"),
    [
        ("/plans?tab=clauses", 173),
        ("/plans?tab=targets", 79),
        ("/plans?tab=targets&year=2030&plan=jinan-peak", None),
        ("/plans?tab=projects&plan=jinan-peak", 111),
        ("/plans/qingdao-synergy?tab=clauses", 26),
        ("/plans?tab=documents&region=370000", 5),
        ("/plans?tab=documents&region=370200", 1),
    ],
)
def test_every_view_has_its_address(site, visit, address, rows):
    here = visit(site, address)
    expect(here.page.locator(".ag-row").first).to_be_visible()
    if rows is None:
        years = here.page.locator('.ag-row .ag-cell[col-id="year"]').all_inner_texts()
        assert set(years) == {"2030"}
    else:
        assert here.count() == rows


def test_a_filter_narrows_the_list_and_goes_into_the_address(site, visit, language):
    here = visit(site, "/plans?tab=targets", language)
    assert here.count() == 79
    here.page.get_by_label(here.t("filter.indicator")).fill("替代率")
    here.page.wait_for_url("**indicator=**")
    expect(here.marked("count")).to_have_text(here.t("grid.rows", n="5"))
    here.page.reload()
    expect(here.marked("count")).to_have_text(here.t("grid.rows", n="5"))
    here.page.get_by_label(here.t("filter.indicator")).fill("没有这个指标")
    expect(here.marked("empty")).to_have_text(here.t("empty.filtered"))


def test_figures_stand_right_with_their_unit(site, visit):
    here = visit(site, "/plans?tab=targets&plan=shandong-peak&clause=3.1.1&text=光伏发电")
    cell = here.cell(0, "value")
    expect(cell).to_have_text("9,500")
    assert cell.evaluate("one => getComputedStyle(one).textAlign") == "right"
    expect(here.cell(0, "unit")).to_have_text("万千瓦")


def test_a_row_opens_in_full_and_keeps_its_address(site, visit):
    here = visit(site, "/plans/shandong-synergy?tab=clauses")
    here.cell(0, "heading").click()
    detail = here.marked("detail")
    expect(detail).to_contain_text("强化生态环境分区管控")
    expect(detail).to_contain_text("省生态环境厅")
    here.page.wait_for_url("**row=**")
    here.page.reload()
    expect(here.marked("detail")).to_contain_text("强化生态环境分区管控")


def test_an_unknown_plan_is_told_and_is_a_404(site, visit, language):
    here = visit(site, "/plans/nowhere", language)
    expect(here.page.locator(".xt-empty")).to_contain_text("nowhere")
    assert here.page.request.get(site.url + "/plans/nowhere").status == 404


def test_province_and_city_side_by_side(site, visit, language):
    here = visit(site, "/plans/compare?left=shandong-synergy&right=qingdao-synergy", language)
    pairs = here.page.locator(".xt-pair:not(.head)")
    expect(pairs.first).to_contain_text("强化生态环境分区管控")
    everything = pairs.count()
    assert everything >= 25
    here.page.get_by_role("button", name=here.t("relation.only_right")).click()
    expect(pairs.filter(has_text="强化生态环境分区管控")).to_have_count(0)
    only = pairs.filter(has_text="推进海洋环境治理协同控制")
    expect(only).to_contain_text(here.t("compare.nothing"))
    assert pairs.count() < everything


def test_swapping_sides_changes_the_address(site, visit):
    here = visit(site, "/plans/compare?left=shandong-synergy&right=qingdao-synergy&tab=changes")
    expect(here.page.locator(".ag-row").first).to_be_visible()
    here.marked("swap").click()
    here.page.wait_for_url("**left=qingdao-synergy&right=shandong-synergy&tab=changes")


def test_the_known_conflict_is_found_and_shown_from_both_sides(site, visit, language):
    here = visit(site, "/plans/conflicts?severity=high", language)
    expect(here.cell(0, "indicator")).to_have_text("城镇建筑可再生能源替代率")
    here.cell(0, "indicator").click()
    pair = here.marked("pair")
    expect(pair).to_contain_text("10 %")
    expect(pair).to_contain_text("8 %")
    expect(pair.get_by_role("link").first).to_contain_text("3.3")
