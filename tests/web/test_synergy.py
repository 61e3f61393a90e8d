"""协同度评价 and 动态跟踪 in the browser: empty state, import, figures, choices, exports, narrow windows."""

import csv
import io
import os
import re

import pytest
from playwright.sync_api import expect

from xietong.app.cocontrol_import import import_bytes, template_csv
from xietong.app.workspace import open_desk
from xietong.vocab.regions import children

CITIES = [place.name for place in children("370000")]
no_data = pytest.mark.skipif("XIETONG_DATA" in os.environ, reason="XIETONG_DATA is set")


def panel(last: int = 2023) -> bytes:
    """Made-up levels for a test of the path; CO2 of the first city falls, that of others rises."""
    lines = ["entity,year,gdp_1e8cny_2000,co2_t,population_1e4"]
    for at, city in enumerate(CITIES):
        for year in range(2018, last + 1):
            co2 = 1e7 * (at + 1) * (1 + (0.02 if at else -0.02) * (year - 2018))
            lines.append(f"{city},{year},{100 * (at + 1) * 1.05 ** (year - 2018)},{co2},")
    return "\n".join(lines).encode()


def indicators() -> bytes:
    """Made-up cells for a test of the path."""
    header = template_csv("city").strip()
    lines = [header]
    for at, city in enumerate(CITIES):
        for year in (2022, 2023):
            cells = [
                round(0.02 + 0.9 * ((7 * at + 3 * place + year) % 17) / 17, 3)
                for place in range(header.count(",") - 1)
            ]
            lines.append(",".join([city, str(year), *map(str, cells)]))
    return "\n".join(lines).encode()


@pytest.fixture(scope="module")
def filled(busy):
    """The busy workspace with a panel and an indicator table."""
    desk = open_desk(busy.folder)
    import_bytes(desk, "panel.csv", panel(), "city-panel", "试验用表 test table")
    import_bytes(desk, "city.csv", indicators(), "city", "试验用表 test table")
    desk.workspace.close()
    return busy


def options(here, at: int):
    """What a chart of the page shows."""
    return here.page.evaluate(
        """at => { const id = document.querySelectorAll('.nicegui-echart')[at].id.slice(1);
        return getElement(Number(id)).chart.getOption(); }""",
        at,
    )


def charts(here, count: int) -> None:
    expect(here.page.locator(".nicegui-echart:has(canvas)")).to_have_count(count)
    here.page.wait_for_timeout(500)


@no_data
def test_before_an_import_it_says_what_to_do_and_shows_nothing(empty, visit, language):
    here = visit(empty, "/synergy", language)
    expect(here.marked("empty")).to_contain_text(here.t("empty.synergy"))
    expect(here.page.locator(".nicegui-echart")).to_have_count(0)
    with here.page.expect_download() as waiting:
        here.marked("template-csv").click()
    with waiting.value.path().open(encoding="utf-8") as file:
        assert file.read().startswith("entity,year,pm25_ugm3")
    here.page.goto(empty.url + "/synergy/tracking")
    expect(here.marked("empty")).to_contain_text("XIETONG_DATA")
    here.page.get_by_role("link", name=here.t("synergy.import"), exact=True).last.click()
    here.page.wait_for_url("**/synergy/import?system=city-panel")
    expect(here.marked("guide")).to_contain_text("co2_t")


@no_data
def test_import_lists_problems_then_stores_with_a_source(busy, visit, language):
    here = visit(busy, "/synergy/import?system=city-panel", language)
    field = here.page.locator('input[type="file"]')
    file = {
        "name": "panel.csv",
        "mimeType": "text/csv",
        "buffer": b"entity,year,co2_t\nx,2020,-1\n",
    }
    field.set_input_files(file)
    problem = {"zh": "缺少列", "en": "missing column"}[language]
    expect(here.marked("problem")).to_contain_text(problem)
    field.set_input_files(file | {"buffer": panel()})
    expect(here.marked("previews")).to_contain_text("2018–2023")
    here.marked("store").click()
    expect(here.page.locator(".xt-told")).to_contain_text(here.t("synergy.import.no_source"))
    here.page.get_by_label(here.t("synergy.import.source")).fill("试验用表 test table")
    here.marked("store").click()
    expect(here.marked("stored")).to_be_visible()
    here.page.get_by_role("link", name=here.t("synergy.import.see")).click()
    here.page.wait_for_url("**/synergy/tracking")
    charts(here, 4)
    expect(here.marked("account")).to_contain_text("试验用表 test table")


