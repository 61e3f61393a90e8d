"""A province and a city of our own writing, made after the rules: what comparing them must find.

Both texts are fictional and share no place, number or sentence with a real plan.
"""

from functools import cache
from pathlib import Path

from xietong.plans.compare import Comparison, compare_plans
from xietong.plans.model import Plan
from xietong.plans.parse import parse_document

FOLDER = Path(__file__).parent / "written"


@cache
def plan(name: str) -> Plan:
    return parse_document(FOLDER / f"{name}.txt")


@cache
def found() -> Comparison:
    return compare_plans(plan("province"), plan("city"))


def test_clauses_split_merged_reordered_and_missing() -> None:
    assert {(a.relation, a.left, a.right) for a in found().alignment} == {
        ("split", ("2.1",), ("2.2", "2.3")),
        ("one_to_one", ("2.2",), ("2.5",)),
        ("one_to_one", ("2.3",), ("2.4",)),
        ("one_to_one", ("2.4",), ("2.6",)),
        ("one_to_one", ("2.5",), ("2.1",)),
        ("one_to_one", ("2.6",), ("2.7",)),
        ("merged", ("2.7", "2.8"), ("2.8",)),
        ("only_left", ("2.9",), ()),
        ("only_right", (), ("2.9",)),
    }


def test_what_became_of_each_target() -> None:
    changes = [
        (
            c.relation,
            c.left.value if c.left else None,
            c.right.value if c.right else None,
        )
        for c in found().target_changes
    ]
    assert changes == [
        ("apportioned", 16.0, 11.0),
        ("kept", 65.0, 65.0),
        ("apportioned", 3000.0, 260.0),
        ("dropped", 2000.0, None),
        ("weakened", 300.0, "持续降低造纸行业单位产品综合能耗"),
        ("apportioned", 1.2, 900.0),  # 亿吨 and 万吨
        ("weakened", 100.0, 100.0),  # the year is gone
        ("kept", 65.0, 65.0),
        ("weakened", 9.0, 7.0),
        ("kept", 45.0, 45.0),
        ("kept", "达峰", "达峰"),
        ("added", None, 2.0),
    ]


def test_conflicts_and_their_rank() -> None:
    conflicts = {(c.severity, c.kind, c.indicator) for c in found().conflicts}
    assert conflicts >= {
        ("high", "value", "城镇建筑可再生能源替代率"),
        ("medium", "year", "新增和更新公交车新能源占比"),
        ("low", "scope", "新增和更新公交车新能源占比"),
        ("low", "exception", "新增和更新公交车新能源占比"),  # the city grants none: stricter
        ("low", "hedge", "绿色出行比例"),
        ("medium", "exception", "水泥熟料产能"),
        ("medium", "citation", "岚原省碳达峰实施方案"),
        ("low", "citation", "绿色办公行为规范"),
        ("low", "hedge", "氢燃料电池公交车"),
    }
    assert {c.indicator for c in found().conflicts if c.kind == "value"} == {
        "城镇建筑可再生能源替代率"
    }


def test_items_left_out_of_a_list_are_named_and_places_a_city_lacks_are_not() -> None:
    lost = {c.left.value for c in found().conflicts if c.kind == "list"}
    assert lost == {"送出线路", "电石渣", "氢能", "低成本制氢"}


def test_what_is_not_there_is_not_a_conflict_of_units() -> None:
    rows = {(u.kind, u.function) for u in found().units}
    assert rows == {
        ("only_left", "能源"),  # the city has no such bureau
        ("lead_differs", "交通运输"),
        ("only_right", "城市管理"),
        ("only_left", "人力资源社会保障"),
    }  # 地方金融监管局 and 市委金融办 are one function


def test_the_other_direction_mirrors_it_with_texts() -> None:
    back = compare_plans(plan("city"), plan("province"))
    mirror = {
        "split": "merged",
        "merged": "split",
        "only_left": "only_right",
        "only_right": "only_left",
    }
    assert {(mirror.get(a.relation, a.relation), a.right, a.left) for a in back.alignment} == {
        (a.relation, a.left, a.right) for a in found().alignment
    }
    turned = {
        "dropped": "added",
        "added": "dropped",
        "weakened": "strengthened",
        "strengthened": "weakened",
    }
    assert {(turned.get(c.relation, c.relation), c.right, c.left) for c in back.target_changes} == {
        (c.relation, c.left, c.right) for c in found().target_changes
    }
    assert {(c.kind, c.severity, c.right, c.left) for c in back.conflicts} == {
        (c.kind, c.severity, c.left, c.right) for c in found().conflicts
    }


def test_a_plan_with_itself_has_no_conflict_of_words() -> None:
    for name in ("province", "city"):
        same = compare_plans(plan(name), plan(name))
        assert same.conflicts == () and {c.relation for c in same.target_changes} == {"kept"}
