"""Single rules of comparison on plans of one clause, made by hand."""

from dataclasses import replace
from typing import Any

import pytest
from plans_by_hand import META, plan, target

from xietong.plans.compare import Change, Comparison, Conflict, compare_plans
from xietong.plans.model import Clause, Plan, Region

PROVINCE = replace(META, region=Region("370000", "甲省", "province"), title="甲省方案", cites=())
CITY = replace(META, title="乙市方案", cites=())


def one(meta: Any, text: str = "", units: tuple[str, ...] = (), **columns: Any) -> Plan:
    """A plan of one clause; with ``indicator`` it has one target."""
    clause = Clause("1.1", "1.1", "推进绿色发展", text, units)
    targets = ()
    if columns:
        targets = (target("1.1", columns.pop("indicator"), columns.pop("value"), **columns),)
    return plan(meta=meta, clauses=(clause,), targets=targets, milestones=(), projects=())


def compared(left: dict[str, Any], right: dict[str, Any]) -> Comparison:
    return compare_plans(one(PROVINCE, **left), one(CITY, **right))


def change(left: dict[str, Any], right: dict[str, Any]) -> Change:
    found = compared(left, right).target_changes
    assert len(found) == 1
    return found[0]


def conflicts(left: dict[str, Any], right: dict[str, Any]) -> list[tuple[str, str]]:
    return [(c.kind, c.severity) for c in compared(left, right).conflicts]


RATE = {
    "indicator": "城镇建筑可再生能源替代率",
    "indicator_id": "building_renewable_share",
    "hedge": (),
}
COAL = {
    "indicator": "供电煤耗",
    "indicator_id": "coal_power_supply_rate",
    "unit": "克标准煤/千瓦时",
    "direction": "decrease",
    "hedge": (),
}
STEEL = {"indicator": "吨钢综合能耗", "unit": "千克标准煤", "hedge": ()}
WASTE = {"indicator": "大宗固废年利用量", "indicator_id": "bulk_waste_use_amount", "hedge": ()}


@pytest.mark.parametrize(
    ("left", "right", "relation"),
    [
        ({**RATE, "value": 8.0}, {**RATE, "value": 10.0}, "strengthened"),
        ({**RATE, "value": 10.0}, {**RATE, "value": 8.0}, "weakened"),
        ({**COAL, "value": 300.0}, {**COAL, "value": 290.0}, "strengthened"),
        ({**COAL, "value": 290.0}, {**COAL, "value": 300.0}, "weakened"),
        (
            {**STEEL, "value": 10.0, "unit": "%", "baseline_year": 2020, "direction": "decrease"},
            {**STEEL, "value": 12.0, "unit": "%", "baseline_year": 2020, "direction": "decrease"},
            "strengthened",
        ),
        (
            {**WASTE, "value": 2.0, "unit": "亿吨"},
            {**WASTE, "value": 20000.0, "unit": "万吨"},
            "kept",
        ),
        (
            {**WASTE, "value": 2.0, "unit": "亿吨"},
            {**WASTE, "value": 2000.0, "unit": "万吨"},
            "apportioned",
        ),
        ({**RATE, "value": 8.0}, {**RATE, "value": 8.0, "year": 2030}, "weakened"),
        ({**RATE, "value": 8.0}, {**RATE, "value": 8.0, "year": 2024}, "strengthened"),
        ({**RATE, "value": 8.0}, {**RATE, "value": 9.0, "year": 2030}, "replaced"),
    ],
)
def test_relation(left: dict[str, Any], right: dict[str, Any], relation: str) -> None:
    assert change(left, right).relation == relation


def test_a_floor_that_the_city_passes_is_no_conflict_but_one_that_it_misses_is() -> None:
    floor = {**RATE, "value": 8.0, "operator": ">=", "hedge": ("不低于",)}
    assert conflicts(floor, {**RATE, "value": 10.0}) == []
    assert conflicts(floor, {**RATE, "value": 6.0}) == [("value", "high")]


def test_one_amount_in_two_units_is_no_conflict() -> None:
    left = {**STEEL, "value": 1.5, "unit": "吨标准煤"}
    right = {**STEEL, "value": 0.00015, "unit": "万吨标准煤"}
    assert conflicts(left, right) == []
    assert conflicts(left, {**right, "value": 0.0002}) == [("value", "high")]


def test_two_cities_disagree_low_only() -> None:
    other = replace(META, region=Region("370300", "丙市", "city"), cites=())
    found = compare_plans(one(CITY, **RATE, value=8.0), one(other, **RATE, value=10.0))
    assert [(c.kind, c.severity) for c in found.conflicts] == [("value", "low")]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("推动水泥、焦化行业超低排放改造。", "推动水泥行业超低排放改造。", ["焦化"]),
        ("保护河流、湖泊、海洋等水生态系统。", "保护河流、湖泊等水生态系统。", []),
        ("打造高效衔接、快捷舒适的公共交通体系。", "打造快捷舒适的公共交通体系。", []),
        ("推动水泥行业超低排放改造。", "推动水泥、焦化行业超低排放改造。", []),  # the city adds
    ],
)
def test_lists(left: str, right: str, expected: list[str]) -> None:
    found: tuple[Conflict, ...] = compared({"text": left}, {"text": right}).conflicts
    assert [c.left.value for c in found if c.kind == "list"] == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("严禁新增炼油产能。", "严控新增炼油产能。", [("hedge", "medium")]),
        ("严控新增炼油产能。", "严禁新增炼油产能。", [("hedge", "low")]),  # the city is stricter
        ("重点区域严禁新增炼油产能。", "严禁新增炼油产能。", []),  # a city needs no districts
        ("严禁新增炼油产能。", "重点区域严禁新增炼油产能。", [("scope", "medium")]),
        ("大幅压减散煤消费。", "持续压减散煤消费。", [("hedge", "low")]),
    ],
)
def test_words_of_control(left: str, right: str, expected: list[tuple[str, str]]) -> None:
    assert conflicts({"text": left}, {"text": right}) == expected


def test_a_function_is_followed_through_names_and_a_missing_bureau_is_explained() -> None:
    left = ("省能源局", "省发展改革委", "省地方金融监管局")
    right = ("市发展和改革委员会", "市委金融办")
    (only,) = compared({"units": left}, {"units": right}).units
    assert (only.kind, only.function) == ("only_left", "能源") and "发展改革" in only.note
    (known,) = compared({"units": left}, {"units": ("市能源局", "市委金融办")}).units
    assert (known.kind, known.function, known.note) == ("only_left", "发展改革", "")


def test_a_bureau_that_exists_elsewhere_in_the_other_plan_is_simply_missing_here() -> None:
    left = one(PROVINCE, units=("省能源局", "省发展改革委"))
    right = one(CITY, units=("市发展改革委",))
    other = Clause("1.2", "1.2", "保障供热", "", ("市能源局",))
    right = replace(right, clauses=(*right.clauses, other))
    (row,) = compare_plans(left, right).units
    assert (row.function, row.note) == ("能源", "")


@pytest.mark.parametrize(("places", "expected"), [("乙、丙", [("hedge", "low")]), ("丙、丁", [])])
def test_a_task_for_named_places_binds_only_those(
    places: str, expected: list[tuple[str, str]]
) -> None:
    left = {"text": f"在{places}等市推进氢燃料电池公交车示范运行。"}
    assert conflicts(left, {"text": "探索推进氢燃料电池公交车示范运行。"}) == expected
