"""Totals: the three ways agree, what is missing is counted, what is weak is known."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xietong.engine import open_engine
from xietong.errors import TableError
from xietong.inventory import totals as module
from xietong.inventory.factors import run
from xietong.inventory.prepare import factor_keys, prepare
from xietong.inventory.settings import Settings, settings_of
from xietong.inventory.totals import totals
from xietong.methods import find_method

COMBUSTION = find_method("stationary_combustion")
SETTINGS = settings_of(
    {
        "programme": "provincial-2011",
        "fill": {"programme": ["enterprise-24"], "pollutants": ["emep-eea", "defra-2020"]},
    }
)
WORDS = {
    "region": ["370000", "371500", "370100"],
    "sector": ["public_power", "steel", "residential_rural", "transport_total"],
    "fuel": ["raw_coal", "coke", "diesel", "blast_furnace_gas", "straw", "other_energy"],
    "technology": ["unknown", "pulverised_ge300mw"],
    "control": ["unknown", "none", "esp+fgd_limestone"],
}
KEYS = ["region", "year", "sector", "species"]


def table(draw: st.DrawFn) -> pl.DataFrame:
    size = draw(st.integers(1, 40))
    picks = {
        name: draw(st.lists(st.sampled_from(words), min_size=size, max_size=size))
        for name, words in WORDS.items()
    }
    amounts = draw(st.lists(st.one_of(st.none(), st.floats(0, 1e7)), min_size=size, max_size=size))
    which = draw(st.lists(st.sampled_from(["fuel_t", "energy_gj"]), min_size=size, max_size=size))
    years = draw(st.lists(st.sampled_from([2014, 2020]), min_size=size, max_size=size))
    return pl.DataFrame(picks).with_columns(
        year=pl.Series(years, dtype=pl.Int64),
        **{
            name: pl.Series(
                [a if w == name else None for a, w in zip(amounts, which, strict=True)],
                dtype=pl.Float64,
            )
            for name in ("fuel_t", "energy_gj")
        },
    )


def result(rows: pl.DataFrame, engine: str, way: str | None) -> pl.DataFrame:
    computing = open_engine(engine)
    return totals(COMBUSTION, computing.frame(rows), computing, SETTINGS, way).table.sort(KEYS)


def same(left: pl.DataFrame, right: pl.DataFrame) -> None:
    assert left.select(KEYS).equals(right.select(KEYS).cast(left.select(KEYS).schema))  # type: ignore[arg-type]
    for name in ("rows", "not_estimated"):
        assert left[name].to_list() == right[name].to_list(), name
    assert left["value"].is_null().to_list() == right["value"].is_null().to_list()
    for name in ("value", "weak"):
        assert left[name].fill_null(0).to_list() == pytest.approx(
            right[name].fill_null(0).to_list(), rel=1e-9, abs=1e-6
        )


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_every_way_gives_the_method_itself(data: st.DataObject) -> None:
    """Cube, sums, rows, DuckDB: all equal the method run row by row and added up."""
    rows = data.draw(st.composite(table)())
    keys = factor_keys(COMBUSTION, rows.columns, [])
    detail = run(COMBUSTION, rows, prepare(COMBUSTION, rows.select(keys).unique(), SETTINGS))
    expected = (
        detail.unpivot(
            index=["region", "year", "sector"], on=list(COMBUSTION.species), variable_name="species"
        )
        .group_by(KEYS)
        .agg(
            value=pl.when(pl.col("value").count() > 0).then(pl.col("value").sum()).first(),
            rows=pl.len().cast(pl.Int64),
            not_estimated=pl.col("value").null_count().cast(pl.Int64),
        )
        .sort(KEYS)
    )
    cube = result(rows, "polars", "cube")
    same(cube, expected.with_columns(weak=cube["weak"]))
    for engine, way in (
        ("polars", "sums"),
        ("polars", "rows"),
        ("polars", None),
        ("duckdb", "sums"),
        ("duckdb", "rows"),
    ):
        same(cube, result(rows, engine, way))


def test_long_tables_are_read_in_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = pl.DataFrame(
        {
            "region": [f"37{n:04d}" for n in range(50)],
            "sector": ["steel", "public_power"] * 25,
            "fuel": ["coke", "raw_coal"] * 25,
        }
    ).with_columns(
        year=2014,
        technology=pl.lit("unknown"),
        control=pl.lit("none"),
        fuel_t=pl.int_range(50).cast(pl.Float64),
    )
    whole = result(rows, "polars", "cube")
    monkeypatch.setattr("xietong.inventory.cube.SLICE", 7)
    same(whole, result(rows, "polars", "cube"))


def test_measured_values_are_keys_too() -> None:
    rows = pl.DataFrame(
        {"region": ["370000"] * 3, "year": [2014] * 3, "sector": ["public_power"] * 3, "fuel": ["raw_coal"] * 3, "technology": ["unknown"] * 3,
         "control": ["none"] * 3, "fuel_t": [100.0, 100.0, 100.0], "ncv_gj_per_t": [None, 20.0, 25.0]}
    )  # fmt: skip
    for way in ("sums", "rows", None):
        made = result(rows, "polars", way).filter(species="co2_t")["value"].item()
        carbon = 26.18 / 1000 * 0.95 * 44 / 12
        assert made == pytest.approx(100 * (0.7143 * 29.3076 + 20 + 25) * carbon)


def test_negative_amounts_are_refused() -> None:
    rows = pl.DataFrame(
        {
            "region": ["370000"],
            "year": [2014],
            "sector": ["steel"],
            "fuel": ["coke"],
            "technology": ["unknown"],
            "control": ["none"],
            "fuel_t": [-1.0],
        }
    )
    for way in ("cube", "sums", "rows"):
        with pytest.raises(TableError, match="negative"):
            result(rows, "polars", way)


def test_weak_is_what_rests_on_unverified_or_foreign_values() -> None:
    rows = pl.DataFrame(
        {"region": ["370000"] * 2, "year": [2014] * 2, "sector": ["public_power"] * 2, "fuel": ["raw_coal"] * 2, "technology": ["pulverised_ge300mw"] * 2,
         "control": ["none", "scr"], "fuel_t": [100.0, 100.0]}
    )  # fmt: skip
    made = {row["species"]: row for row in result(rows, "polars", None).iter_rows(named=True)}
    assert made["co2_t"]["weak"] == 0  # the guide's own factors
    assert made["nox_t"]["value"] == pytest.approx(0.555 * 1.2)  # 5.55 kg/t, a fifth passes the SCR
    assert made["nox_t"]["weak"] == pytest.approx(0.555 * 0.2)  # the SCR's removal is K
    assert made["so2_t"]["weak"] == made["so2_t"]["value"] > 0  # a foreign factor


def test_gwp_and_recovered_gases_are_settings() -> None:
    assert Settings().gwp == "AR5" and module.BY == ("region", "year", "sector")
    with pytest.raises(Exception, match="AR6"):
        settings_of({"gwp": "AR7"})
