"""Three strategies and the greedy one, the front, prices, possible worlds."""

import numpy as np
import pytest

from xietong.errors import InputError
from xietong.optimise.draws import draws_of
from xietong.optimise.pareto import efficient, front
from xietong.optimise.robust import robust
from xietong.optimise.run import run
from xietong.optimise.sensitivity import sensitivity
from xietong.optimise.strategies import strategies
from xietong.optimise.tables import Faults

# One plant: a cuts carbon (10), b pollution (10), both does both for 12. One target each, of 10 t.
PLANT = "source option cost_cny_per_year co2_t nox_t\np1 a 10 10 0\np1 b 10 0 10\np1 c 12 10 10\n"
BOTH = [{"id": "carbon", "what": "CO2e", "reduce": 10}, {"id": "nox", "what": "NOx", "reduce": 10}]


def by_name(told: dict) -> dict[str, dict]:
    return {one["strategy"]: one for one in told["strategies"]}


def test_jointness_saves_what_is_built_and_left_idle(make) -> None:
    """Carbon first builds a (10), then needs c (12) in its place and still pays for a: 22 against 12."""
    told = strategies(make(PLANT, target=BOTH))
    ways = by_name(told)
    assert ways["joint"]["cost"] == pytest.approx(12)
    for name in ("carbon-first", "pollution-first"):
        assert ways[name]["cost"] == pytest.approx(22)
        assert ways[name]["idle_cny"] == pytest.approx(10)
        assert ways[name]["stages"][0]["cost"] == pytest.approx(10)
        assert not ways[name]["missed"]
    assert ways["greedy"]["missed"] == {"nox": pytest.approx(10)}
    saved = {one["against"]: one for one in told["savings"]}
    assert saved["carbon-first"]["money_cny"] == pytest.approx(10)
    assert saved["carbon-first"]["money_share"] == pytest.approx(10 / 22)
    assert saved["greedy"]["money_cny"] is None


def test_the_money_of_a_sequence_buys_more_tonnes_jointly(make) -> None:
    """30 t of CO2, 10 t of NOx. Carbon first: a (5), 20 t of d (20), then c (12) for a: 37.

    Jointly c (12) and 20 t of d: 32. The 5 CNY between them buy 5 t of CO2 more.
    """
    rows = PLANT.replace("p1 a 10", "p1 a 5") + "p2 d 50 50 0\n"
    told = strategies(make(rows, target=[BOTH[0] | {"reduce": 30}, BOTH[1]]))
    saved = {one["against"]: one for one in told["savings"]}
    assert by_name(told)["joint"]["cost"] == pytest.approx(32)
    assert saved["carbon-first"]["money_cny"] == pytest.approx(5)
    assert {m["what"]: m["value"] for m in saved["carbon-first"]["more"]} == {
        "co2e_t": pytest.approx(5),
        "nox_t": pytest.approx(0, abs=1e-6),  # c is full
    }


def test_joint_is_never_dearer(make) -> None:
    draw = np.random.default_rng(3)
    for _ in range(5):
        rows = ["source option cost_cny_per_year co2_t nox_t"]
        for source in range(4):
            for option in range(3):
                cost, carbon, nox = draw.integers(1, 40, 3)
                rows.append(f"p{source} o{option} {cost} {carbon} {nox}")
        told = strategies(
            make("\n".join(rows), target=[BOTH[0] | {"reduce": 20}, BOTH[1] | {"reduce": 20}])
        )
        ways = by_name(told)
        for one in told["savings"]:
            assert one["money_cny"] is None or one["money_cny"] >= -1e-6
            assert all(gain["value"] >= 0 for gain in one["more"])
        assert ways["joint"]["status"] == "optimal"


def test_strategies_need_both_kinds_of_targets(make) -> None:
    with pytest.raises(InputError, match="pollution"):
        strategies(make(PLANT, target=BOTH[:1]))


def test_greedy_takes_the_cheapest_tonne_and_counts_what_it_brings_along(make) -> None:
    rows = "source option cost_cny_per_year co2_t nox_t\np1 a 10 10 5\np2 b 30 10 0\np3 c 20 0 10\n"
    told = strategies(make(rows, target=[BOTH[0] | {"reduce": 15}, BOTH[1]]))
    greedy = by_name(told)["greedy"]
    assert {one["option"]: one["share"] for one in greedy["choices"]} == {
        "a": pytest.approx(1), "b": pytest.approx(0.5), "c": pytest.approx(0.5),
    }  # fmt: skip
    assert greedy["cost"] == pytest.approx(35)
    assert not greedy["missed"]


def test_front_of_cost_and_tonnes_is_the_cost_curve(make) -> None:
    """10 t at 10, 10 t at 15 CNY/t, 10 t more at 20 by the switch: cost at 0, 15, 30 t."""
    problem = make("source option cost_cny_per_year nox_t\np1 a 100 10\np1 b 300 20\np2 a 150 10\n")
    told = front(problem, ["cost", "nox"], 3)
    assert [one["values"]["nox_t"] for one in told["points"]] == pytest.approx(
        [0, 15, 30], abs=1e-4
    )
    assert [one["values"]["cost"] for one in told["points"]] == pytest.approx(
        [0, 175, 450], abs=1e-2
    )
    assert "27.5" not in told["words"][0]["zh"]


