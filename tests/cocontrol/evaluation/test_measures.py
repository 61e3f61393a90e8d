"""Promises of the evaluation of measures: all sign cases, costs, schemes, worked by hand."""

import datetime
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xietong.cocontrol.annual_cost import Cost, annual_cost, capital_recovery, unit_cost
from xietong.cocontrol.choices import Choices
from xietong.cocontrol.coordinates import coordinates
from xietong.cocontrol.cost_curve import Candidate, cost_curve
from xietong.cocontrol.elasticity import cross_elasticity
from xietong.cocontrol.equivalents import equivalents
from xietong.cocontrol.evaluate import evaluate
from xietong.cocontrol.health_benefit import HealthCase, avoided_deaths, health_benefit
from xietong.cocontrol.plain_tables import MeasureRow
from xietong.cocontrol.weight_schemes import scheme, tax_equivalents, tax_price

DAY = datetime.date(2026, 1, 1)
# pollutant, gas: quadrant with the pollutant across, quadrant with the gas across, state, synergy
SIGNS = [
    (3, 4, "I", "I", "both-reduced", True),
    (-3, 4, "II", "IV", "ghg-reduced-pollutant-increased", False),
    (-3, -4, "III", "III", "both-increased", False),
    (3, -4, "IV", "II", "pollutant-reduced-ghg-increased", False),
    (3, 0, "axis", "axis", "pollutant-only-reduced", False),
    (-3, 0, "axis", "axis", "pollutant-only-increased", False),
    (0, 4, "axis", "axis", "ghg-only-reduced", False),
    (-0.0, -4, "axis", "axis", "ghg-only-increased", False),
    (-0.0, 0, "origin", "origin", "none", False),
]


@pytest.mark.parametrize(("p", "g", "across", "swapped", "state", "synergy"), SIGNS)
def test_every_sign_case(
    p: float, g: float, across: str, swapped: str, state: str, synergy: bool
) -> None:
    place, other = coordinates(p, g), coordinates(p, g, x="ghg")
    assert place is not None and other is not None
    assert (place["quadrant"], other["quadrant"]) == (across, swapped)
    assert place["state"] == other["state"] == state
    assert place["synergy"] is other["synergy"] is synergy
    assert place["distance"] == math.hypot(p, g)


@pytest.mark.parametrize(("p", "g", "_", "__", "state", "synergy"), SIGNS)
def test_elasticity_of_every_sign_case(
    p: float, g: float, _: str, __: str, state: str, synergy: bool
) -> None:
    made = cross_elasticity(p, 100, g, 200)
    assert (made["state"], made["synergy"]) == (state, synergy)
    assert made["pollutant_over_ghg"] == (pytest.approx(p / g * 2) if g else None)
    assert made["ghg_over_pollutant"] == (pytest.approx(g / p / 2) if p else None)
    for value in (made["pollutant_over_ghg"], made["ghg_over_pollutant"]):
        assert value is None or value != 0 or math.copysign(1, value) == 1  # no -0


@pytest.mark.parametrize("hole", range(4))
def test_elasticity_of_something_unknown_or_of_nothing(hole: int) -> None:
    numbers: list[float | None] = [1.0, 10.0, 2.0, 20.0]
    numbers[hole] = None
    assert cross_elasticity(*numbers)["pollutant_over_ghg"] is None
    assert cross_elasticity(1, 0, 2, 20)["pollutant_over_ghg"] is None


@settings(deadline=None)
@given(st.floats(0.0, 0.5), st.floats(0.5, 60))
def test_annuity_pays_the_investment_back(interest: float, life: float) -> None:
    paid = capital_recovery(interest, life)
    worth = life if interest < 1e-9 else -math.expm1(-life * math.log1p(interest)) / interest
    assert paid * worth == pytest.approx(1, rel=1e-6)


def test_cost_arithmetic() -> None:
    assert annual_cost(Cost(1000, 10, 0, 0), 0.0) == 100
    assert annual_cost(Cost(1000, 1, 0, 0), 0.1) == pytest.approx(1100)
    assert annual_cost(Cost(1000, 10, 20, 300), 0.0) == -180
    assert annual_cost(Cost(0, None, 20, 5), 0.1) == 15
    assert annual_cost(Cost(1000, None, 20, 5), 0.1) is None
    assert annual_cost(Cost(annual_cny=7), 0.1) == 7
    assert (unit_cost(-180, 90), unit_cost(180, -90), unit_cost(180, 0)) == (-2, None, None)


def test_curve_orders_negative_costs_by_benefit_not_by_quotient() -> None:
    """Small: -100 for 1 t (-100/t); large: -900 for 100 t (-9/t): large is better."""
    made = cost_curve([Candidate("small", 1, None, -100), Candidate("large", 100, None, -900)])
    assert [bar["measure"] for bar in made["bars"]] == ["large", "small"]
    assert all(bar["paradox"] for bar in made["bars"])


