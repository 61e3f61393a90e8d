"""A city without meters, industry by product, run-off with own factors, and the command."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from xietong.app.inventory import check_inventory, run_inventory
from xietong.app.inventory_files import import_file
from xietong.app.workspace import create_workspace

CITY = "地区代码,年份,污水去向,人口,单位,人均蛋白质（kg/a）,人均COD（g/d）,COD去除率"
INDUSTRY = "地区代码,年份,排放源名称,废水类型,处理工艺,排放去向,废水量或产品产量,单位,出水COD（mg/L）,出水总氮（mg/L）"


def filled(tmp_path: Path, name: str, *lines: str) -> Path:
    root = tmp_path / "w"
    if not root.exists():
        create_workspace(root)
    file = tmp_path / f"{name}.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    import_file(file, root, replace=True)
    return root


def totals(root: Path, **changed: Any) -> dict[str, float | None]:
    answer = run_inventory(root, changed=changed)
    return {line["species"]: line["value_t"] for line in answer["sums"]}


@pytest.mark.parametrize(
    ("way", "methane"),
    [
        ("进厂，二级处理", 1.25 * (0.03 + 0.16 * 0.11)),
        ("进厂，脱氮除磷", 1.25 * (0.03 + 0.1 * 0.11)),
        ("化粪池", 0.5 + 0.375 * 0.11),
        ("未处理入江河湖海", 0.11),
    ],
)
def test_methane_of_a_hundred_thousand_people(tmp_path: Path, way: str, methane: float) -> None:
    """IPCC 2019: 40 g BOD a day, 0.6 kg CH4/kg, MCF of the plant and of the water body."""
    root = filled(tmp_path, "wastewater_city", CITY, f"370100,2023,{way},10,万人,25,,")
    organics = 100_000 * 40 * 365 / 1e6
    assert totals(root)["ch4_t"] == pytest.approx(organics * 0.6 * methane)


def test_the_editions_of_ipcc_differ_as_they_should(tmp_path: Path) -> None:
    root = filled(tmp_path, "wastewater_city", CITY, "370100,2023,进厂，脱氮除磷,10,万人,25,,")
    new = totals(root)
    old = totals(root, **{"water/pathway": "ipcc-2006"})
    nitrogen = 100_000 * 25 / 1000 * 0.16
    assert new["n2o_t"] == pytest.approx(
        nitrogen * 1.08 * 1.1 * 1.25 * (0.016 + 0.2 * 0.005) * 44 / 28
    )
    by_head = 100_000 * 3.2 * 1.25 / 1e6
    assert old["n2o_t"] == pytest.approx(nitrogen * 1.1 * 1.25 * 0.005 * 44 / 28 + by_head)
    assert old["ch4_t"] == 0


def test_what_nobody_stated_is_not_estimated(tmp_path: Path) -> None:
    root = filled(tmp_path, "wastewater_city", CITY, "370100,2023,化粪池,10,万人,,60,0.4")
    found = totals(root)
    assert found["n2o_t"] is None and found["tn_t"] is None and found["tp_t"] is None
    assert found["cod_t"] == pytest.approx(100_000 * 60 * 365 / 1e6 * 0.6)


def test_industry_by_product_and_to_a_municipal_plant(tmp_path: Path) -> None:
    """Beer, IPCC tables 6.12 and 6.9: 6.3 m3/t and 2.9 kg COD/m3; sent to a plant it loads no river here."""
    line = "370100,2023,甲,啤酒麦芽,厌氧反应器,{},10,万吨,100,20"
    root = filled(tmp_path, "industrial_wastewater", INDUSTRY, line.format("直接入水体"))
    here = totals(root)
    volume = 100_000 * 6.3
    assert here["cod_t"] == pytest.approx(volume * 100 / 1e6)
    plant = volume * 2.9 / 1000 * 0.25 * 0.8
    effluent = volume * 100 / 1e6 * 0.25 * 0.11
    assert here["ch4_t"] == pytest.approx(plant + effluent)
    there = totals(filled(tmp_path, "industrial_wastewater", INDUSTRY, line.format("送城镇污水厂")))
    assert there["cod_t"] == 0 and there["ch4_t"] == pytest.approx(plant)


def test_run_off_needs_own_factors(tmp_path: Path) -> None:
    root = filled(
        tmp_path,
        "runoff_loads",
        "地区代码,年份,行业,来源,数量,单位,每吨产量COD（kg/t）,每公顷总氮（kg/ha）,拦截利用份额",
        "370600,2023,水产养殖,池塘养鱼,2,万吨,30,,0.25",
        "370600,2023,农田土壤与施肥,旱地,5,千公顷,,6,",
    )
    found = totals(root)
    assert found["cod_t"] == pytest.approx(20_000 * 30 / 1000 * 0.75)
    assert found["tn_t"] == pytest.approx(5_000 * 6 / 1000)
    assert found["tp_t"] is None


def test_a_monthly_sheet_in_parquet_is_refused_by_the_check(tmp_path: Path) -> None:
    from xietong.app.inventory_files import load

    create_workspace(tmp_path / "w", example="wwtp")
    sheet = tmp_path / "w" / "activity" / "wastewater_plant.csv"
    load(tmp_path / "w").tables["wastewater_plant"].write_parquet(sheet.with_suffix(".parquet"))
    sheet.unlink()
    found = {one["check"] for one in check_inventory(tmp_path / "w")["findings"]}
    assert "months-not-split" in found


def test_the_command_prints_rows_with_the_year_last(tmp_path: Path) -> None:
    create_workspace(tmp_path / "w", example="wwtp")
    command = [str(Path(sys.executable).parent / "xietong"), "inventory", "wastewater"]
    done = subprocess.run(
        [*command, "--workspace", str(tmp_path / "w"), "--json"],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    answer = json.loads(done.stdout)
    assert answer["programme"] == "ipcc-2019" and answer["gwp"] == "AR5"
    assert [row["month"] for row in answer["rows"]] == [*range(1, 13), None]
    groups = {one["part"]: one["group"] for one in answer["parts"]}
    assert groups["electricity"] == "indirect" and groups["avoided_reuse"] == "avoided"
    assert check_inventory(tmp_path / "w")["findings"][0]["severity"] == "note"
