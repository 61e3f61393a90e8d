"""Promises of every parameter file, and what looking up means."""

import datetime
import tomllib
from pathlib import Path

import polars as pl
import pytest

from xietong import params
from xietong.errors import ParameterError
from xietong.params.sources import HERE
from xietong.params.topic import topics
from xietong.tables import schema
from xietong.vocab import fuels, sectors
from xietong.vocab.devices import devices

KEYS = {"sector": ["public_power"], "fuel": ["raw_coal"], "year": [2014]}


@pytest.mark.parametrize("name", topics())
def test_file_has_no_problems(name: str) -> None:
    """Sources exist, keys are unique, validities do not overlap, K is unverified (read raises)."""
    assert params.read_long(name).height > 0


@pytest.mark.parametrize("name", topics())
def test_every_statement_is_about_something_known(name: str) -> None:
    long = params.read_long(name)
    choices = schema("control_operation").column("device").choices  # pumps and fans among them
    metered = {one.partition("=")[0] for one in choices}
    known = {
        "fuel": set(fuels.parents()) | {"*"},
        "sector": set(sectors.parents()) | {"*"},
        "device": set(devices().values()) | metered | {"*"},
    }
    for column, names in known.items():
        if column in long.columns:
            assert set(long[column]) <= names


def test_every_file_on_disk_is_a_topic_and_every_source_is_cited() -> None:
    files = {path.relative_to(HERE).with_suffix("").as_posix() for path in HERE.rglob("*/*.csv")}
    assert files == set(topics())
    cited = {source for name in topics() for source in params.read_long(name)["source"]}
    assert set(params.sources()) - cited == set()


def test_carbon_product_of_the_2025_edition() -> None:
    """NCV x carbon x oxidation x 44/12 gives the products printed beside the values."""
    wide = params.load("combustion/carbon", programme="provincial-2025").wide
    row = wide.filter(fuel="bituminous").row(0, named=True)
    product = row["ncv_gj_per_t"] * row["carbon_kg_per_gj"] / 1000 * row["oxidised_share"] * 44 / 12
    assert product == pytest.approx(1.741750, abs=5e-6)


def test_programmes_are_never_mixed() -> None:
    keys = pl.DataFrame(KEYS | {"fuel": ["petroleum_coke"]})
    alone = params.load("combustion/carbon", programme="provincial-2011", keys=keys, years=[2014])
    assert alone.wide["carbon_kg_per_gj"].to_list() == [None]
    filled = params.load(
        "combustion/carbon",
        programme="provincial-2011",
        fill=["enterprise-24"],
        keys=keys,
        years=[2014],
    )
    assert filled.wide["carbon_kg_per_gj"].to_list() == [27.5]
    assert set(filled.rows["answered_by"]) == {"enterprise-24"}


def test_a_half_answer_is_not_completed_from_another_programme() -> None:
    """naphtha: the 2011 guide prints the oxidation only, so all three values come from the fill."""
    keys = pl.DataFrame(KEYS | {"fuel": ["naphtha"]})
    filled = params.load(
        "combustion/carbon",
        programme="provincial-2011",
        fill=["enterprise-24"],
        keys=keys,
        years=[2014],
    )
    assert set(filled.rows["answered_by"]) == {"enterprise-24"}
    assert filled.wide["oxidised_share"].item() == 0.98


def test_nearest_statement_wins_and_says_how() -> None:
    table = params.load(
        "combustion/carbon", programme="provincial-2011", keys=pl.DataFrame(KEYS), years=[2014]
    )
    row = table.rows.filter(parameter="carbon_kg_per_gj").row(0, named=True)
    assert row["value"] == 26.18  # power, bituminous
    assert "bituminous" in row["how"] and "power_heat" in row["how"]
    assert table.wide["oxidised_share"].item() == 0.95


def test_sector_classes_give_different_oxidation() -> None:
    keys = pl.DataFrame({"sector": ["steel", "residential_rural"], "fuel": ["bituminous"] * 2})
    table = params.load("combustion/carbon", programme="provincial-2011", keys=keys, years=[2014])
    assert dict(table.wide.select("sector", "oxidised_share").rows()) == {
        "steel": 0.85,
        "residential_rural": 0.83,
    }


def test_electricity_year_is_exact_and_lists_are_apart() -> None:
    def shandong(year: int, column: str = "electricity_generation_kg_per_kwh") -> float | None:
        keys = pl.DataFrame({"region": ["371500"], "year": [year]})
        return (
            params.load("energy/electricity", programme="province-average", keys=keys, years=[year])
            .wide[column]
            .item()
        )

    assert (shandong(2022), shandong(2023), shandong(2024)) == (0.641, 0.6191, None)
    assert shandong(2023, "electricity_life_cycle_kg_per_kwh") is None


def test_gwp_sets() -> None:
    values = {
        name: params.load("gwp/gwp100", programme=name).wide.filter(gas="CH4")["gwp100"].item()
        for name in params.programmes("gwp/gwp100")
    }
    assert values == {"SAR": 21, "AR4": 25, "AR5": 28, "AR6": 27.9}


