"""优化: targets, a job, an answer in words; what conflicts; front, strategies, kept results."""

import re

import pytest
from playwright.sync_api import expect

LONG = 120_000


def cut(here, column, value):
    here.page.locator(f'input[data-mark="cut-{column}"]').fill(str(value), timeout=LONG)


def start(here, name):
    here.page.locator('input[data-mark="name"]').fill(name)
    here.marked("optimise-start").click()
    answer = here.marked("answer")
    expect(answer).to_contain_text(name, timeout=LONG)
    expect(answer.locator(".nicegui-echart canvas")).to_be_visible(timeout=LONG)
    return answer


def test_targets_become_a_mix_with_prices_front_and_strategies(busy, visit):
    here = visit(busy, "/optimise?year=2014")
    cut(here, "co2e_t", 5)
    cut(here, "nox_t", 20)
    answer = start(here, "joint-1")
    expect(answer).to_contain_text("满足全部要求的最低成本")
    expect(here.marked("prices")).to_contain_text(re.compile("下一 t NOx 的边际成本：.+元"))
    expect(here.cell(0, "measure")).to_be_visible()
    here.marked("tab-optimise_front").click()
    expect(here.page.locator(".nicegui-echart canvas")).to_be_visible(timeout=LONG)
    assert here.count() >= 5
    here.marked("tab-optimise_strategies").click()
    expect(here.page.get_by_text("统筹比").first).to_be_visible(timeout=LONG)
    assert here.count() == 4


def test_what_conflicts_is_explained_compared_and_deleted(busy, visit):
    here = visit(busy, "/optimise?year=2014", "en")
    cut(here, "co2e_t", 5)
    start(here, "small-1")
    cut(here, "co2e_t", 60)
    start(here, "much-1")
    told = here.marked("conflict")
    expect(told).to_contain_text("out of reach by itself")
    expect(told.locator(".ag-row")).to_have_count(1)
    here.marked("tab-optimise_kept").click()
    expect(here.marked("compared")).to_contain_text("targets conflict", timeout=LONG)
    before = here.count()
    here.marked("delete-mix").click()
    expect(here.marked("count").first).not_to_contain_text(str(before), timeout=LONG)


def test_a_percentage_of_a_plan_says_what_it_is(busy, visit):
    here = visit(busy, "/optimise?year=2014")
    here.marked("from-plan").first.click(timeout=LONG)
    here.page.locator(".q-menu .q-item").first.click()
    expect(here.marked("plan-told")).to_contain_text("强度指标")
    expect(here.page.locator('input[data-mark="cut-co2e_t"]')).to_have_value("20.5")


@pytest.mark.parametrize("tab", ["optimise_run", "optimise_front", "optimise_kept"])
def test_without_inventory_it_says_what_to_do(empty, visit, language, tab):
    here = visit(empty, f"/optimise?tab={tab}", language)
    expect(here.marked("empty")).to_be_visible(timeout=LONG)
