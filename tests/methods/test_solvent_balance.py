"""The mass balance of solvents closes, whatever the shares."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.methods import find_method
from xietong.methods.worked import Example, examples

HERE = Path(__file__).parent
SHARE = st.floats(0, 1)
CASES = examples(find_method("solvent_use"), HERE / "solvent_use.toml")


def run(case: Example, activity: dict[str, float], **shares: float) -> dict[str, float]:
    given_ = case.activity.with_columns(pl.lit(value).alias(k) for k, value in activity.items())
    moved = given_.with_columns(pl.lit(value).alias(name) for name, value in shares.items())
    passed = case.params["control"].with_columns(
        nmvoc_passed_share=pl.lit(shares["nmvoc_passed_share"])
    )
    row: dict[str, float] = case.run(
        find_method("solvent_use"), activity=moved, control=passed
    ).row(0, named=True)
    return row


@given(st.floats(0, 1e6), SHARE, SHARE, SHARE, SHARE, SHARE)
def test_input_is_waste_removed_and_emitted(
    product: float, voc: float, waste: float, captured: float, running: float, passed: float
) -> None:
    row = run(
        CASES[1],
        {"product_t": product, "voc_share": voc, "waste_share": waste},
        captured_share=captured,
        running_share=running,
        nmvoc_passed_share=passed,
    )
    parts = row["voc_waste_t"] + row["voc_removed_t"] + row["nmvoc_t"]
    assert row["voc_input_t"] == pytest.approx(product * voc)
    assert parts == pytest.approx(row["voc_input_t"], abs=1e-9)
    assert min(row["voc_waste_t"], row["voc_removed_t"], row["nmvoc_t"]) >= -1e-9
    fugitive = row["voc_released_t"] * (1 - captured)
    assert row["nmvoc_t"] >= fugitive - 1e-6


@given(SHARE, SHARE, SHARE)
def test_by_factor_too(captured: float, running: float, passed: float) -> None:
    row = run(
        CASES[0],
        {},
        captured_share=captured,
        running_share=running,
        nmvoc_passed_share=passed,
    )
    assert row["voc_removed_t"] + row["nmvoc_t"] == pytest.approx(32.0)
    assert row["voc_waste_t"] == 0


def test_waste_not_known_is_not_estimated() -> None:
    case = CASES[1]
    gone = case.activity.with_columns(waste_share=pl.lit(None, dtype=pl.Float64))
    assert case.run(find_method("solvent_use"), activity=gone)["nmvoc_t"].item() is None
