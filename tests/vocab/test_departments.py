"""Departments: every unit of the real plans is known, levels and reforms fold together, no guesses."""

import os
import re
import time
import tomllib
from pathlib import Path

import pytest

from xietong.vocab.departments import canonical, full_name, function_of, functions, repair
from xietong.vocab.load import HERE, rows

PLANS = os.environ.get("XIETONG_PLANS")


def test_names_are_unique_and_functions_known() -> None:
    listed = [row["name"] for row in rows("departments")]
    assert len(listed) == len(set(listed))
    ids = [row["function"] for row in rows("functions")]
    assert len(ids) == len(set(ids))
    assert {row["function"] for row in rows("departments")} == set(ids)
    zh = [name for name, _ in functions().values()]
    assert len(zh) == len(set(zh))


def test_full_forms_and_successors_are_rows() -> None:
    listed = {row["name"]: row for row in rows("departments")}
    for row in rows("departments"):
        if row["alias_of"]:
            of = listed[row["alias_of"]]
            assert of["function"] == row["function"], row
            assert not of["alias_of"] or of is row, row
        if row["successor"]:
            assert row["successor"] in listed, row


def test_every_row_names_a_known_source() -> None:
    known = tomllib.loads((HERE / "sources.toml").read_text(encoding="utf-8"))
    for row in rows("departments"):
        assert row["source"] in known, row
        assert row["source"] != "unverified" or (row["locator"] and row["confidence"] == "K"), row


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("省发展改革委", "省发展和改革委员会"),
        ("省发展改革委", "历下区发改局"),
        ("省住房城乡建设厅", "市住房和城乡建设局"),
        ("省工业和信息化厅", "市工信局"),
        ("省自然资源厅", "市自然资源和规划局"),
        ("省自然资源厅", "北京市规划自然资源委"),
        ("省水利厅", "市水务管理局"),
        ("省市场监管局", "市市场监督管理局"),
        ("省机关事务局", "市机关事务服务中心"),
        ("省委外办", "市外办"),
        ("省地方金融监管局", "市委金融办"),
        ("山东银保监局", "国家金融监管总局青岛监管局"),
        ("聊城银保监分局", "聊城金融监管分局"),
        ("人民银行聊城市中心支行", "人民银行青岛市分行"),
        ("国铁济南局", "国铁济南局聊城车务段"),
        ("市税务局", "国家税务总局青岛市税务局"),
        ("国网济南供电公司", "国网山东省电力公司"),
        ("市城管局", "市城市管理委员会"),
        ("市生态环境局", "市生态环境局莱芜分局"),
        ("工业和信息化主管部门", "广西壮族自治区工业和信息化厅"),
        ("各市人民政府", "各区县政府及代管镇街道的功能区管理机构（以下统称为各区县政府）"),
        ("各市人民政府", "各市、县（市、区）政府"),
        ("各有关部门", "市有关部门单位"),
        ("市民营经济局", "市民营经济发展局"),
        ("市园林和林业局", "省林业局"),
        ("省环境保护厅", "省生态环境厅"),
    ],
)
def test_one_function_across_levels_names_and_reforms(one: str, other: str) -> None:
    left, right = function_of(one), function_of(other)
    assert left and right
    assert left.function == right.function
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("省地方金融监管局", "山东银保监局"),
        ("市水务局", "市海洋发展局"),
        ("市城管局", "市住房城乡建设局"),
        ("省能源局", "省发展改革委"),
        ("市园林和林业绿化局", "市自然资源和规划局"),
        ("济南市人民政府", "各市人民政府"),
        ("济南市人民政府", "济南市人民政府办公厅"),
        ("市委党校", "市委组织部"),
    ],
)
def test_different_functions_stay_apart(one: str, other: str) -> None:
    left, right = function_of(one), function_of(other)
    assert left and right and left.function != right.function


