"""Explanations reach every source; draws are shared where a value is shared."""

import polars as pl
import pytest

from xietong.app.inventory import explain_inventory
from xietong.errors import TableError, VocabularyError
from xietong.inventory.draws import draw_values
from xietong.inventory.explain import explain
from xietong.inventory.query import parse
from xietong.inventory.settings import settings_of
from xietong.inventory.uncertainty import ranges

SETTINGS = settings_of({"programme": "ipcc-2006", "fill": {"pollutants": ["emep-eea"]}})


def test_coal_power_co2_down_to_the_guide() -> None:
    answer = explain_inventory(["火力发电", "原煤", "CO2"], example=True)
    assert answer["total"] == pytest.approx(266.87e6, rel=1e-4)
    factors = {line["parameter"]: line for line in answer["rows"][0]["factors"]}
    assert factors["carbon_kg_per_gj"]["value"] == 26.18
    assert "table 1.5" in factors["carbon_kg_per_gj"]["locator"]
    assert {line["effect"] for line in factors.values()} == {1.0}
    assert all(line["source_title"] for line in factors.values())


def test_coal_power_so2_with_its_devices() -> None:
    row = explain_inventory(["火力发电", "原煤", "SO2"], example=True)["rows"][0]
    assert [line["device"] for line in row["controls"]] == ["esp", "fgd_limestone"]
    product = row["quantities"]["heat_gj"] * row["factors"][0]["value"] / 1000
    for line in row["controls"]:
        product *= 1 - line["value"]
    assert row["value"] == pytest.approx(product)


def test_a_gap_says_why() -> None:
    rows = explain_inventory(["工业合计", "SO2", "原煤"], example=True)["rows"]
    assert rows[0]["value"] is None
    assert any("unknown" in reason for reason in rows[0]["missing"])


def test_questions_that_mean_nothing() -> None:
    with pytest.raises(VocabularyError, match="species"):
        parse(["钢铁"])
    with pytest.raises(VocabularyError, match="sector"):
        parse(["CO2", "凤凰"])
    with pytest.raises(TableError, match="no activity"):
        explain_inventory(["航空", "CO2"], example=True)


def rows(*amounts: float, u95: float | None = None) -> pl.DataFrame:
    count = len(amounts)
    return pl.DataFrame(
        {"region": ["370000"] * count, "year": [2014] * count, "sector": ["public_power", "steel"][:count], "fuel": ["anthracite"] * count,
         "technology": ["unknown"] * count, "control": ["none"] * count, "fuel_t": list(amounts), "amount_u95_share": [u95] * count,
         "oxidised_share": [0.98] * count},
        schema_overrides={"amount_u95_share": pl.Float64},
    )  # fmt: skip


def half_width(table: pl.DataFrame, sector: str) -> float:
    row = table.filter(sector=sector, species="co2_t").row(0, named=True)
    return (row["high"] - row["low"]) / 2 / row["mean"]


def test_shared_values_do_not_average_out() -> None:
    """Two sectors burn the same coal: the sum is as uncertain as each, relatively."""
    table = ranges({"fuel_use": rows(100.0, 100.0)}, SETTINGS, draws=2000)
    assert half_width(table, "*") == pytest.approx(half_width(table, "public_power"), rel=1e-9)
    assert 0.15 < half_width(table, "*") < 0.3  # ncv 21.6-32.2 about 26.7, carbon 25.8-27.5


def test_own_amounts_average_out() -> None:
    certain = half_width(ranges({"fuel_use": rows(100.0)}, SETTINGS, draws=500), "*")
    table = ranges({"fuel_use": rows(100.0, 100.0, u95=0.5)}, SETTINGS, draws=4000)
    assert half_width(table, "*") < 0.85 * half_width(table, "public_power")
    assert half_width(table, "public_power") > certain


def test_a_seed_repeats_and_the_range_is_the_stated_one() -> None:
    value = pl.DataFrame(
        {
            "row": ["a:2"],
            "value": [10.0],
            "u95_low": [5.0],
            "u95_high": [15.0],
            "distribution": ["uniform"],
        }
    )
    first, again = draw_values(value, 5000, 3), draw_values(value, 5000, 3)
    assert first.equals(again)
    assert first["value"].min() >= 5 and first["value"].max() <= 15  # type: ignore[operator]


def test_what_is_not_estimated_has_no_range() -> None:
    table = ranges({"fuel_use": rows(1.0)}, SETTINGS, draws=50)
    assert table.filter(species="oc_t", sector="*")["low"].to_list() == [None]


def test_effects_of_a_mass_balance() -> None:
    activity = rows(1000.0).with_columns(
        sulfur_share=pl.lit(0.01), sulfur_retained_share=pl.lit(0.1)
    )
    answer = explain({"fuel_use": activity}, parse(["SO2"]), SETTINGS)
    assert answer["total"] == pytest.approx(18.0)
