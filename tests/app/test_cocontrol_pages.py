"""What the synergy pages show: own panels, merging imports, waterfalls that close; on real data where it is."""

import os
from pathlib import Path

import pytest

from xietong.app import pages_synergy as shown
from xietong.app.access import Actor
from xietong.app.audit import entries
from xietong.app.cocontrol_files import read_bytes
from xietong.app.cocontrol_import import (
    check_table,
    explanation,
    import_bytes,
    import_table,
    template_csv,
    template_xlsx,
)
from xietong.app.cocontrol_ranking import degrees, ranking
from xietong.app.cocontrol_store import PANELS, kept, stored
from xietong.app.desk import Desk
from xietong.app.workspace import create_workspace, open_desk
from xietong.cocontrol.index_system import SHIPPED
from xietong.errors import AccessError, InputError, TableError

DATA = Path(os.environ.get("XIETONG_DATA") or Path(__file__).parents[3] / "shared" / "data")
real = pytest.mark.skipif(not DATA.is_dir(), reason="no folder of real data (XIETONG_DATA)")
HEADER = "entity,year,pm25_ugm3,coal_share,nev_share,monitored_share\n"  # cells below are made up
ROWS = HEADER + "青岛市,2023,30,0.4,0.3,0.9\n济南市,2023,40,0.6,0.1,0.5\n淄博市,2023,,0.5,0.2,0.6\n"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.delenv("XIETONG_DATA", raising=False)
    create_workspace(tmp_path / "w")
    desk = open_desk(tmp_path / "w")
    yield desk
    desk.workspace.close()


def panel(falling: str = "") -> bytes:
    lines = ["entity,year,gdp_1e8cny_2000,co2_t"]
    for at, city in enumerate(("青岛市", "济南市", "淄博市")):
        for year in range(2018, 2024):
            change = (-0.03 if city == falling else 0.02) * (year - 2018)
            lines.append(f"{city},{year},{100 * 1.05 ** (year - 2018)},{1e7 * (at + 1 + change)}")
    return "\n".join(lines).encode()


def test_rows_of_the_same_entities_are_replaced_and_others_stay(desk):
    import_bytes(desk, "a.csv", ROWS.encode(), "city", "甲")
    again = HEADER + "济南市,2024,35,0.5,0.2,0.6\n"
    assert import_bytes(desk, "b.csv", again.encode(), "city", "乙")["rows"] == 3
    table = kept(desk.workspace.root, "city")
    assert table.select("entity", "year").rows() == [
        ("济南市", "2024"),
        ("淄博市", "2023"),
        ("青岛市", "2023"),
    ]
    import_bytes(desk, "c.csv", again.encode(), "city", "丙", replace=True)
    assert kept(desk.workspace.root, "city").height == 1
    trail = [one for one in entries(desk).items if one["action"] == "cocontrol.import"]
    assert len(trail) == 3
    assert "丙" in str(trail[0]["after"])
    assert trail[0]["before"] != trail[1]["before"]


def test_unknown_is_not_ranked_and_everybody_sees_what_is_theirs(desk):
    import_bytes(desk, "a.csv", ROWS.encode(), "city", "甲")
    found = ranking(desk, "city")
    assert [(row["entity"], row["rank"]) for row in found["rows"]] == [
        ("青岛市", 1),
        ("济南市", 2),
        ("淄博市", None),
    ]
    city = Desk(desk.workspace, Actor("a", "city", "370100"))
    own = ranking(city, "city")
    assert [(row["entity"], row["rank"]) for row in own["rows"]] == [("济南市", 2)]
    assert own["hidden"] == 2
    with pytest.raises(AccessError):
        degrees(Desk(desk.workspace, Actor("b", "reader", "370000")), "city")


def test_an_enterprise_hands_in_and_sees_its_own_row_only(desk):
    header = template_csv("enterprise").strip()
    cells = ",".join(["0.5"] * (header.count(",") - 1))
    plant = Desk(desk.workspace, Actor("p", "enterprise", "370200", "某厂"))
    own = f"{header}\n某厂,2023,{cells}\n"
    import_bytes(plant, "a.csv", own.encode(), "enterprise", "年报")
    with pytest.raises(AccessError):
        import_bytes(plant, "a.csv", own.replace("某厂", "别厂").encode(), "enterprise", "年报")
    other = f"{header}\n别厂,2023,{cells.replace('0.5', '0.6')}\n"
    import_bytes(desk, "b.csv", other.encode(), "enterprise", "年报")
    assert [row["entity"] for row in degrees(plant, "enterprise")["rows"]] == ["某厂"]


def test_a_check_stores_nothing_and_says_what_would_be_stored(desk):
    found = check_table(desk, "a.csv", ROWS.encode(), "city")
    assert (found["rows"], found["years"], found["columns"][0]) == (3, [2023], "pm25_ugm3")
    assert kept(desk.workspace.root, "city") is None
    assert not list(desk.workspace.root.glob("statistics/synergy*"))


@pytest.mark.parametrize("name", [*SHIPPED, *PANELS])
def test_templates_come_back_as_they_are_read(name, tmp_path):
    header = template_csv(name).strip().split(",")
    assert header[:2] == ["entity", "year"]
    assert [row["column"] for row in explanation(name)] == header[2:]
    assert all(row["title_zh"] and row["title_en"] and row["unit"] for row in explanation(name))
    assert read_bytes("t.xlsx", template_xlsx(name)).columns == header


