"""Synergy degree of a composite system: do the subsystems become more ordered together?"""

import operator
from collections.abc import Mapping, Sequence
from functools import reduce

import polars as pl

from xietong.cocontrol.indicator import Indicator
from xietong.cocontrol.panel import YEAR, check_panel, keys_of, refuse
from xietong.cocontrol.result import Result

FORMULAS = {
    "geometric": "S = θ·(Π_j |Δu_j|)^(1/k), θ = +1 if min_j Δu_j > 0 else −1",
    "weighted": "S = θ·Σ_j λ_j·|Δu_j|, θ = +1 if min_j Δu_j > 0 else −1",
}
BOUNDS = {
    "sample": "β = min, α = max of the sample",
    "stretched": "β = 0.9·min, α = 1.1·max of the sample",
    "targets": "β and α given, for instance planning targets",
}
SMALL = 1e-12


def composite_synergy(
    table: pl.DataFrame,
    indicators: Sequence[Indicator],
    *,
    bounds: str = "stretched",
    order: str = "geometric",
    combination: str = "geometric",
    base: str = "chain",
    base_year: int | None = None,
    weights: Mapping[str, float] | None = None,
) -> Result:
    """Order degrees ``u_*``, their changes ``delta_*`` and the synergy degree ``s`` by year.

    ``table``: one row per entity and year with the order parameters (indicator columns, grouped by
    ``subsystem``). ``bounds`` names how the critical values β, α were chosen (with ``targets`` each
    indicator brings ``lower`` and ``upper``). ``order``: geometric mean or ``linear`` weighted sum of the
    order parameters. ``base``: ``chain`` compares with the year before in the table, ``fixed`` with
    ``base_year`` (the first year when none is given); the two are different series. S lies in −1..1;
    it is −1·… as soon as one subsystem falls, even when all others rise: ``falling`` names which.

    Source
    ------
    孟庆松、韩文秀 2000 (unverified: not re-read).

    Examples
    --------
    >>> table = pl.DataFrame({"entity": ["a"] * 2, "year": [2020, 2021], "x": [2.0, 4.0], "y": [8.0, 6.0]})
    >>> order = [Indicator("x", subsystem="p", lower=0, upper=10), Indicator("y", "negative", "c", lower=0, upper=10)]
    >>> composite_synergy(table, order, bounds="targets").table["s"].to_list()
    [None, 0.2]
    """
    groups = _groups(indicators)
    names = [one.column for one in indicators]
    table = check_panel(table, names, where="复合系统 composite system", minimum_rows=2)
    choices = (
        (bounds, tuple(BOUNDS), "bounds"),
        (order, ("geometric", "linear"), "order"),
        (combination, tuple(FORMULAS), "combination"),
        (base, ("chain", "fixed"), "base"),
    )
    refuse(_problems(table, indicators, groups, bounds, choices), "复合系统 composite system")
    limits = {one.column: _limits(table.get_column(one.column), one, bounds) for one in indicators}
    share = _shares(groups, weights)
    out = table.with_columns(
        _order_parameter(one, *limits[one.column]).alias(f"e_{one.column}") for one in indicators
    )
    out = out.with_columns(
        _order_degree(members, order).alias(f"u_{name}") for name, members in groups.items()
    )
    entity = [key for key in keys_of(table) if key != YEAR]
    out = out.sort([*entity, YEAR])
    out = _with_changes(out, list(groups), entity, base, base_year)
    out = _with_synergy(out, list(groups), combination, share)
    keep = [*keys_of(table), "from_year"]
    keep += [f"u_{g}" for g in groups] + [f"delta_{g}" for g in groups] + ["theta", "s", "falling"]
    frame = pl.DataFrame(
        [
            {"indicator": n, "beta": low, "alpha": high, "bounds": bounds}
            for n, (low, high) in limits.items()
        ]
    )
    label = f"{order} order degree, {combination} synergy, {base} base"
    details = {"bounds": frame, "bounds_rule": BOUNDS[bounds], "weights": share}
    final = out.select(keep)
    warnings = _warn(final, out, list(groups), indicators, limits)
    return Result(
        FORMULAS[combination], label, final, f"bounds: {bounds}", details, tuple(warnings)
    )


def _groups(indicators: Sequence[Indicator]) -> dict[str, list[Indicator]]:
    groups: dict[str, list[Indicator]] = {}
    for one in indicators:
        groups.setdefault(one.subsystem, []).append(one)
    return groups


def _limits(column: pl.Series, one: Indicator, bounds: str) -> tuple[float, float]:
    if bounds == "targets":
        return float(one.lower or 0.0), float(one.upper or 0.0)
    values = column.drop_nulls().to_list()
    low, high = float(min(values)), float(max(values))
    return (low, high) if bounds == "sample" else (0.9 * low, 1.1 * high)


def _order_parameter(one: Indicator, low: float, high: float) -> pl.Expr:
    x = pl.col(one.column)
    u = (x - low) / (high - low) if one.direction == "positive" else (high - x) / (high - low)
    return u.clip(0.0, 1.0)


def _order_degree(members: Sequence[Indicator], order: str) -> pl.Expr:
    columns = [pl.col(f"e_{one.column}") for one in members]
    if order == "geometric":
        return reduce(operator.mul, columns) ** (1 / len(columns))
    given = [one.weight for one in members]
    raw = [1.0 if w is None else w for w in given]
    return reduce(operator.add, (c * w / sum(raw) for c, w in zip(columns, raw, strict=True)))


