"""Edges: nothing to do, out of reach, savings, stop, time, progress, wrong input; HiGHS beside it."""

import time

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_matrix, eye, kron, vstack

from xietong.errors import InputError
from xietong.optimise.shares import solve_shares


def plants(n: int, k: int = 6, seed: int = 0, tight: float = 0.5):
    """Sources of very different size; measures clean one pollutant and cost carbon."""
    numbers = np.random.default_rng(seed)
    emitted = numbers.lognormal(0, 1, (n, 1)) * numbers.lognormal(0, 0.5, (n, k))
    share = numbers.uniform(0, 0.9, (n, 6, k)) * (numbers.random((n, 6, k)) < 0.5)
    share[:, :3, 0] = -0.05
    effect = share * emitted[:, None, :]
    cost = np.maximum(effect, 0).sum(axis=2) * numbers.lognormal(0, 0.5, (n, 6)) + 0.01
    return cost, effect, tight * np.maximum(effect, 0).max(axis=1).sum(axis=0) * 0.7


def highs(cost, effect, need, gap):
    """The same problem by scipy's HiGHS, at most six seconds: least cost found and its bound."""
    n, m = cost.shape
    targets = LinearConstraint(csr_matrix(effect.reshape(n * m, -1).T), need, np.inf)
    once = LinearConstraint(kron(np.eye(n), np.ones((1, m))), -np.inf, 1)
    found = milp(
        cost.ravel(),
        constraints=[targets, once],
        integrality=np.ones(n * m),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": gap, "time_limit": 6},
    )
    return found.fun, found.mip_dual_bound


@pytest.mark.parametrize("k", [1, 2, 3, 4, 5, 6])
def test_agrees_with_highs_on_few_sources(k):
    problem = plants(40 if k < 4 else 20, k, seed=k)
    value, bound = highs(*problem, 1e-4)
    found = solve_shares(*problem, gap=1e-4, time_limit=60)
    assert found.status == "optimal"
    assert found.gap <= 1e-4
    assert found.bound <= value * (1 + 1e-7)
    assert bound <= found.objective * (1 + 1e-7)


@pytest.mark.parametrize(("gap", "seed"), [(1e-3, 1), (1e-4, 2)])
def test_agrees_with_the_linear_relaxation_on_two_thousand_sources(gap, seed):
    cost, effect, need = plants(2000, 4, seed=seed)
    once = kron(eye(2000), np.ones((1, 6)))
    relaxed = linprog(
        cost.ravel(),
        A_ub=vstack([csr_matrix(-effect.reshape(12000, -1).T), once]),
        b_ub=np.concatenate([-need, np.ones(2000)]),
        bounds=(0, 1),
    )
    found = solve_shares(cost, effect, need, gap=gap, time_limit=60)
    assert found.status == "optimal"
    assert found.gap <= gap
    assert not any(step.startswith("tree") for step in found.path)
    assert relaxed.fun * (1 - gap) <= found.bound <= relaxed.fun * (1 + 1e-9)
    assert relaxed.fun <= found.objective * (1 + 1e-9)
    assert found.duals == pytest.approx(-relaxed.ineqlin.marginals[:4], rel=1e-5)


def test_every_part_of_the_search_is_reached():
    """A problem that neither the first cores nor the first horizon settles."""
    found = solve_shares(*plants(150, 6, seed=3, tight=0.6), gap=2e-3, time_limit=60)
    assert found.status == "optimal"
    assert found.path[0] == "lagrangian"
    assert any(step.startswith("core") for step in found.path)
    assert any(step.startswith("tree") for step in found.path)


def test_prices_of_paper_and_pencil():
    """Ten equal boilers, 3 t each: 10 for 1 t, 30 for 2 t. 7 t: seven single steps, 10 a tonne."""
    found = solve_shares([[10.0, 30.0]] * 10, [[[1.0], [2.0]]] * 10, [7.0], gap=0.0)
    assert (found.objective, found.bound) == (70.0, pytest.approx(70.0))
    assert found.duals == pytest.approx([10.0])
    assert sorted(found.choice) == [-1] * 3 + [0] * 7


def test_savings_are_taken_and_targets_already_met_cost_nothing():
    found = solve_shares([[-5.0], [3.0]], [[[0.0]], [[1.0]]], [-1.0], gap=0.0)
    assert (found.status, found.objective, found.choice.tolist()) == ("optimal", -5.0, [0, -1])
    assert found.duals.tolist() == pytest.approx([0.0])


