"""Problems that can be solved with a pencil, with their known duals."""

import numpy as np
import pytest

from xietong.optimise.problem import Problem
from xietong.optimise.run import run, shares

TWO = """
source option cost_cny_per_year nox_t
p1 a 100 10
p1 b 300 20
p2 a 150 10
"""


def price(told: dict, target: str) -> float:
    return next(one["value"] for one in told["shadow_prices"] if one["target"] == target)


def test_least_cost_takes_the_cheapest_tonne_first_and_prices_the_next(make) -> None:
    """p1/a at 10 CNY/t is full, p2/a at 15 CNY/t fills half; b would add 10 t for 200 (20 CNY/t)."""
    told = run(make(TWO, target=[{"id": "n", "what": "NOx", "reduce": "15 t"}]))
    assert told["status"] == "optimal"
    assert told["cost"] == pytest.approx(175)
    assert told["bound"] == pytest.approx(175)
    chosen = {(one["source"], one["option"]): one["share"] for one in told["choices"]}
    assert chosen == {("p1", "a"): pytest.approx(1), ("p2", "a"): pytest.approx(0.5)}
    assert price(told, "n") == pytest.approx(15)
    assert told["shadow_prices"][0]["unit"] == "CNY/t"


def test_the_next_tonne_comes_from_a_switch_between_exclusive_options(make) -> None:
    """25 t: p2/a full, p1 half a, half b: going from a to b costs 200 for 10 t."""
    told = run(make(TWO, target=[{"id": "n", "what": "NOx", "reduce": "25 t"}]))
    assert told["cost"] == pytest.approx(350)
    assert price(told, "n") == pytest.approx(20)
    assert sum(one["share"] for one in told["choices"] if one["source"] == "p1") == pytest.approx(1)


def test_two_targets_share_one_option_and_split_its_price(make) -> None:
    """x: 1 t NOx for 4; y: 1 t SO2 for 6; z: both for 8. One tonne of each: z, at 8 in all.

    With room (2 sources of each) the duals are prices p, q with p ≤ 4, q ≤ 6, p + q = 8.
    """
    told = run(
        make(
            "source option cost_cny_per_year nox_t so2_t\nu x 4 1 0\nv y 6 0 1\nw z 8 1 1\n",
            target=[
                {"id": "n", "what": "NOx", "reduce": 1.5},
                {"id": "s", "what": "SO2", "reduce": 1.2},
            ],
        )
    )
    assert told["cost"] == pytest.approx(8 + 0.5 * 4 + 0.2 * 6)
    assert price(told, "n") == pytest.approx(4)
    assert price(told, "s") == pytest.approx(6)


def test_a_cap_is_the_baseline_less_the_reduction_and_a_percentage_refers_to_its_year(make) -> None:
    base = "source year nox_t\np1 2020 30\np1 2030 40\np2 2020 20\np2 2030 20\n"
    for target in (
        {"what": "NOx", "cap": "45 t"},  # 60 in 2030, so 15 t
        {"what": "NOx", "percent": 10, "base_year": 2020},  # 50 × 0.9 = 45
    ):
        told = run(make(TWO, baseline=base, target=[target]))
        assert told["cost"] == pytest.approx(175)
        assert told["totals"]["nox_t"]["remaining"] == pytest.approx(45)


def test_greatest_reduction_for_a_budget_and_what_more_money_brings(make) -> None:
    """175 CNY buy 15 t; the last money went at 15 CNY a tonne."""
    told = run(
        make(
            TWO,
            goal="greatest-reduction",
            weights={"NOx": 1},
            budget=[{"id": "b", "limit": "175 元"}],
        )
    )
    assert told["objective"] == pytest.approx(-15)
    assert told["cost"] == pytest.approx(175)
    assert price(told, "b") == pytest.approx(1 / 15)


def test_greatest_benefit_goes_to_where_the_next_tonne_costs_its_price(make) -> None:
    """At 16 CNY/t all at 10 and 15 CNY/t is worth it, the switch at 20 is not."""
    told = run(make(TWO, goal="greatest-benefit", prices={"NOx": "16 元/吨"}))
    assert told["cost"] == pytest.approx(250)
    assert told["objective"] == pytest.approx(250 - 20 * 16)


def test_indivisible_options_are_all_or_nothing_and_priced_with_the_choice_fixed(make) -> None:
    """15 t of whole options: 100 + 150; nothing cheaper, 5 t more than asked."""
    rows = TWO.strip().splitlines()
    whole = "\n".join([f"{rows[0]} indivisible", *(f"{row} yes" for row in rows[1:])])
    told = run(make(whole, target=[{"id": "n", "what": "NOx", "reduce": 15}]))
    assert told["cost"] == pytest.approx(250)
    assert {one["share"] for one in told["choices"]} == {1.0}
    assert price(told, "n") == 0
    assert told["bound"] <= told["objective"] + 1e-9


