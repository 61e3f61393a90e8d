"""Balances of processes close, whatever the shares: nothing is lost between release and removal."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xietong.methods import find_method
from xietong.methods.worked import examples

HERE = Path(__file__).parent
SHARE = st.floats(0, 1)
AMOUNT = st.floats(0, 1e7)
QUICK = settings(max_examples=30, deadline=None)


def run(name: str, place: int, **values: float) -> dict[str, Any]:
    """An example of a method with some columns of its row changed."""
    case = examples(find_method(name), HERE / f"{name}.toml")[place]
    activity = case.activity.with_columns(pl.lit(value).alias(k) for k, value in values.items())
    row: dict[str, Any] = case.run(find_method(name), activity=activity).row(0, named=True)
    return row


@QUICK
@given(AMOUNT, SHARE, SHARE, SHARE)
def test_gas_is_emitted_recovered_destroyed_or_remains(
    amount: float, released: float, recovered: float, destroyed: float
) -> None:
    row = run(
        "fluorinated_gases",
        0,
        amount_t=amount,
        released_share=released,
        recovered_share=recovered,
        destroyed_share=destroyed,
    )
    parts = [row[f"{part}_t"] for part in ("emitted", "recovered", "destroyed", "remaining")]
    assert sum(parts) == pytest.approx(amount, rel=1e-9, abs=1e-9)
    assert min(parts) >= -1e-6
    assert row["hfc32_t"] + row["hfc125_t"] == pytest.approx(row["emitted_t"], abs=1e-9)


@QUICK
@given(AMOUNT, SHARE, SHARE)
def test_nitrous_oxide_is_emitted_or_destroyed(
    output: float, removed: float, operated: float
) -> None:
    row = run(
        "nitric_adipic", 0, output_t=output, n2o_removed_share=removed, operated_share=operated
    )
    assert row["n2o_t"] + row["n2o_destroyed_t"] == pytest.approx(row["n2o_released_t"], abs=1e-9)
    assert row["n2o_t"] >= row["n2o_released_t"] * (1 - operated) - 1e-6


@QUICK
@given(AMOUNT, SHARE, SHARE)
def test_vapour_is_emitted_or_recovered(volume: float, recovered: float, running: float) -> None:
    row = run(
        "vapour_losses",
        0,
        throughput_1e4m3=volume,
        recovered_share=recovered,
        running_share=running,
    )
    total = row["nmvoc_t"] + row["nmvoc_recovered_t"]
    assert total == pytest.approx(row["nmvoc_released_t"], abs=1e-9)
    assert row["nmvoc_t"] >= row["nmvoc_released_t"] * (1 - running) - 1e-6


@QUICK
@given(AMOUNT, st.floats(0, 100), SHARE)
def test_mine_gas_is_emitted_or_used(coal: float, gas: float, used: float) -> None:
    row = run("coal_mines", 0, coal_t=coal, ch4_m3_per_t=gas, recovered_share=used)
    total = row["ch4_t"] + row["ch4_recovered_t"]
    assert total == pytest.approx(row["ch4_mining_t"] + row["ch4_post_t"], abs=1e-9)


@QUICK
@given(AMOUNT)
def test_carbon_that_leaves_as_it_came_emits_nothing(tonnes: float) -> None:
    taken = run("chemical_carbon", 1, material_t=tonnes, carbon_t_per_t=0.3)
    given_ = run("chemical_carbon", 0, material_t=tonnes, carbon_t_per_t=0.3)
    assert taken["co2_t"] + given_["co2_t"] == pytest.approx(0, abs=1e-9)
    assert run("chemical_carbon", 1, material_t=60.0)["co2_t"] == pytest.approx(-44.0)
