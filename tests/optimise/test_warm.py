"""The start from regions changes the time of a large model, never its answer."""

import numpy as np
import pytest

from xietong.optimise import warm as start
from xietong.optimise.model import build
from xietong.optimise.problem import ALL, Target
from xietong.optimise.read import problem_of
from xietong.optimise.solve import solve
from xietong.optimise.warm import warm


@pytest.fixture
def problem(table):
    draw = np.random.default_rng(2)
    rows, sources = (
        ["source option cost_cny_per_year nox_t co2_t life_years build_rate_share_per_year"],
        [],
    )
    for i in range(12):
        sources.append(f"s{i} r{i % 3} x")
        for j in range(3):
            nox, co2, cost = draw.integers(1, 60, 3)
            rows.append(f"s{i} o{j} {cost} {nox} {co2} {5 + 10 * j} 0.4")
    target = [
        {"what": "NOx", "region": f"r{k}", "reduce": 40 + 20 * t, "year": 2026 + t}
        for k in range(3)
        for t in range(4)
    ]
    content = {"name": "w", "years": [2026, 2027, 2028, 2029], "target": target}
    tables = {
        "options": table("\n".join(rows)),
        "sources": table("source region sector\n" + "\n".join(sources)),
    }
    return problem_of(content, tables)


def _met(problem, model, solution, row) -> bool:
    one = next(target for target in problem.targets if target.id == row.id)
    share = solution.values[model.share][:, problem.years.index(one.year)]
    inside = problem.touched(one.region)
    effect = problem.options.effect[one.what][:, problem.years.index(one.year)]
    return float((share * effect)[inside].sum()) >= one.needed * (1 - 1e-7)


@pytest.mark.parametrize("tied", [False, True])
def test_same_optimum_with_and_without(problem, tied: bool, monkeypatch) -> None:
    monkeypatch.setattr(start, "FROM", 10)
    if tied:
        whole = Target("all", "co2e_t", ALL, ALL, 2029, 350.0)
        problem = problem.changed(targets=(*problem.targets, whole))
    cold, model = build(problem), build(problem)
    assert warm(problem, model) >= 3
    one, other = solve(cold), solve(model)
    assert one.status == other.status == "optimal"
    assert other.objective == pytest.approx(one.objective, rel=1e-9)
    for row in model.rows:
        assert other.prices[row.at] >= -1e-9
        assert row.kind != "target" or _met(problem, model, other, row)
    if not tied:
        assert model.highs.getInfo().simplex_iteration_count == 0  # the parts were the whole answer


def test_small_whole_or_impossible_models_are_left_alone(problem, monkeypatch) -> None:
    assert warm(problem, build(problem)) == 0
    monkeypatch.setattr(start, "FROM", 10)
    hopeless = problem.changed(
        targets=(*problem.targets, Target("x", "nox_t", "r0", ALL, 2029, 1e6))
    )
    model = build(hopeless)
    assert warm(hopeless, model) == 0
    assert solve(model).status == "infeasible"
    tied = problem.changed(
        targets=tuple(Target(t.id, t.what, ALL, ALL, t.year, t.needed) for t in problem.targets)
    )
    assert warm(tied, build(tied), stop=lambda: True) == 0
