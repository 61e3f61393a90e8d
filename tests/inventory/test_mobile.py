"""Mobile sources and solvents from the sheets people fill in, through files, to the report."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from xietong.app.inventory import run_inventory
from xietong.app.inventory_files import import_file
from xietong.app.inventory_mobile import report_mobile_sources
from xietong.errors import TableError

SHEETS = {
    "road_fleet": "地区代码,年份,车型,燃料,排放标准,数量,单位,年均行驶里程,平均气温（°C）,平均车速\n"
    "370200,2023,小型客车,汽油,国五,2,万辆,12000,5,\n"
    "370200,2023,重型货车,柴油,国五,4000000,公里,50000,,\n"
    "370200,2023,重型货车,柴油,国六,4000000,公里,50000,,\n"
    "370200,2023,公交车,柴油,国四,1000000,公里,50000,,80\n",
    "electric_fleet": "地区代码,年份,车型,能源,数量,单位,年均行驶里程,单位电耗,充电损失\n"
    "370200,2023,公交车,电,100,辆,50000,1.2,0.2\n",
    "ships": "地区代码,年份,船舶,工况,燃料,数量,单位,功率,负荷系数,每艘次小时,岸电份额,单位功油耗\n"
    "370200,2023,海船,停泊,燃料油,50,艘次,1000,0.4,20,0.25,200\n"
    "370200,2023,内河船,航行,柴油,3000,吨,,,,,\n",
    "solvents": "地区代码,年份,行业,工序,治理设施,数量,单位,VOC 质量含量,收集率,同步运行率\n"
    "370200,2023,其他工业,木器涂装,RTO,100,吨,0.45,0.8,0.95\n"
    "370200,2023,其他工业,木器涂装,RTO,100,吨,0.45,,\n".replace(
        "木器涂装,RTO,100,吨,0.45,,", "皮革涂饰,RTO,100,吨,0.45,,"
    ),
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mobile") / "w"
    folder.mkdir()
    (folder / "xietong.toml").write_text('title = "w"\n', encoding="utf-8")
    for name, text in SHEETS.items():
        path = folder.parent / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        import_file(path, folder)
    return folder


def one(rows: list[dict[str, Any]], species: str, **keys: str) -> dict[str, Any]:
    found = [
        row
        for row in rows
        if row["species"] == species and all(row[name] == value for name, value in keys.items())
    ]
    assert len(found) == 1, found
    return found[0]


def test_the_report_by_class_fuel_and_standard(workspace: Path) -> None:
    rows = report_mobile_sources(workspace)
    car = one(rows, "nox_t", **{"class": "小型客车", "standard": "国五"})
    assert (car["activity"], car["activity_unit"]) == (2.4e8, "km")
    assert car["factor"] == pytest.approx(0.017 * 1.15)  # below 10 °C
    assert car["value_t"] == pytest.approx(2.4e8 * 0.017 * 1.15 / 1e6)
    assert car["weak_share"] == 0
    truck = one(rows, "co2_t", **{"class": "重型货车", "standard": "国五"})
    assert truck["factor"] == pytest.approx(11.410967 * 20.2 * 0.98 * 44 / 12, rel=1e-3)
    methane, oxide = (
        one(rows, name, **{"class": "重型货车", "standard": "国五"}) for name in ("ch4_t", "n2o_t")
    )
    co2e = one(rows, "co2e_ar5_t", **{"class": "重型货车", "standard": "国五"})
    assert co2e["value_t"] == pytest.approx(
        truck["value_t"] + 28 * methane["value_t"] + 265 * oxide["value_t"]
    )
    pm25 = one(rows, "pm25_t", **{"class": "重型货车", "standard": "国五"})
    assert pm25["factor"] == pytest.approx(0.027 + 0.0316)  # exhaust and wear
    assert pm25["weak_share"] == pytest.approx(0.0316 / 0.0586)  # wear is foreign


def test_what_is_not_known_is_not_estimated_and_a_fill_is_asked_for(workspace: Path) -> None:
    keys = {"class": "重型货车", "standard": "国六"}
    bare = one(report_mobile_sources(workspace), "nox_t", **keys)
    assert (bare["value_t"], bare["factor"], bare["not_estimated"]) == (None, None, 1)
    filled = report_mobile_sources(workspace, changed={"fill": {"mobile/road": ["emep-eea"]}})
    assert one(filled, "nox_t", **keys)["weak_share"] == 1
    bus = one(filled, "nox_t", **{"class": "公交车", "sheet": "道路机动车"})
    assert bus["value_t"] is None  # a speed is stated, and its correction is not known: never 0


def test_shore_power_and_buses_are_indirect(workspace: Path) -> None:
    rows = report_mobile_sources(workspace)
    bus = one(rows, "co2_electricity_t", sheet="电动与氢能交通")
    ship = one(rows, "co2_electricity_t", **{"class": "海船"})
    assert bus["activity"] == pytest.approx(7500)
    assert ship["value_t"] / bus["value_t"] == pytest.approx(100 / 7500)
    assert one(rows, "so2_t", **{"class": "海船"})["value_t"] == pytest.approx(60 * 0.005 * 2)
    assert not [
        row
        for row in rows
        if row["species"].startswith("co2e") and row["sheet"] == "电动与氢能交通"
    ]


def test_the_report_adds_up_to_the_inventory(workspace: Path) -> None:
    rows = report_mobile_sources(workspace)
    totals = run_inventory(workspace)["totals"]
    for species in ("co2_t", "nox_t", "pm25_t", "co2e_ar5_t"):
        reported = sum(row["value_t"] or 0 for row in rows if row["species"] == species)
        inventory = sum(
            line["value_t"] or 0
            for line in totals
            if line["species"] == species and line["sector"] in ("road", "water_transport")
        )
        assert reported == pytest.approx(inventory), species


def test_solvents_with_a_device_need_its_capture(workspace: Path) -> None:
    line = next(
        line
        for line in run_inventory(workspace)["totals"]
        if line["sector"] == "other_industry" and line["species"] == "nmvoc_t"
    )
    assert line["value_t"] == pytest.approx(45 * (1 - 0.8 * 0.95 * 0.925))
    assert (line["rows"], line["not_estimated"], line["weak_share"]) == (2, 1, 1)


def test_command_and_no_sheet(workspace: Path, tmp_path: Path) -> None:
    program = [str(Path(sys.executable).parent / "xietong"), "inventory", "mobile", "--workspace"]
    done = subprocess.run(
        [*program, str(workspace), "--json"],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert {"class", "fuel", "standard", "activity", "factor", "value_t", "weak_share"} <= set(
        json.loads(done.stdout)[0]
    )
    (tmp_path / "xietong.toml").write_text('title = "w"\n', encoding="utf-8")
    with pytest.raises(TableError, match="道路机动车"):
        report_mobile_sources(tmp_path)


def test_fuel_of_a_sector_that_has_its_fleet_is_an_error(workspace: Path) -> None:
    from xietong.inventory.checks.finding import Material
    from xietong.inventory.checks.transport_twice import transport_twice

    fleet = pl.DataFrame({"region": ["370200"] * 2, "year": [2023, 2022], "sector": ["road"] * 2})
    fuel = pl.DataFrame({"region": ["370200"] * 2, "year": [2023] * 2, "sector": ["road", "steel"]})
    material = Material(None, {"road_fleet": fleet, "fuel_use": fuel}, None, None)  # type: ignore[arg-type]
    assert [(one.check, one.severity, one.sector) for one in transport_twice(material)] == [
        ("fuel-and-fleet", "error", "road")
    ]
    total = fuel.with_columns(sector=pl.lit("transport_total"))
    material = Material(None, {"road_fleet": fleet, "fuel_use": total}, None, None)  # type: ignore[arg-type]
    assert {one.severity for one in transport_twice(material)} == {"warning"}
    assert transport_twice(Material(None, {"fuel_use": fuel}, None, None)) == []  # type: ignore[arg-type]
