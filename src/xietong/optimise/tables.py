"""The tables of a problem: sources, options, baseline, regions; checked with all problems at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

from xietong.cocontrol.annual_cost import Cost, annual_cost
from xietong.optimise.columns import headings, number, word, yes
from xietong.optimise.problem import Array, Options, Sources
from xietong.optimise.quantities import CO2E

SOURCE_WORDS = ("source", "name", "region", "sector", "note", "reference")
OPTION_WORDS = ("source", "option", "name", "payer", "year", "indivisible", "price_year",
                "note", "reference")  # fmt: skip
OPTION_NUMBERS = {
    "cost_cny_per_year": "CNY", "investment_cny": "CNY", "om_cny_per_year": "CNY",
    "saving_cny_per_year": "CNY", "life_years": "a", "min_share": "1", "max_share": "1",
    "existing_share": "1", "build_rate_share_per_year": "1",
}  # fmt: skip
SHARES = ("min_share", "max_share", "existing_share", "build_rate_share_per_year")
BASE_WORDS = ("source", "region", "sector", "year", "note", "reference")
NO_PAYER = "–"


@dataclass
class Faults:
    """What was found wrong, and what was put aside and is said."""

    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


Emitted = dict[
    tuple[str, str], dict[int | None, float]
]  # (region, sector) → year (None: every) → value


def sources_of(table: pl.DataFrame, faults: Faults) -> Sources:
    """One row per source: ``source``, ``name``, ``region``, ``sector``."""
    problems, where = faults.problems, "源表 sources"
    headings(table, SOURCE_WORDS, {}, where, problems)
    if "source" not in table.columns:
        problems.append(f"{where}: 缺少列 · missing column 'source'")
        return Sources((), (), (), ())
    rows: list[tuple[str, str, str, str]] = []
    for line, row in enumerate(table.iter_rows(named=True), 2):
        code = word(row, "source")
        if not code:
            problems.append(f"{where} 第 {line} 行没有 source · line {line}: source is empty")
        elif code in {one[0] for one in rows}:
            problems.append(f"{where} 第 {line} 行重复 · line {line}: source twice: {code!r}")
        rows.append((code, word(row, "name", code), word(row, "region"), word(row, "sector")))
    if not rows:
        problems.append(f"{where}: 没有源 · no sources")
        return Sources((), (), (), ())
    return Sources(*zip(*rows, strict=True))


def options_of(
    table: pl.DataFrame,
    sources: Sources,
    years: Sequence[int],
    interest: float,
    greenhouse: Mapping[str, float],
    faults: Faults,
) -> Options | None:
    """One row per option of a source (and ``year``, where it differs by year).

    ``cost_cny_per_year`` at full share is annualised investment, O&M less savings together; where it is
    empty it is made of ``investment_cny``, ``life_years``, ``om_cny_per_year``, ``saving_cny_per_year``.
    An option without cost takes no part and is named in the warnings. A column per quantity: what is
    reduced at full share, positive is less; an empty cell is unknown, counted as no reduction and named.
    """
    problems, where = faults.problems, "措施表 options"
    plain, quantities = headings(table, OPTION_WORDS, OPTION_NUMBERS, where, problems)
    absent = [one for one in ("source", "option") if one not in table.columns]
    problems += [f"{where}: 缺少列 · missing column {one!r}" for one in absent]
    if absent:
        return None
    gases = [c for c, _ in quantities.values() if c in greenhouse]
    if CO2E in {c for c, _ in quantities.values()} and gases:
        problems.append(
            f"{where}: co2e 与各温室气体（{', '.join(gases)}）只给一种 · co2e or its gases, not both: "
            "they would be counted twice"
        )
    read: dict[tuple[str, str], dict[int | None, dict[str, Any]]] = {}
    known = set(sources.source)
    for line, row in enumerate(table.iter_rows(named=True), 2):
        at = f"{where} 第 {line} 行 line {line}"
        key = (word(row, "source"), word(row, "option"))
        if key[0] not in known:
            problems.append(f"{at}: 源表没有 · not in sources: {key[0]!r}")
        if not key[1]:
            problems.append(f"{at}: 没有措施名 · option is empty")
        year = number(row.get("year"), f"{at}, year", problems)
        when = None if np.isnan(year) else int(year)
        if when in read.setdefault(key, {}):
            problems.append(f"{at}: 重复 · comes twice: {key[0]} / {key[1]}")
        values = {
            column: number(row[text], f"{at}, {text}", problems) * scale
            for text, (column, scale) in (plain | quantities).items()
        }
        _shares(values, at, problems)
        whole = yes(word(row, "indivisible"), f"{at}, indivisible", problems)
        read[key][when] = values | {"payer": word(row, "payer", NO_PAYER), "whole": whole,
                                    "name": word(row, "name", key[1])}  # fmt: skip
    if not read:
        problems.append(f"{where}: 没有措施 · no options")
        return None
    names = [c for c, _ in quantities.values()]
    return _arrays(read, names, sources, years, interest, greenhouse, faults)


def _shares(values: Mapping[str, float], at: str, problems: list[str]) -> None:
    for name in SHARES:
        value = values.get(name, np.nan)
        if value < 0 or (value > 1 and name != SHARES[-1]):
            problems.append(f"{at}: {name} 应在 0 与 1 之间 · between 0 and 1: {value:g}")
    top = values.get("max_share", np.nan)
    top = 1.0 if np.isnan(top) else top
    for name in ("min_share", "existing_share"):
        if values.get(name, 0.0) > top:
            problems.append(f"{at}: {name} 大于 max_share · above max_share: {values[name]:g}")
    if values.get("life_years", 1.0) <= 0:
        problems.append(f"{at}: 寿命应大于 0 · life must be above 0: {values['life_years']:g}")
    if values.get("investment_cny", 0.0) < 0:
        problems.append(f"{at}: 投资不能为负 · investment below 0: {values['investment_cny']:g}")


def _arrays(
    read: Mapping[tuple[str, str], Mapping[int | None, Mapping[str, Any]]],
    names: Sequence[str],
    sources: Sources,
    years: Sequence[int],
    interest: float,
    greenhouse: Mapping[str, float],
    faults: Faults,
) -> Options | None:
    kept: list[tuple[str, str]] = []
    costs: list[list[float]] = []
    lines: list[list[Mapping[str, Any]]] = []
    for key, by_year in read.items():
        own = [by_year.get(year, by_year.get(None)) for year in years]
        if any(one is None for one in own):
            absent = [str(y) for y, one in zip(years, own, strict=True) if one is None]
            faults.problems.append(
                f"措施表 options: {key[0]} / {key[1]} 没有这些年份 · no row for {', '.join(absent)}"
            )
            continue
        found = [one for one in own if one is not None]
        paid = [_annual(one, interest) for one in found]
        if any(one is None for one in paid):
            faults.warnings.append(f"{key[0]} / {key[1]} 没有成本，不参与 · no cost, takes no part")
            continue
        if key[0] in sources.source:
            kept.append(key)
            lines.append(found)
            costs.append([float(one) for one in paid if one is not None])
    if not kept:
        faults.problems.append("措施表 options: 没有一项措施有成本 · no option with a cost")
        return None
    place = {code: i for i, code in enumerate(sources.source)}

    def cells(name: str, default: float) -> Array:
        found = np.array([[one.get(name, np.nan) for one in row] for row in lines], dtype=float)
        return np.where(np.isnan(found), default, found)

    def first(name: str, default: float) -> Array:
        return cells(name, default)[:, 0]

    effect = {name: cells(name, np.nan) for name in names}
    _unknown(effect, kept, faults)
    gases = [name for name in names if name in greenhouse]
    if gases and CO2E not in effect:
        parts = np.stack([effect[name] * greenhouse[name] for name in gases])
        effect[CO2E] = np.where(np.isnan(parts).all(axis=0), np.nan, np.nansum(parts, axis=0))
    options = Options(
        of=np.array([place[key[0]] for key in kept]),
        option=tuple(key[1] for key in kept),
        name=tuple(str(row[0]["name"]) for row in lines),
        payer=tuple(str(row[0]["payer"]) for row in lines),
        cost=np.array(costs),
        investment=first("investment_cny", np.nan),
        low=first("min_share", 0.0),
        high=first("max_share", 1.0),
        existing=first("existing_share", 0.0),
        build_rate=first("build_rate_share_per_year", np.inf),
        life=first("life_years", np.inf),
        whole=np.array([bool(row[0]["whole"]) for row in lines]),
        effect=effect,
    )
    _together(options, sources, faults)
    return options


def _annual(row: Mapping[str, Any], interest: float) -> float | None:
    def given(name: str) -> float | None:
        value = row.get(name, np.nan)
        return None if np.isnan(value) else float(value)

    return annual_cost(
        Cost(
            investment_cny=given("investment_cny"), life_years=given("life_years"),
            om_cny=given("om_cny_per_year"), saving_cny=given("saving_cny_per_year") or 0.0,
            annual_cny=given("cost_cny_per_year"),
        ),
        interest,
    )  # fmt: skip


def _unknown(effect: Mapping[str, Array], kept: list[tuple[str, str]], faults: Faults) -> None:
    """Unknown effects count as none, and that is said."""
    for name, values in effect.items():
        missing = [bool(np.isnan(row).any()) for row in values]
        if any(missing):
            few = "、".join(f"{s}/{o}" for (s, o), m in zip(kept, missing, strict=True) if m)[:80]
            faults.warnings.append(
                f"{name}: {sum(missing)} 项措施的效果未知，按 0 计 · effect unknown, counted as 0: {few}"
            )


def _together(options: Options, sources: Sources, faults: Faults) -> None:
    for name, values in (("min_share", options.low), ("existing_share", options.existing)):
        total = np.bincount(options.of, np.maximum(values, 0), len(sources.source))
        faults.problems += [
            f"措施表 options: 源 {sources.source[i]} 的 {name} 合计大于 1 · add up to more than 1"
            for i in np.flatnonzero(total > 1 + 1e-9)
        ]


def baseline_of(
    table: pl.DataFrame, sources: Sources, greenhouse: Mapping[str, float], faults: Faults
) -> dict[str, Emitted]:
    """Emissions without the options: a row per source, or per region and sector; ``year`` may stand beside.

    Without ``year`` a row holds for every year. Every quantity has its column; empty is unknown.
    """
    problems, where = faults.problems, "基准表 baseline"
    _, quantities = headings(table, BASE_WORDS, {}, where, problems)
    place = dict(zip(sources.source, zip(sources.region, sources.sector, strict=True), strict=True))
    found: dict[str, Emitted] = {}
    for line, row in enumerate(table.iter_rows(named=True), 2):
        at = f"{where} 第 {line} 行 line {line}"
        code = word(row, "source")
        if code and code not in place:
            problems.append(f"{at}: 源表没有 · not in sources: {code!r}")
            continue
        key = place[code] if code else (word(row, "region"), word(row, "sector"))
        year = number(row.get("year"), f"{at}, year", problems)
        when = None if np.isnan(year) else int(year)
        values = {c: number(row[t], f"{at}, {t}", problems) * f for t, (c, f) in quantities.items()}
        gases = [c for c in values if c in greenhouse and not np.isnan(values[c])]
        if gases and CO2E not in values:
            values[CO2E] = sum(values[c] * greenhouse[c] for c in gases)
        for column, value in values.items():
            if value < 0:
                problems.append(f"{at}: {column} 基准为负 · baseline below 0: {value:g}")
            if np.isnan(value):
                faults.warnings.append(f"{at}: {column} 未知，不计入 · unknown, not counted")
                continue
            years = found.setdefault(column, {}).setdefault(key, {})
            years[when] = years.get(when, 0.0) + value
    return found


def gdp_of(table: pl.DataFrame, faults: Faults) -> dict[str, float]:
    """``gdp_cny`` of each region; other units in the heading, as ``gdp_cny (亿元)``."""
    problems, where = faults.problems, "区域表 regions"
    plain, _ = headings(table, ("region", "name", "year", "note", "reference"),
                        {"gdp_cny": "CNY"}, where, problems)  # fmt: skip
    found = {}
    for line, row in enumerate(table.iter_rows(named=True), 2):
        for text, (_, scale) in plain.items():
            value = number(row[text], f"{where} 第 {line} 行 line {line}", problems) * scale
            if value <= 0:
                problems.append(f"{where} 第 {line} 行 line {line}: GDP 应大于 0 · must be above 0")
            found[word(row, "region")] = value
    return found
