"""A wastewater plant's months: by hand, summed to the year, never netted, and what cannot be."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from xietong.app.inventory import check_inventory, explain_inventory, run_inventory
from xietong.app.inventory_files import find_folder, import_file
from xietong.app.inventory_wastewater import report_wastewater
from xietong.app.workspace import create_workspace
from xietong.errors import TableError
from xietong.tables.problem import TableProblemsError

INVENTED = "示例，非真实数据"
PLANT = "wastewater_plant.csv"
GRID = 0.6191  # kg CO2/kWh, Shandong 2023, what the sample's list says


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    create_workspace(tmp_path / "w", example="wwtp")
    return tmp_path / "w"


def edit(root: Path, changed: dict[str, Any], name: str = PLANT, month: int | None = 1) -> None:
    """Put values into a month's row (or all rows) of a sheet, by heading."""
    path = root / "activity" / name
    table = pl.read_csv(path, infer_schema=False)
    at = pl.lit(True) if month is None else pl.col("月份") == str(month)
    table.with_columns(
        pl.when(at).then(pl.lit(str(value))).otherwise(pl.col(heading)).alias(heading)
        for heading, value in changed.items()
    ).write_csv(path)


def rows(root: Path, **asked: Any) -> dict[int | None, dict[str, Any]]:
    return {row["month"]: row for row in report_wastewater(root, **asked)["rows"]}


def found(root: Path) -> set[str]:
    return {one["check"] for one in check_inventory(root)["findings"]}


def test_example_is_marked_as_invented_and_has_no_error(plant: Path) -> None:
    folder = find_folder(example=True).parent / "wwtp"
    assert INVENTED in (folder / "xietong.toml").read_text(encoding="utf-8").splitlines()[0]
    for path in (folder / "activity").glob("*.csv"):
        assert pl.read_csv(path)["数据来源"].str.starts_with(INVENTED).all(), path.name
    severities = {one["severity"] for one in check_inventory(plant)["findings"]}
    assert severities <= {"note"}


def test_a_month_by_hand(plant: Path) -> None:
    """January: 280 x 10^4 m3, COD 380 to 25, TN 48 to 12, 2400 t sludge of 80 % water, 60 reused."""
    row = rows(plant)[1]
    cod_in, cod_out, tn_in, tn_out = (280 * one / 100 for one in (380, 25, 48, 12))
    kept = 1 - 60 / 280
    dry = 2400 * 0.2
    assert row["cod_removed_t"] == pytest.approx(cod_in - cod_out)
    methane = (cod_in * 0.25 - dry * 0.8 * 0.6) * 0.03 + cod_out * kept * 0.25 * 0.11
    assert row["ch4_co2e_t"] == pytest.approx(methane * 28)
    nitrous = (tn_in * 0.016 + tn_out * kept * 0.005) * 44 / 28
    assert row["n2o_co2e_t"] == pytest.approx(nitrous * 265)
    assert row["carbon_source_co2e_t"] == pytest.approx(60 * 0.29285 * 44 / 12)
    buried, composted = 400 * 0.2 * 150 / 1000, 2000 * 0.2 / 1000
    assert row["sludge_co2e_t"] == pytest.approx(
        (buried + composted * 10) * 28 + composted * 0.6 * 265
    )
    leak, flare = 30 * 10 * 0.6 * 0.67 * 0.05, 2 * 10 * 0.6 * 0.67 * 0.1
    assert row["biogas_co2e_t"] == pytest.approx((leak + flare) * 28)
    assert row["electricity_co2e_t"] == pytest.approx(1000 * GRID)
    assert row["reagents_co2e_t"] == pytest.approx(130 * 1.62 + 6 * 1.5 + 20 * 0.92)
    assert row["avoided_energy_co2e_t"] == pytest.approx(500 * GRID + 3000 * 0.11)
    assert row["avoided_reuse_co2e_t"] == pytest.approx(60 * 10 * 0.5 * GRID)
    assert row["not_estimated"] == ["reagents"]  # no factor of making sodium acetate


