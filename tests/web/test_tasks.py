"""调度 and 分解落实 in the browser: a report with evidence, its review, a target in sixteen cities."""

from playwright.sync_api import expect

LONG = 90_000


def test_a_plan_is_split_reported_and_reviewed(busy, visit, tmp_path):
    here = visit(busy, "/assessment/tasks")
    here.marked("split").click(timeout=LONG)
    here.marked("split-plan").click()
    here.page.get_by_role("option", name="青岛").first.click()
    here.marked("split-go").click()
    expect(here.page.locator(".ag-row").first).to_be_visible(timeout=LONG)
    here.cell(0, "title").click()
    proof = tmp_path / "验收意见.pdf"
    proof.write_bytes(b"%PDF-1.4 proof")
    here.marked("report-evidence").locator("input[type=file]").set_input_files(str(proof))
    expect(here.marked("report-evidence")).to_contain_text("验收意见.pdf")
    here.marked("report-percent").fill("100")
    here.page.locator("textarea").first.fill("全部完成")
    here.marked("report-go").click()
    expect(here.marked("evidence")).to_contain_text("验收意见.pdf", timeout=LONG)
    here.marked("accept").click()
    expect(here.marked("task-state")).to_have_text("已完成", timeout=LONG)
    with here.page.expect_download() as kept:
        here.marked("evidence").click()
    assert kept.value.path().read_bytes() == proof.read_bytes()


def test_tasks_by_target_and_an_empty_state(busy, empty, visit):
    here = visit(busy, "/assessment/tasks?tab=task_targets")
    expect(here.page.locator(".ag-row, [data-mark=empty]").first).to_be_visible(timeout=LONG)
    bare = visit(empty, "/assessment/tasks")
    expect(bare.marked("empty")).to_be_visible(timeout=LONG)


def test_a_target_in_sixteen_cities(site, visit, language):
    here = visit(site, "/assessment/allocation", language)
    expect(here.page.locator(".ag-row").first).to_be_visible(timeout=LONG)
    assert here.count() == 16
    assert here.page.locator(".ag-header-cell").count() == 8  # name, four ways, three more or less


def test_lights_lead_to_the_targets(site, visit):
    here = visit(site, "/")
    expect(here.marked("lights").locator("a").first).to_be_visible(timeout=LONG)
    counts = [int(text) for text in here.marked("lights").locator(".xt-figure").all_inner_texts()]
    assert sum(counts) == 79
    here.marked("lights").locator("a").nth(2).click()
    here.page.wait_for_url("**/assessment?*status=on_track*")


def test_sixteen_cities_ranked(site, visit):
    here = visit(site, "/assessment?year=2023&tab=ranking")
    expect(here.page.locator(".ag-row").first).to_be_visible(timeout=LONG)
    assert here.count() == 16
