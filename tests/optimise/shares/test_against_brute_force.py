"""Every choice tried one by one: the solver finds the same least cost, and its bound is safe."""

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from xietong.optimise.shares import solve, solve_shares, tree

QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def problems(draw):
    """Up to five sources, three measures, six targets: whole numbers (ties, exact hits) or not."""
    n, m, k = draw(st.integers(1, 5)), draw(st.integers(1, 3)), draw(st.integers(1, 6))
    whole = draw(st.booleans())
    numbers = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    if whole:
        cost = numbers.integers(-3, 10, (n, m)).astype(float)
        effect = numbers.integers(-2, 6, (n, m, k)).astype(float)
    else:
        cost = numbers.normal(3, 3, (n, m))
        effect = numbers.normal(2, 2, (n, m, k))
    shape = draw(
        st.sampled_from(["any", "any", "equal costs", "no costs", "equal sources", "units"])
    )
    if shape == "equal costs":
        cost[:] = cost[0, 0]
    if shape == "no costs":
        cost[:] = 0
    if shape == "equal sources":
        cost[:], effect[:] = cost[0], effect[0]
    best = np.maximum(effect, 0).max(axis=1).sum(axis=0)
    need = np.round(numbers.uniform(-0.5, 0.8, k) * best, 0 if whole else 9)
    if shape == "units":
        cost, effect, need = cost * 1e8, effect * 1e-5, need * 1e-5
    allowed = numbers.random((n, m)) < 0.8 if draw(st.booleans()) else None
    return cost, effect, need, allowed


@QUICK
@given(problems(), st.sampled_from([0.0, 1e-4, 1e-2]))
@example((np.array([[0.1], [0.2]]), np.array([[[0.1]], [[0.2]]]), np.array([0.3]), None), 0.0)
@example((np.array([[0.1], [0.7]]), np.array([[[0.1]], [[0.7]]]), np.array([0.8]), None), 0.0)
def test_same_least_cost_and_a_safe_bound(cheapest, problem, gap):
    agrees(cheapest, problem, gap)


@QUICK
@given(problems(), st.sampled_from([0.0, 1e-4, 1e-2]), st.sampled_from([2, 10**9]))
def test_so_does_the_tree_alone(cheapest, problem, gap, first_nodes):
    """Small problems are otherwise one core: here only the tree, with cores below its nodes or not."""
    with (
        patch.object(solve, "SMALL", -1),
        patch.object(solve, "_first_cores", lambda *_: None),
        patch.object(tree, "FIRST_NODES", first_nodes),
    ):
        agrees(cheapest, problem, gap)


@pytest.mark.parametrize("seed", range(12))
def test_horizons_leave_out_nothing_cheaper(cheapest, seed):
    """Positive costs, targets in reach of fractions only: the optimum lies well above the bound."""
    numbers = np.random.default_rng(seed)
    cost, effect = numbers.uniform(1, 9, (6, 2)), numbers.uniform(0, 3, (6, 2, 3))
    need = 0.55 * effect.max(axis=1).sum(axis=0)
    with patch.object(solve, "SMALL", -1), patch.object(solve, "_first_cores", lambda *_: None):
        agrees(cheapest, (cost, effect, need, None), 1e-3)


def agrees(cheapest, problem, gap):
    """The solver's answer beside the brute force's."""
    cost, effect, need, allowed = problem
    optimum = cheapest(cost, effect, need, allowed)
    found = solve_shares(cost, effect, need, gap, allowed, time_limit=20)
    if np.isinf(optimum):
        assert (found.status, found.choice) == ("infeasible", None)
        return
    rounding = 1e-7 * max(abs(optimum), float(np.abs(cost).max()))
    assert found.status == "optimal"
    assert found.bound <= optimum + rounding
    assert found.objective >= optimum - rounding
    assert found.objective - optimum <= gap * abs(found.objective) + rounding


@QUICK
@given(problems())
def test_the_choice_costs_what_it_says_and_meets_the_targets(problem):
    cost, effect, need, allowed = problem
    found = solve_shares(cost, effect, need, 1e-3, allowed, time_limit=20)
    if found.choice is None:
        return
    taken = np.flatnonzero(found.choice >= 0)
    options = found.choice[taken]
    assert allowed is None or allowed[taken, options].all()
    size = np.maximum(np.abs(need), np.abs(effect).max(axis=(0, 1)))
    assert (effect[taken, options].sum(axis=0) >= need - 2e-9 * size).all()
    assert np.isclose(cost[taken, options].sum(), found.objective, rtol=1e-12, atol=1e-9)


@QUICK
@given(problems(), st.integers(0, 2**32 - 1))
def test_one_more_measure_never_raises_the_least_cost(problem, seed):
    cost, effect, need, allowed = problem
    before = solve_shares(cost, effect, need, 0.0, allowed, time_limit=20)
    if before.choice is None:
        return
    more = np.random.default_rng(seed)
    wide_cost = np.concatenate([cost, more.normal(3, 3, (len(cost), 1))], axis=1)
    wide_effect = np.concatenate([effect, more.normal(2, 2, (len(cost), 1, len(need)))], axis=1)
    wide = None if allowed is None else np.c_[allowed, np.ones(len(cost), bool)]
    after = solve_shares(wide_cost, wide_effect, need, 0.0, wide, time_limit=20)
    assert after.objective <= before.objective + 1e-7 * max(1, abs(before.objective))


@QUICK
@given(problems(), st.sampled_from([1e-6, 3.0, 1e9]), st.sampled_from([1e-4, 7.0, 1e6]))
def test_units_do_not_matter(problem, money, mass):
    cost, effect, need, allowed = problem
    one = solve_shares(cost, effect, need, 0.0, allowed, time_limit=20)
    other = solve_shares(cost * money, effect * mass, need * mass, 0.0, allowed, time_limit=20)
    assert one.status == other.status
    if one.choice is not None:
        assert np.isclose(other.objective, one.objective * money, rtol=1e-7, atol=1e-7 * money)
