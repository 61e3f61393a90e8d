"""Least cost of exclusive measures under six targets: ours beside plain HiGHS, PuLP and linopy.

python benchmarks/optimise_shares.py [--sources 10000] [--seeds 10] [--gaps 1e-3 1e-4]
    [--time-limit 60] [--only ours scipy pulp linopy] [--profile]

All at the same relative gap (objective - bound) / |objective|, one after the other on the same
instance, one thread for ours. Seconds include building the model from the arrays; "build" is its
share. A solver that the time limit ended counts with the time it ran, so its ratio is a lower bound,
marked ">". "times ours": median over the seeds of its seconds over ours. PuLP is in the dependency group "benchmark".
"""

import argparse
import cProfile
import importlib.metadata
import os
import platform
import pstats
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from xietong.optimise.shares import solve_shares
from xietong.optimise.shares.problem import make_problem

SPECIES = ("CO2", "SO2", "NOx", "PM2.5", "NMVOC", "NH3")
PER_SIZE = (1000.0, 2.0, 2.5, 0.6, 1.2, 0.3)  # t per unit of size; made up, as all numbers here
PRICE = (0.03, 4.0, 6.0, 12.0, 8.0, 15.0)
NEEDED = (0.33, 0.385, 0.44, 0.44, 0.44, 0.385)  # of what the best measure everywhere would give
Instance = tuple[np.ndarray, np.ndarray, np.ndarray]


def make_instance(sources: int, seed: int) -> Instance:
    """Sources of lognormal size; four end-of-pipe measures with a CO2 penalty, efficiency, fuel.

    Made up. ``cost`` (n, 6), ``effect`` (n, 6, 6), ``need`` (6,).
    """
    draw = np.random.default_rng(seed)
    size = draw.lognormal(0, 1.2, sources)
    emitted = size[:, None] * np.array(PER_SIZE) * draw.lognormal(0, 0.6, (sources, 6))
    share = np.zeros((sources, 6, 6))
    for j in range(4):
        share[:, j, 1 + j] = draw.uniform(0.5, 0.95, sources)
        share[:, j, 1 + (j + 1) % 5] = draw.uniform(0, 0.3, sources)
        share[:, j, 0] = -draw.uniform(0.005, 0.04, sources)
    share[:, 4] = draw.uniform(0.05, 0.25, (sources, 1)) * draw.uniform(0.8, 1.2, (sources, 6))
    share[:, 5] = draw.uniform(0.4, 0.9, (sources, 6))
    effect = share * emitted[:, None, :]
    cost = np.maximum(effect, 0) @ np.array(PRICE) * draw.lognormal(0, 0.5, (sources, 6))
    return cost, effect, effect.max(axis=1).sum(axis=0) * np.array(NEEDED)


@dataclass(frozen=True)
class Run:
    """One solver on one instance."""

    seconds: float
    build: float
    objective: float
    proven: bool
    cpu: float = np.nan


def timed(solve: Callable[[Instance, float, float], Run], *given: Any) -> Run:
    """A run with its processor seconds, which other work on the machine changes less."""
    start = time.process_time()
    run = solve(*given)
    return replace(run, cpu=time.process_time() - start)


def ours(instance: Instance, gap: float, limit: float) -> Run:
    """The solver of this package; building is what ``make_problem`` takes, timed by itself."""
    start = time.perf_counter()
    make_problem(*instance, None)
    build = time.perf_counter() - start
    start = time.perf_counter()
    found = solve_shares(*instance, gap=gap, time_limit=limit)
    return Run(time.perf_counter() - start, build, found.objective, found.status == "optimal")


