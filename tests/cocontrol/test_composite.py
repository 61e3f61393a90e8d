"""Synergy degree of the composite system: sign, bases, bounds."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.cocontrol.composite import composite_synergy
from xietong.cocontrol.indicator import Indicator
from xietong.errors import TableError

ORDER = (
    Indicator("so2", "negative", "air", lower=0, upper=10),
    Indicator("co2", "negative", "carbon", lower=0, upper=10),
)
VALUE = st.floats(0, 10)


def table(so2: list[float], co2: list[float]) -> pl.DataFrame:
    years = list(range(2000, 2000 + len(so2)))
    return pl.DataFrame({"entity": ["a"] * len(so2), "year": years, "so2": so2, "co2": co2})


def synergy(so2: list[float], co2: list[float], **options: str) -> list[float | None]:
    result = composite_synergy(table(so2, co2), ORDER, bounds="targets", **options)
    return result.table["s"].to_list()


@given(
    st.lists(st.tuples(VALUE, VALUE), min_size=2, max_size=10), st.sampled_from(["chain", "fixed"])
)
def test_synergy_lies_between_minus_1_and_1(pairs: list[tuple[float, float]], base: str) -> None:
    so2, co2 = (list(column) for column in zip(*pairs, strict=True))
    values = synergy(so2, co2, base=base)
    assert values[0] is None
    assert all(v is not None and -1 <= v <= 1 for v in values[1:])


@given(st.lists(st.tuples(VALUE, VALUE), min_size=2, max_size=6))
def test_turning_time_round_turns_the_sign_when_both_move_together(
    pairs: list[tuple[float, float]],
) -> None:
    so2, co2 = (list(column) for column in zip(*pairs, strict=True))
    forward = composite_synergy(table(so2, co2), ORDER, bounds="targets").table
    back = composite_synergy(table(so2[::-1], co2[::-1]), ORDER, bounds="targets").table
    for a, b in zip(forward.slice(1).to_dicts(), back.slice(1).reverse().to_dicts(), strict=True):
        assert abs(a["s"]) == pytest.approx(abs(b["s"]))
        if a["delta_air"] > 1e-9 and a["delta_carbon"] > 1e-9:
            assert a["s"] > 0 > b["s"]


def test_values_by_hand_and_the_two_bases() -> None:
    so2, co2 = [8.0, 6.0, 5.0], [9.0, 8.0, 4.0]
    assert synergy(so2, co2) == [None, pytest.approx(0.02**0.5), pytest.approx(0.04**0.5)]
    assert synergy(so2, co2, base="fixed")[2] == pytest.approx((0.3 * 0.5) ** 0.5)
    weighted = synergy(so2, co2, combination="weighted")
    assert weighted[1] == pytest.approx(0.15)


def test_one_falling_subsystem_makes_it_negative_and_is_named() -> None:
    result = composite_synergy(table([8.0, 2.0], [5.0, 6.0]), ORDER, bounds="targets")
    row = result.table.row(1, named=True)
    assert row["s"] == pytest.approx(-((0.6 * 0.1) ** 0.5))
    assert row["falling"] == "carbon"
    assert any("只有部分子系统下降" in warning for warning in result.warnings)


def test_no_change_in_one_subsystem_gives_zero() -> None:
    assert synergy([8.0, 2.0], [5.0, 5.0])[1] == 0


def test_the_choice_of_bounds_is_stored_and_matters() -> None:
    data = table([8.0, 6.0, 5.0], [9.0, 8.0, 4.0])
    sample = composite_synergy(data, ORDER, bounds="sample")
    stretched = composite_synergy(data, ORDER, bounds="stretched")
    assert sample.scheme == "bounds: sample" and stretched.scheme == "bounds: stretched"
    beta, alpha = stretched.details["bounds"].select("beta", "alpha").row(0)
    assert (beta, alpha) == (pytest.approx(4.5), pytest.approx(8.8))
    assert sample.table["s"].to_list() != stretched.table["s"].to_list()
    assert any("有序度为 0" in warning for warning in sample.warnings)
    assert not any("有序度为 0" in warning for warning in stretched.warnings)


def test_lists_every_problem() -> None:
    with pytest.raises(TableError) as caught:
        composite_synergy(
            table([1.0, 1.0], [1.0, 2.0]),
            [Indicator("so2", subsystem="a"), Indicator("co2", "moderate", "a", ideal=1)],
            base="wrong",
        )
    message = str(caught.value)
    for part in ("wrong", "two subsystems", "moderate", "constant or empty"):
        assert part in message