def test_curve_leaves_out_with_a_reason() -> None:
    made = cost_curve(
        [
            Candidate("more", -1, 10, 5),
            Candidate("same", 0, 10, 5),
            Candidate("dark", None, 10, 5),
            Candidate("free", 1, 10, None),
        ]
    )
    assert made["bars"] == []
    assert [one["reason"] for one in made["left_out"]] == [
        "increases",
        "no-reduction",
        "reduction-unknown",
        "cost-unknown",
    ]


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0.01, 1), st.floats(0, 1e6)), min_size=1, max_size=8))
def test_curve_with_interaction_never_exceeds_the_baseline(
    rows: list[tuple[float, float]],
) -> None:
    made = cost_curve(
        [Candidate(str(i), 100 * s, 100, c, "one") for i, (s, c) in enumerate(rows)], "remaining"
    )
    left = 100 * math.prod(1 - s for s, _ in rows)
    assert made["bars"][-1]["to_t"] == pytest.approx(100 - left, abs=1e-6)


def test_equivalents_by_hand() -> None:
    """950 kg of SO2 are 1000 equivalents at 6.0 CNY; 1.67 t of CO are 100 at 1.2 CNY."""
    vector = {"so2_t": 0.95, "co_t": 1.67, "nh3_t": 5.0}
    assert equivalents(vector, None, tax_equivalents())["total"] == pytest.approx(1.1)
    made = equivalents(vector, 10.0, tax_price("370000", DAY, 50.0))
    assert made["components"] == pytest.approx({"so2_t": 6000, "co_t": 120, "co2e": 500})
    assert made["total"] == pytest.approx(6620)
    assert made["unweighted"] == ["nh3_t"]


def test_unknown_component_makes_the_sum_unknown() -> None:
    made = equivalents({"so2_t": None, "nox_t": 0.95}, None, tax_equivalents())
    assert (made["total"], made["unknown"]) == (None, ["so2_t"])
    assert made["components"]["nox_t"] == pytest.approx(1)


def test_dust_counts_once() -> None:
    alone = equivalents({"pm25_t": 4.0}, None, tax_equivalents())
    nested = equivalents({"pm25_t": 4.0, "pm10_t": 8.0}, None, tax_equivalents())
    assert (alone["total"], nested["total"]) == (1.0, 2.0)
    assert nested["contained"] == ["pm25_t"]


def test_no_rates_before_the_tax_and_rates_of_the_province_for_its_cities() -> None:
    assert "so2_t" not in tax_price("370000", datetime.date(2014, 1, 1), 1.0).weights
    assert tax_price("371500", DAY).weights == tax_price("370000", DAY).weights


def test_ranking_changes_with_the_scheme() -> None:
    """Why the components stand beside the sum: NOx leads for ozone, NH3 for acid."""
    nox, nh3 = {"nox_t": 1.0, "nh3_t": 0.0}, {"nox_t": 0.0, "nh3_t": 1.0}
    for name, first in (("ozone", True), ("acidification", False)):
        one = scheme(name, "370000", DAY)
        a, b = (equivalents(v, None, one)["total"] for v in (nox, nh3))
        assert (a > b) is first


def test_health_uses_the_observed_baseline() -> None:
    """Of 1000 deaths at 40 ug/m3 none are left over by GEMM below 2.4 but those of other causes."""
    assert avoided_deaths(1000, 40, 40) == 0
    assert avoided_deaths(1000, 40, 45) < 0
    case = HealthCase(40, 1000, {"pm25_t": 1e-3, "so2_t": 2e-4}, "assumed for the test")
    made = health_benefit({"pm25_t": 1000, "so2_t": 5000}, case)
    assert made["concentration_change_ugm3"] == pytest.approx(-2)
    assert made["avoided_deaths"] == pytest.approx(avoided_deaths(1000, 40, 38))
    assert made["sensitivity_source"] == "assumed for the test"
    assert health_benefit({"pm25_t": 1.0}, case)["avoided_deaths"] is None


def test_a_measure_without_cost_takes_no_part_and_says_so() -> None:
    row = MeasureRow("a", {"so2_t": 1.0, "co2_t": 2.0}, {"so2_t": 10.0, "co2_t": 20.0})
    made = evaluate([row], Choices(schemes=(tax_equivalents(),)))
    assert made["cost_curve"]["left_out"] == [{"measure": "a", "reason": "cost-unknown"}]
    assert any("optimisation" in text for text in made["measures"][0]["warnings"])


def test_no_unit_cost_of_what_rises() -> None:
    row = MeasureRow(
        "a", {"so2_t": 1.0, "co2_t": -2.0}, {"so2_t": 9.0, "co2_t": 9.0}, Cost(annual_cny=5)
    )
    costs = evaluate([row], Choices())["measures"][0]["unit_cost"]
    assert (costs["so2_t"], costs["co2_t"], costs["co2e_t"]) == (5, None, None)
