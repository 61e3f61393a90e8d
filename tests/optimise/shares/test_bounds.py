"""The certificate: any prices give a bound below every choice; what is left out cannot matter."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xietong.optimise.shares.core import search_core
from xietong.optimise.shares.dual import ascend, dearest, reduced_costs, safe_bound
from xietong.optimise.shares.problem import make_problem, restrict
from xietong.optimise.shares.relaxation import Node, Relaxation


def draw(seed: int, n: int = 6, m: int = 2, k: int = 3):
    numbers = np.random.default_rng(seed)
    cost, effect = numbers.uniform(-1, 9, (n, m)), numbers.normal(2, 2, (n, m, k))
    need = 0.4 * np.maximum(effect, 0).max(axis=1).sum(axis=0)
    return make_problem(cost, effect, need, None)


def every_choice(problem):
    n, q = problem.cost.shape
    for code in range(q**n):
        choice = np.array([code // q**i % q for i in range(n)])
        if problem.meets(choice):
            yield choice, problem.value(choice)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.lists(st.floats(0, 1e4), min_size=3, max_size=3))
def test_any_prices_bound_every_choice(seed, prices):
    problem = draw(seed)
    bound = safe_bound(problem, np.array(prices))
    assert all(bound <= value for _, value in every_choice(problem))


def test_bound_holds_to_the_last_digit_where_it_is_exact():
    """One source, tied at its price: the true bound is the cost, the safe one a rounding less."""
    for seed in range(300):
        numbers = np.random.default_rng(seed)
        cost, effect = numbers.uniform(1, 9, (40, 1)), numbers.uniform(1, 3, (40, 1, 1))
        problem = make_problem(cost, effect, effect.sum(axis=(0, 1)), None)
        high = (problem.cost[:, 1] / problem.effect[:, 1, 0]).max() * 3
        bound, whole = safe_bound(problem, np.array([high])), problem.value(np.ones(40, int))
        assert bound <= whole
        assert bound == pytest.approx(whole, rel=1e-11)


@pytest.mark.parametrize("seed", range(12))
def test_an_optimum_just_below_the_cutoff_is_never_left_out(seed):
    """Its options have together all the regret that is left: fixing one too many loses it."""
    problem = draw(seed)
    values = [value for _, value in every_choice(problem)]
    bound, prices = ascend(problem)
    core = search_core(problem, prices, min(values) + 1e-5, -np.inf, 20)
    assert core.complete
    assert core.value == pytest.approx(min(values), abs=1e-6)
    assert bound <= core.bound <= min(values) + 1e-6


@pytest.mark.parametrize("seed", range(12))
def test_nothing_below_the_cutoff_is_proven_and_said(seed):
    problem = draw(seed)
    least = min(value for _, value in every_choice(problem))
    bound, prices = ascend(problem)
    cutoff = bound + 0.9 * (least - bound)
    core = search_core(problem, prices, cutoff, -np.inf, 20)
    assert core.complete
    assert core.value >= cutoff
    assert core.bound == pytest.approx(cutoff, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_node_bounds_hold_below_the_node(seed):
    problem = draw(seed)
    decided = ((seed % 6, seed % 3), ((seed + 1) % 6, (seed // 7) % 3))
    node = Relaxation(problem).node(decided, np.ones(3), -np.inf)
    inside = [v for c, v in every_choice(problem) if all(c[i] == j for i, j in decided)]
    assert all(node.bound <= value for value in inside)
    if not inside and node.choice is not None:
        raise AssertionError("a choice where there is none")


@pytest.mark.parametrize("seed", range(30))
def test_floors_of_children_hold_before_they_are_solved(seed):
    problem = draw(seed)
    values = list(every_choice(problem))
    node = Relaxation(problem).node((), ascend(problem)[1], -np.inf)
    for option in range(problem.cost.shape[1] if node.branch >= 0 else 0):
        inside = [value for choice, value in values if choice[node.branch] == option]
        assert node.floor(option) <= min(inside, default=np.inf)


def test_floor_adds_the_whole_regret_and_no_more():
    node = Node(5.0, 4.0, (), 0, np.array([0.0, 0.5, 3.0]), None, np.ones(1))
    assert [node.floor(option) for option in range(3)] == [5.0, 5.0, 7.0]


@pytest.mark.parametrize("seed", range(6))
def test_a_core_of_few_options_proves_nothing(seed):
    problem = draw(seed)
    values = [value for _, value in every_choice(problem)]
    bound, prices = ascend(problem)
    core = search_core(problem, prices, np.inf, -np.inf, 20, most=2)
    assert not core.complete
    assert core.bound == pytest.approx(bound)
    assert core.value >= min(values) - 1e-9


def test_restricted_problem_keeps_cost_and_targets():
    problem = draw(5)
    keep = np.ones(problem.cost.shape, bool)
    keep[1] = [False, True, False]
    keep[4] = [False, False, False]
    base = np.full(6, 2)
    small, rows = restrict(problem, keep, base)
    assert rows.tolist() == [0, 2, 3, 5]
    whole = np.array([0, 1, 1, 2, 2, 1])
    assert small.value(whole[rows]) == pytest.approx(problem.value(whole), rel=1e-14)
    assert small.meets(whole[rows]) == problem.meets(whole)


def test_the_relaxation_and_the_smooth_ascent_agree():
    numbers = np.random.default_rng(1)
    cost, effect = numbers.uniform(1, 9, (300, 4)), numbers.uniform(0, 3, (300, 4, 3))
    problem = make_problem(cost, effect, effect.max(axis=1).sum(axis=0) * 0.5, None)
    bound, _ = ascend(problem)
    exact = Relaxation(problem).node((), np.ones(3), -np.inf).own
    assert bound <= exact + 1e-9
    assert bound == pytest.approx(exact, rel=1e-4)


def test_out_of_reach_is_proven_by_prices_alone():
    problem = make_problem([[1.0], [2.0]], [[[1.0]], [[1.0]]], [2.5], None)
    bound, prices = ascend(problem)
    assert bound == np.inf
    assert safe_bound(problem, prices, reduced_costs(problem, prices)) > dearest(problem)