def test_the_map_has_the_state_of_all_sixteen_cities(filled, visit, language):
    here = visit(filled, "/synergy/tracking?first=2018&last=2023", language)
    charts(here, 4)
    shown = options(here, 0)
    legend = [piece["label"] for piece in shown["visualMap"][0]["pieces"]]
    states = {one["name"]: legend[one["value"]] for one in shown["series"][0]["data"]}
    strong = {"zh": "强脱钩 SD", "en": "strong decoupling SD"}[language]
    assert set(states) == set(CITIES)
    assert [city for city, state in states.items() if state == strong] == ["济南市"]
    for source in here.page.locator(".xt-source").all_inner_texts():
        assert "β = (ΔC/C0)/(ΔG/G0)" in source
        assert "tapio-0.8-1.2" in source
        assert "test table" in source
    assert here.count() == 48  # 2018–2020, 2020–2023 and the whole of 16 cities


def test_choices_stand_in_the_address_and_change_the_figures(filled, visit):
    here = visit(
        filled, "/synergy/tracking?tab=decomposition&first=2019&last=2022&city=青岛市", "zh"
    )
    charts(here, 2)
    fall = options(here, 0)
    bars = [one["value"] for one in fall["series"][0]["data"]]
    assert fall["xAxis"][0]["data"] == ["2019", "GDP", "CO2/GDP", "2022"]
    assert bars[0][1] + (bars[1][1] - bars[1][0]) + (bars[2][1] - bars[2][0]) == pytest.approx(
        bars[3][1], rel=1e-9
    )
    here.marked("choice-factors").click()
    here.page.get_by_text(here.t("synergy.factors.kaya"), exact=True).click()
    expect(here.page).to_have_url(re.compile("factors=kaya"))
    expect(here.marked("unknown")).to_contain_text(here.t("synergy.unknown"))  # no population


def test_moran_names_its_test(filled, visit, language):
    here = visit(filled, "/synergy/tracking?tab=space", language)
    charts(here, 2)
    expect(here.marked("account")).to_contain_text("999 permutations")
    expect(here.marked("account")).to_contain_text(
        {"zh": "检验力有限", "en": "little power"}[language]
    )
    assert here.count() == 18
    assert len(options(here, 1)["series"][0]["data"]) == 16


def test_ranking_map_radar_and_trend_of_an_imported_table(filled, visit, language):
    here = visit(filled, "/synergy?variant=power&weighting=entropy&scheme=four-class", language)
    charts(here, 4)
    account = here.marked("account")
    for part in ("[ΠU_i / (ΣU_i/n)^n]^k", "power, k = 2", "four-class", "entropy", "city-default"):
        expect(account).to_contain_text(part)
    bars = [one["value"] for one in options(here, 0)["series"][0]["data"]]
    assert len(bars) == 16
    assert bars == sorted(bars, reverse=True)
    assert len(options(here, 1)["series"][0]["data"]) == 16
    shapes = options(here, 2)["series"][0]["data"]
    assert len(shapes) == 4
    assert all(0 <= value <= 1 for shape in shapes for value in shape["value"])
    assert options(here, 3)["xAxis"][0]["data"] == ["2022", "2023"]
    with here.page.expect_download() as waiting:
        here.marked("export-csv").last.click()
    with waiting.value.path().open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(io.StringIO(file.read())))
    assert len(rows) == 32
    words = {"zh": ("名次", "协调度 D", "等级"), "en": ("Rank", "D", "Level")}[language]
    assert set(words) <= set(rows[0])
    with here.page.expect_download() as waiting:
        here.marked("export-xlsx").last.click()
    with waiting.value.path().open("rb") as file:
        assert file.read(2) == b"PK"


def test_a_reader_may_see_the_published_series_only(guarded, visit):
    here = visit(guarded, "/synergy/tracking", "zh")
    here.page.get_by_label(here.t("login.name"), exact=True).fill("qian")
    here.page.get_by_label(here.t("login.password"), exact=True).fill("Gruenes-Wasser-1")
    here.button("login.in").click()
    expect(here.page.locator(".xt-h1")).to_have_text(here.t("synergy.tracking"))
    expect(here.page.get_by_role("link", name=here.t("synergy.title"))).to_have_count(0)
    answer = here.page.goto(guarded.url + "/synergy")
    assert answer.status == 403


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 520])
def test_no_page_is_wider_than_the_window(filled, visit, scheme, width):
    here = visit(filled, "/login", "en", scheme)
    here.page.set_viewport_size({"width": width, "height": 900})
    for path in ("/synergy", "/synergy/tracking", "/synergy/tracking?tab=decomposition"):
        here.page.goto(filled.url + path)
        expect(here.page.locator(".nicegui-echart canvas").first).to_be_visible()
        assert here.page.evaluate("document.documentElement.scrollWidth") <= width, path
