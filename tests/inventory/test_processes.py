"""Chemicals, fluorinated gases and fugitive sources from the sheets people fill in to totals and checks."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from xietong import params
from xietong.app.inventory import check_inventory, run_inventory
from xietong.app.inventory_files import import_file
from xietong.methods import find_method
from xietong.methods.fluorinated.fluorinated_gases import GASES
from xietong.tables import schema

SHEETS = {
    "process_output": "地区代码,年份,排放源名称,产品,工艺,治理设施,数量,单位\n"
    "370200,2024,,乙烯,石脑油裂解,无治理,100,万吨\n"
    "370200,2024,,啤酒,,无治理,30,万千升\n"
    "370300,2024,甲,甲醇,煤制（无烟煤、烟煤）,无治理,10,万吨\n"
    "370300,2024,甲,炼油（按原油加工量）,,已含于系数,100,万吨\n"
    "370300,2024,甲,硫磺回收（按硫磺产量）,两级克劳斯,已含于系数,1,万吨\n",
    "nitric_adipic": "地区代码,年份,工艺,N2O 减排设施,治理设施,产量,单位,经减排设施处理的份额\n"
    "370300,2024,双加压法,非选择性催化还原,无治理,10,万吨,0.9\n"
    "370300,2024,高压法,,无治理,10,万吨,\n",
    "chemical_carbon": "地区代码,年份,排放源名称,方向,物料,燃料,数量,单位,实测含碳量\n"
    "370300,2024,甲,投入,燃料作原料,烟煤,80,万吨,\n"
    "370300,2024,甲,产出,甲醇,,10,万吨,\n"
    "370300,2024,乙,投入,燃料作原料,天然气,100,万立方米,\n"
    "370300,2024,乙,产出,尿素,,60,万吨,\n"
    "370300,2024,丙,投入,其他,,1,万吨,\n"
    "370300,2024,戊,产出,尿素,,1,万吨,\n",
    "fluorinated_gases": "地区代码,年份,用途,环节,物质,数量,单位,释放份额,回收份额,销毁份额\n"
    "370200,2024,房间空调与热泵,在用,R-410A,1200,吨,,,\n"
    "370200,2024,冷水机组,报废,HCFC-22,20000,千克,,0.4,\n"
    "370200,2024,电力设备（开关）,检修,SF6,10,吨,,0.95,\n"
    "370200,2024,闭孔泡沫,充注,HCFC-141b,20,吨,,,\n"
    "370300,2024,HCFC-22 生产,副产,HFC-23,1,万吨,,,0.9\n"
    "370600,2024,半导体与显示器件,刻蚀与清洗,NF3,100,吨,,,0.855\n"
    "370600,2024,NF3 使用的副产 CF4（数量填 NF3）,副产,CF4,100,吨,,,0.81\n",
    "coal_mines": "地区代码,年份,矿井类别,原煤产量,单位,吨煤 CH4 涌出量,利用或销毁份额\n"
    "370800,2024,井工（高瓦斯、突出）,100,万吨,10,0.3\n"
    "370800,2024,露天,100,万吨,,\n",
    "fugitive_sources": "地区代码,年份,行业,排放源名称,环节,治理设施,数量,单位\n"
    "370800,2024,炼焦逃逸,丁,焦炉合计,无治理,300,万吨\n"
    "370800,2024,炼焦逃逸,丁,推焦,无治理,300,万吨\n"
    "370500,2024,油气系统逃逸,,天然气配送,无治理,10,亿立方米\n"
    "370600,2024,油气系统逃逸,,天然气处理,无治理,2,亿立方米\n",
    "oil_gas_facilities": "地区代码,年份,设施,数量,单位\n370600,2024,压气站、增压站,4,个\n370600,2024,天然气井口装置,20,个\n",
    "vapour_losses": "地区代码,年份,环节,油品,油气回收,周转量,单位,真实蒸气压,密度\n"
    "370200,2024,加油站卸油,汽油,一次回收（卸油平衡）,100,万立方米,40,\n"
    "370200,2024,加油,汽油,,74,万吨,40,0.74\n",
    "fuel_use": "地区代码,年份,行业,燃料,燃烧技术,治理设施,数量,单位\n"
    "370300,2024,化工,烟煤,层燃炉,无治理,1,万吨\n",
}
CHOICES = {
    "process_output": (("product", "chemicals/process"),),
    "nitric_adipic": (("process", "chemicals/nitric_adipic"),),
    "chemical_carbon": (("material", "chemicals/carbon_content"),),
    "fugitive_sources": (("process", "fugitive/processes"),),
    "oil_gas_facilities": (("installation", "fugitive/oil_gas_facilities"),),
    "coal_mines": (("mine", "fugitive/coal"),),
    "vapour_losses": (("operation", "fugitive/vapour"), ("product", "fugitive/liquids")),
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("processes") / "w"
    folder.mkdir()
    (folder / "xietong.toml").write_text('title = "w"\n', encoding="utf-8")
    for name, text in SHEETS.items():
        path = folder.parent / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        import_file(path, folder)
    return folder


@pytest.fixture(scope="module")
def inventory(workspace: Path) -> dict[str, Any]:
    return run_inventory(workspace)


@pytest.fixture(scope="module")
def findings(workspace: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = check_inventory(workspace)["findings"]
    return found


def line(rows: list[dict[str, Any]], region: str, sector: str, species: str) -> dict[str, Any]:
    found = [
        row
        for row in rows
        if (row["region"], row["sector"], row["species"]) == (region, sector, species)
    ]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("region", "sector", "species", "tonnes"),
    [
        ("370200", "chemical_processes", "co2_t", 1e6 * 1.73 * 1.3),
        # ethylene 0.6 kg/t; beer 0.035 kg/hl
        ("370200", "chemical_processes", "nmvoc_t", 600 + 3e6 * 0.035 / 1000),
        # 省级指南 / enterprise guide: 8 kg/t, 85 % removed in nine tenths
        ("370300", "chemical_processes", "n2o_t", 1e5 * 0.008 * (1 - 0.85 * 0.9)),
        ("370200", "fluorinated_use", "hfc32_t", 1200 * 0.03 / 2),
        ("370200", "fluorinated_use", "sf6_t", 0.5),
        ("370300", "fluorinated_use", "hfc23_t", 1e4 * 0.0292 * 0.1),
        # the plant's formula: x (1 - 0.1) (1 - 0.8) (1 - 0.9 x 0.95); CF4 x (1 - 0.1) 0.09 (1 - 0.9 x 0.9)
        ("370600", "fluorinated_use", "nf3_t", 100 * 0.9 * 0.2 * (1 - 0.9 * 0.95)),
        ("370600", "fluorinated_use", "cf4_t", 100 * 0.9 * 0.09 * (1 - 0.81)),
        # 10 m3/t x 0.67 kg/m3, 30 % used, 2.01 kg/t after; open pit 1.34 + 0.34
        ("370800", "fugitive_coal", "ch4_t", 1e6 * (6.7 * 0.7 + 2.01 + 1.68) / 1000),
        ("370800", "fugitive_coke", "nmvoc_t", 3e6 * 7.7e-6),
        ("370500", "fugitive_oil_gas", "nmvoc_t", 1e9 * 0.09 / 1e6),
        # enterprise guide: 13.83 + 40.34 t per 10^8 m3; 10.05 + 85.05 and 2.5 t a facility
        ("370600", "fugitive_oil_gas", "ch4_t", 2 * 54.17 + 4 * 95.1 + 20 * 2.5),
        ("370200", "oil_storage", "nmvoc_t", 1e6 * 24 * 40 / 1e6 * 0.05),
    ],
)
def test_totals(
    inventory: dict[str, Any], region: str, sector: str, species: str, tonnes: float
) -> None:
    assert line(inventory["totals"], region, sector, species)["value_t"] == pytest.approx(tonnes)


def test_depleting_substances_are_memo_items(inventory: dict[str, Any]) -> None:
    assert not any(row["species"].startswith(("hcfc", "cfc", "ods")) for row in inventory["totals"])
    memo = inventory["memo"]
    assert line(memo, "370200", "fluorinated_use", "hcfc22_t")["value_t"] == pytest.approx(12)
    use = line(memo, "370200", "fluorinated_use", "ods_use_odp_t")
    assert use["value_t"] == pytest.approx(20 * 0.11)


def test_what_is_not_known_is_not_estimated(inventory: dict[str, Any]) -> None:
    totals, memo = inventory["totals"], inventory["memo"]
    assert line(totals, "370500", "fugitive_oil_gas", "ch4_t")["value_t"] is None
    assert line(totals, "370300", "chemical_processes", "n2o_t")["not_estimated"] >= 1
    assert line(totals, "370200", "oil_storage", "nmvoc_t")["not_estimated"] == 1
    assert line(memo, "370200", "fluorinated_use", "hcfc141b_t")["not_estimated"] == 1
    assert line(totals, "370200", "fluorinated_use", "hfc32_t")["not_estimated"] == 0


@pytest.mark.parametrize(
    ("check", "severity", "word"),
    [
        ("factor-and-balance", "error", "methanol"),
        ("feedstock-burnt", "warning", "bituminous"),
        ("carbon-out-of-nothing", "error", "乙"),
        ("carbon-balance-open", "warning", "丙"),
        ("carbon-balance-open", "error", "戊"),
        ("whole-and-steps", "error", "coke_average"),
        ("whole-and-steps", "warning", "refinery"),
    ],
)
def test_what_is_counted_twice_is_said(
    findings: list[dict[str, Any]], check: str, severity: str, word: str
) -> None:
    said = [one for one in findings if one["check"] == check and word in one["message"]]
    assert [one["severity"] for one in said] == [severity], findings


def test_methane_by_facilities_and_by_throughput(tmp_path: Path) -> None:
    (tmp_path / "xietong.toml").write_text('title = "w"\n', encoding="utf-8")
    leaks = tmp_path / "fugitive_sources.csv"
    leaks.write_text(
        "地区代码,年份,行业,环节,治理设施,数量,单位,实测 CH4 系数（体积）\n"
        "370600,2024,油气系统逃逸,天然气输送,无治理,10,亿立方米,3\n"
        "370600,2024,油气系统逃逸,天然气配送,无治理,10,亿立方米,3\n",
        encoding="utf-8",
    )
    counted = tmp_path / "oil_gas_facilities.csv"
    counted.write_text(SHEETS["oil_gas_facilities"], encoding="utf-8")
    for path in (leaks, counted):
        import_file(path, tmp_path)
    found = check_inventory(tmp_path)["findings"]
    said = [one["message"] for one in found if one["check"] == "facilities-and-throughput"]
    assert len(said) == 1 and "gas_transmission" in said[0]


@pytest.mark.parametrize("sheet", CHOICES)
def test_every_choice_of_a_sheet_has_a_row(sheet: str) -> None:
    """A value or an empty row that says why: nobody chooses a word that leads nowhere."""
    for column, topic in CHOICES[sheet]:
        offered = {word.split("=")[0] for word in schema(sheet).column(column).choices}
        stated = set(params.read_long(topic).get_column(column))
        assert offered - stated <= {"fuel"}, offered - stated
        assert stated - offered <= {"*"}, stated - offered


def test_parts_of_every_substance_make_one() -> None:
    offered = [
        word.split("=")[0] for word in schema("fluorinated_gases").column("refrigerant").choices
    ]
    keys = pl.DataFrame({"refrigerant": offered, "year": [2024] * len(offered)})
    wide = params.load("fluorinated/substances", years=[2024], keys=keys).wide
    parts = wide.select(pl.sum_horizontal(f"{gas}_share" for gas in GASES)).to_series()
    assert parts.to_list() == pytest.approx([1.0] * len(offered))
    assert set(find_method("fluorinated_gases").species) >= {f"{gas}_t" for gas in GASES}
