"""The cheapest measures that close a gap: never more than the gap, never without an inventory."""

import pytest

from xietong.app.assessment import assess_desk
from xietong.app.closing_measures import closed, closing_measures
from xietong.app.statistics import import_statistics
from xietong.app.workspace import create_workspace, open_desk
from xietong.errors import NotFoundError, TableError

HEAD = "地区代码,指标,年份,数值,计量单位,数据来源\n"
TARGET = "adcode,indicator_id,year,operator,value,unit,baseline_year,direction,way,units\n"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("closing")
    create_workspace(folder / "w", example="shandong")
    desk = open_desk(folder / "w")
    file = folder / "more.csv"
    file.write_text(
        HEAD
        + "370000,氮氧化物排放总量,2013,87,万吨,示例，非真实数据\n370000,氮氧化物排放总量,2014,86,万吨,示例，非真实数据\n",
        "utf-8",
    )
    import_statistics(desk, file)
    (folder / "w" / "targets").mkdir(exist_ok=True)
    rows = "370000,nox_total,2020,at_most,80,万吨,,decrease,示例,山东省人民政府\n"
    (folder / "w" / "targets" / "own.csv").write_text(TARGET + rows, "utf-8")
    yield desk
    desk.workspace.close()


def test_measures_from_cheap_to_dear_close_the_gap_and_no_more(desk):
    found = closing_measures(desk, "own.csv:2", 2014)
    assert found["gap_t"] == pytest.approx(60_000)
    reduced = sum(one["reduced_t"] for one in found["measures"])
    assert reduced == pytest.approx(found["closed_share"] * 60_000)
    assert found["closed_share"] == pytest.approx(1.0)
    assert all(one["share"] == 1.0 for one in found["measures"][:-1])
    assert 0 < found["measures"][-1]["share"] <= 1
    assert found["annual_cny"] == pytest.approx(sum(m["annual_cny"] for m in found["measures"]))


def test_what_cannot_be_closed_says_why(desk):
    with pytest.raises(NotFoundError):
        closing_measures(desk, "none", 2014)
    lines = assess_desk(desk, 2023)["targets"]
    solar = next(one for one in lines if one["indicator"] == "solar_capacity" and one["gap"])
    with pytest.raises(TableError, match="no mass"):
        closing_measures(desk, str(solar["id"]), 2023)
    jinan = next(one for one in lines if one["indicator"] == "carbon_intensity" and one["gap"])
    with pytest.raises(TableError, match="no inventory"):
        closing_measures(desk, str(jinan["id"]), 2023)


def test_too_few_measures_close_a_part():
    bar = {"measure": "a", "reduction": 3.0, "unit_cost": 1.0, "annual_cny": 3.0}
    made = closed([bar, bar | {"reduction": 0.0}], 10.0, {})
    assert made["closed_share"] == pytest.approx(0.3) and len(made["measures"]) == 1
