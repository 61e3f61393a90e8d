"""Attribution: order-free, adds up, symmetric, nothing for a measure without effect."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xietong.cocontrol.attribution import multiplied, remaining_effect, sequential, shapley
from xietong.cocontrol.bundles import bundles
from xietong.cocontrol.plain_tables import MeasureRow
from xietong.errors import InputError

SHARES = st.lists(st.floats(-0.5, 1), min_size=1, max_size=6).map(
    lambda values: {f"m{i}": value for i, value in enumerate(values)}
)


@settings(deadline=None)
@given(SHARES)
def test_closed_form_is_the_shapley_value(shares: dict[str, float]) -> None:
    exact = shapley(list(shares), remaining_effect(100, shares))
    assert multiplied(100, shares) == pytest.approx(exact, abs=1e-9)


@settings(deadline=None)
@given(st.lists(st.floats(-0.2, 1), min_size=1, max_size=100))
def test_adds_up_for_a_hundred_measures(values: list[float]) -> None:
    shares = {f"m{i}": value for i, value in enumerate(values)}
    whole = remaining_effect(1000, shares)(frozenset(shares))
    scale = 1000 * math.prod(1 + abs(v) for v in values if v < 0)
    assert math.fsum(multiplied(1000, shares).values()) == pytest.approx(whole, abs=1e-9 * scale)


@settings(deadline=None)
@given(SHARES, st.randoms())
def test_order_does_not_matter(shares: dict[str, float], random: object) -> None:
    names = list(shares)
    random.shuffle(names)  # type: ignore[attr-defined]
    mixed = multiplied(100, {name: shares[name] for name in names})
    assert mixed == pytest.approx(multiplied(100, shares), abs=1e-9)


@settings(deadline=None)
@given(SHARES, st.floats(-0.5, 1))
def test_equal_measures_get_equal_parts_and_idle_ones_nothing(
    shares: dict[str, float], twin: float
) -> None:
    made = multiplied(100, {**shares, "a": twin, "b": twin, "idle": 0.0})
    assert made["a"] == pytest.approx(made["b"], abs=1e-9)
    assert made["idle"] == 0
    without = multiplied(100, {**shares, "a": twin, "b": twin})
    assert made["a"] == pytest.approx(without["a"], abs=1e-9)


def test_three_measures_by_hand() -> None:
    """A game that does not multiply: 1 alone saves 6, any two 6 + 2, all three 12."""
    values = {0: 0.0, 1: 6.0, 2: 8.0, 3: 12.0}
    made = shapley(["a", "b", "c"], lambda chosen: values[len(chosen)])
    assert made == pytest.approx({"a": 4, "b": 4, "c": 4})


def test_a_sequence_claims_what_its_order_says_and_adds_up_too() -> None:
    effect = remaining_effect(100, {"a": 0.6, "b": 0.5})
    assert sequential(["a", "b"], effect) == pytest.approx({"a": 60, "b": 20})
    assert sequential(["b", "a"], effect) == pytest.approx({"b": 50, "a": 30})
    assert multiplied(100, {"a": 0.6, "b": 0.5}) == pytest.approx({"a": 45, "b": 35})


def test_impossible_share_and_too_many_measures() -> None:
    with pytest.raises(InputError, match="above 1"):
        multiplied(100, {"a": 1.2})
    with pytest.raises(InputError, match="at most 14"):
        shapley([str(i) for i in range(15)], lambda _: 0.0)


def test_bundle_needs_one_baseline_and_known_reductions() -> None:
    rows = [
        MeasureRow("a", {"so2_t": 5.0, "nox_t": 1.0}, {"so2_t": 10.0, "nox_t": 9.0}, group="g"),
        MeasureRow("b", {"so2_t": 5.0, "nox_t": None}, {"so2_t": 10.0, "nox_t": 9.0}, group="g"),
        MeasureRow("c", {"so2_t": 5.0}, {"so2_t": 10.0}),
    ]
    made = bundles(rows)
    assert [(one["group"], one["species"]) for one in made] == [("g", "so2_t")]
    assert made[0]["bundle_t"] == pytest.approx(7.5)
    assert made[0]["shapley"] == pytest.approx({"a": 3.75, "b": 3.75})
