"""Smoke, dust and coking carbon in two sheets are found, and only then."""

from pathlib import Path

import pytest

from xietong.app.inventory import check_inventory
from xietong.app.inventory_files import import_file
from xietong.app.workspace import create_workspace

OURS = {"coal-handling-twice", "coking-twice", "furnace-and-fuel"}
LIME = "地区代码,年份,产品,治理设施,产量,单位\n370300,2024,{product},{control},10,万吨\n"
CLINKER = "地区代码,年份,治理设施,产量,单位\n370300,2024,无治理,10,万吨\n"
FUEL = "地区代码,年份,行业,燃料,燃烧技术,治理设施,数量,单位\n370300,{year},{sector},烟煤,,{control},5,万吨\n"
LEAK = "地区代码,年份,行业,排放源名称,环节,治理设施,数量,单位\n370300,2024,煤炭开采逃逸,甲,煤炭装卸,无治理,10,万吨\n"
PILE = (
    "地区代码,年份,排放源名称,环节,治理措施,数量,单位,平均风速,物料含水率,堆存天数\n"
    "370300,2024,{facility},{operation},无治理,{amount},3,4,{days}\n"
)
COKING = (
    "地区代码,年份,排放源名称,方向,物料,燃料,数量,单位\n"
    "370300,2024,甲,投入,燃料作原料,烟煤,80,万吨\n370300,2024,甲,产出,燃料作原料,焦炭,60,万吨\n"
)
STEEL = (
    "地区代码,年份,排放源名称,方向,物料,燃料,数量,单位\n"
    "370300,2024,{facility},投入,燃料与煤气,{fuel},80,万吨\n370300,2024,{facility},产出,粗钢,,60,万吨\n"
)


def found(folder: Path, **sheets: str) -> set[tuple[str, str]]:
    create_workspace(folder / "w")
    for name, text in sheets.items():
        path = folder / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        import_file(path, folder / "w")
    listed = check_inventory(folder / "w", changed={"pollutants": "emep-eea"})["findings"]
    return {(one["check"], one["severity"]) for one in listed if one["check"] in OURS}


@pytest.mark.parametrize(
    ("product", "control", "sector", "burnt", "year", "twice"),
    [
        ("石灰", "无治理", "建材", "无治理", 2024, True),
        ("石灰", "无治理", "工业", "无治理", 2024, True),
        ("石灰", "无治理", "化工", "无治理", 2024, False),
        ("石灰", "无治理", "建材", "无治理", 2023, False),
        ("石灰", "无治理", "建材", "", 2024, False),  # smoke of the fuel is not estimated
        ("石灰", "", "建材", "无治理", 2024, False),  # nor that of the kiln
        ("水泥（不是熟料）", "无治理", "建材", "无治理", 2024, False),
    ],
)
def test_a_kiln_beside_its_fuel(
    tmp_path: Path, product: str, control: str, sector: str, burnt: str, year: int, twice: bool
) -> None:
    fuel = FUEL.format(sector=sector, control=burnt, year=year)
    made = found(
        tmp_path, industrial_output=LIME.format(product=product, control=control), fuel_use=fuel
    )
    assert made == ({("furnace-and-fuel", "warning")} if twice else set())


def test_clinker_beside_its_fuel(tmp_path: Path) -> None:
    fuel = FUEL.format(sector="建材", control="无治理", year=2024)
    clinker = CLINKER.replace("产量", "熟料产量")
    assert found(tmp_path, cement_clinker=clinker, fuel_use=fuel) == {
        ("furnace-and-fuel", "warning")
    }


@pytest.mark.parametrize(
    ("facility", "operation", "amount", "days", "severity"),
    [
        ("甲", "装卸（按物料量）", "10,万吨", "", "error"),
        ("乙", "装卸（按物料量）", "10,万吨", "", "warning"),
        ("甲", "堆存风蚀（按面积）", "2,公顷", "200", None),
    ],
)
def test_coal_handled_in_two_sheets(
    tmp_path: Path, facility: str, operation: str, amount: str, days: str, severity: str | None
) -> None:
    pile = PILE.format(facility=facility, operation=operation, amount=amount, days=days)
    made = found(tmp_path, fugitive_sources=LEAK, stockpiles=pile)
    assert made == ({("coal-handling-twice", severity)} if severity else set())


@pytest.mark.parametrize(
    ("facility", "fuel", "severity"),
    [("甲", "洗精煤", "error"), ("乙", "洗精煤", "warning"), ("甲", "焦炭", None)],
)
def test_coking_in_two_balances(
    tmp_path: Path, facility: str, fuel: str, severity: str | None
) -> None:
    made = found(
        tmp_path, chemical_carbon=COKING, steel_balance=STEEL.format(facility=facility, fuel=fuel)
    )
    assert made == ({("coking-twice", severity)} if severity else set())
