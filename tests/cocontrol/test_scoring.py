"""Index systems, thresholds, air index, and the tables behind them."""

import datetime
import tomllib
from importlib import resources
from pathlib import Path

import polars as pl
import pytest

from xietong.cocontrol.ahp import random_index_table
from xietong.cocontrol.air_index import air_index
from xietong.cocontrol.index_system import (
    SHIPPED,
    load_system,
    subsystem_indices,
    template,
    with_targets,
)
from xietong.cocontrol.levels import level_schemes
from xietong.cocontrol.moran import shandong_neighbours
from xietong.cocontrol.tapio import tapio_states
from xietong.cocontrol.threshold_score import SHIPPED as RULES
from xietong.cocontrol.threshold_score import load_rules, threshold_score
from xietong.errors import TableError
from xietong.indicators.air_limits import air_limits

FOLDER = resources.files("xietong.cocontrol")
SOURCES = tomllib.loads((FOLDER / "sources.toml").read_text(encoding="utf-8"))


def tables() -> dict[str, pl.DataFrame]:
    frames = {path.name: pl.read_csv(path.read_bytes()) for path in (FOLDER / "tables").iterdir()}
    for name in SHIPPED:
        rows = [
            {"source": i.source, "confidence": i.confidence, "locator": i.locator}
            for i in load_system(name).indicators
        ]
        frames[name] = pl.DataFrame(rows)
    for name in RULES:
        frames[name] = pl.DataFrame(load_rules(name)["rule"]).select(
            "source", "locator", "confidence"
        )
    return frames


@pytest.mark.parametrize(("name", "frame"), tables().items())
def test_every_row_names_a_source_that_exists(name: str, frame: pl.DataFrame) -> None:
    assert set(frame["source"]) <= set(SOURCES), name
    assert set(frame["confidence"].drop_nulls()) <= {"V", "V2", "K"}
    known = frame.filter(pl.col("confidence") == "K")
    assert (known["source"] == "unverified").all() and known["locator"].str.len_chars().min() != 0
    if "limit" in frame.columns:
        empty = frame.filter(pl.col("confidence").is_null())
        assert empty["limit"].null_count() == empty.height  # no value without a tag


def test_tables_have_unique_keys() -> None:
    assert not random_index_table().select("table", "n").is_duplicated().any()
    assert not level_schemes().select("scheme", "lower").is_duplicated().any()
    assert not tapio_states()["code"].is_duplicated().any()
    assert not air_limits().select("standard", "column", "valid_from").is_duplicated().any()
    assert not shandong_neighbours().select("a", "b").is_duplicated().any()
    assert (shandong_neighbours()["a"] < shandong_neighbours()["b"]).all()


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_systems_have_no_weights_and_a_version(name: str) -> None:
    system = load_system(name)
    assert system.version and len(system.subsystems) >= 2
    assert all(one.weight is None for one in system.indicators)
    assert template(system).columns[:2] == ["entity", "year"]
    with pytest.raises(TableError, match="no weight given"):
        subsystem_indices(example(name), system, weighting="given")


def example(name: str) -> pl.DataFrame:
    columns = {one.column: [0.1, 0.5, 0.9] for one in load_system(name).indicators}
    return pl.DataFrame({"entity": ["a", "b", "c"], "year": [2020] * 3} | columns)


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("weighting", ["equal", "entropy", "standard-deviation"])
def test_subsystem_indices_lie_in_0_to_1(name: str, weighting: str) -> None:
    result = subsystem_indices(example(name), load_system(name), weighting=weighting)
    names = [*load_system(name).subsystems, "composite"]
    assert result.table.select(pl.all_horizontal(pl.col(names).is_between(0, 1)).all()).item()
    sums = result.details["weights"].group_by("subsystem").agg(pl.col("weight").sum())
    assert sums["weight"].to_list() == pytest.approx([1.0] * sums.height)
    assert result.scheme == load_system(name).name


def test_negative_indicators_count_backwards() -> None:
    result = subsystem_indices(example("city"), load_system("city")).table
    carbon = result["carbon"].to_list()  # four of five indicators: less is better
    assert carbon == pytest.approx([0.8, 0.5, 0.2])


def test_missing_columns_are_named_and_an_empty_subsystem_is_refused() -> None:
    result = subsystem_indices(example("city").drop("o3_ugm3"), load_system("city"))
    assert any("o3_ugm3" in warning for warning in result.warnings)
    with pytest.raises(TableError, match="no column for subsystem management"):
        keep = [i.column for i in load_system("city").indicators if i.subsystem != "management"]
        subsystem_indices(example("city").select("entity", "year", *keep), load_system("city"))