def test_months_sum_to_the_year_and_parts_to_the_total(plant: Path) -> None:
    table = rows(plant)
    year = table.pop(None)
    assert sorted(m for m in table if m is not None) == list(range(1, 13))
    for name, value in year.items():
        if name.endswith("_t") and value is not None:
            assert value == pytest.approx(sum(row[name] for row in table.values())), name
    direct = ("ch4", "n2o", "carbon_source", "sludge", "biogas")
    assert year["direct_co2e_t"] == pytest.approx(sum(year[f"{one}_co2e_t"] for one in direct))
    total = year["direct_co2e_t"] + year["electricity_co2e_t"] + year["reagents_co2e_t"]
    assert year["total_co2e_t"] == pytest.approx(total)
    assert year["total_kg_per_m3"] == pytest.approx(total * 1000 / (year["water_1e4m3"] * 1e4))
    assert year["total_kg_per_kg_cod"] == pytest.approx(total / year["cod_removed_t"])


def test_the_inventory_holds_the_same_and_keeps_memo_items_apart(plant: Path) -> None:
    for name in ("wastewater_city.csv", "industrial_wastewater.csv"):
        (plant / "activity" / name).unlink()
    year, answer = rows(plant)[None], run_inventory(plant)
    total = next(x["value_t"] for x in answer["sums"] if x["species"] == "co2e_ar5_t")
    assert total == pytest.approx(year["direct_co2e_t"])
    memo = {line["species"]: line["value_t"] for line in answer["memo"]}
    assert memo["co2_control_electricity_t"] == pytest.approx(year["electricity_co2e_t"])
    assert memo["co2_avoided_energy_t"] == pytest.approx(year["avoided_energy_co2e_t"])
    sectors = {x["sector"] for x in answer["totals"] if x["species"] == "ch4_t"}
    assert sectors == {"domestic_wastewater", "landfills", "biological_treatment"}


def test_what_is_avoided_is_never_taken_off(plant: Path) -> None:
    before = rows(plant)[None]
    edit(plant, {"自发电量（万千瓦时）": 500, "余热与水源热泵供热量（GJ）": 90000}, month=None)
    after = rows(plant)[None]
    assert after["avoided_energy_co2e_t"] > 5 * before["avoided_energy_co2e_t"]
    assert after["total_co2e_t"] == pytest.approx(before["total_co2e_t"])


def test_an_empty_cell_is_unknown_and_leaves_the_other_parts(plant: Path) -> None:
    edit(plant, {"进水总氮（mg/L）": "", "进水COD（mg/L）": 380})
    row = rows(plant)[1]
    assert row["n2o_co2e_t"] is None and row["tn_removed_t"] is None
    assert "n2o" in row["not_estimated"] and row["ch4_co2e_t"] > 0
    assert rows(plant)[None]["tn_removed_t"] is None  # a year with a gap is not a year


@pytest.mark.parametrize(
    ("family", "methane_factor", "nitrous"),
    [("ipcc-2019", 0.03, True), ("ipcc-2006", 0.0, False), ("cai-2015", 0.0312, False)],
)
def test_families_are_chosen_by_name(
    plant: Path, family: str, methane_factor: float, nitrous: bool
) -> None:
    row = rows(plant, changed={"water/treatment": family})[1]
    assert (row["n2o_co2e_t"] is not None) is nitrous
    if family == "cai-2015":  # per COD removed: that in the sludge is in the factor
        removed = 280 * (380 - 25) / 100 * 0.25
        assert row["ch4_co2e_t"] == pytest.approx(removed * methane_factor * 28)
    if family == "ipcc-2006":
        assert row["ch4_co2e_t"] == 0


