"""LMDI-I: how much of a change each factor of a chain brought about, without residual."""

import math
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from itertools import pairwise
from typing import Any

import polars as pl

from xietong.cocontrol.chain import columns_of, parse_chain, total_of, with_factors
from xietong.cocontrol.log_mean import log_mean, sector_effects
from xietong.cocontrol.panel import ENTITY, YEAR, check_panel, refuse
from xietong.cocontrol.result import Result

FORMULAS = {
    "additive": "ΔE_k = Σ_i L(E_i^T, E_i^0)·ln(x_ki^T/x_ki^0), L(a,b) = (a−b)/ln(a/b), L(a,a) = a",
    "multiplicative": "D_k = exp Σ_i [L(E_i^T,E_i^0)/L(E^T,E^0)]·ln(x_ki^T/x_ki^0)",
}
MODES = ("chained", "end-to-end")
ZEROS = ("limit", "small-value")
SMALL_CHANGE = 0.01  # shares of a change below 1 % of the start are not worth printing


def lmdi(
    table: pl.DataFrame,
    chain: str,
    *,
    form: str = "additive",
    mode: str = "chained",
    zero: str = "limit",
    sector: str | None = None,
    total: str | None = None,
) -> Result:
    """Effect of each factor on the change of the product of the chain, one row per entity, span and factor.

    ``table``: one row per entity and year (and ``sector``, when given) with the columns that ``chain``
    names (:func:`xietong.cocontrol.chain.parse_chain`; Kaya: ``population, gdp/population, energy/gdp,
    co2/energy``); all ≥ 0, each in one unit throughout. ``chained`` decomposes year by year (adjacent
    years of the table) and adds a last row set over the whole span that sums them; ``end-to-end``
    compares first and last year only: the two differ. ``zero``: ``limit`` takes the analytical limit
    (a change to or from 0 belongs to the factors that are 0 there, in equal parts), ``small-value``
    replaces 0 by 1e-20. ``total`` is checked against the product. Rows of a span in which a value is
    unknown give null effects.

    Returns ``entity, from_year, to_year, span, factor, effect, share_of_change, share_of_absolute``;
    for the multiplicative form ``effect`` is a factor and the shares are those of its logarithm.

    Source
    ------
    Ang 2004, 2005; zero values: Ang and Liu 2007 (unverified: not re-read).

    Examples
    --------
    >>> table = pl.DataFrame({"entity": ["a"] * 2, "year": [2020, 2021], "gdp": [1.0, 2.0], "co2": [4.0, 6.0]})
    >>> lmdi(table, "gdp, co2/gdp").table.filter(pl.col("span") == "year")["effect"].round(4).to_list()
    [3.419, -1.419, 2.0]
    """
    factors = parse_chain(chain)
    needed = columns_of(factors) + ([total] if total else [])
    keys = [ENTITY, YEAR] + ([sector] if sector else [])
    if ENTITY not in table.columns:
        table = table.with_columns(pl.lit("全部 all").alias(ENTITY))
    table = check_panel(table, needed, keys=keys, where=f"LMDI {chain!r}")
    names = [one.name for one in factors]
    choices = ((form, tuple(FORMULAS)), (mode, MODES), (zero, ZEROS))
    refuse(_problems(table, needed, choices, sector), f"LMDI {chain!r}")
    table = with_factors(table, factors)
    target = total or total_of(factors)
    refuse(_product_problems(table, names, target), f"LMDI {chain!r}")
    rows = []
    for (entity,), part in table.group_by(ENTITY, maintain_order=True):
        years = sorted(part[YEAR].unique().to_list())
        ends = [(years[0], years[-1])]
        spans = list(pairwise(years)) if mode == "chained" else ends
        steps = [
            _step(part, span, len(names), form=form, zero=zero, sector=sector, target=target)
            for span in spans
        ]
        name = "year" if mode == "chained" else "end-to-end"
        labelled = [(*span, name, step) for span, step in zip(spans, steps, strict=True)]
        if mode == "chained":
            labelled.append((*ends[0], "sum of years", _accumulate(steps, form)))
        for a, b, span_name, step in labelled:
            key = {ENTITY: str(entity), "from_year": a, "to_year": b, "span": span_name}
            rows += _rows(key, names, step, form)
    schema = {
        ENTITY: pl.String,
        "from_year": pl.Int64,
        "to_year": pl.Int64,
        "span": pl.String,
        "factor": pl.String,
        "effect": pl.Float64,
        "share_of_change": pl.Float64,
        "share_of_absolute": pl.Float64,
    }
    out = pl.DataFrame(rows, schema=schema)
    label = f"LMDI-I {form}, {mode}, zero: {zero}"
    details = {"chain": chain, "total": target, "factors": names}
    return Result(
        FORMULAS[form], label, out, None, details, tuple(_warn(table, out, (mode, form), needed))
    )


