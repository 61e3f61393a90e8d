"""Carbon of each control per kg removed: by hand, with what is missing said; the example mill."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

from xietong.app.inventory import check_inventory, run_inventory
from xietong.app.inventory_controls import report_controls
from xietong.app.inventory_files import find_folder, import_file
from xietong.app.workspace import create_workspace
from xietong.cli.main import app
from xietong.errors import TableError
from xietong.inventory.control_report import PARTS, control_report
from xietong.inventory.settings import Settings
from xietong.methods.abatement.control_operation import ITEMS
from xietong.tables.problem import TableProblemsError

INVENTED = "示例，非真实数据"
HEADER = "地区代码,年份,排放源名称,治理设施,用电量（kWh）,吸收剂,吸收剂用量（t）,碳酸盐纯度（1）,SO2 去除量（t）,脱硫 CO2 核算依据\n"


@pytest.fixture(scope="module")
def mill(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("examples") / "mill"
    create_workspace(root, example="steel-controls")
    return root


def row_of(root: Path, facility: str, device: str, year: int = 2023) -> dict[str, Any]:
    rows: list[dict[str, Any]] = report_controls(root, year=year, explain=True)["rows"]
    return next(row for row in rows if row["facility"] == facility and row["device"] == device)


def test_the_example_says_that_it_is_invented() -> None:
    folder = find_folder(example=True).parent / "steel-controls"
    assert INVENTED in (folder / "xietong.toml").read_text(encoding="utf-8").splitlines()[0]
    for path in (folder / "activity").glob("*.csv"):
        assert pl.read_csv(path)["数据来源"].str.starts_with(INVENTED).all(), path.name


def test_the_example_has_no_error_of_check(mill: Path) -> None:
    found = check_inventory(mill)["findings"]
    assert [one for one in found if one["severity"] == "error"] == []


def test_every_item_counts_in_one_species_and_one_part() -> None:
    items = [item for names in ITEMS.values() for item in names]
    parts = [item for names in PARTS.values() for item in names]
    assert sorted(items) == sorted(parts) == sorted(set(items))


def test_a_scrubber_by_hand(mill: Path) -> None:
    row = row_of(mill, "示例钢厂烧结机头", "fgd_limestone")
    direct, electricity = 8000 * 0.9 * 0.4397, 15e6 * 0.6191 / 1000
    assert row["origin"] == "sheet" and row["pollutant"] == "so2"
    assert row["direct_t"] == pytest.approx(direct)
    assert row["electricity_t"] == pytest.approx(electricity)
    assert row["kg_co2e_per_kg"] == pytest.approx((direct + electricity) / 4500)
    assert row["not_estimated"] == "reagents"  # how the limestone was made is not known
    assert row["weak_share"] == pytest.approx(direct / (direct + electricity))
    used = {one["parameter"] for item in row["items"] for one in item["factors"]}
    assert used == {"co2_t_per_t", "calcined_share", "electricity_generation_kg_per_kwh"}


def test_an_oxidiser_by_hand(mill: Path) -> None:
    row = row_of(mill, "示例钢厂彩涂线", "rto")
    gas = 60 * 389.31 * 15.3 / 1000 * 0.99 * 44 / 12
    direct = gas + 150 * 0.6 * 44 / 12
    assert row["direct_t"] == pytest.approx(direct)
    assert row["kg_co2e_per_kg"] == pytest.approx((direct + 1.2e6 * 0.6191 / 1000) / 150)
    assert row["not_estimated"] == ""


def test_a_unit_of_which_only_the_chain_is_known(mill: Path) -> None:
    row = row_of(mill, "示例钢厂自备电厂 1 号", "fgd_limestone")
    generated = 135 * 5000
    coal_so2 = row["so2_removed_t"] / 0.94
    assert row["origin"] == "derived" and row["source_sheet"] == "power_units"
    assert row["direct_t"] == pytest.approx(coal_so2 * 0.94 * 44 / 64)
    assert row["electricity_t"] == pytest.approx(generated * 1000 * 0.0125 * 0.6191 / 1000)
    emitted = next(
        line["value_t"]
        for line in run_inventory(mill, year=2023)["totals"]
        if line["species"] == "so2_t" and line["sector"] == "public_power"
    )
    assert row["so2_removed_t"] + emitted == pytest.approx(coal_so2)
    assert row["weak_share"] == 1.0


def test_reduction_added_in_2023_costs_carbon(mill: Path) -> None:
    facility = "示例钢厂自备电厂 1 号"
    before = {row["device"] for row in report_controls(mill, year=2022)["rows"]}
    assert "scr" not in before
    row = row_of(mill, facility, "scr")
    assert row["not_estimated"] == "urea, n2o"
    assert row["electricity_t"] == pytest.approx(135 * 5000 * 0.003 * 0.6191)


def test_a_sheet_and_its_parts_add_up(mill: Path) -> None:
    rows = report_controls(mill, year=2023)["rows"]
    totals = run_inventory(mill, year=2023)
    lines = [*totals["totals"], *totals["memo"]]
    direct = sum(row["direct_t"] or 0 for row in rows)
    electricity = sum(row["electricity_t"] or 0 for row in rows)
    found = {
        line["species"]: line["value_t"] for line in lines if line["sector"] == "pollution_control"
    }
    assert found["co2_t"] == pytest.approx(direct)
    assert found["co2_control_electricity_t"] == pytest.approx(electricity)
    for row in rows:
        assert row["co2e_t"] == pytest.approx(sum(row[f"{part}_t"] or 0 for part in PARTS))


def test_what_is_removed_beside_is_shown_and_gets_nothing() -> None:
    sheet = pl.DataFrame(
        {
            "region": ["370200"], "year": [2023], "sector": ["pollution_control"],
            "facility": ["甲"], "device": ["fgd_limestone"], "electricity_kwh": [1e6],
            "so2_removed_t": [500.0], "pm25_removed_t": [20.0],
        }
    )  # fmt: skip
    row = control_report({"control_operation": sheet}, Settings()).row(0, named=True)
    assert row["pm25_removed_t"] == 20 and row["removed_t"] == 500
    assert row["kg_co2e_per_kg"] == pytest.approx((619.1 + 343.75) / 500)


def test_no_control_at_all_is_said(tmp_path: Path) -> None:
    create_workspace(tmp_path / "w")
    with pytest.raises(TableError, match="no pollution control"):
        report_controls(tmp_path / "w")


def test_sorbent_and_so2_are_a_problem_of_the_import(tmp_path: Path) -> None:
    root = tmp_path / "w"
    create_workspace(root)
    sheet = tmp_path / "control_operation.csv"
    line = "370200,2023,甲,石灰石石膏法,1000000,石灰石（碳酸钙）,3000,0.9,1400,"
    sheet.write_text(HEADER + line + "\n", encoding="utf-8")
    with pytest.raises(TableProblemsError) as told:
        import_file(sheet, root)
    (problem,) = told.value.problems
    assert problem.code == "counted-twice" and problem.row == 2 and not problem.waivable
    sheet.write_text(HEADER + line + "按吸收剂\n", encoding="utf-8")
    import_file(sheet, root)
    assert report_controls(root)["rows"][0]["direct_t"] == pytest.approx(3000 * 0.9 * 0.4397)


def test_carbon_that_stands_twice_is_found(tmp_path: Path) -> None:
    root = tmp_path / "w"
    create_workspace(root, example="steel-controls")
    folder = root / "activity"
    (folder / "carbonate_use.csv").write_text(
        "地区代码,年份,用途,物料,用量,单位,碳酸盐纯度（1）\n370200,2023,烟气脱硫,石灰石（碳酸钙）,8000,吨,0.9\n",
        encoding="utf-8",
    )
    (folder / "fuel_use.csv").write_text(
        "地区代码,年份,行业,燃料,燃烧技术,治理设施,数量,单位\n370200,2023,钢铁,天然气,不明,静电除尘,100,万立方米\n",
        encoding="utf-8",
    )
    (folder / "electricity_exchange.csv").write_text(
        "地区代码,年份,行业,方向,电量（亿千瓦时）\n370200,2023,工业合计,购入,100\n",
        encoding="utf-8",
    )
    found = {one["check"]: one["severity"] for one in check_inventory(root)["findings"]}
    assert found["desulfurisation-twice"] == "error"
    assert found["auxiliary-gas-twice"] == "warning"
    assert found["device-in-sheet-and-chain"] == "warning"
    assert found["control-energy-memo"] == "note"


def test_the_golden_case_stays_and_control_carbon_is_a_line_of_its_own() -> None:
    off, on = (
        run_inventory(example=True, changed={"control_carbon": asked}) for asked in (False, True)
    )
    lines = [line for line in on["totals"] if line["sector"] != "pollution_control"]
    assert lines == off["totals"]
    co2 = sum(line["value_t"] or 0 for line in lines if line["species"] == "co2_t")
    assert co2 / 1e6 == pytest.approx(773.26, abs=0.01)
    own = [line for line in on["totals"] if line["sector"] == "pollution_control"]
    assert next(line for line in own if line["species"] == "co2_t")["value_t"] > 1e6


def test_the_command(mill: Path) -> None:
    done = CliRunner().invoke(app, ["inventory", "controls", "--workspace", str(mill), "--json"])
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert {"gwp", "allocation", "electricity", "rows"} <= set(told)
    table = CliRunner().invoke(
        app, ["inventory", "controls", "--workspace", str(mill), "--explain", "--year", "2023"]
    )
    assert table.exit_code == 0 and "44/64" in table.stdout
