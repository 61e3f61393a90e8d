"""First-order decay against the year-by-year recursion of the IPCC and what must hold of it."""

import math
from collections.abc import Sequence

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xietong.inventory.landfill_cohorts import cohorts
from xietong.methods import find_method
from xietong.methods.worked import collected

METHOD = find_method("landfill")
CH4_PER_C = 16 / 12


def emitted(
    deposits: Sequence[float], until: int, *, k: float, start: float = 13, ox: float = 0.1
) -> pl.DataFrame:
    """Deposits of 1990, 1991, … through the sheet's expansion and the method."""
    sheet = pl.DataFrame(
        {
            "waste": ["food"] * len(deposits),
            "climate": ["temperate_dry"] * len(deposits),
            "site_type": ["managed"] * len(deposits),
            "deposit_year": [1990.0 + n for n in range(len(deposits))],
            "until_year": [float(until)] * len(deposits),
            "deposited_t": [float(one) for one in deposits],
        }
    )
    rows = cohorts(sheet)
    years = pl.DataFrame({"year": rows["year"].unique()})
    refuse = years.with_columns(
        waste=pl.lit("food"), climate=pl.lit("temperate_dry"), doc_share=0.15, docf_share=0.5,
        decay_per_year=k,
    )  # fmt: skip
    site = years.with_columns(
        site_type=pl.lit("managed"), mcf_share=0.9, ch4_in_gas_share=0.55, oxidised_share=ox,
        start_month=start,
    )  # fmt: skip
    return collected(
        METHOD, {"activity": rows.lazy(), "refuse": refuse.lazy(), "site": site.lazy()}
    )


def ipcc(deposits: Sequence[float], until: int, k: float, start: float) -> dict[int, float]:
    """The model's spreadsheet (annex 3A.1): not reacted and reacted in the deposit year,
    then the stock of each year decays."""
    left, out = 0.0, {}
    late = math.exp(-k * (13 - start) / 12)
    for year in range(1990, until + 1):
        fresh = deposits[year - 1990] * 0.15 * 0.5 * 0.9 if year - 1990 < len(deposits) else 0.0
        decayed = left * (1 - math.exp(-k)) + fresh * (1 - late)
        left = left * math.exp(-k) + fresh * late
        out[year] = decayed * 0.55 * CH4_PER_C * 0.9
    return out


@settings(max_examples=30, deadline=None)
@given(
    deposits=st.lists(st.floats(0, 1e6), min_size=1, max_size=8),
    k=st.floats(0.01, 0.5),
    start=st.floats(7, 13),
)
def test_cohorts_sum_to_the_recursion(deposits: list[float], k: float, start: float) -> None:
    found = emitted(deposits, 2004, k=k, start=start).group_by("year").agg(pl.col("ch4_t").sum())
    expected = ipcc(deposits, 2004, k, start)
    for year, value in found.rows():
        assert value == pytest.approx(expected[year], rel=1e-9, abs=1e-9)


def test_half_is_left_after_one_half_life() -> None:
    half_life = 12
    rows = emitted([1000.0], 1990 + half_life, k=math.log(2) / half_life)
    decayed, potential = rows["ddoc_decayed_t"].sum(), rows["ddoc_t"][0]
    assert decayed == pytest.approx(potential / 2, rel=1e-12)  # decay starts in January 1991


@pytest.mark.parametrize("start", [7, 9.5, 13])
def test_in_the_end_all_that_can_decay_has_decayed(start: float) -> None:
    rows = emitted([1000.0], 1990 + 600, k=0.06, start=start, ox=0.0)
    potential = 1000 * 0.15 * 0.5 * 0.9
    assert rows["ddoc_decayed_t"].sum() == pytest.approx(potential, rel=1e-9)
    assert rows["ch4_t"].sum() == pytest.approx(potential * 0.55 * CH4_PER_C, rel=1e-9)


def test_delay_moves_methane_and_keeps_it() -> None:
    early, late = (emitted([1000.0], 1990 + 400, k=0.06, start=start) for start in (7, 13))
    assert late.filter(year=1990)["ch4_t"].item() == 0
    assert early.filter(year=1990)["ch4_t"].item() > 0
    assert early["ch4_t"].sum() == pytest.approx(late["ch4_t"].sum(), rel=1e-9)
    # half a year later, the same curve: the early one decays by exp(-k/2) before January
    ratio = early.filter(year=2000)["ch4_t"].item() / late.filter(year=2000)["ch4_t"].item()
    assert ratio == pytest.approx(math.exp(-0.06 / 2), rel=1e-12)


def test_deposits_are_neither_lost_nor_invented() -> None:
    rows = emitted([10.0, 20.0, 30.0], 1995, k=0.1)
    assert rows.group_by("year").agg(pl.col("deposited_t").sum()).sort("year")[
        "deposited_t"
    ].to_list() == [10, 30, 60, 60, 60, 60]