Effects = list[float] | None
Step = tuple[Effects, float | None, float | None]


def _step(
    part: pl.DataFrame,
    span: tuple[int, int],
    n: int,
    *,
    form: str,
    zero: str,
    sector: str | None,
    target: str | None,
) -> Step:
    """Effects between two years and both totals; effects None where a value is unknown."""
    before = _by_sector(part.filter(pl.col(YEAR) == span[0]), sector, n, target)
    after = _by_sector(part.filter(pl.col(YEAR) == span[1]), sector, n, target)
    pairs = [(before.get(key), after.get(key)) for key in sorted({*before, *after})]
    known = [(a, b) for a, b in pairs if a is not None and b is not None]
    if len(known) < len(pairs):
        return None, None, None
    e0, e1 = (math.fsum(side[1] for side in sides) for sides in zip(*known, strict=True))
    terms = [sector_effects(a[0], b[0], a[1], b[1], zero) for a, b in known]
    if any(term is None for term in terms):
        return None, e0, e1
    sums = [math.fsum(term[k] for term in terms if term is not None) for k in range(n)]
    if form == "additive":
        return sums, e0, e1
    weight = log_mean(e1, e0)
    return ([math.exp(s / weight) for s in sums] if weight else None), e0, e1


Side = tuple[list[float], float]


def _by_sector(
    part: pl.DataFrame, sector: str | None, n: int, target: str | None
) -> dict[str, Side | None]:
    """Factors and total of each sector in one year; None where one of them is unknown."""
    sides: dict[str, Side | None] = {}
    for row in part.to_dicts():
        key = str(row[sector]) if sector else ""
        factors = [row[f"x{k}"] for k in range(n)]
        product = None if None in factors else math.prod(factors)
        if product is not None and math.isnan(product):
            product = row[target] if target else None
        sides[key] = None if product is None else (factors, float(product))
    return sides


def _accumulate(steps: Sequence[Step], form: str) -> Step:
    if any(effects is None for effects, _, _ in steps):
        return None, steps[0][1], steps[-1][2]
    columns = list(zip(*(effects for effects, _, _ in steps if effects is not None), strict=True))
    join: Callable[[Iterable[float]], float] = math.fsum if form == "additive" else math.prod
    return [join(column) for column in columns], steps[0][1], steps[-1][2]


def _rows(
    key: dict[str, Any],
    names: Sequence[str],
    step: Step,
    form: str,
) -> list[dict[str, Any]]:
    effects, e0, e1 = step
    values: Sequence[float | None] = effects if effects is not None else [None] * len(names)
    signed = (
        None if effects is None else [v if form == "additive" else math.log(v) for v in effects]
    )
    change = None if signed is None else math.fsum(signed)
    size = None if signed is None else math.fsum(abs(v) for v in signed)
    scale = abs(e0) if form == "additive" and e0 else 1.0
    out = []
    for k, name in enumerate(names):
        of_change = of_absolute = None
        if signed is not None and change is not None and abs(change) > SMALL_CHANGE * scale:
            of_change = signed[k] / change
        if signed is not None and size:
            of_absolute = abs(signed[k]) / size
        shares = {"share_of_change": of_change, "share_of_absolute": of_absolute}
        out.append(key | {"factor": name, "effect": values[k]} | shares)
    total = None
    if e0 is not None and e1 is not None:
        total = e1 - e0 if form == "additive" else e1 / e0 if e0 else None
    nothing = {"share_of_change": None, "share_of_absolute": None}
    out.append(key | {"factor": "total", "effect": total} | nothing)
    return out