@pytest.mark.parametrize(
    "name",
    [
        "某某公司",
        "",
        "省",
        "市委",
        "局",
        "市财政",
        "济南水务集团",
        "全社会财政局",
        "能源",
        "统计",
        "部",
        "外星银保监局",
    ],
)
def test_the_unknown_is_none_and_unchanged(name: str) -> None:
    assert function_of(name) is None
    assert canonical(name) == name == full_name(name)
    assert repair(name) == (name, False)


@pytest.mark.parametrize(
    ("printed", "full"),
    [
        ("省发展改革委", "省发展和改革委员会"),
        ("市市场监管局", "市市场监督管理局"),
        ("区发改局", "区发展和改革局"),
        ("省国资委", "省国有资产监督管理委员会"),
        ("市口岸物流办", "市口岸和物流办公室"),
        ("国铁济南局", "中国铁路济南局集团有限公司"),
        ("国家金融监管总局青岛监管局", "国家金融监督管理总局青岛监管局"),
        ("各区县政府", "各区县人民政府"),
    ],
)
def test_full_names(printed: str, full: str) -> None:
    assert full_name(printed) == full
    assert function_of(full) is not None


def test_reforms_lead_to_known_names() -> None:
    found = 0
    for printed in (
        "省地方金融监管局",
        "聊城银保监分局",
        "人民银行莱芜中心支行",
        "省环保厅",
        "市国土资源局",
    ):
        old = function_of(printed)
        assert old and old.successor
        new = function_of(old.successor)
        assert new and new.function == old.function, old
        found += 1
    assert found == 5


@pytest.mark.parametrize(
    ("printed", "mended"),
    [
        ("市住房城乡建设建设局", "市住房城乡建设局"),
        ("省工业和信息和信息化厅", "省工业和信息化厅"),
        ("市市市场监管局", "市市场监管局"),
        ("省生态态环境厅", "省生态环境厅"),
    ],
)
def test_doubled_characters_are_mended(printed: str, mended: str) -> None:
    assert repair(printed) == (mended, True)
    assert repair(mended) == (mended, False)


def test_every_doubling_of_a_known_name_is_mended_to_its_department() -> None:
    for name in ("省发展改革委", "市农业农村局", "国铁济南局", "省委宣传部"):
        for start in range(len(name)):
            for stop in range(start + 1, min(len(name), start + 4) + 1):
                doubled = name[:stop] + name[start:]
                mended, _ = repair(doubled)
                assert canonical(mended) == canonical(name), doubled


@pytest.mark.skipif(not PLANS, reason="real plan documents are not here: set XIETONG_PLANS")
def test_every_unit_of_the_real_plans_is_known() -> None:
    units = {
        unit for path in sorted(Path(PLANS or "").glob("*.txt")) for unit in printed_units(path)
    }
    assert len(units) > 90
    assert [unit for unit in sorted(units) if function_of(repair(unit)[0]) is None] == []


def printed_units(path: Path) -> set[str]:
    """Names within the responsibility brackets and after 抄送, read without the plan parser."""
    text = re.sub(r"\s+", "", path.read_text(encoding="utf-8"))
    lists = re.findall(r"〔责任单位：([^〕]*)〕", text)
    lists += re.findall(r"[（(]责任单位：([^）)]*)[）)]", text)
    lists += re.findall(r"[（(]([^（）()。]{2,300}?)(?:等部门)?(?:按职责分工|牵头)?负责[）)]", text)
    lists += [m.replace("。", "、") for m in re.findall(r"抄送：(.*?局。|.*?工商联。)", text)]
    lists = [re.sub(r"县（市、区）", "县", part) for part in lists]
    parts = (name for part in lists for name in re.split(r"[、，,]", part))
    return {re.sub(r"(等部门|牵头)$", "", name) for name in parts if name}


def test_looking_up_is_quick() -> None:
    made = [f"第{n}某市{stem}局" for n in range(200) for stem in ("生态环境", "财政", "某某")]
    start = time.perf_counter()
    for name in made:
        function_of(name)
    assert (time.perf_counter() - start) / len(made) < 0.002