def by_scipy(instance: Instance, gap: float, limit: float) -> Run:
    """Plain HiGHS through scipy."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_matrix, eye, kron

    cost, effect, need = instance
    n, m = cost.shape
    start = time.perf_counter()
    targets = LinearConstraint(csr_matrix(effect.reshape(n * m, -1).T), need, np.inf)
    once = LinearConstraint(csr_matrix(kron(eye(n), np.ones((1, m)))), -np.inf, 1)
    built = time.perf_counter()
    found = milp(
        cost.ravel(),
        constraints=[targets, once],
        integrality=np.ones(n * m),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": gap, "time_limit": limit},
    )
    value = np.nan if found.fun is None else float(found.fun)
    return Run(time.perf_counter() - start, built - start, value, found.status == 0)


def by_pulp(instance: Instance, gap: float, limit: float) -> Run:
    """PuLP with HiGHS, as its users write it."""
    import pulp

    cost, effect, need = instance
    n, m = cost.shape
    start = time.perf_counter()
    model = pulp.LpProblem("mix", pulp.LpMinimize)
    x = [[pulp.LpVariable(f"x_{i}_{j}", cat="Binary") for j in range(m)] for i in range(n)]
    pairs = [(i, j) for i in range(n) for j in range(m)]
    model += pulp.LpAffineExpression((x[i][j], float(cost[i, j])) for i, j in pairs)
    for t, least in enumerate(need):
        terms = pulp.LpAffineExpression((x[i][j], float(effect[i, j, t])) for i, j in pairs)
        model += terms >= float(least)
    for row in x:
        model += pulp.lpSum(row) <= 1
    built = time.perf_counter()
    model.solve(pulp.HiGHS(msg=False, gapRel=gap, timeLimit=limit))
    seconds = time.perf_counter() - start
    value = pulp.value(model.objective)
    proven = model.sol_status == pulp.LpSolutionOptimal and built - start + limit > seconds
    return Run(seconds, built - start, np.nan if value is None else float(value), proven)


def by_linopy(instance: Instance, gap: float, limit: float) -> Run:
    """linopy with HiGHS, handed over directly."""
    import linopy
    import xarray as xr

    cost, effect, need = instance
    start = time.perf_counter()
    model = linopy.Model()
    names = {"source": np.arange(len(cost)), "measure": np.arange(cost.shape[1])}
    x = model.add_variables(binary=True, coords=list(names.values()), dims=list(names), name="x")
    for t, least in enumerate(need):
        per = xr.DataArray(effect[:, :, t], coords=names, dims=list(names))
        model.add_constraints((x * per).sum() >= float(least), name=f"target_{t}")
    model.add_constraints(x.sum("measure") <= 1, name="once")
    model.add_objective((x * xr.DataArray(cost, coords=names, dims=list(names))).sum())
    built = time.perf_counter()
    status, condition = model.solve(
        solver_name="highs", io_api="direct", mip_rel_gap=gap, time_limit=limit, output_flag=False
    )
    seconds = time.perf_counter() - start
    value = model.objective.value
    proven = status == "ok" and condition == "optimal"
    return Run(seconds, built - start, np.nan if value is None else float(value), proven)


SOLVERS: dict[str, tuple[str, Callable[[Instance, float, float], Run]]] = {
    "ours": ("xietong solve_shares", ours),
    "scipy": ("scipy.milp (HiGHS)", by_scipy),
    "pulp": ("PuLP + HiGHS", by_pulp),
    "linopy": ("linopy + HiGHS", by_linopy),
}


def table(runs: dict[str, list[Run]], gap: float) -> list[str]:
    """One row per solver: medians, share of building, how many were proven, ratio to ours."""
    base = [run.seconds for run in runs["ours"]]
    lines = [
        f"gap {gap:g}",
        "",
        "| solver | median s | least-most s | processor s | build | proven | times ours (processor) |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, made in runs.items():
        seconds = [run.seconds for run in made]
        build = statistics.median(run.build / run.seconds for run in made)
        proven = sum(run.proven for run in made)
        ratio = statistics.median(s / b for s, b in zip(seconds, base, strict=True))
        cpu = statistics.median(run.cpu for run in made)
        both = zip(made, runs["ours"], strict=True)
        cpus = statistics.median(run.cpu / other.cpu for run, other in both)
        more = ">" if 2 * proven <= len(made) else ""
        lines.append(
            f"| {SOLVERS[name][0]} | {more}{statistics.median(seconds):.2f} "
            f"| {min(seconds):.2f}-{max(seconds):.2f} | {more}{cpu:.2f} | {build:.0%} "
            f"| {proven}/{len(made)} | {more}{ratio:.1f} ({more}{cpus:.1f}) |"
        )
    return lines


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sources", type=int, default=10_000)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--gaps", type=float, nargs="+", default=[1e-3, 1e-4])
    parser.add_argument("--time-limit", type=float, default=60.0)
    parser.add_argument("--only", nargs="+", choices=list(SOLVERS), default=list(SOLVERS))
    parser.add_argument("--profile", action="store_true")
    asked = parser.parse_args()
    chosen = list(dict.fromkeys(["ours", *asked.only]))
    if asked.profile:
        profile = cProfile.Profile()
        profile.runcall(ours, make_instance(asked.sources, 0), asked.gaps[-1], asked.time_limit)
        pstats.Stats(profile).sort_stats("tottime").print_stats(15)
        return
    packages = ("numpy", "scipy", "highspy", *(n for n in ("pulp", "linopy") if n in chosen))
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in packages)
    print(f"{asked.sources} sources x 6 measures, 6 targets; seeds 0-{asked.seeds - 1}; ", end="")
    print(f"limit {asked.time_limit:g} s; {os.cpu_count()} cores; ", end="")
    print(f"Python {platform.python_version()}, {versions}\n", flush=True)
    ours(make_instance(50, 0), 1e-3, 5)  # imports
    for gap in asked.gaps:
        runs: dict[str, list[Run]] = {name: [] for name in chosen}
        for seed in range(asked.seeds):
            instance = make_instance(asked.sources, seed)
            for name in chosen:
                runs[name].append(timed(SOLVERS[name][1], instance, gap, asked.time_limit))
            agree(runs, gap)
        print("\n".join(table(runs, gap)), flush=True)
        print()


def agree(runs: dict[str, list[Run]], gap: float) -> None:
    """Proven costs of the same instance lie within the gap of each other."""
    last = [made[-1].objective for made in runs.values() if made[-1].proven]
    if last and max(last) - min(last) > 1.01 * gap * max(last):
        raise SystemExit(f"the solvers disagree: {last}")


if __name__ == "__main__":
    main()
