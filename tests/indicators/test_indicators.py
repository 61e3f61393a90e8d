"""Indicators: by hand, at constant prices, from the official balance; a gap stays a gap."""

import polars as pl
import pytest

from xietong.app.access import Actor
from xietong.app.audit import entries
from xietong.app.desk import Desk
from xietong.app.statistics import import_statistics, list_indicators, load_statistics
from xietong.app.workspace import create_workspace, open_desk
from xietong.errors import AccessError, TableError, VocabularyError
from xietong.indicators import compute, definition, definitions, missing, read_statistics
from xietong.indicators.formulas import FORMULAS
from xietong.tables.problem import TableProblemsError

SERIES = {
    "gdp": {2020: 100.0, 2021: 120.0, 2022: 150.0},
    "gdp_index": {2020: 103.0, 2021: 110.0, 2022: 120.0},
    "energy_consumption_total": {2020: 50.0, 2022: 55.0},
    "co2_energy": {2020: 130.0, 2021: 132.0, 2022: 125.0},
    "coal_power_supply_rate": {2022: 300.0},
    "energy_consumption_calorific": {2022: 50.0},
    "generation_hydro": {2022: 1.0},
    "generation_nuclear": {2022: 2.0},
    "generation_wind": {2022: 3.0},
    "generation_solar": {2022: 4.0},
    "generation_biomass": {2022: 0.0},
    "generation_total": {2022: 40.0},
}


def statistics(**changed: dict[int, float]) -> pl.DataFrame:
    rows = [
        {"region": "370000", "indicator": name, "year": year, "value": value, "source": "own"}
        for name, values in (SERIES | changed).items()
        for year, value in values.items()
    ]
    return pl.DataFrame(rows)


def value(table: pl.DataFrame, indicator: str, year: int) -> float | None:
    found = table.filter(indicator=indicator, year=year)["value"]
    return found.item() if found.len() else None


def test_by_hand() -> None:
    table = compute(statistics(), 2020)
    assert value(table, "gdp_constant", 2022) == pytest.approx(132)
    assert value(table, "carbon_intensity", 2022) == pytest.approx(125 / 132)
    assert value(table, "energy_intensity", 2022) == pytest.approx(55 / 132)
    assert value(table, "non_fossil_share", 2022) == pytest.approx(10 * 300 / 55)
    assert value(table, "non_fossil_share_calorific", 2022) == pytest.approx(
        10e8 * 0.12283 / 1000 / 50e4 * 100, rel=1e-4
    )
    assert value(table, "non_fossil_power_share", 2022) == pytest.approx(25)


def test_the_two_conventions_differ_by_the_heat_rate() -> None:
    table = compute(statistics(energy_consumption_calorific={2022: 55.0}), 2020)
    two = (value(table, name, 2022) for name in ("non_fossil_share", "non_fossil_share_calorific"))
    above, below = two
    assert above is not None and below is not None
    assert above / below == pytest.approx(300 / 122.83, rel=1e-4)


def test_a_change_of_prices_changes_no_drop() -> None:
    drops = []
    for base in (2020, 2022):
        table = compute(statistics(), base)
        one, other = (value(table, "carbon_intensity", year) for year in (2020, 2022))
        assert one is not None and other is not None
        drops.append(1 - other / one)
    assert drops[0] == pytest.approx(drops[1])


def test_a_missing_year_is_not_bridged_and_named() -> None:
    table = compute(statistics(gdp_index={2020: 103.0, 2022: 120.0}), 2020)
    assert value(table, "gdp_constant", 2022) is None
    assert value(table, "energy_intensity", 2021) is None
    gaps = missing(statistics(), "energy_intensity")
    assert (2021, "energy_consumption_total") in gaps.select("year", "series").rows()


def test_a_zero_denominator_gives_no_value() -> None:
    table = compute(statistics(generation_total={2022: 0.0}), 2020)
    assert value(table, "non_fossil_power_share", 2022) is None


def test_a_reported_figure_is_never_replaced() -> None:
    table = compute(statistics(non_fossil_share={2022: 13.1}), 2020)
    row = table.filter(indicator="non_fossil_share", year=2022).row(0, named=True)
    assert (row["value"], row["how"]) == (13.1, "reported")