def _with_changes(
    out: pl.DataFrame,
    groups: Sequence[str],
    entity: Sequence[str],
    base: str,
    base_year: int | None,
) -> pl.DataFrame:
    if base == "chain":

        def before(name: str) -> pl.Expr:
            shifted = pl.col(name).shift(1)
            return shifted.over(entity) if entity else shifted
    else:
        start = out[YEAR].min() if base_year is None else base_year

        def before(name: str) -> pl.Expr:
            at_start = pl.col(name).filter(pl.col(YEAR) == start).first()
            return at_start.over(entity) if entity else at_start

    out = out.with_columns(from_year=before(YEAR))
    later = pl.col("from_year") != pl.col(YEAR)
    return out.with_columns(
        pl.when(later).then(pl.col(f"u_{name}") - before(f"u_{name}")).alias(f"delta_{name}")
        for name in groups
    )


def _with_synergy(
    out: pl.DataFrame, groups: Sequence[str], combination: str, share: Mapping[str, float]
) -> pl.DataFrame:
    deltas = [pl.col(f"delta_{name}") for name in groups]
    known = pl.all_horizontal(d.is_not_null() for d in deltas)
    still = pl.any_horizontal(d.abs() <= SMALL for d in deltas)
    if combination == "geometric":
        size = reduce(operator.mul, (d.abs() for d in deltas)) ** (1 / len(deltas))
        size = pl.when(still).then(0.0).otherwise(size)
    else:
        size = reduce(operator.add, (pl.col(f"delta_{g}").abs() * share[g] for g in groups))
    low = pl.min_horizontal(*deltas)
    theta = pl.when(low > SMALL).then(1.0).when(low < -SMALL).then(-1.0).otherwise(0.0)
    falling = pl.concat_str(
        [pl.when(pl.col(f"delta_{g}") < -SMALL).then(pl.lit(g)) for g in groups],
        separator=" ",
        ignore_nulls=True,
    )
    out = out.with_columns(theta=pl.when(known).then(theta), size=size)
    return out.with_columns(
        s=pl.when(known).then(pl.col("theta") * pl.col("size") + 0.0),
        falling=pl.when(known & (low < -SMALL)).then(falling),
    )


def _shares(groups: Mapping[str, object], weights: Mapping[str, float] | None) -> dict[str, float]:
    raw = {name: 1.0 if weights is None else float(weights.get(name, 0.0)) for name in groups}
    total = sum(raw.values())
    return {name: value / total for name, value in raw.items()} if total else raw


def _warn(
    final: pl.DataFrame,
    out: pl.DataFrame,
    groups: Sequence[str],
    indicators: Sequence[Indicator],
    limits: Mapping[str, tuple[float, float]],
) -> list[str]:
    warnings = []
    mixed = final.filter(
        pl.any_horizontal(pl.col(f"delta_{g}") > SMALL for g in groups) & (pl.col("theta") < 0)
    )
    if mixed.height:
        warnings.append(
            f"{mixed.height} 行只有部分子系统下降而 S 为负：看 falling 与 delta_* 列，S 的大小不表示恶化程度 · "
            f"{mixed.height} row(s): S is negative though only some subsystems fall; read delta_*, not |S|"
        )
    zero = out.filter(pl.any_horizontal(pl.col(f"u_{g}") == 0 for g in groups)).height
    if zero:
        warnings.append(
            f"{zero} 行有序度为 0：某序参量落在下临界值（几何平均使其归零）· "
            f"{zero} row(s) with order degree 0: one order parameter sits at its bound"
        )
    cut = sum(
        int(((out[i.column] < limits[i.column][0]) | (out[i.column] > limits[i.column][1])).sum())
        for i in indicators
    )
    if cut:
        warnings.append(f"{cut} 个值超出临界值，已截断 · {cut} value(s) beyond the bounds, cut")
    if final["s"].drop_nulls().is_empty():
        warnings.append("没有可比的两个年份 · no pair of years to compare")
    return warnings


def _problems(
    table: pl.DataFrame,
    indicators: Sequence[Indicator],
    groups: Mapping[str, Sequence[Indicator]],
    bounds: str,
    choices: Sequence[tuple[str, tuple[str, ...], str]],
) -> list[str]:
    problems = []
    for value, allowed, what in choices:
        if value not in allowed:
            problems.append(f"{what} = {value!r}: {', '.join(allowed)}")
    if len(groups) < 2:
        problems.append("至少两个子系统 · two subsystems at least")
    if YEAR not in table.columns:
        problems.append("缺少列 · missing column 'year'")
    for one in indicators:
        if one.direction == "moderate":
            problems.append(
                f"{one.column}: 序参量只能正向或负向 · moderate is not an order parameter"
            )
        if bounds == "targets" and (
            one.lower is None or one.upper is None or one.lower >= one.upper
        ):
            problems.append(f"{one.column}: 缺上下临界值 · lower and upper needed, lower < upper")
        values = table.get_column(one.column).drop_nulls()
        if bounds != "targets" and (values.is_empty() or values.n_unique() == 1):
            problems.append(f"{one.column}: 没有变化，临界值相同 · constant or empty: no bounds")
        if bounds == "stretched" and not values.is_empty() and float(values.min() or 0) < 0:  # type: ignore[arg-type]
            problems.append(
                f"{one.column}: 有负值，0.9/1.1 伸缩无意义 · negative: stretched bounds fail"
            )
    return problems
