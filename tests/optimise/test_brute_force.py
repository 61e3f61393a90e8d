"""Small indivisible problems against trying everything; properties of every problem."""

import itertools

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xietong.optimise.read import problem_of
from xietong.optimise.run import run

GAP = 1e-6


def tables(cost: np.ndarray, effect: np.ndarray, whole: bool) -> dict[str, pl.DataFrame]:
    """A table of sources × options from arrays (sources, options[, quantities])."""
    sources, options = cost.shape
    places = [(i, j) for i in range(sources) for j in range(options)]
    rows = {
        "source": [f"s{i}" for i, _ in places],
        "option": [f"o{j}" for _, j in places],
        "cost_cny_per_year": [str(cost[p]) for p in places],
        "nox_t": [str(effect[p][0]) for p in places],
        "co2_t": [str(effect[p][1]) for p in places],
        "indivisible": ["yes" if whole else "no"] * len(places),
    }
    names = [f"s{i}" for i in range(sources)]
    return {
        "options": pl.DataFrame(rows),
        "sources": pl.DataFrame(
            {"source": names, "region": ["A"] * sources, "sector": ["x"] * sources}
        ),
    }


def solved(cost: np.ndarray, effect: np.ndarray, need: np.ndarray, whole: bool) -> dict:
    content = {
        "name": "t", "years": [2030], "gap": GAP,
        "target": [
            {"id": "n", "what": "NOx", "reduce": float(need[0])},
            {"id": "c", "what": "CO2", "reduce": float(need[1])},
        ],
    }  # fmt: skip
    return run(problem_of(content, tables(cost, effect, whole)))


def tried(cost: np.ndarray, effect: np.ndarray, need: np.ndarray) -> float:
    """Everything tried: infinity where nothing meets the targets."""
    sources, options = cost.shape
    best = np.inf
    for pick in itertools.product(range(-1, options), repeat=sources):
        chosen = [(i, j) for i, j in enumerate(pick) if j >= 0]
        total = sum((effect[p] for p in chosen), np.zeros(2))
        if (total >= need - 1e-9).all():
            best = min(best, sum(cost[p] for p in chosen))
    return best


@pytest.mark.parametrize("seed", range(6))
def test_the_best_of_all_that_can_be_tried(seed: int) -> None:
    draw = np.random.default_rng(seed)
    cost = draw.integers(1, 60, (4, 2)).astype(float)
    effect = draw.integers(-2, 12, (4, 2, 2)).astype(float)
    need = np.maximum(effect, 0).max(axis=1).sum(axis=0) * draw.uniform(0.2, 0.9, 2)
    need = np.maximum(need, 0.5)
    best = tried(cost, effect, need)
    told = solved(cost, effect, need, whole=True)
    if np.isinf(best):
        assert told["status"] == "infeasible"
        return
    assert told["objective"] == pytest.approx(best, rel=2e-6)
    assert told["bound"] <= best + 1e-6
    assert solved(cost, effect, need, whole=False)["objective"] <= best + 1e-6


numbers = st.integers(1, 50)


@st.composite
def problems(draw) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    sources, options = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    size = sources * options
    cost = np.array(draw(st.lists(numbers, min_size=size, max_size=size)), dtype=float)
    effect = np.array(draw(st.lists(numbers, min_size=2 * size, max_size=2 * size)), dtype=float)
    cost, effect = cost.reshape(sources, options), effect.reshape(sources, options, 2)
    part = draw(st.integers(1, 9)) / 10
    return cost, effect, effect.max(axis=1).sum(axis=0) * part / 2  # each source can serve both


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(), numbers, st.integers(2, 7))
def test_more_options_never_cost_more_and_prices_scale(drawn, more: int, times: int) -> None:
    cost, effect, need = drawn
    told = solved(cost, effect, need, whole=False)
    if told["status"] == "infeasible":
        return
    wider = np.hstack([cost, np.full((len(cost), 1), float(more))])
    reach = np.concatenate([effect, np.full((len(cost), 1, 2), float(more))], axis=1)
    assert solved(wider, reach, need, whole=False)["objective"] <= told["objective"] * (1 + 1e-6)
    scaled = solved(cost * times, effect, need, whole=False)
    assert scaled["objective"] == pytest.approx(told["objective"] * times, rel=1e-6)
    for one, other in zip(told["shadow_prices"], scaled["shadow_prices"], strict=True):
        assert other["value"] == pytest.approx(one["value"] * times, rel=1e-5, abs=1e-6)
    met = sum(one["reduced"]["nox_t"] for one in told["choices"])
    assert met >= need[0] * (1 - 1e-6)
    duals = sum(p["value"] * n for p, n in zip(told["shadow_prices"], need, strict=True))
    assert duals >= told["objective"] * (
        1 - 1e-6
    )  # what targets are worth pays for all that is done
