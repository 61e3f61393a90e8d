"""Possible worlds: factors on costs and effects, from a table of draws or from stated uncertainties."""

from typing import Any

import numpy as np
import polars as pl

from xietong.optimise.columns import number, word
from xietong.optimise.problem import Draw, Problem
from xietong.optimise.quantities import CO2E, COST, column_of
from xietong.optimise.tables import Faults

WORDS = ("draw", "source", "option", "what", "factor", "note")
U95 = 1.959963984540054  # half width of a 95 % range in standard deviations
MOST = 500


def draws_of(table: pl.DataFrame | None, problem: Problem, faults: Faults) -> tuple[Draw, ...]:
    """Draws of a problem.

    Parameters
    ----------
    table
        One row per ``draw`` and what it changes: ``source``, ``option`` (empty: all), ``what`` (cost, a
        quantity; empty: every quantity), ``factor`` from 0 up. Without a table ``[robust]`` says ``draws``, ``seed``
        and half widths of 95 % ranges as shares: ``cost_u95``, ``effect_u95`` (lognormal with mean 1, an
        option at a time, the same factor for all its quantities).
    """
    if table is not None:
        return _read(table, problem, faults)
    said = problem.settings.get("robust", {})
    count = said.get("draws", 0)
    if not said or not count:
        return ()
    wide = {name: said.get(name, 0.0) for name in ("cost_u95", "effect_u95")}
    if not isinstance(count, int) or not 1 <= count <= MOST:
        faults.problems.append(
            f"[robust] draws 应在 1 与 {MOST} 之间 · between 1 and {MOST}: {count!r}"
        )
        return ()
    for name, value in wide.items():
        if not isinstance(value, int | float) or not 0 <= value < 2:
            faults.problems.append(f"[robust] {name} 应在 0 与 2 之间 · between 0 and 2: {value!r}")
            return ()
    source = np.random.default_rng(int(said.get("seed", 1)))
    size = len(problem.options.option)
    made = []
    for i in range(count):
        cost, effect = (_lognormal(source, float(wide[n]), size) for n in wide)
        made.append(Draw(str(i + 1), cost, dict.fromkeys(problem.options.effect, effect)))
    return tuple(made)


def _lognormal(source: Any, half_width: float, size: int) -> Any:
    deviation = half_width / U95
    sigma = np.sqrt(np.log1p(deviation**2))
    return np.exp(source.normal(-(sigma**2) / 2, sigma, size)) if half_width else np.ones(size)


def _read(table: pl.DataFrame, problem: Problem, faults: Faults) -> tuple[Draw, ...]:
    where, options = "抽样表 draws", problem.options
    problems = faults.problems
    problems += [
        f"{where}: 没有此列 · no such column {c!r}" for c in table.columns if c not in WORDS
    ]
    absent = [c for c in ("draw", "factor") if c not in table.columns]
    problems += [f"{where}: 缺少列 · missing column {c!r}" for c in absent]
    if absent:
        return ()
    codes = np.array([problem.sources.source[of] for of in options.of])
    names = np.array(options.option)
    made: dict[str, Draw] = {}
    for line, row in enumerate(table.iter_rows(named=True), 2):
        at = f"{where} 第 {line} 行 line {line}"
        factor = number(row["factor"], f"{at}, factor", problems)
        if not factor >= 0:
            problems.append(f"{at}: factor 应不小于 0 · from 0 up: {row['factor']!r}")
            continue
        size = len(options.option)
        draw = made.setdefault(
            word(row, "draw"),
            Draw(word(row, "draw"), np.ones(size), {w: np.ones(size) for w in options.effect}),
        )
        inside = np.ones(size, dtype=bool)
        for column, have in (("source", codes), ("option", names)):
            if word(row, column):
                inside &= have == word(row, column)
        if not inside.any():
            problems.append(
                f"{at}: 没有这样的措施 · no such option: {word(row, 'source')} {word(row, 'option')}"
            )
        what = word(row, "what")
        if what == COST:
            draw.cost[inside] *= factor
            continue
        column_name, text = column_of(what) if what else (None, None)
        if text or (what and column_name not in options.effect):
            problems.append(f"{at}: {text or f'措施表没有此量 · options have no {what}'}")
            continue
        for quantity in [column_name] if column_name else options.effect:
            draw.effect[quantity][inside] *= factor
    if (
        any(
            word(row, "what").lower() in {"co2", "ch4", "n2o"}
            for row in table.iter_rows(named=True)
        )
        and CO2E in options.effect
    ):
        faults.warnings.append(
            f"{where}: 温室气体的因子不改 co2e，请另写 co2e 行 · a factor on a gas leaves co2e as it is"
        )
    return tuple(made.values())


def world(problem: Problem, draw: Draw) -> Problem:
    """The problem as it is in one draw."""
    from dataclasses import replace

    options = problem.options
    return problem.changed(
        options=replace(
            options,
            cost=options.cost * draw.cost[:, None],
            effect={
                what: values * draw.effect[what][:, None] for what, values in options.effect.items()
            },
        )
    )
