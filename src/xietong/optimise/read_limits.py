"""Targets, budgets and fairness of a problem, from TOML or a table, in the units of the house."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import polars as pl

from xietong.optimise.columns import did_you_mean
from xietong.optimise.problem import (
    ALL,
    GREATEST_REDUCTION,
    LEAST_COST,
    Budget,
    Fairness,
    Problem,
    Target,
)
from xietong.optimise.quantities import SPENT, amount, column_of, shown, unit_of
from xietong.optimise.tables import Emitted, Faults

TARGET = ("id", "what", "region", "sector", "year", "cap", "reduce", "percent", "base_year",
          "unit", "note", "reference")  # fmt: skip
BUDGET = ("id", "what", "limit", "unit", "payer", "year", "note")
FAIRNESS = ("id", "kind", "what", "spread", "year", "note")
KINDS = ("cost_per_gdp", "reduction_rate")
WAYS = ("cap", "reduce", "percent")


def limits_of(
    content: Mapping[str, Any],
    table: pl.DataFrame | None,
    problem: Problem,
    emitted: Mapping[str, Emitted],
    faults: Faults,
) -> dict[str, Any]:
    """The fields ``targets``, ``budgets``, ``fairness`` of the problem."""
    base_year = content.get("base_year")
    targets: list[Target] = []
    for where, row in _rows(content, table, faults):
        targets += _target(row, where, problem, emitted, base_year, faults)
    ids = [one.id for one in targets]
    faults.problems += [
        f"目标重名 · target id twice: {one!r}"
        for one in sorted({i for i in ids if ids.count(i) > 1})
    ]
    return {
        "targets": tuple(targets),
        "budgets": tuple(_budgets(content, problem, faults)),
        "fairness": tuple(_fairness(content, problem, faults)),
    }


def _rows(
    content: Mapping[str, Any], table: pl.DataFrame | None, faults: Faults
) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, row in enumerate(content.get("target", []), 1):
        yield f"[[target]] {number}", dict(row)
    if table is None:
        return
    for name in table.columns:
        if name not in TARGET:
            faults.problems.append(
                f"目标表 targets: 没有此列 · no such column {name!r}{did_you_mean(name, TARGET)}"
            )
    for line, cells in enumerate(table.iter_rows(named=True), 2):
        row = {k: v for k, v in cells.items() if v is not None and str(v).strip()}
        yield f"目标表 targets 第 {line} 行 line {line}", row


def _target(
    row: dict[str, Any],
    where: str,
    problem: Problem,
    emitted: Mapping[str, Emitted],
    base_year: Any,
    faults: Faults,
) -> list[Target]:
    problems = faults.problems
    before = len(problems)
    problems += [
        f"{where}: 没有此项 · no such key {k!r}{did_you_mean(k, TARGET)}"
        for k in row
        if k not in TARGET
    ]
    what, problem_text = column_of(str(row.get("what", "")))
    if what is None or problem_text:
        problems.append(f"{where}: what: {problem_text}")
        return []
    region, sector = str(row.get("region", ALL)), str(row.get("sector", ALL))
    for name, value, known in (
        ("region", region, problem.sources.region),
        ("sector", sector, problem.sources.sector),
    ):
        if value != ALL and value not in known:
            problems.append(
                f"{where}: 源表没有 · no source in {name} {value!r}{did_you_mean(value, set(known))}"
            )
    years = _when(row.get("year"), where, problem, problems)
    ways = [one for one in WAYS if one in row]
    if len(ways) != 1:
        problems.append(f"{where}: cap、reduce、percent 给一个 · give exactly one, not {len(ways)}")
    if what not in problem.options.effect:
        problems.append(
            f"{where}: 没有措施削减 {shown(what)}，潜力为空 · empty potential: no option has {what}"
        )
    if len(problems) > before or not ways:
        return []
    number, text = amount(row[ways[0]], "%" if ways[0] == "percent" else unit_of(what),
                         "" if ways[0] == "percent" else str(row.get("unit", "")))  # fmt: skip
    if text or number is None:
        problems.append(f"{where}: {ways[0]}: {text}")
        return []
    made = []
    for year in years:
        name = str(row.get("id") or f"{shown(what)} {region} {year}")
        name = f"{name} {year}" if row.get("id") and len(years) > 1 else name
        needed, cap, fault = _needed(
            ways[0], number, what, region, sector, year, emitted, row.get("base_year", base_year)
        )
        if fault or needed is None:
            problems.append(f"{where}: {fault}")
            continue
        said = f"{ways[0]} {row[ways[0]]}{row.get('unit', '')}"
        made.append(Target(name, what, region, sector, year, needed, cap, said))
    return made


def _when(given: Any, where: str, problem: Problem, problems: list[str]) -> list[int]:
    if given is None or str(given) == ALL:
        return [problem.years[-1]] if given is None else list(problem.years)
    try:
        year = int(given)
    except (TypeError, ValueError):
        problems.append(f"{where}: 不是年份 · not a year: {given!r}")
        return []
    if year not in problem.years:
        problems.append(
            f"{where}: {year} 不在 years 中 · not among the years {list(problem.years)}"
        )
        return []
    return [year]


def _needed(
    way: str, value: float, what: str, region: str, sector: str, year: int,
    emitted: Mapping[str, Emitted], base_year: Any,
) -> tuple[float | None, float | None, str | None]:  # fmt: skip
    """The reduction that a target needs, the cap behind it, or a problem."""
    if way == "reduce":
        if value < 0:
            return None, None, f"削减量不能为负 · a reduction below 0: {value:g}"
        return value, None, None
    if way == "cap" and value < 0:
        return None, None, f"上限不能为负 · a cap below 0: {value:g}"
    if way == "percent" and not 0 <= value <= 100:
        return None, None, f"百分比应在 0 与 100 之间 · percent between 0 and 100: {value:g}"
    now = total(emitted, what, region, sector, year)
    if now is None:
        return None, None, (
            f"基准表没有 {shown(what)} {region} {year} · no baseline of {what} in {region}, {year}: "
            "a cap or a percentage needs it"
        )  # fmt: skip
    cap = value
    if way == "percent":
        if base_year is None:
            return None, None, "percent 需要 base_year · needs base_year"
        then = total(emitted, what, region, sector, int(base_year))
        if then is None:
            return (
                None,
                None,
                f"基准表没有基年 · no baseline of the base year {base_year}: {what} {region}",
            )
        cap = then * (1 - value / 100)
    return max(0.0, now - cap), cap, None


def total(
    emitted: Mapping[str, Emitted], what: str, region: str, sector: str, year: int
) -> float | None:
    """The baseline of a quantity in a region, sector and year; None where a part is missing.

    >>> total({"nox_t": {("a", "s"): {2025: 3.0}, ("b", "s"): {None: 2.0}}}, "nox_t", "all", "all", 2025)
    5.0
    """
    parts = [
        values.get(year, values.get(None))
        for (place, kind), values in emitted.get(what, {}).items()
        if region in {ALL, place} and sector in {ALL, kind}
    ]
    if not parts or any(one is None for one in parts):
        return None
    return float(sum(one for one in parts if one is not None))


def _budgets(content: Mapping[str, Any], problem: Problem, faults: Faults) -> Iterator[Budget]:
    for number, row in enumerate(content.get("budget", []), 1):
        where = f"[[budget]] {number}"
        faults.problems += [
            f"{where}: 没有此项 · no such key {k!r}{did_you_mean(k, BUDGET)}"
            for k in row
            if k not in BUDGET
        ]
        what = SPENT.get(str(row.get("what", "cost")))
        payer = str(row.get("payer", ALL))
        if what is None:
            faults.problems.append(f"{where}: what: cost（年成本）或 or investment（投资）")
            continue
        if payer not in {ALL, *problem.options.payer}:
            faults.problems.append(
                f"{where}: 没有付款人 · no such payer {payer!r}{did_you_mean(payer, set(problem.options.payer))}"
            )
        limit, text = amount(row.get("limit", ""), "CNY", str(row.get("unit", "")))
        if text or limit is None or limit < 0:
            faults.problems.append(f"{where}: limit: {text or f'不能为负 · below 0: {limit:g}'}")
            continue
        year = row.get("year")
        if year is not None:
            _when(year, where, problem, faults.problems)
        if what == "investment" and np.isnan(problem.options.investment).any():
            faults.warnings.append(
                f"{where}: 投资未知的措施按 0 计 · options with unknown investment count as 0"
            )
        default = f"{what} {payer}" if year is None else f"{what} {payer} {year}"
        yield Budget(str(row.get("id") or default), what, limit, payer, year)


def _fairness(content: Mapping[str, Any], problem: Problem, faults: Faults) -> Iterator[Fairness]:
    for number, row in enumerate(content.get("fairness", []), 1):
        where, problems = f"[[fairness]] {number}", faults.problems
        before = len(problems)
        problems += [
            f"{where}: 没有此项 · no such key {k!r}{did_you_mean(k, FAIRNESS)}"
            for k in row
            if k not in FAIRNESS
        ]
        kind, spread = str(row.get("kind", "")), row.get("spread")
        if kind not in KINDS:
            problems.append(f"{where}: kind: {', '.join(KINDS)}")
        if not isinstance(spread, int | float) or spread < 0:
            problems.append(f"{where}: spread 应为不小于 0 的数 · a number from 0 up: {spread!r}")
        what = ""
        if kind == "reduction_rate":
            column, text = column_of(str(row.get("what", "")))
            problems += [f"{where}: {text}"] if text else []
            what = column or ""
            bare = [r for r in problem.regions if not _emits(problem, what, r)]
            problems += [f"{where}: 没有基准 · no baseline of {what} in {r}" for r in bare]
        if kind == "cost_per_gdp":
            problems += [
                f"{where}: 区域表没有 GDP · no GDP of {r}"
                for r in problem.regions
                if r not in problem.gdp
            ]
        if len(problems) == before:
            yield Fairness(
                str(row.get("id") or f"{kind} {what}".strip()),
                kind,
                what,
                float(spread or 0),
                row.get("year"),
            )


def _emits(problem: Problem, what: str, region: str) -> bool:
    base = problem.emitted(what, region)
    return base is not None and bool((np.nan_to_num(base) > 0).all())


def possible(problem: Problem, faults: Faults) -> None:
    """A target on which no option of its region works; a goal without what limits it."""
    for one in problem.targets:
        effect = problem.options.effect[one.what]
        inside = problem.touched(one.region, one.sector)
        if one.needed > 0 and not (np.nan_to_num(effect[inside]) > 0).any():
            faults.problems.append(
                f"目标 target {one.id}: 该区域没有措施削减 {shown(one.what)}，潜力为空 · empty potential"
            )
    if problem.goal == LEAST_COST and not problem.targets:
        faults.warnings.append(
            "没有目标：只选省钱的措施 · no targets: only what saves money is chosen"
        )
    if problem.goal == GREATEST_REDUCTION and not problem.budgets:
        faults.warnings.append("没有预算：削减到头 · no budget: everything is reduced that can be")
