"""PROBLEM.toml and its tables → a problem; everything that is wrong is said at once."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from xietong import params
from xietong.cocontrol.panel import refuse
from xietong.optimise import draws, read_limits
from xietong.optimise.columns import did_you_mean
from xietong.optimise.problem import GOALS, GREATEST_REDUCTION, LEAST_COST, Problem
from xietong.optimise.quantities import column_of, price, unit_of
from xietong.optimise.tables import (
    Emitted,
    Faults,
    baseline_of,
    gdp_of,
    options_of,
    sources_of,
)
from xietong.vocab.species import species

KEYS = ("name", "note", "goal", "year", "years", "start_year", "base_year", "gwp", "interest", "discount",
        "gap", "tables", "target", "budget", "fairness", "prices", "weights", "strategies",
        "pareto", "robust", "sensitivity")  # fmt: skip
TABLES = ("sources", "options", "baseline", "regions", "targets", "draws")
NEEDED = ("sources", "options")


def problem_of(content: Mapping[str, Any], tables: Mapping[str, pl.DataFrame]) -> Problem:
    """A problem from the content of a TOML file and its tables (text columns).

    Parameters
    ----------
    content
        ``name``; ``goal`` (least-cost, greatest-reduction, greatest-benefit); ``years``;
        ``[[target]]``, ``[[budget]]``, ``[[fairness]]``; ``prices`` or ``weights``; ``interest``,
        ``discount``, ``gwp``, ``gap``.
    tables
        ``sources``, ``options``; ``baseline``, ``regions``, ``targets`` where they are needed.

    Returns
    -------
    The problem. ``TableError`` with every problem: unknown columns, species and keys, units that do not
    fit, caps below zero, percentages above 100, quantities that no option reduces.
    """
    faults = Faults()
    name = str(content.get("name") or "problem")
    _known(content, faults)
    years = _years(content, faults)
    goal = str(content.get("goal", LEAST_COST))
    if goal not in GOALS:
        faults.problems.append(f"goal {goal!r}: {', '.join(GOALS)}{did_you_mean(goal, GOALS)}")
    interest = _rate(content, "interest", 0.05, faults)
    discount = _rate(content, "discount", interest, faults)
    gap = _rate(content, "gap", 1e-4, faults)
    greenhouse = potentials(str(content.get("gwp", "AR5")), faults)
    absent = [one for one in NEEDED if one not in tables]
    faults.problems += [f"[tables] 缺少 missing: {one}" for one in absent]
    if absent or not years:
        refuse(faults.problems, name)
    sources = sources_of(tables["sources"], faults)
    options = options_of(tables["options"], sources, years, interest, greenhouse, faults)
    emitted = (
        baseline_of(tables["baseline"], sources, greenhouse, faults) if "baseline" in tables else {}
    )
    gdp = gdp_of(tables["regions"], faults) if "regions" in tables else {}
    if options is None:
        refuse(faults.problems, name)
        raise AssertionError
    steps = _steps(years, content.get("start_year"), faults)
    problem = Problem(
        name=name,
        goal=goal,
        years=tuple(years),
        sources=sources,
        options=options,
        prices=_prices(content, goal, options.effect, faults),
        baseline=_of_years(emitted, years),
        gdp=gdp,
        weight=_weight(years, 0.0 if goal == GREATEST_REDUCTION else discount),
        steps=steps,
        greenhouse=greenhouse,
        gap=gap,
        settings={
            k: content[k] for k in ("strategies", "pareto", "robust", "sensitivity") if k in content
        },
    )
    limits = read_limits.limits_of(content, tables.get("targets"), problem, emitted, faults)
    problem = problem.changed(**limits)
    problem = problem.changed(draws=draws.draws_of(tables.get("draws"), problem, faults))
    read_limits.possible(problem, faults)
    refuse(faults.problems, name)
    return problem.changed(warnings=tuple(faults.warnings))


def potentials(gwp: str, faults: Faults) -> dict[str, float]:
    """Warming potential of each gas column of a set; a problem where there is no such set."""
    sets = ("SAR", "AR4", "AR5", "AR6")
    if gwp.upper() not in sets:
        faults.problems.append(f"gwp {gwp!r}: {', '.join(sets)}")
        return {}
    table = params.load("gwp/gwp100", programme=gwp.upper()).wide
    values = dict(table.select("gas", "gwp100").iter_rows())
    return {
        one.column: values[one.gwp_gas]
        for one in species()
        if one.kind == "ghg" and values.get(one.gwp_gas) is not None
    }


def _known(content: Mapping[str, Any], faults: Faults) -> None:
    for key in content:
        if key not in KEYS:
            faults.problems.append(f"没有此项 · no such key {key!r}{did_you_mean(key, KEYS)}")
    for key in content.get("tables", {}):
        if key not in TABLES:
            faults.problems.append(
                f"[tables] 没有此表 · no such table {key!r}{did_you_mean(key, TABLES)}"
            )


def _years(content: Mapping[str, Any], faults: Faults) -> list[int]:
    given = content.get("years", content.get("year"))
    years = given if isinstance(given, list) else [given]
    if not years or not all(isinstance(one, int) and 1900 <= one <= 2200 for one in years):
        faults.problems.append(f"years 应为年份列表 · a list of years: {given!r}")
        return []
    if sorted(set(years)) != years:
        faults.problems.append(f"years 应递增 · must rise: {years}")
    return list(years)


def _rate(content: Mapping[str, Any], key: str, default: float, faults: Faults) -> float:
    value = content.get(key, default)
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < 1:
        faults.problems.append(f"{key} 应在 0 与 1 之间 · between 0 and 1: {value!r}")
        return default
    return float(value)


def _steps(years: Sequence[int], start: object, faults: Faults) -> Any:
    if start is not None and not (isinstance(start, int) and start < years[0]):
        faults.problems.append(f"start_year 应早于 {years[0]} · before the first year: {start!r}")
        start = None
    first = start if isinstance(start, int) else years[0] - 1
    return np.diff([first, *years]).astype(float)


def _weight(years: Sequence[int], discount: float) -> Any:
    """Years that each model year stands for (to the next one), discounted to the first."""
    lasts = np.diff([*years, years[-1] + (years[-1] - years[-2] if len(years) > 1 else 1)])
    return lasts / (1 + discount) ** (np.array(years) - years[0])


def _of_years(emitted: Mapping[str, Emitted], years: Sequence[int]) -> dict[str, Any]:
    return {
        what: {
            place: np.array([values.get(y, values.get(None, np.nan)) for y in years])
            for place, values in places.items()
        }
        for what, places in emitted.items()
    }


def _prices(
    content: Mapping[str, Any], goal: str, effect: Mapping[str, Any], faults: Faults
) -> dict[str, float]:
    key = "weights" if goal == GREATEST_REDUCTION else "prices"
    found: dict[str, float] = {}
    for text, value in content.get(key, {}).items():
        column, problem = column_of(text)
        if column is None or problem:
            faults.problems.append(f"[{key}] {problem}")
            continue
        if column not in effect:
            faults.problems.append(
                f"[{key}] {text}: 措施表没有此量 · options have no such quantity"
            )
            continue
        worth, problem = price(value, unit_of(column))
        if problem or worth is None:
            faults.problems.append(f"[{key}] {text}: {problem}")
            continue
        found[column] = worth
    if goal in GOALS and goal != LEAST_COST and not content.get(key):
        faults.problems.append(f"{goal} 需要 needs [{key}]")
    return found