def test_front_of_three_goals_has_no_dominated_point(make) -> None:
    told = front(make(PLANT + "p2 d 50 50 0\n"), ["cost", "co2e", "nox"], 4)
    points = [one["values"] for one in told["points"]]
    assert len(points) >= 4
    for one in points:
        for other in points:
            better = (
                other["cost"] <= one["cost"] + 1e-6
                and other["co2e_t"] >= one["co2e_t"] - 1e-6
                and other["nox_t"] >= one["nox_t"] - 1e-6
            )
            assert one is other or not better


def test_dominated_and_doubled_points_are_left_out() -> None:
    points = [(10.0, 5.0), (12.0, 5.0), (12.0, 9.0), (12.0, 9.0), (20.0, 8.0)]
    found = [{"values": {"cost": cost, "nox_t": tonnes}} for cost, tonnes in points]
    kept = [tuple(one["values"].values()) for one in efficient(found, ["cost", "nox_t"])]
    assert kept == [(10.0, 5.0), (12.0, 9.0)]


def test_front_asks_for_goals_that_exist(make) -> None:
    problem = make(PLANT)
    for goals in (["cost"], ["cost", "cost"], ["cost", "so2"], ["cost", "sopt"]):
        with pytest.raises(InputError):
            front(problem, goals)


def test_sensitivity_says_when_the_choice_changes(make) -> None:
    """At twice its cost a (200) gives way to a2 (150); a2 dearer changes nothing."""
    problem = make(
        "source option cost_cny_per_year nox_t\np1 a 100 10\np2 a2 150 10\n",
        target=[{"what": "NOx", "reduce": 10}],
        sensitivity={"factors": [2.0], "by": "option"},
    )
    rows = {one["varied"].split()[0]: one for one in sensitivity(problem)}
    assert rows["a"]["change"] == pytest.approx(50)
    assert {one["option"] for one in rows["a"]["switched"]} == {"a", "a2"}
    assert rows["a2"]["change"] == pytest.approx(0)
    assert rows["a2"]["switched"] == []


def uncertain(make, table, rule: str, **said):
    """a costs 9 or 27, 18 by its mean; b always 19."""
    problem = make(
        "source option cost_cny_per_year nox_t\np1 a 18 10\np1 b 19 10\n",
        target=[{"id": "n", "what": "NOx", "reduce": 10}],
        robust={"rule": rule, **said},
    )
    text = "draw option what factor\n1 a cost 0.5\n2 a cost 1.5\n"
    return problem.changed(draws=draws_of(table(text), problem, Faults()))


def test_least_regret_and_least_worst_by_pencil(make, table) -> None:
    """Share s of a: draw 1 costs 9s + 19(1−s), best 9; draw 2 27s + 19(1−s), best 19.

    Regrets 10(1−s) and 8s are equal at s = 5/9: 40/9. The worst cost is least at s = 0. By the mean s = 1.
    """
    told = robust(uncertain(make, table, "regret"))
    assert told["robust"]["greatest_regret"] == pytest.approx(40 / 9)
    assert told["plain"]["greatest_regret"] == pytest.approx(8)
    assert told["premium_cny"] == pytest.approx(4 / 9)
    for rule in ("worst", "cvar"):
        told = robust(uncertain(make, table, rule, alpha=0.6))
        assert {one["option"] for one in told["robust"]["choices"]} == {"b"}
    told = robust(uncertain(make, table, "mean"))
    assert {one["option"] for one in told["robust"]["choices"]} == {"a"}


def test_targets_met_in_every_draw_or_said_to_be_impossible(make, table) -> None:
    problem = make(
        "source option cost_cny_per_year nox_t\np1 a 10 10\np2 b 20 10\n",
        target=[{"id": "n", "what": "NOx", "reduce": 10}],
        robust={"rule": "worst"},
    )
    draws = table("draw option what factor\n1 a NOx 0.5\n2 b NOx 0.8\n")
    told = robust(problem.changed(draws=draws_of(draws, problem, Faults())))
    assert told["plain"]["missed"] == {"n": 0.5}
    assert told["robust"]["missed"] == {"n": 0.0}
    assert told["robust"]["cost"] == pytest.approx(20)  # a whole, half of b
    hopeless = table("draw what factor\n1 NOx 0.1\n")
    told = robust(problem.changed(draws=draws_of(hopeless, problem, Faults())))
    assert (told["status"], told["impossible"]) == ("infeasible", ["1"])


def test_drawn_factors_have_mean_one_and_the_stated_width(make) -> None:
    problem = make(PLANT, robust={"draws": 400, "cost_u95": 0.4, "effect_u95": 0.0, "seed": 5})
    cost = np.array([draw.cost for draw in problem.draws])
    assert cost.mean() == pytest.approx(1, abs=0.02)
    assert cost.std() == pytest.approx(0.4 / 1.96, rel=0.1)
    assert all((draw.effect["nox_t"] == 1).all() for draw in problem.draws)


def test_stop_is_heard(make) -> None:
    told = run(make(PLANT, target=BOTH), stop=lambda: True)
    assert told["status"] in {"stopped", "optimal"}