def test_stock_lives_on_retires_and_is_built_at_a_rate(make) -> None:
    """Built in 2025 with a life of 10 years, gone in 2035; 0.9 a year can be built at most.

    15 t in every year: 0.9 of p1/a and 0.6 of p2/a (90 + 90); in 2035 all is new: 100 + 75.
    """
    problem = make(
        "source option cost_cny_per_year nox_t life_years build_rate_share_per_year\n"
        "p1 a 100 10 10 0.9\np2 a 150 10 10 0.9\n",
        years=[2025, 2030, 2035],
        target=[{"id": "n", "what": "NOx", "reduce": 15, "year": "all"}],
    )
    told = run(problem)
    by_year = told["costs"]["by_year"]
    assert by_year == {
        "2025": pytest.approx(180),
        "2030": pytest.approx(180),
        "2035": pytest.approx(175),
    }
    assert told["cost"] == pytest.approx(5 * (180 + 180 + 175))  # each stands for five years
    built = {(one["source"], one["year"]): one["built_share"] for one in told["choices"]}
    assert built["p1", 2030] == 0
    assert built["p1", 2035] == pytest.approx(1)


def test_what_is_built_cannot_be_unbuilt_before_its_end(make) -> None:
    """A target of the first year only: its share stays for all years when the life is long."""
    problem = make(
        "source option cost_cny_per_year nox_t\np1 a 100 10\n",
        years=[2025, 2026, 2027],
        target=[{"what": "NOx", "reduce": 5, "year": 2025}],
    )
    assert np.allclose(shares(problem, run(problem)), 0.5)


def test_budget_of_one_payer_moves_the_work_to_another(make) -> None:
    rows = "source option payer cost_cny_per_year nox_t\np1 a state 100 10\np2 a firm 150 10\n"
    told = run(
        make(
            rows,
            target=[{"id": "n", "what": "NOx", "reduce": 10}],
            budget=[{"id": "b", "what": "cost", "payer": "state", "limit": 50}],
        )
    )
    assert told["costs"]["by_payer"]["state"]["2030"] == pytest.approx(50)
    assert told["cost"] == pytest.approx(125)
    assert price(told, "n") == pytest.approx(15)
    assert price(told, "b") == pytest.approx(0.5)  # a yuan more of the state saves 1.5 − 1


def test_investment_counts_what_is_built_not_what_is_there(make) -> None:
    rows = (
        "source option cost_cny_per_year investment_cny existing_share nox_t\n"
        "p1 a 100 1000 0.4 10\np2 a 150 0 0 10\n"
    )
    problem = make(
        rows,
        target=[{"what": "NOx", "reduce": 10}],
        budget=[{"what": "investment", "limit": 300}],
    )
    told = run(problem)
    assert shares(problem, told)[:, 0] == pytest.approx([0.7, 0.3])


def test_fairness_keeps_cost_per_gdp_and_reduction_rates_together(make) -> None:
    sources = "source region sector\np1 A power\np2 B power\n"
    base = "source nox_t\np1 20\np2 20\n"
    gdp = "region gdp_cny\nA 1000\nB 1000\n"
    free = {"target": [{"what": "NOx", "reduce": 10}]}
    rows = "source option cost_cny_per_year nox_t\np1 a 100 10\np2 a 150 10\n"

    def solved(**fair) -> tuple[Problem, dict]:
        problem = make(rows, sources=sources, baseline=base, regions=gdp, **free, **fair)
        return problem, run(problem)

    problem, told = solved()
    assert shares(problem, told)[:, 0] == pytest.approx([1, 0])
    problem, told = solved(fairness=[{"kind": "reduction_rate", "what": "NOx", "spread": 0.1}])
    assert shares(problem, told)[:, 0] == pytest.approx([0.6, 0.4])  # 30 % and 20 % of 20 t
    problem, told = solved(fairness=[{"kind": "cost_per_gdp", "spread": 0.0}])
    assert shares(problem, told)[:, 0] == pytest.approx([0.6, 0.4])  # 60 and 60 of 1000


def test_co2e_is_made_of_its_gases(make) -> None:
    rows = "source option cost_cny_per_year co2_t ch4_t\np1 a 100 10 1\n"
    told = run(make(rows, gwp="AR5", target=[{"what": "CO2e", "reduce": 19}]))
    assert told["choices"][0]["share"] == pytest.approx(0.5)  # 10 + 28


def test_units_are_converted_at_the_door(make) -> None:
    rows = "source option cost_cny_per_year(万元) NOx(kg)\np1 a 1 10000\n"
    told = run(make(rows, target=[{"what": "NOx", "reduce": "0.0005万吨"}]))
    assert told["cost"] == pytest.approx(5000)


def test_growth_is_bound_by_the_build_rate_from_what_exists(make) -> None:
    """0.1 is there, 0.2 a year can be built: 0.3, 0.5 and, five years on, 1; the long-lived never shrink."""
    rows = (
        "source option cost_cny_per_year nox_t existing_share build_rate_share_per_year life_years\n"
        "p1 a -100 10 0.1 0.2 40\np2 b -100 10 0.1 0.2 4\n"
    )
    problem = make(rows, years=[2026, 2027, 2032])
    told = run(problem)
    grown = shares(problem, told)
    assert grown[0] == pytest.approx([0.3, 0.5, 1.0])
    built = {(one["option"], one["year"]): one["built_share"] for one in told["choices"]}
    assert [built["a", year] for year in (2026, 2027, 2032)] == pytest.approx([0.2, 0.2, 0.5])
    assert grown[1] == pytest.approx(
        [0.3, 0.5, 1.0]
    )  # what was built in 2026 and 2027 is gone: built anew
    assert built["b", 2032] == pytest.approx(0.9)