def _problems(
    table: pl.DataFrame,
    needed: Sequence[str],
    choices: Sequence[tuple[str, tuple[str, ...]]],
    sector: str | None,
) -> list[str]:
    problems = []
    for value, allowed in choices:
        if value not in allowed:
            problems.append(f"{value!r}: {', '.join(allowed)}")
    for name in needed:
        below = (table.get_column(name) < 0).arg_true().to_list()
        if below:
            lines = ", ".join(str(i + 2) for i in below[:5])
            problems.append(f"{name}: 第 {lines} 行为负，对数无定义 · negative in line(s) {lines}")
    if YEAR not in table.columns:
        problems.append("缺少列 · missing column 'year'")
    else:
        counts = table.group_by(ENTITY, maintain_order=True).agg(pl.col(YEAR).n_unique())
        short = counts.filter(pl.col(YEAR) < 2)[ENTITY].to_list()
        problems += [
            f"{name}: 只有一个年份，无变化可分解 · one year only: nothing to decompose"
            for name in short[:5]
        ]
    if sector and sector not in table.columns:
        problems.append(f"缺少列 · missing column {sector!r}")
    return problems


def _product_problems(table: pl.DataFrame, names: Sequence[str], target: str | None) -> list[str]:
    problems = []
    for k, name in enumerate(names):
        endless = table.get_column(f"x{k}").is_infinite().fill_null(False).arg_true().to_list()
        if endless:
            problems.append(
                f"{name}: 第 {_lines(endless)} 行分母为 0 而分子不为 0 · x/0 in line(s)"
            )
    if target is None or problems:
        return problems
    product = reduce(operator.mul, (pl.col(f"x{k}") for k in range(len(names))))
    gap = (product - pl.col(target)).abs() > 1e-6 * pl.col(target).abs()
    gap = gap & product.is_not_nan()
    wrong = table.select(gap.fill_null(False).alias("gap"))["gap"].arg_true().to_list()
    if wrong:
        problems.append(
            f"各因素之积不等于 {target}（第 {_lines(wrong)} 行）：检查链与单位 · "
            f"product of the chain is not {target} in line(s) {_lines(wrong)}: check chain and units"
        )
    return problems


def _lines(at: Sequence[int]) -> str:
    return ", ".join(str(i + 2) for i in at[:5])


def _warn(
    table: pl.DataFrame, out: pl.DataFrame, how: tuple[str, str], needed: Sequence[str]
) -> list[str]:
    mode, form = how
    warnings = []
    if mode == "chained":
        warnings.append(
            "逐年链式求和，与首尾两年直接分解不同 · chained year by year: differs from end-to-end"
        )
    zeros = [name for name in needed if (table.get_column(name) == 0).any()]
    unknown = out.filter(pl.col("effect").is_null()).height
    if unknown and form == "multiplicative" and zeros:
        warnings.append(
            f"{unknown} 行为空：有未知值，或总量从 0 或到 0 变化（乘法形式无定义，请用加法） · {unknown} row(s) "
            "empty: a value is unknown, or a total is 0 (no multiplicative form: take the additive one)"
        )
    elif unknown:
        warnings.append(f"{unknown} 行因未知值为空 · {unknown} row(s) empty: a value is unknown")
    if zeros:
        warnings.append(f"有零值，按所选方法处理 · zero values in: {', '.join(zeros)}")
    years = table[YEAR].unique().sort()
    if mode == "chained" and years.len() > 1 and (years.diff().drop_nulls() > 1).any():
        warnings.append("年份不连续，跨度不等 · years have gaps: spans of unequal length")
    tiny = out.filter((pl.col("factor") != "total") & pl.col("share_of_change").is_null()).height
    if tiny:
        warnings.append(
            f"{tiny} 行总变化不到期初的 1%，不给对变化的占比 · "
            f"{tiny} row(s): total change below 1 % of the start, no share of change"
        )
    return warnings


def contributions(result: Result) -> Mapping[str, float]:
    """Factor → effect of the last span of a result with one entity (for a waterfall)."""
    spans = result.table.filter(pl.col("span") != "year")
    return dict(spans.select("factor", "effect").iter_rows())
