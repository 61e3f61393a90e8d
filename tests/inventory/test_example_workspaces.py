"""The landfill and the farm county as workspaces to copy: they run, close, and move as they should."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from xietong.app.inventory import check_inventory, run_inventory
from xietong.app.inventory_files import find_folder
from xietong.app.workspace import create_workspace
from xietong.params import load

INVENTED = "示例，非真实数据"


@pytest.fixture(scope="module")
def landfill(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(tmp_path_factory, "landfill")


@pytest.fixture(scope="module")
def farm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(tmp_path_factory, "farm-county")


def copied(factory: pytest.TempPathFactory, name: str) -> Path:
    root = factory.mktemp("examples") / name
    create_workspace(root, example=name)
    return root


def series(root: Path, species: str, sector: str) -> dict[int, float]:
    lines: list[dict[str, Any]] = run_inventory(root)["totals"]
    return {
        line["year"]: line["value_t"]
        for line in lines
        if line["species"] == species and line["sector"] == sector
    }


@pytest.mark.parametrize("name", ["landfill", "farm-county"])
def test_examples_say_that_they_are_invented(name: str) -> None:
    folder = find_folder(example=True).parent / name
    assert INVENTED in (folder / "xietong.toml").read_text(encoding="utf-8").splitlines()[0]
    for path in (folder / "activity").glob("*.csv"):
        sources = pl.read_csv(path)["数据来源"]
        assert sources.str.starts_with(INVENTED).all(), path.name


@pytest.mark.parametrize("name", ["landfill", "farm-county"])
def test_examples_have_no_error_of_check(name: str, request: pytest.FixtureRequest) -> None:
    root = request.getfixturevalue("farm" if name == "farm-county" else name)
    found = check_inventory(root)["findings"]
    assert [one for one in found if one["severity"] == "error"] == []


def test_a_closed_landfill_goes_on_and_fades(landfill: Path) -> None:
    methane = series(landfill, "ch4_t", "landfills")
    assert sorted(methane) == list(range(1990, 2026))
    assert methane[1990] == 0  # decay starts the January after
    assert all(methane[y] < methane[y + 1] for y in range(1990, 2007))  # growing deposits, no gas
    assert methane[2008] < methane[2007]  # the gas is caught from 2008
    assert all(methane[y] > methane[y + 1] > 0 for y in range(2016, 2025))  # closed in 2015


def test_caught_gas_is_taken_off_once(landfill: Path) -> None:
    before = series(landfill, "ch4_t", "landfills")
    (landfill / "activity" / "landfill_gas.csv").rename(landfill / "gas.csv")
    try:
        without = series(landfill, "ch4_t", "landfills")
    finally:
        (landfill / "gas.csv").rename(landfill / "activity" / "landfill_gas.csv")
    # 300 x 10^4 m3 x 0.5 x 0.67 kg/m3 x (1 - 0.1)
    assert without[2010] - before[2010] == pytest.approx(300 * 10 * 0.5 * 0.67 * 0.9)
    assert without[2007] == pytest.approx(before[2007], rel=1e-12)


def test_fossil_and_biogenic_carbon_of_the_fire(landfill: Path) -> None:
    answer = run_inventory(landfill, year=2020)
    fossil = next(x["value_t"] for x in answer["totals"] if x["species"] == "co2_t")
    memo = next(x["value_t"] for x in answer["memo"] if x["species"] == "co2_bio_t")
    assert fossil == pytest.approx(200_000 * 0.4 * 0.4 * 0.95 * 44 / 12)
    assert memo == pytest.approx(200_000 * 0.4 * 0.6 * 0.95 * 44 / 12)


def test_measures_of_the_county_cut_what_they_should(farm: Path) -> None:
    manure = series(farm, "nh3_t", "livestock")
    assert manure[2025] < 0.85 * manure[2020]  # stores sealed, slurry injected: cows and pigs
    fields = series(farm, "nh3_t", "crop_soils")
    assert fields[2025] < 0.6 * fields[2020]  # less urea, none broadcast
    straw = series(farm, "pm25_t", "straw_burning")
    assert straw[2025] == pytest.approx(straw[2020] / 5)
    digestion = series(farm, "ch4_t", "livestock")
    assert digestion[2025] == pytest.approx(digestion[2020])  # factors by head do not see measures


def test_every_source_of_the_county_is_there(farm: Path) -> None:
    sectors = {line["sector"] for line in run_inventory(farm)["totals"]}
    assert sectors >= {
        "livestock", "rice_fields", "crop_soils", "straw_burning", "road_dust", "ground_dust",
        "pile_dust", "agriculture",
    }  # fmt: skip


def test_check_finds_a_flow_that_does_not_close_and_gas_out_of_nothing(tmp_path: Path) -> None:
    root = tmp_path / "w"
    create_workspace(root, example="landfill")
    folder = root / "activity"
    flows = folder / "solid_waste.csv"
    text = flows.read_text(encoding="utf-8")
    flows.write_text(text.replace("40000,0,36000", "40000,0,26000", 1), encoding="utf-8")
    gas = folder / "landfill_gas.csv"
    text = gas.read_text(encoding="utf-8")
    gas.write_text(text.replace(",300,万立方米", ",9000,万立方米", 1), encoding="utf-8")
    balance = "地区代码,年份,排放源名称,填埋场类型,垃圾组分,填埋量,单位\n370000,1995,示例填埋场,规范填埋（厌氧）,厨余,3,万吨\n"
    (folder / "landfill_balance.csv").write_text(balance, encoding="utf-8")
    found = {one["check"] for one in check_inventory(root)["findings"]}
    assert {"waste-flow-open", "landfill-gas-over-made", "landfill-twice"} <= found


def test_sheets_import_and_deposits_reach_the_years(tmp_path: Path) -> None:
    from xietong.app.inventory_files import import_file

    create_workspace(tmp_path / "w")
    sheet = tmp_path / "landfill.csv"
    sheet.write_text(
        "地区代码,排放源名称,填埋场类型,气候,垃圾组分,填埋年份,计算到年份,填埋量,单位,实测 DOC（1）,实测降解速率 k（1/a）\n"
        "370100,甲,规范填埋（厌氧）,温带湿润,混合（自填 DOC 与降解速率）,2000,2003,1,万吨,0.12,0.09\n",
        encoding="utf-8",
    )
    import_file(sheet, tmp_path / "w")
    methane = series(tmp_path / "w", "ch4_t", "landfills")
    assert sorted(methane) == [2000, 2001, 2002, 2003]
    assert methane[2001] / methane[2002] == pytest.approx(2.718281828459045**0.09)


def test_the_electricity_factor_of_the_example_is_what_its_balance_gives() -> None:
    root = find_folder(example=True)
    sums = {
        row["sector"]: row["value_t"]
        for row in run_inventory(example=True)["totals"]
        if row["species"] == "co2_t"
    }
    balance = pl.read_csv(root / "activity" / "energy_balance.csv", infer_schema=False)
    power = balance.filter(
        pl.col("能源品种") == "电力", pl.col("平衡表项目").is_in(["火力发电", "一次能源生产量"])
    )["数量"].cast(pl.Float64)
    kwh = power.sum() * 1e7 / 0.1229
    factor = load(
        "energy/electricity", programme="province-average", years=[2014], workspace=root
    ).wide
    (value,) = factor.filter(region="370000")["electricity_generation_kg_per_kwh"]
    assert value == pytest.approx(sums["public_power"] * 1000 / kwh, rel=2e-4)
