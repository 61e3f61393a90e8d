"""Measures as plain tables: baseline, reductions and costs, checked with all problems at once."""

import difflib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from xietong.cocontrol.annual_cost import Cost
from xietong.cocontrol.panel import refuse
from xietong.cocontrol.plain_names import species_column

MEASURE = "measure"
WORDS = ("name", "group", "region", "year", "source", "note")
COSTS = {
    "investment_cny": "investment_cny",
    "life_years": "life_years",
    "om_cny_per_year": "om_cny",
    "saving_cny_per_year": "saving_cny",
    "annual_cny_per_year": "annual_cny",
}
Numbers = Mapping[str, float | None]


@dataclass(frozen=True)
class MeasureRow:
    """One measure: ``reductions`` and ``baseline`` by species [t], ``cost`` or None, ``group``."""

    measure: str
    reductions: Numbers
    baseline: Numbers
    cost: Cost | None = None
    group: str | None = None
    words: Mapping[str, str] = field(default_factory=dict)


def measure_rows(
    baseline: pl.DataFrame, reductions: pl.DataFrame, costs: pl.DataFrame | None = None
) -> tuple[MeasureRow, ...]:
    """Measures from plain tables.

    Parameters
    ----------
    baseline
        One row for all measures, or one row per ``measure``; a column per species [t].
    reductions
        One row per ``measure``; a column per species [t], positive is less emission. ``name``,
        ``group`` (measures on the same emissions), ``region``, ``year``, ``source``, ``note`` may
        stand beside.
    costs
        One row per ``measure``: ``investment_cny``, ``life_years``, ``om_cny_per_year``,
        ``saving_cny_per_year``, or ``annual_cny_per_year``; ``price_year``, ``source``.

    Returns
    -------
    One per measure. An empty cell is unknown. Refused, all at once: unknown species, another unit than tonnes, text for a
    number, a measure twice or in ``costs`` only, a reduction above its baseline, a baseline below 0,
    a life that is not above 0, investment or O&M below 0.

    Examples
    --------
    >>> rows = measure_rows(pl.DataFrame({"so2": ["100"]}), pl.DataFrame({"measure": ["fgd"], "SO2": ["90"]}))
    >>> rows[0].reductions, rows[0].baseline
    ({'so2_t': 90.0}, {'so2_t': 100.0})
    """
    problems: list[str] = []
    cut = _emissions(reductions, "削减表 reductions", problems, keyed=True)
    base = _emissions(baseline, "基准表 baseline", problems, keyed=MEASURE in baseline.columns)
    paid = _costs(costs, problems) if costs is not None else {}
    for name in [*paid, *(one for one in base if one)]:
        if name not in cut:
            close = difflib.get_close_matches(name, list(cut), n=1, cutoff=0.5)
            hint = f"；是不是 did you mean {close[0]!r}?" if close else ""
            problems.append(f"削减表没有措施 · no such measure in reductions: {name!r}{hint}")
    if "" in base and len(base) > 1:
        problems.append(
            "基准表有几行时请加 measure 列 · several baseline rows need the column measure"
        )
    words = _words(reductions)
    made = []
    for name, values in cut.items():
        own = base.get(name, base.get("", {}))
        if not own:
            problems.append(f"{name}: 没有基准排放 · no baseline row")
        _possible(name, values, own, problems)
        said = words.get(name, {})
        made.append(MeasureRow(name, values, own, paid.get(name), said.get("group"), said))
    if not made:
        problems.append("削减表没有措施 · no measures in the reductions")
    refuse(problems, "协同控制 cocontrol")
    return tuple(made)


def _possible(name: str, values: Numbers, own: Numbers, problems: list[str]) -> None:
    for species, value in values.items():
        whole = own.get(species)
        if value is not None and whole is not None and value > whole:
            problems.append(
                f"{name}: {species} 削减 {value:g} 大于基准 {whole:g}，不可能 · "
                f"reduction {value:g} above its baseline {whole:g}: not possible"
            )


