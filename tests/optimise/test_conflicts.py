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


def test_the_conflict_is_found_among_many_limits(make) -> None:
    """Twelve plants; one region's target is out of reach together with the province's budget only."""
    rows = ["source option cost_cny_per_year nox_t so2_t"]
    sources = ["source region sector"]
    for i in range(12):
        sources.append(f"s{i} r{i} x")
        rows.append(f"s{i} a {10 + i} 10 5")
    target = [{"id": f"n{i}", "what": "NOx", "region": f"r{i}", "reduce": 8} for i in range(12)]
    target += [{"id": f"s{i}", "what": "SO2", "region": f"r{i}", "reduce": 1} for i in range(12)]
    target.append({"id": "hard", "what": "SO2", "region": "r3", "reduce": 6})
    told = run(make("\n".join(rows), sources="\n".join(sources), target=target))
    (one,) = told["conflicts"]
    assert (one["target"], one["in_conflict"]) == ("hard", True)
    assert one["short_by"] == pytest.approx(1, rel=1e-4)


def test_a_source_without_options_is_no_obstacle(make) -> None:
    sources = "source region sector\np0 A x\np1 A x\np2 B x\np3 B x\n"
    told = run(make(ROWS, sources=sources, target=[{"id": "n", "what": "NOx", "reduce": 15}]))
    assert told["cost"] == pytest.approx(100 + 75)
