"""Impossible problems: which limits conflict, by how much, and the nearest that can be done."""

import pytest

from xietong.optimise.run import run

ROWS = """
source option cost_cny_per_year nox_t so2_t
p1 a 100 10 0
p1 b 100 0 10
p2 a 150 10 0
"""


def gives(told: dict) -> dict[str, float]:
    return {one["target"]: one["short_by"] for one in told["conflicts"]}


def test_two_targets_on_one_source_conflict_and_the_third_is_left_out(make) -> None:
    """p1 can serve 10 t of NOx or 10 t of SO2; 15 + 8 is 3 too many. The budget is not to blame."""
    told = run(
        make(
            ROWS,
            target=[
                {"id": "n", "what": "NOx", "reduce": 15},
                {"id": "s", "what": "SO2", "reduce": 8},
            ],
            budget=[{"id": "b", "limit": 10000}],
        )
    )
    assert told["status"] == "infeasible"
    assert told["objective"] is None
    assert set(gives(told)) == {"n", "s"}
    assert all(one["in_conflict"] for one in told["conflicts"])
    assert sum(gives(told).values()) == pytest.approx(3, rel=1e-4)
    assert gives(told)["n"] == pytest.approx(3, rel=1e-4)  # 3 of 15 is less than 3 of 8
    assert any("n" in one["zh"] and "s" in one["zh"] for one in told["words"])


def test_one_target_out_of_reach_says_how_far_it_goes(make) -> None:
    told = run(make(ROWS, target=[{"id": "n", "what": "NOx", "reduce": 25}]))
    (one,) = told["conflicts"]
    assert (one["in_conflict"], one["reachable_alone"], one["short_by"]) == (
        True,
        20,
        pytest.approx(5, rel=1e-4),
    )
    assert "单独就达不到" in told["words"][1]["zh"]


def test_the_relaxation_makes_it_possible_and_is_the_cheapest_such(make) -> None:
    targets = [
        {"id": "n", "what": "NOx", "reduce": 15},
        {"id": "s", "what": "SO2", "reduce": 8},
    ]
    told = run(make(ROWS, target=targets))
    eased = [one | {"reduce": one["reduce"] - gives(told)[one["id"]] - 1e-4} for one in targets]
    again = run(make(ROWS, target=eased))
    assert again["status"] == "optimal"
    assert again["cost"] == pytest.approx(told["nearest"]["cost"], rel=1e-4)


def test_a_budget_too_small_is_named_with_the_target(make) -> None:
    told = run(
        make(
            ROWS,
            target=[{"id": "n", "what": "NOx", "reduce": 15}],
            budget=[{"id": "b", "limit": 100}],
        )
    )
    assert set(gives(told)) == {"n", "b"}


def test_indivisible_conflict(make) -> None:
    rows = "source option cost_cny_per_year nox_t indivisible\np1 a 100 10 yes\np2 a 150 10 yes\n"
    told = run(
        make(
            rows,
            target=[{"id": "n", "what": "NOx", "reduce": 15}],
            budget=[{"id": "b", "limit": 200}],
        )
    )
    assert told["status"] == "infeasible"
    assert {one["target"] for one in told["conflicts"] if one["in_conflict"]} == {"n", "b"}
