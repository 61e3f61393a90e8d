"""A continuous problem of many years: 17 regions × 60 source groups × 8 options × 10 years × 16 species.

Run: ``python benchmarks/optimise_years.py [--regions 17 --groups 60 --options 8 --years 10 --species 16 --seed 1]``.
Prints seconds for building (linopy to HiGHS) and solving, and the share of building; the numbers are drawn,
they stand for no place. Every region has a target on every species in every year, rising to ``--reach`` of what
its options could do for that species alone; the first ``--tied`` species have a target on all regions together as
well, 2 % above the sum of the regions'. ``--cold`` leaves out the start from the regions (for comparison).
"""

import argparse
import time

import numpy as np

from xietong.optimise.model import build
from xietong.optimise.problem import ALL, Options, Problem, Sources, Target
from xietong.optimise.solve import solve
from xietong.optimise.warm import warm
from xietong.vocab.species import columns

FIRST = 2026
BUILD_RATE = 0.2  # share per year


def instance(
    regions: int,
    groups: int,
    options: int,
    years: int,
    species: int,
    seed: int,
    reach: float = 0.4,
    tied: int = 3,
) -> Problem:
    """A drawn problem; every option cuts some species of its source by a share of it, some it raises."""
    draw = np.random.default_rng(seed)
    sources, size = regions * groups, regions * groups * options
    names = (columns("pollutant") + columns("water") + columns("ghg"))[:species]
    base = draw.lognormal(6, 1, (sources, species))
    cut = draw.uniform(0, 0.9, (sources, options, species)) * (
        draw.random((sources, options, species)) < 0.6
    )
    cut -= 0.03 * (draw.random(cut.shape) < 0.1)
    effect = base[:, None, :] * cut
    cost = draw.lognormal(0, 0.6, (sources, options)) * np.maximum(effect.sum(axis=2), 1) * 1e3
    wide = effect.reshape(size, species)
    grows = 1 + 0.01 * np.arange(years)
    best = effect.max(axis=1).reshape(regions, groups, species).sum(axis=1)
    rising = reach * np.linspace(0.15, 1, years)
    horizon = tuple(FIRST + i for i in range(years))
    place = [f"r{i:02d}" for i in range(regions) for _ in range(groups)]
    targets = [
        Target(f"{name} {r} {year}", name, f"r{r:02d}", ALL, year, float(best[r, k] * rising[t]))
        for k, name in enumerate(names)
        for r in range(regions)
        for t, year in enumerate(horizon)
    ]
    targets += [
        Target(f"{name} {year}", name, ALL, ALL, year, float(best[:, k].sum() * rising[t] * 1.02))
        for k, name in enumerate(names)
        if k < tied
        for t, year in enumerate(horizon)
    ]
    life = draw.choice([5.0, 10.0, 20.0, 30.0], size, p=[0.05, 0.15, 0.4, 0.4])
    return Problem(
        name=f"{regions}×{groups}×{options}×{years}×{species}",
        goal="least-cost",
        years=horizon,
        sources=Sources(
            tuple(f"s{i}" for i in range(sources)), tuple(f"s{i}" for i in range(sources)), tuple(place),
            tuple(f"g{i % groups}" for i in range(sources)),
        ),
        options=Options(
            of=np.repeat(np.arange(sources), options),
            option=tuple(f"o{j}" for _ in range(sources) for j in range(options)),
            name=tuple(f"o{j}" for _ in range(sources) for j in range(options)),
            payer=("–",) * size,
            cost=np.outer(cost.ravel(), grows),
            investment=np.full(size, np.nan),
            low=np.zeros(size), high=np.ones(size), existing=np.zeros(size),
            build_rate=np.full(size, BUILD_RATE),
            life=life,
            whole=np.zeros(size, dtype=bool),
            effect={name: np.outer(wide[:, k], grows) for k, name in enumerate(names)},
        ),
        targets=tuple(targets),
        weight=1 / 1.05 ** np.arange(years),
        steps=np.ones(years),
    )  # fmt: skip


def timed(problem: Problem, started: bool = True) -> dict[str, float | str]:
    """Seconds for building and solving, by the clock and of the processor."""
    start, busy = time.perf_counter(), time.process_time()
    model = build(problem)
    built, busy_built = time.perf_counter(), time.process_time()
    parts = warm(problem, model) if started else 0
    warmed, busy_warmed = time.perf_counter(), time.process_time()
    found = solve(model)
    done, busy_done = time.perf_counter(), time.process_time()
    return {
        "status": found.status,
        "objective": found.objective or float("nan"),
        "columns": model.highs.getNumCol(),
        "rows": model.highs.getNumRow(),
        "nonzeros": model.highs.getNumNz(),
        "parts": parts,
        "build_s": built - start,
        "start_s": warmed - built,
        "solve_s": done - warmed,
        "total_s": done - start,
        "build_share": (built - start) / (done - start),
        "build_cpu_s": busy_built - busy,
        "start_cpu_s": busy_warmed - busy_built,
        "solve_cpu_s": busy_done - busy_warmed,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, value in (
        ("regions", 17),
        ("groups", 60),
        ("options", 8),
        ("years", 10),
        ("species", 16),
        ("seed", 1),
    ):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--reach", type=float, default=0.4)
    parser.add_argument("--tied", type=int, default=3)
    parser.add_argument("--cold", action="store_true", help="no first basis from the regions")
    given = vars(parser.parse_args())
    started = not given.pop("cold")
    import linopy  # noqa: F401  so that its import is not counted as building

    for name, value in timed(instance(**given), started).items():
        print(f"{name:12} {value:.4g}" if isinstance(value, float) else f"{name:12} {value}")


if __name__ == "__main__":
    main()