def test_an_excel_table_is_as_good_as_csv(desk, tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    for line in ROWS.strip().split("\n"):
        cells = line.split(",")
        book.active.append(
            [c if at < 1 or not c[:1].isdigit() else float(c) for at, c in enumerate(cells)]
        )
    book.save(tmp_path / "表.xlsx")
    made = import_table(desk, tmp_path / "表.xlsx", "city", "甲")
    assert made["rows"] == 3
    assert ranking(desk, "city")["rows"][0]["entity"] == "青岛市"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("entity,year,gdp_1e8cny_2000\n青岛市,2020,1\n", "missing column 'co2_t'"),
        ("entity,year,gdp_1e8cny_2000,co2_t,x\n青岛市,2020,1,1,1\n", "unknown column: 'x'"),
        ("entity,year,gdp_1e8cny_2000,co2_t\n青岛市,2020,-1,1\n", "not above 0"),
        ("entity,year,gdp_1e8cny_2000,co2_t\n青岛市,2020,1,1\n青岛市,2020,1,1\n", "comes twice"),
        ("entity,year,gdp_1e8cny_2000,co2_t\n,2020,1,1\n", "entity is empty"),
        ("", "empty file"),
        ("\0\0", "not a text file"),
    ],
)
def test_a_panel_with_problems_is_refused_with_its_file_name(desk, content, message):
    with pytest.raises(TableError) as caught:
        import_bytes(desk, "panel.csv", content.encode(), "city-panel", "甲")
    assert "panel.csv" in str(caught.value)
    assert message in str(caught.value)


@pytest.mark.parametrize("name", ["../x", "a/b", "x.y", "", "a" * 41])
def test_a_name_never_becomes_a_path(desk, name):
    with pytest.raises(InputError):
        stored(desk.workspace.root, name)


def test_without_a_panel_the_state_is_empty(desk):
    for found in (
        shown.decoupling(desk),
        shown.decomposition(desk),
        shown.tracking(desk, "synergy"),
    ):
        assert (found["state"], found["rows"]) == ("empty", [])
    assert shown.panel_years(desk) == []


def test_the_own_panel_goes_first_and_names_its_source(desk):
    import_bytes(desk, "p.csv", panel("济南市"), "city-panel", "市统计局 2024")
    found = shown.decoupling(desk, "span", 2019)
    states = {row["entity"]: row["state"] for row in found["rows"]}
    assert states == {"济南市": "SD", "青岛市": "WD", "淄博市": "WD"}
    assert found["source"] == "市统计局 2024"
    assert found["rows"][0]["span"] == "2019–2023"
    assert shown.panel_years(desk) == list(range(2018, 2024))
    assert shown.levels(desk, "济南市", None, None)[0]["co2"] == 100


@pytest.mark.parametrize("mode", ["span", "chain"])
def test_waterfalls_close(desk, mode):
    import_bytes(desk, "p.csv", panel("济南市"), "city-panel", "甲")
    found = shown.decomposition(desk, "lmdi", mode)
    assert [row["entity"] for row in found["rows"]][-1] == shown.SUM
    for row in found["rows"]:
        made = shown.bars(row, found["factors"])
        assert made[-2]["high"] == pytest.approx(row["end"], rel=1e-9)
    whole, cities = found["rows"][-1], found["rows"][:-1]
    assert whole["GDP"] == pytest.approx(sum(row["GDP"] for row in cities))
    assert shown.bars(shown.decomposition(desk, "kaya", mode)["rows"][-1], ["population"]) == []


@real
def test_the_sixteen_cities_as_the_docs_print_them(desk, monkeypatch):
    monkeypatch.setenv("XIETONG_DATA", str(DATA))
    found = shown.decoupling(desk, "span", 2005, 2023)
    assert len(found["rows"]) == 16
    assert {row["state"] for row in found["rows"]} == {"WD"}
    assert all(row["place"] == row["entity"] for row in found["rows"])
    whole = shown.decomposition(desk, "lmdi", "span", 2005, 2023)["rows"][-1]
    assert (round(whole["GDP"], 1), round(whole["total"], 1)) == (1403.3, 503.7)
    assert (round(whole["start"], 1), round(whole["end"], 1)) == (673.9, 1177.7)
    counts = {}
    for row in shown.decoupling(desk, "chain", 2005, 2023)["rows"]:
        counts[row["state"]] = counts.get(row["state"], 0) + 1
    assert counts == {"WD": 173, "SD": 73, "EC": 25, "END": 17}


@real
def test_the_folders_own_table_can_be_imported_as_it_is(desk):
    import_table(desk, DATA / "stats/shandong_city_panel_1998_2024.csv", "city-panel", "面板")
    found = shown.decoupling(desk, "span", 2005, 2023)
    betas = {row["entity"]: round(row["elasticity"], 3) for row in found["rows"]}
    assert len(betas) == 16
    assert betas["滨州市"] == 0.736
    assert "不再重复相加" in found["warnings"][0]  # what was decided about Laiwu is still said
