"""Indicators: names are unambiguous, look-alikes stay apart, real targets are recognised, fast."""

import os
import time
import tomllib
from pathlib import Path

import pytest

from xietong.errors import VocabularyError
from xietong.vocab.indicators import _plain, indicator, indicators, match_indicator
from xietong.vocab.load import HERE, rows

PLANS = os.environ.get("XIETONG_PLANS")
NAMES = [(name, r.id) for r in indicators().values() for name in (r.zh, *r.aliases)]


def test_ids_and_folded_names_are_unique() -> None:
    ids = [row["id"] for row in rows("indicators")]
    assert len(ids) == len(set(ids))
    assert len({record.zh for record in indicators().values()}) == len(ids)
    owner: dict[str, str] = {}
    for name, record in NAMES:
        assert owner.setdefault(_plain(name), record) == record, name


def test_cells_are_within_their_vocabularies() -> None:
    known = tomllib.loads((HERE / "sources.toml").read_text(encoding="utf-8"))
    for row in rows("indicators"):
        assert row["id"].replace("_", "").isalnum() and row["id"].islower(), row
        assert row["direction"] in {"increase", "decrease", "level"}, row
        assert row["kind"] in {"intensity", "share", "total", "capacity", "stock", "rate", "count"}
        assert row["city_owned"] in {"true", "false"}, row
        assert row["source"] in known, row
        assert (row["confidence"] == "K") == (row["source"] == "unverified"), row
        assert row["locator"], row


def test_every_name_and_alias_is_its_indicator() -> None:
    for name, record in NAMES:
        assert match_indicator(name) == (record, 1.0), name


PART_OF_IT = ["分布式", "农村", "重点行业", "居民", "自备电厂", "既有", "非道路移动机械"]


def test_a_part_of_a_quantity_is_not_the_quantity() -> None:
    listed = {_plain(name) for name, _ in NAMES}
    for name, _ in NAMES:
        for part in PART_OF_IT:
            if part not in name and _plain(part + name) not in listed:
                assert match_indicator(part + name) is None, part + name


LOOK_ALIKES = [
    ("光伏装机", "风电装机"),
    ("光伏装机", "分布式光伏装机"),
    ("风电装机", "海上风电装机"),
    ("新型储能装机规模", "抽水蓄能装机规模"),
    ("大宗固废综合利用率", "大宗固废年利用量"),
    ("大宗固废综合利用率", "一般工业固体废物综合利用率"),
    ("绿色出行比例", "绿色建筑比例"),
    ("绿色建筑占比", "星级绿色建筑占比"),
    ("新增绿色建筑面积", "城镇新建绿色建筑占比"),
    ("新增和更新公交车新能源占比", "新增和更新出租车新能源及清洁能源占比"),
    ("营运车辆换算周转量碳排放强度", "船舶换算周转量碳排放强度"),
    ("二氧化硫排放总量", "二氧化碳排放总量"),
    ("氮氧化物排放总量", "氮氧化物重点工程减排量"),
    ("化学需氧量排放总量", "氨氮排放总量"),
    ("PM2.5浓度", "PM10浓度"),
    ("生活垃圾回收利用率", "生活垃圾资源化利用率"),
    ("森林覆盖率", "森林蓄积量"),
    ("建成区绿地率", "建成区绿化覆盖率"),
    ("地表水优良水体比例", "地表水劣V类水体比例"),
    ("可再生能源发电量占比", "可再生能源装机占比"),
    ("非化石能源消费占比", "非化石能源发电量占比"),
    ("煤炭消费量", "煤炭消费占比"),
    ("可再生能源电力消纳责任权重", "非水电可再生能源电力消纳责任权重"),
    ("再生水利用率", "再生水利用量"),
    ("单位GDP能耗", "单位GDP二氧化碳排放"),
    ("需求侧响应能力", "需求侧响应能力占最大用电负荷比例"),
    ("新能源汽车保有量", "新能源汽车新车销售量"),
    ("化肥使用量", "化肥利用率"),
]


@pytest.mark.parametrize(("one", "other"), LOOK_ALIKES)
def test_look_alikes_stay_apart(one: str, other: str) -> None:
    left, right = match_indicator(one), match_indicator(other)
    assert left and right and left[0] != right[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("非化石能源占一次能源消费的比重", "non_fossil_share"),
        ("单位国内生产总值能源消耗", "energy_intensity"),
        ("燃煤机组供电煤耗", "coal_power_supply_rate"),
        ("全省80%以上的绿色出行创建城市绿色出行比例", "green_travel_share"),
        (
            "城市建成区每年新增和更新的城市公共汽车（除应急救援车辆外）新能源车辆比例",
            "nev_bus_share",
        ),
        ("京津冀及周边地区煤炭消费量", "coal_consumption"),
        ("天然气消费量在能源消费总量中的比重", "gas_share"),
        ("畜禽粪污资源化利用率", "manure_use"),
        ("一般工业固体废弃物综合利用率", "industrial_waste_use"),
        ("PM₂.₅年均浓度", "pm25"),
        ("VOCs重点工程减排量", "vocs_project_cut"),
        ("全市森林覆盖率", "forest_cover"),
        ("地表水达到或好于Ⅲ类水体比例", "good_surface_water"),
        ("新能源车辆比例", None),
        ("装机规模", None),
        ("钢铁产能", None),
        ("单位建筑面积能耗", None),
        ("农村可再生能源装机", None),
        ("电解铝使用可再生能源比例", None),
        ("森林覆盖率和蓄积量", None),
        ("", None),
    ],
)
def test_names_as_printed(text: str, expected: str | None) -> None:
    found = match_indicator(text)
    assert (found[0] if found else None) == expected


@pytest.mark.skipif(not PLANS, reason="real plan documents are not here: set XIETONG_PLANS")
def test_the_targets_of_the_real_plans_are_recognised() -> None:
    from xietong.plans.parse import parse_document

    unknown = {
        target.indicator
        for path in sorted(Path(PLANS or "").glob("*.txt"))
        for target in parse_document(path).targets
        if target.indicator_id is None
    }
    # Two subjects (buses and taxis) share one number: no single indicator is right.
    assert unknown == {"新能源车辆比例"}


def test_an_unknown_id_names_near_ones() -> None:
    with pytest.raises(VocabularyError, match="solar_capacity"):
        indicator("solar_capacities")


def test_under_a_millisecond_on_average() -> None:
    match_indicator("光伏")  # tables and rapidfuzz are loaded
    texts = [f"第{n}类{name}" for n, (name, _) in enumerate(NAMES)]
    texts += [f"{name}建设水平{n}" for n, (name, _) in enumerate(NAMES)]
    start = time.perf_counter()
    for text in texts:
        match_indicator(text)
    assert (time.perf_counter() - start) / len(texts) < 0.001