@pytest.mark.parametrize(
    ("name", "factor"), [(PLANT, 0.0078), ("industrial_wastewater.csv", 0.0354)]
)
def test_china_means_of_methane_are_met(plant: Path, name: str, factor: float) -> None:
    """Cai et al. 2015: kg CH4 per kg COD removed, municipal and industrial plants."""
    for other in (PLANT, "industrial_wastewater.csv", "wastewater_city.csv"):
        if other != name:
            (plant / "activity" / other).unlink()
    edit(plant, {"处理工艺": "好氧为主（运行良好）"}, name, month=None)
    if name != PLANT:
        edit(plant, {"沼气回收份额": 0}, name, month=None)
    sector = "domestic_wastewater" if name == PLANT else "industrial_wastewater"
    answer = run_inventory(plant, changed={"water/treatment": "cai-2015"})
    methane = next(
        x["value_t"] for x in answer["totals"] if x["species"] == "ch4_t" and x["sector"] == sector
    )
    if name == PLANT:
        removed = rows(plant)[None]["cod_removed_t"]
    else:  # 200 000 t beer x 6.3 m3/t = 126 x 10^4 m3, and 50 x 10^4 m3 of fruit
        removed = 126 * (3000 - 80) / 100 + 50 * (2000 - 60) / 100
    assert methane / removed == pytest.approx(factor)


def test_a_filled_family_is_taken_whole_never_mixed(plant: Path) -> None:
    """The 2006 set has no N2O by nitrogen: where 2019 may fill, methane comes from 2019 too."""
    filled = {"water/treatment": "ipcc-2006", "fill": {"water/treatment": ["ipcc-2019"]}}
    asked, wanted = rows(plant, changed=filled)[1], rows(plant)[1]
    for name in ("ch4_co2e_t", "n2o_co2e_t"):
        assert asked[name] == pytest.approx(wanted[name])


def test_explain_shows_the_month_and_the_source(plant: Path) -> None:
    answer = explain_inventory(["n2o", "domestic_wastewater", "2023"], plant, limit=14)
    first = next(row for row in answer["rows"] if row["method"] == "wastewater_plant")
    assert first["activity"]["month"] in range(1, 13)
    assert {one["source"] for one in first["factors"]} == {"ipcc2019-v5-bonsai", "definition"}


@pytest.mark.parametrize(
    ("check", "changed"),
    [
        ("out-over-in", {"出水COD（mg/L）": 400}),
        ("part-over-whole", {"进水BOD5（mg/L）": 390}),
        ("part-over-whole", {"进水氨氮（mg/L）": 49}),
        ("concentration-unit", {"出水COD（mg/L）": 0.025}),
        ("sludge-over-organics", {"产生污泥量（t）": 9000}),
        ("more-than-there-is", {"其中堆肥污泥（t）": 2100}),
        ("more-than-there-is", {"其中利用沼气（万立方米）": 29}),
        ("more-than-there-is", {"再生水利用量（万立方米）": 290}),
        ("electricity-per-m3", {"外购用电量（万千瓦时）": 10000}),
        ("electricity-per-m3", {"外购用电量（万千瓦时）": 0.1}),
        ("sludge-unaccounted", {"其中堆肥污泥（t）": 1000}),
    ],
)
def test_what_cannot_be_is_found(plant: Path, check: str, changed: dict[str, Any]) -> None:
    assert check not in found(plant)
    edit(plant, changed)
    assert check in found(plant)


def test_sludge_in_two_sheets_is_found(plant: Path) -> None:
    assert "sludge-twice" not in found(plant)
    (plant / "activity" / "landfill_balance.csv").write_text(
        "地区代码,年份,排放源名称,填埋场类型,垃圾组分,填埋量,单位\n"
        "370200,2023,某场,规范填埋（厌氧）,污泥,3,万吨\n",
        encoding="utf-8",
    )
    (plant / "activity" / "incineration.csv").write_text(
        "地区代码,年份,排放源名称,废物,炉型,治理设施,焚烧量,单位\n"
        "370200,2023,某厂,污泥（湿）,不分炉型,已含于系数,1,万吨\n",
        encoding="utf-8",
    )
    twice = [x for x in check_inventory(plant)["findings"] if x["check"] == "sludge-twice"]
    assert [one["sector"] for one in twice] == ["landfills"]  # none of the sludge is burnt
    edit(plant, {"其中焚烧污泥（t）": 10})
    twice = [x for x in check_inventory(plant)["findings"] if x["check"] == "sludge-twice"]
    assert {one["sector"] for one in twice} == {"landfills", "waste_incineration"}


