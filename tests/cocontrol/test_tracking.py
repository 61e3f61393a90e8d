"""Tracking on the real series (skipped where the data folder is not there), and its guards."""

from pathlib import Path

import polars as pl
import pytest

from xietong.app.cocontrol_panels import cities, data_folder
from xietong.app.cocontrol_tracking import track
from xietong.cocontrol.tracking import city_panel
from xietong.errors import TableError

DATA = data_folder() or data_folder(Path(__file__).parents[3] / "shared" / "data")
real = pytest.mark.skipif(DATA is None, reason="no folder of real data (XIETONG_DATA)")


@real
def test_sixteen_cities_without_gap_from_2005_to_2023() -> None:
    found = cities(DATA)  # type: ignore[arg-type]
    panel, notes = found.table, found.notes
    assert panel.height == 16 * 19
    assert panel["entity"].n_unique() == 16 and "莱芜市" not in panel["entity"].to_list()
    jinan = panel.filter(pl.col("entity") == "济南市")
    assert jinan["population_1e4"].null_count() == 14  # 2005 to 2018: Laiwu unknown
    assert len(notes) == 2


@real
def test_decoupling_of_the_sixteen_cities_2005_to_2023() -> None:
    table = track("tapio", DATA).table
    whole = table.filter((pl.col("from_year") == 2005) & (pl.col("to_year") == 2023))
    assert whole.height == 16 and set(whole["state"]) == {"WD"}
    assert whole["adcode"].to_list() == sorted(whole["adcode"].to_list())
    betas = dict(whole.select("entity", pl.col("elasticity").round(3)).iter_rows())
    assert betas["滨州市"] == 0.736 and betas["德州市"] == 0.093
    recent = table.filter(pl.col("from_year") == 2020, pl.col("state") == "SD")
    assert set(recent["entity"]) == {"淄博市", "泰安市", "潍坊市", "滨州市"}


@real
def test_lmdi_closes_for_every_city() -> None:
    wide = track("lmdi", DATA).table.pivot("factor", index="entity", values="effect")
    gap = (wide["GDP"] + wide["CO2/GDP"] - wide["total"]).abs() / wide["total"].abs()
    assert wide.height == 16 and gap.max() < 1e-9
    kaya = track("kaya", DATA).table.filter(pl.col("factor") == "population")
    unknown = kaya.filter(pl.col("effect").is_null())["entity"].to_list()
    assert unknown == ["济南市"]


@real
def test_moran_by_year_and_value() -> None:
    result = track("moran", DATA)
    assert result.table.height == 3 * 19
    assert (
        result.table["p_two_sided"] > 0.05
    ).all()  # no spatial pattern at the level of 16 cities
    assert result.details["local"].height == 3 * 19 * 16


@real
def test_synergy_of_the_province_in_the_years_that_both_sources_share() -> None:
    result = track("synergy", DATA)
    assert result.table["year"].to_list() == list(range(1997, 2016))
    both_better = result.table.filter(pl.col("s") > 0)["year"].to_list()
    assert both_better == [2000, 2013]
    assert result.scheme == "bounds: stretched"
    fixed = track("synergy", DATA, "fixed").table
    assert fixed["s"].to_list() != result.table["s"].to_list()


def panel(nominal: float) -> pl.DataFrame:
    row = {
        "year": 2018,
        "gdp_real2000_1e8cny": 1.0,
        "edgar_v8_co2_t": 1.0,
        "resident_pop_1e4": 700.0,
    }
    jinan = row | {
        "adcode": 370100,
        "city": "济南市",
        "gdp_1e8cny": 7856.0,
        "gdp_nominal_1e8cny": nominal,
    }
    laiwu = row | {
        "adcode": None,
        "city": "莱芜市",
        "gdp_1e8cny": 1005.0,
        "gdp_nominal_1e8cny": None,
    }
    return pl.DataFrame([jinan, laiwu])


def test_a_panel_whose_jinan_leaves_laiwu_out_is_refused() -> None:
    out, notes = city_panel(panel(8678.0))
    assert out["population_1e4"].to_list() == [None] and out.height == 1
    assert "不再重复相加" in notes[0]
    with pytest.raises(TableError, match="does not hold Laiwu"):
        city_panel(panel(7900.0))


def test_without_data_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="XIETONG_DATA"):
        track("tapio", tmp_path / "nowhere")