def test_by_date() -> None:
    assert params.on(
        "energy/electricity", datetime.date(2023, 7, 1), programme="national-average"
    ).wide["electricity_generation_kg_per_kwh"].to_list() == [0.5306]


def test_unknown_programme_names_the_known() -> None:
    with pytest.raises(ParameterError, match="provincial-2011"):
        params.load("combustion/carbon", programme="provincial-2012")


HEADER = "sector,fuel,technology,parameter,value,unit,valid_from,valid_to,u95_low,u95_high,distribution,source,locator,confidence,checked_on\n"


def own(folder: Path, *lines: str) -> Path:
    (folder / "factors").mkdir()
    (folder / "factors" / "quality.csv").write_text(
        HEADER + "\n".join(lines) + "\n", encoding="utf-8"
    )
    (folder / "factors" / "sources.toml").write_text('[assay]\ntitle = "assay"\n', encoding="utf-8")
    return folder


def test_workspace_value_comes_first(tmp_path: Path) -> None:
    folder = own(tmp_path, "*,coal,*,sulfur_share,0.009,1,2010,2020,,,,assay,report 7,V,2026-01-01")
    keys = pl.DataFrame(KEYS | {"technology": ["unknown"]})
    table = params.load("combustion/quality", keys=keys, years=[2014], workspace=folder)
    assert table.wide["sulfur_share"].item() == 0.009
    late = params.load(
        "combustion/quality", keys=keys.with_columns(year=2021), years=[2021], workspace=folder
    )
    assert late.wide["sulfur_share"].item() is None


def test_all_problems_of_a_file_at_once(tmp_path: Path) -> None:
    folder = own(
        tmp_path,
        "*,coal,*,sulfur_share,1.9,1,2010,2020,,,,assay,report 7,V,2026-01-01",
        "*,coal,*,sulfur_share,abc,1,2015,2016,,,,nobody,report 7,K,2026-01-01",
        "*,coal,*,ash,0.2,1,,,,,,assay,,V,2026-01-01",
    )
    with pytest.raises(ParameterError) as caught:
        params.read_long("combustion/quality", folder)
    text = str(caught.value)
    for part in (
        "0 to 1",
        "not a number",
        "sources.toml",
        "cites the source unverified",
        "same key twice",
        "not a parameter",
        "locator",
    ):
        assert part in text


def test_two_values_inside_a_year_ask_for_a_date(tmp_path: Path) -> None:
    folder = own(
        tmp_path,
        "*,coal,*,sulfur_share,0.010,1,2010,2020-06-30,,,,assay,a,V,2026-01-01",
        "*,coal,*,sulfur_share,0.005,1,2020-07-01,,,,,assay,b,V,2026-01-01",
    )
    keys = pl.DataFrame({"sector": ["steel"], "fuel": ["coal"], "technology": ["unknown"]})
    with pytest.raises(ParameterError, match="date"):
        params.load("combustion/quality", keys=keys, years=[2020], workspace=folder)
    values = [
        params.on("combustion/quality", datetime.date(2020, month, 1), workspace=folder)
        .wide.filter(fuel="coal", sector="*")["sulfur_share"]
        .item()
        for month in (6, 7)
    ]
    assert values == [0.010, 0.005]


def test_compare_lists_each_programme_of_a_fuel() -> None:
    table = params.compare("高炉煤气").filter(parameter="carbon_kg_per_gj")
    assert set(table["programme"]) == {"provincial-2025", "enterprise-24", "ets-2024"}
    lng = params.compare("lng").filter(parameter="carbon_kg_per_gj")
    assert lng["above_lowest_share"].max() == pytest.approx(17.2 / 15.3 - 1)


def test_every_folder_of_values_has_its_topics() -> None:
    folders = {path.parent for path in HERE.rglob("*.csv")} - {HERE}
    listed = {(HERE / name).with_suffix(".csv") for name in topics()}
    assert listed == {path for folder in folders for path in folder.glob("*.csv")}
    assert all(one.title for one in topics().values())


def test_a_source_is_defined_once() -> None:
    names = [
        name
        for path in HERE.rglob("sources.toml")
        for name in tomllib.loads(path.read_text(encoding="utf-8"))
    ]
    assert len(names) == len(set(names))


def test_net_factors_hold_only_where_the_control_is_in_them() -> None:
    """14 064.97 kt SO2 of coal power in 2010 over 40 337 PJ (Rao et al. 2017)."""
    keys = pl.DataFrame(
        {
            "sector": ["power_heat"] * 2,
            "fuel": ["coal"] * 2,
            "technology": ["unknown"] * 2,
            "control": ["in_factor", "none"],
        }
    )
    found = params.load(
        "combustion/pollutants", programme="gains-china", keys=keys, years=[2012]
    ).wide.sort("control")
    assert found["so2_kg_per_gj"].to_list() == [pytest.approx(14064.97 / 40336.99, rel=1e-3), None]