def test_a_copy_with_weights_and_targets(tmp_path: Path) -> None:
    text = (FOLDER / "index_systems" / "enterprise.toml").read_text(encoding="utf-8")
    mine = tmp_path / "mine.toml"
    mine.write_text(text.replace("direction =", "weight = 2, direction ="), encoding="utf-8")
    system = with_targets(load_system(mine), {"green_power_share": (0.0, 0.5)})
    result = subsystem_indices(example("enterprise"), system, weighting="given")
    bounds = result.details["bounds"].filter(pl.col("indicator") == "green_power_share")
    assert bounds["bounds"][0] == "given" and bounds["upper"][0] == 0.5
    assert any("green_power_share 有 1 个值超出" in warning for warning in result.warnings)


def test_a_broken_system_lists_all_its_problems(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text(
        '[system]\nid = "x"\n[subsystem.a]\nindicator = [{ colum = "b" }, { column = "c", direction = "up", weight = "2" }, { column = "c" }]\n',
        encoding="utf-8",
    )
    with pytest.raises(TableError) as caught:
        load_system(broken)
    for part in ("version", "colum", "column missing", "'up'", "not a number", "comes twice"):
        assert part in str(caught.value)


def park(**values: float | None) -> pl.DataFrame:
    row = {"entity": "p", "energy_tce": 3e5, "co2_t_per_tce": 0.15, "clean_energy_share": 0.95}
    return pl.DataFrame(
        [row | {"direct_green_power_share": 0.6, "solid_waste_use_share": 0.9} | values]
    )


@pytest.mark.parametrize(
    ("values", "qualified"),
    [
        ({}, True),
        ({"co2_t_per_tce": 0.25}, False),
        ({"co2_t_per_tce": 0.25, "energy_tce": 2e6}, True),
        ({"co2_t_per_tce": None}, None),
        ({"energy_tce": None}, None),
        ({"solid_waste_use_share": 0.1}, True),
    ],
)
def test_zero_carbon_park(values: dict[str, float | None], qualified: bool | None) -> None:
    result = threshold_score(park(**values), load_rules("zero_carbon_park"))
    assert result.details["summary"]["qualified"].to_list() == [qualified]
    assert any("标记 K" in warning for warning in result.warnings)


def test_near_zero_without_published_limits_stays_open() -> None:
    data = pl.DataFrame(
        {"entity": ["e"], "pollutant_to_ultra_low_ratio": [0.1], "carbon_to_benchmark_ratio": [0.1]}
    )
    result = threshold_score(data, load_rules("dual_near_zero"))
    assert result.details["summary"]["qualified"].to_list() == [None]
    assert any("near-zero-pollution" in warning for warning in result.warnings)


AIR = {
    "so2_ugm3": 60.0,
    "no2_ugm3": 40.0,
    "pm10_ugm3": 70.0,
    "pm25_ugm3": 35.0,
    "co_mgm3": 4.0,
    "o3_ugm3": 160.0,
}


def test_air_index_is_6_at_the_limits_and_null_with_a_gap() -> None:
    table = pl.DataFrame([{"entity": "a"} | AIR, {"entity": "b"} | AIR | {"co_mgm3": None}])
    result = air_index(table)
    assert result.table["composite"].to_list() == [6.0, None]
    assert result.table["known"].to_list() == [6, 5]
    assert any("GB 3095-2026" in warning for warning in result.warnings)


def test_the_revised_standard_knows_pm25_only_until_the_user_fills_it_in() -> None:
    table = pl.DataFrame([{"entity": "a"} | AIR])
    now = air_index(table, standard="gb3095-2026", on=datetime.date(2026, 11, 21))
    assert now.table["composite"][0] is None
    assert now.table["index_PM2.5"][0] == pytest.approx(35 / 30)
    later = air_index(table, standard="gb3095-2026", on=datetime.date(2031, 1, 1))
    assert later.table["index_PM2.5"][0] == pytest.approx(35 / 25)
    mine = air_limits().with_columns(pl.col("limit").fill_null(10.0))
    filled = air_index(table, standard="gb3095-2026", on=datetime.date(2027, 1, 1), limits=mine)
    assert filled.table["composite"][0] == pytest.approx(6 + 4 + 7 + 35 / 30 + 0.4 + 16)