def test_a_saving_is_forgone_where_its_penalty_breaks_a_target():
    found = solve_shares([[-5.0], [3.0]], [[[-1.0]], [[1.0]]], [0.5], gap=0.0)
    assert found.choice.tolist() == [-1, 0]


@pytest.mark.parametrize(
    "allowed", [np.zeros((2, 1), bool), np.zeros((2, 0), bool)], ids=["none allowed", "no measures"]
)
def test_nothing_to_choose(allowed):
    cost, effect = np.full(allowed.shape, np.nan), np.full((*allowed.shape, 1), np.nan)
    assert solve_shares(cost, effect, [0.0], allowed=allowed).objective == 0
    assert solve_shares(cost, effect, [1.0], allowed=allowed).status == "infeasible"


def test_out_of_reach_together_though_each_alone_is_in_reach():
    cost, effect = np.ones((3, 2)), np.zeros((3, 2, 2))
    effect[:, 0, 0], effect[:, 1, 1] = 1, 1
    assert solve_shares(cost, effect, [3.0, 0.0]).objective == 3
    assert solve_shares(cost, effect, [0.0, 3.0]).objective == 3
    found = solve_shares(cost, effect, [2.0, 2.0])
    assert (found.status, found.choice, found.bound) == ("infeasible", None, np.inf)


def test_out_of_reach_only_for_whole_measures():
    """Half of each would do; no whole choice does."""
    effect = [[[2.0, 0.0], [0.0, 2.0]], [[0.0, 0.0], [0.0, 0.0]]]
    found = solve_shares(np.ones((2, 2)), effect, [1.0, 1.0])
    assert found.status == "infeasible"


def test_equal_sources_end_quickly():
    """All sources alike: nothing to branch on, many ties."""
    effect = np.tile([[1.0, -0.1], [0.0, 0.5], [0.7, 0.3]], (60, 1, 1))
    found = solve_shares(
        np.tile([1.0, 1.0, 1.4], (60, 1)), effect, [20.0, 5.0], 1e-3, time_limit=30
    )
    assert found.status == "optimal"
    assert found.seconds < 20


def test_time_limit_is_kept_and_what_was_found_is_honest():
    problem = plants(400, 6, seed=4, tight=0.6)
    found = solve_shares(*problem, gap=0.0, time_limit=1.5)
    assert found.seconds < 4
    assert found.status == "feasible"
    assert found.bound < found.objective
    assert found.gap == pytest.approx((found.objective - found.bound) / found.objective)


def test_stop_is_honoured():
    begun = time.perf_counter()
    found = solve_shares(
        *plants(400, 6, 4, 0.6), gap=0.0, stop=lambda: time.perf_counter() > begun + 1
    )
    assert found.seconds < 4
    assert found.status in {"feasible", "unknown"}


def test_stop_reaches_a_running_core():
    """So small that all is one core: HiGHS itself is interrupted."""
    begun = time.perf_counter()
    found = solve_shares(*plants(50), gap=0.0, stop=lambda: time.perf_counter() > begun + 1)
    assert found.path == ("lagrangian", "whole core")
    assert found.seconds < 4
    assert found.status == "feasible"


def test_stopped_before_anything_was_found():
    found = solve_shares(*plants(50), gap=0.0, stop=lambda: True)
    assert found.seconds < 5
    assert (found.status, found.choice) == ("unknown", None)
    assert np.isnan(found.objective)
    assert found.bound > 0


def test_progress_only_improves():
    told = []
    found = solve_shares(
        *plants(300, 6, 5), gap=1e-5, time_limit=5, on_progress=lambda *s: told.append(s)
    )
    seconds, bounds, values = (list(column) for column in zip(*told, strict=True))
    assert seconds == sorted(seconds)
    assert bounds == sorted(bounds)
    assert values == sorted(values, reverse=True)
    assert values[-1] == found.objective


def test_wrong_input_is_said_all_at_once():
    with pytest.raises(InputError, match="effect has the shape") as raised:
        solve_shares(np.ones((2, 3)), np.ones((2, 3)), [[1.0]], allowed=[[True]])
    assert "need has the shape" in str(raised.value)
    assert "allowed has the shape" in str(raised.value)


@pytest.mark.parametrize("wrong", ["cost", "effect", "need"])
def test_unknown_is_not_zero(wrong):
    given = {"cost": np.ones((2, 1)), "effect": np.ones((2, 1, 1)), "need": np.ones(1)}
    given[wrong].flat[0] = np.nan
    with pytest.raises(InputError, match="finite"):
        solve_shares(**given)