def _emissions(
    table: pl.DataFrame, where: str, problems: list[str], *, keyed: bool
) -> dict[str, dict[str, float | None]]:
    if keyed and MEASURE not in table.columns:
        problems.append(f"{where}: 缺少列 · missing column 'measure'")
        return {}
    columns: dict[str, str] = {}
    for heading in table.columns:
        if heading == MEASURE or heading in WORDS:
            continue
        column, problem = species_column(heading)
        if problem or column is None:
            problems.append(f"{where}: {problem}")
        elif column in columns.values():
            problems.append(f"{where}: 物种重复 · species twice: {column}")
        else:
            columns[heading] = column
    found: dict[str, dict[str, float | None]] = {}
    for line, row in enumerate(table.iter_rows(named=True), 2):
        name = str(row[MEASURE] or "").strip() if keyed else ""
        if keyed and not name:
            problems.append(f"{where} 第 {line} 行没有措施名 · line {line}: no name of the measure")
            continue
        if name in found:
            problems.append(
                f"{where} 第 {line} 行重复 · line {line}: comes twice: {name or 'baseline'}"
            )
        found[name] = {
            column: _number(row[heading], f"{where} 第 {line} 行 line {line}, {heading}", problems)
            for heading, column in columns.items()
        }
        if where.startswith("基准"):
            problems += [
                f"{where} 第 {line} 行：{column} 基准为负 {value:g} · line {line}: baseline below 0"
                for column, value in found[name].items()
                if value is not None and value < 0
            ]
    return found


def _costs(table: pl.DataFrame, problems: list[str]) -> dict[str, Cost]:
    where = "成本表 costs"
    known = (MEASURE, *COSTS, "price_year", "source", "name", "note")
    for heading in table.columns:
        if heading not in known:
            close = difflib.get_close_matches(heading, known, n=1, cutoff=0.5)
            hint = (
                f"；是不是 did you mean {close[0]!r}?"
                if close
                else f"；可用 known: {', '.join(known)}"
            )
            problems.append(f"{where}: 没有此列 · no such column: {heading!r}{hint}")
    if MEASURE not in table.columns:
        problems.append(f"{where}: 缺少列 · missing column 'measure'")
        return {}
    found: dict[str, Cost] = {}
    for line, row in enumerate(table.iter_rows(named=True), 2):
        name, at = str(row[MEASURE] or "").strip(), f"{where} 第 {line} 行 line {line}"
        if name in found:
            problems.append(f"{at}: 重复 · comes twice: {name}")
        values = {
            column: _number(row[heading], f"{at}, {heading}", problems)
            for heading, column in COSTS.items()
            if heading in table.columns
        }
        year = _number(row.get("price_year"), f"{at}, price_year", problems)
        found[name] = Cost(
            **values, price_year=int(year) if year else None, source=str(row.get("source") or "")
        )
        problems += _impossible(found[name], f"{at} ({name})")
    return found


def _impossible(cost: Cost, at: str) -> list[str]:
    problems = []
    if cost.life_years is not None and cost.life_years <= 0:
        problems.append(f"{at}: 寿命应大于 0 · life must be above 0: {cost.life_years:g}")
    for label, value in (("investment_cny", cost.investment_cny), ("om_cny_per_year", cost.om_cny)):
        if value is not None and value < 0:
            problems.append(f"{at}: {label} 不能为负 · below 0: {value:g}")
    return problems


def _number(cell: object, at: str, problems: list[str]) -> float | None:
    text = str(cell).strip() if cell is not None else ""
    if not text:
        return None
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        problems.append(f"{at}: 不是数 · not a number: {text!r}")
        return None
    if not math.isfinite(value):
        problems.append(f"{at}: 不是有限数 · not finite: {text!r}")
        return None
    return value + 0.0


def _words(table: pl.DataFrame) -> dict[str, dict[str, str]]:
    if MEASURE not in table.columns:
        return {}
    present = [word for word in WORDS if word in table.columns]
    return {
        str(row[MEASURE]).strip(): {word: str(row[word]) for word in present if row[word]}
        for row in table.iter_rows(named=True)
    }
