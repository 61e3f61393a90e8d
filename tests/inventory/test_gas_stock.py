"""The stock of gas closes: what was charged is emitted, recovered or still there."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xietong.engine import open_engine
from xietong.errors import TableError
from xietong.inventory.gas_stock import gas_stock
from xietong.inventory.prepare import prepare
from xietong.inventory.settings import Settings
from xietong.methods import find_method

SHARE = st.floats(0, 1)
CHARGES = st.dictionaries(st.integers(1995, 2024), st.floats(0, 1e5), min_size=1, max_size=8)


def charged_of(charges: dict[int, float], gas: str = "r410a") -> pl.DataFrame:
    return pl.DataFrame(
        [("370200", "room_air_conditioning", gas, year, t) for year, t in charges.items()],
        schema=["region", "application", "refrigerant", "year", "charged_t"],
        orient="row",
    )


def behaviour_of(loss: float, leak: float, life: int, gas: str = "r410a") -> pl.DataFrame:
    return pl.DataFrame(
        {
            "application": ["room_air_conditioning"],
            "refrigerant": [gas],
            "charge_loss_share": [loss],
            "leak_share": [leak],
            "life_years": [life],
        }
    )


def emitted(stock: pl.DataFrame, recovered: float) -> pl.DataFrame:
    """The method on the rows of the stock; retired gas is recovered in part."""
    method = find_method("fluorinated_gases")
    rows = stock.with_columns(
        sector=pl.lit("fluorinated_use"),
        recovered_share=pl.when(pl.col("stage") == "retire").then(pl.lit(recovered)),
    )
    keys = rows.select("application", "stage", "refrigerant", "year").unique()
    tables = prepare(method, keys, Settings()).arguments(method)
    engine = open_engine("polars")
    frames = {name: engine.frame(table) for name, table in tables.items()}
    return engine.collect(method.function(engine.frame(rows), **frames))


@settings(max_examples=25, deadline=None)
@given(CHARGES, SHARE, SHARE, st.integers(0, 20), SHARE)
def test_charged_is_emitted_recovered_and_remaining(
    charges: dict[int, float], loss: float, leak: float, life: int, recovered: float
) -> None:
    last = 2024
    stock = gas_stock(charged_of(charges), behaviour_of(loss, leak, life), last)
    row = emitted(stock, recovered)
    remaining = row.filter(stage="stock", year=last)["remaining_t"].sum()
    total = row["emitted_t"].sum() + row["recovered_t"].sum() + remaining
    assert total == pytest.approx(sum(charges.values()), rel=1e-9, abs=1e-9)
    gases = row["hfc32_t"].sum() + row["hfc125_t"].sum()
    assert gases == pytest.approx(row["emitted_t"].sum(), rel=1e-9, abs=1e-9)
    assert row["ods_odp_t"].sum() == 0
    assert row.filter(stage="retire")["remaining_t"].sum() == 0


def test_hcfc_is_in_odp_tonnes_and_in_no_equivalent() -> None:
    stock = gas_stock(
        charged_of({2020: 100.0}, "hcfc22"), behaviour_of(0.02, 0.05, 2, "hcfc22"), 2022
    )
    row = emitted(stock, 0.6)
    assert row.filter(stage="charge")["ods_use_odp_t"].sum() == pytest.approx(100 * 0.055)
    assert row.filter(year=2020)["ods_stock_odp_t"].sum() == pytest.approx(98 * 0.055)
    left = 98 * 0.95**2
    assert row.filter(stage="retire")["hcfc22_t"].item() == pytest.approx(left * 0.4)
    assert row["hfc23_t"].sum() == 0


def test_unknown_behaviour_is_named() -> None:
    with pytest.raises(TableError, match="room_air_conditioning/r32"):
        gas_stock(charged_of({2020: 1.0}, "r32"), behaviour_of(0.1, 0.1, 10), 2024)