def test_the_base_year_must_be_there_when_asked_by_name() -> None:
    with pytest.raises(TableError, match="2015"):
        compute(statistics(), 2015, ["carbon_intensity"])


def test_every_formula_has_a_definition_and_known_needs() -> None:
    used = {one.formula for one in definitions().values() if one.formula}
    assert used == {*FORMULAS, "constant_price"}
    for one in definitions().values():
        assert set(one.needs) <= definitions().keys()
    with pytest.raises(VocabularyError, match="carbon_intensity"):
        definition("carbon_intensit")


def test_units_are_converted_and_two_values_for_a_year_refused() -> None:
    sheet = pl.DataFrame(
        {
            "region": ["370000"] * 2,
            "indicator": ["gdp", "population"],
            "year": [2023, 2023],
            "value": [9.2, 101.0],
            "unit": ["万亿元", "百万人"],
            "source": ["s"] * 2,
        }
    )
    assert read_statistics(sheet)["value"].to_list() == pytest.approx([92000, 10100])
    with pytest.raises(TableError, match="2 个问题") as caught:
        read_statistics(
            pl.concat(
                [
                    sheet,
                    sheet.head(1).with_columns(value=pl.lit(9.3)),
                    sheet.tail(1).with_columns(unit=pl.lit("吨"), year=pl.lit(2022).cast(pl.Int64)),
                ]
            )
        )
    assert "different values" in str(caught.value)


def test_import_stores_nothing_while_a_problem_is_left(tmp_path) -> None:
    create_workspace(tmp_path / "w", title="w")
    desk = open_desk(tmp_path / "w")
    head = "地区代码,指标,年份,数值,计量单位,数据来源\n"
    file = tmp_path / "bulletin.csv"
    file.write_text(
        head + "370000,GDP,2023,92069,亿元,公报\n370000,不存在,2023,1,个,公报\n", "utf-8"
    )
    with pytest.raises(TableProblemsError, match="不存在"):
        import_statistics(desk, file)
    assert not list((tmp_path / "w" / "statistics").glob("*"))
    file.write_text(head + "370000,GDP,2023,92069,亿元,公报\n", "utf-8")
    assert import_statistics(desk, file)["rows"] == 1
    other = tmp_path / "other.csv"
    other.write_text(head + "370000,GDP,2023,90000,亿元,快报\n", "utf-8")
    with pytest.raises(TableError, match="different values"):
        import_statistics(desk, other)
    assert load_statistics(tmp_path / "w")["value"].to_list() == [92069.0]
    (entry,) = [one for one in entries(desk).items if one["action"] == "statistics.import"]
    assert entry["subject"] == "statistics:statistic_bulletin"
    city = Desk(desk.workspace, Actor("济南", "city", "370100"))
    with pytest.raises(AccessError):
        import_statistics(city, file)
    desk.workspace.close()


def test_the_air_index_wants_all_six() -> None:
    six = {
        "so2_concentration": 30.0,
        "no2_concentration": 20.0,
        "pm10": 35.0,
        "pm25": 35.0,
        "co_concentration": 1.0,
        "ozone": 80.0,
    }
    rows = [
        {"region": "370100", "indicator": name, "year": 2023, "value": value, "source": "公报"}
        for name, value in six.items()
    ]
    found = compute(pl.DataFrame(rows), 2020, ["air_composite_index"])
    assert found["value"].to_list() == [pytest.approx(0.5 + 0.5 + 0.5 + 1 + 0.25 + 0.5)]
    assert compute(pl.DataFrame(rows[1:]), 2020, ["air_composite_index"]).height == 0


def test_the_example_gives_what_its_balance_holds() -> None:
    table = compute(load_statistics(example=True), 2020)
    assert value(table, "electrification", 2014) == pytest.approx(
        422.349 * 12.2835 / 27438.48 * 100, rel=1e-3
    )
    assert 14 < (value(table.filter(region="370000"), "oil_share", 2014) or 0) < 16
    assert {row["how"] for row in list_indicators("能源")} == {"computed", "reported"}
