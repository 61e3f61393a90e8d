"""The weak share is a share: between 0 and 1 whatever the signs, and the plain quotient without signs."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from xietong.inventory.run import summed, with_share

AMOUNT = st.floats(-1e9, 1e9)
LINES = st.lists(st.tuples(AMOUNT | st.none(), st.floats(-1e9, 1e9)), min_size=1, max_size=8)


def table(lines: list[tuple[float | None, float]]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "region": "370000",
            "year": 2024,
            "sector": "heat",
            "species": "co2_heat_t",
            "value": [value for value, _ in lines],
            "weak": [weak if value is not None else 0.0 for value, weak in lines],
            "rows": 1,
            "not_estimated": [int(value is None) for value, _ in lines],
        },
        schema_overrides={"value": pl.Float64, "weak": pl.Float64},
    )


@given(LINES)
def test_a_share_whatever_the_signs(lines: list[tuple[float | None, float]]) -> None:
    for made in (summed(table(lines)), with_share(table(lines))):
        for value, share in made.select("value", "weak_share").rows():
            assert (share is None) == (value is None)
            assert share is None or 0 <= share <= 1


@given(st.floats(1e-6, 1e9), st.floats(0, 1))
def test_the_quotient_where_nothing_is_negative(value: float, share: float) -> None:
    found = with_share(table([(value, value * share)]))["weak_share"].item()
    assert abs(found - share) < 1e-9


def test_weak_heat_bought_and_firm_heat_sold() -> None:
    made = summed(table([(100.0, 100.0), (-90.0, 0.0)]))
    assert made["value"].item() == 10
    assert made["weak_share"].item() == 100 / 190  # not 1000 %
    assert summed(table([(5.0, 5.0), (-5.0, 0.0)]))["weak_share"].item() == 0.5  # nor nothing
    assert with_share(table([(0.0, 0.0)]))["weak_share"].item() == 0