def test_a_part_of_a_year_and_people_twice_are_found(plant: Path) -> None:
    path = plant / "activity" / PLANT
    text = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(text[:-2]) + "\n", encoding="utf-8")
    edit(plant, {"污水去向": "进厂，二级处理"}, "wastewater_city.csv", month=None)
    assert {"months-missing", "plant-and-people"} <= found(plant)


def test_a_year_without_months_is_one_row(plant: Path) -> None:
    months = rows(plant)
    path = plant / "activity" / PLANT
    table = pl.read_csv(path, infer_schema=False)
    table.head(1).with_columns(pl.lit("").alias("月份")).write_csv(path)
    year = rows(plant)
    assert list(year) == [None]
    assert year[None]["total_co2e_t"] == pytest.approx(months[1]["total_co2e_t"])
    assert "months-missing" not in found(plant)
    pl.concat([table, table.head(1).with_columns(pl.lit("").alias("月份"))]).write_csv(path)
    assert "months-and-year" in found(plant)


def test_a_month_that_stood_still_has_no_intensity(plant: Path) -> None:
    edit(plant, {"进水量": 0, "再生水利用量（万立方米）": 0})
    row = rows(plant)[1]
    assert row["cod_removed_t"] == 0 and row["ch4_co2e_t"] == 0
    assert row["total_kg_per_m3"] is None and row["total_kg_per_kg_cod"] is None
    assert row["electricity_co2e_t"] > 0 and rows(plant)[None]["total_kg_per_m3"] > 0
    assert "electricity-per-m3" not in found(plant)


def test_the_same_electricity_as_pollution_control_is_found(plant: Path) -> None:
    (plant / "activity" / "control_operation.csv").write_text(
        "地区代码,年份,排放源名称,治理设施,用电量（kWh）\n370200,2023,示例污水处理厂,工业废水处理,1000\n",
        encoding="utf-8",
    )
    assert "treatment-twice" in found(plant)


def sheet(tmp_path: Path, headings: str, *lines: str) -> Path:
    path = tmp_path / PLANT
    path.write_text("\n".join([headings, *lines]) + "\n", encoding="utf-8")
    return path


HEADINGS = (
    "地区代码,年份,月份,排放源名称,进水量,单位,进水COD（{}）,出水COD（mg/L）,进水总氮（mg/L）"
)


def test_a_month_twice_and_absurd_concentrations_are_refused(tmp_path: Path) -> None:
    create_workspace(tmp_path / "w")
    file = sheet(
        tmp_path,
        HEADINGS.format("mg/L"),
        "370100,2023,1,甲,300,万立方米,350,30,45",
        "370100,2023,1,甲,300,万立方米,0.35,-5,45",
        "370100,2023,13,甲,300,万立方米,350000,30,45",
    )
    with pytest.raises(TableProblemsError) as raised:
        import_file(file, tmp_path / "w")
    codes = {(problem.code, problem.column) for problem in raised.value.problems}
    assert {
        ("too-small", "进水COD"), ("absurd", "进水COD"), ("negative", "出水COD"), ("absurd", "月份"),
    } <= codes  # fmt: skip
    assert any(code == "duplicate" for code, _ in codes)


def test_kilograms_per_cubic_metre_are_converted_at_the_door(tmp_path: Path) -> None:
    create_workspace(tmp_path / "w")
    file = sheet(tmp_path, HEADINGS.format("kg/m3"), "370100,2023,1,甲,300,万立方米,0.35,30,45")
    import_file(file, tmp_path / "w")
    row = rows(tmp_path / "w")[1]
    assert row["cod_removed_t"] == pytest.approx(300 * (350 - 30) / 100)
    assert row["electricity_co2e_t"] is None and row["sludge_co2e_t"] is None


def test_without_a_plant_the_sheet_is_named(tmp_path: Path) -> None:
    create_workspace(tmp_path / "w")
    with pytest.raises(TableError, match="wastewater_plant"):
        report_wastewater(tmp_path / "w")


def test_one_plant_and_one_year_can_be_asked_for(plant: Path) -> None:
    assert rows(plant, facility="示例污水处理厂", year=2023)[None]["water_1e4m3"] == 3740
    with pytest.raises(TableError, match="没有符合"):
        report_wastewater(plant, facility="别的厂")
