"""Coupling coordination degree: C how equal the subsystems are, T how high, D both."""

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations

import polars as pl

from xietong.cocontrol.levels import scheme_names, with_level
from xietong.cocontrol.panel import check_panel, refuse
from xietong.cocontrol.result import Result

LAGGING = (0.8, 1.2)  # relative development degree, usual thresholds


Indices = Sequence[pl.Expr]


@dataclass(frozen=True)
class Variant:
    """A way to compute C; ``maximum`` is what C reaches when all subsystems are equal.

    ``degree`` takes the indices over the highest of them (nothing underflows that way, and all forms
    but the modified one depend on ratios only), the indices themselves, and the exponent.
    """

    formula: str
    degree: Callable[[Indices, Indices, float], pl.Expr]
    maximum: Callable[[int], float]
    note: str


def _product(values: Indices) -> pl.Expr:
    return reduce(operator.mul, values)


def _sum(values: Indices) -> pl.Expr:
    return reduce(operator.add, values)


def _evenness(ratios: Indices) -> pl.Expr:
    return _product(ratios) / (_sum(ratios) / len(ratios)) ** len(ratios)


def _standard(ratios: Indices, indices: Indices, exponent: float) -> pl.Expr:
    return _evenness(ratios) ** (1 / len(ratios))


def _power(ratios: Indices, indices: Indices, exponent: float) -> pl.Expr:
    return _evenness(ratios) ** exponent


def _unnormalised(ratios: Indices, indices: Indices, exponent: float) -> pl.Expr:
    return _product(ratios) ** (1 / len(ratios)) / _sum(ratios)


def _pairwise_raw(ratios: Indices, indices: Indices, exponent: float) -> pl.Expr:
    n = len(ratios)
    below = _product([a + b for a, b in combinations(ratios, 2)]) ** (2 / (n - 1))
    return (_product(ratios) / below) ** (1 / n)


def _pairwise(ratios: Indices, indices: Indices, exponent: float) -> pl.Expr:
    return 2 * _pairwise_raw(ratios, indices, exponent)


def _modified(ratios: Indices, indices: Indices, exponent: float) -> pl.Expr:
    n = len(indices)
    gaps = _sum([(a - b).abs() for a, b in combinations(indices, 2)])
    even = (1 - gaps / sum(range(1, n))).clip(0.0)
    return (even * _product(ratios) ** (1 / (n - 1))) ** 0.5


VARIANTS: Mapping[str, Variant] = {
    "standard": Variant(
        "C = [ΠU_i / (ΣU_i/n)^n]^(1/n)", _standard, lambda n: 1.0, "C 最大为 1 · C reaches 1"
    ),
    "power": Variant(
        "C = [ΠU_i / (ΣU_i/n)^n]^k",
        _power,
        lambda n: 1.0,
        "廖重斌式，k 为调节系数（常取 2 至 5）；库布齐一文 n=2, k=2 · Liao form; Kubuqi paper: n = 2, k = 2",
    ),
    "modified-2021": Variant(
        "C = √{[1 − Σ_{i>j}|U_i−U_j| / Σ_{m=1}^{n−1} m] · (Π U_i/max U)^(1/(n−1))}",
        _modified,
        lambda n: 1.0,
        "王淑佳等 2021 修正式（公式未逐字核对）· modified form, equation not re-read",
    ),
    "unnormalised": Variant(
        "C = (ΠU_i)^(1/n) / ΣU_i",
        _unnormalised,
        lambda n: 1 / n,
        "未归一化误用式，C 最大 1/n · misuse found in papers, C reaches 1/n only",
    ),
    "pairwise-unnormalised": Variant(
        "C = [ΠU_i / Π_{i<j}(U_i+U_j)^(2/(n−1))]^(1/n)",
        _pairwise_raw,
        lambda n: 0.5,
        "三系统两两相加未归一化式，C 最大 0.5 · pairwise form, C reaches 0.5 only",
    ),
    "pairwise": Variant(
        "C = 2·[ΠU_i / Π_{i<j}(U_i+U_j)^(2/(n−1))]^(1/n)",
        _pairwise,
        lambda n: 1.0,
        "两两相加式归一化 · the pairwise form, normalised",
    ),
}


def coupling_coordination(
    table: pl.DataFrame,
    subsystems: Sequence[str],
    *,
    variant: str = "standard",
    exponent: float = 2.0,
    weights: Mapping[str, float] | None = None,
    scheme: str = "ten-class",
) -> Result:
    """C, T, D and level, one row per row of ``table``.

    ``table``: one row per entity and year; each subsystem column is an index on 0..1 [1].
    T = Σ a_i U_i with the weights ``a`` (equal unless given), D = √(C·T). Adds ``c``, ``t``, ``d``,
    ``level_zh``, ``level_en``, ``lagging`` (the lowest subsystem) and ``balance`` (lowest over
    highest; below 0.8 the lowest lags behind). Null in one subsystem gives null. Where a subsystem
    is 0, C = 0. D is the degree that papers rank by; C alone says nothing about the level.

    Source
    ------
    chinaxiv-202101-00006, equations 1 to 6 (``power``); ``standard`` is the same with k = 1/n.

    Examples
    --------
    >>> table = pl.DataFrame({"entity": ["a"], "year": [2017], "air": [0.64], "carbon": [0.36]})
    >>> coupling_coordination(table, ["air", "carbon"]).table.select("c", "t", "d", "level_zh").row(0)
    (0.96, 0.5, 0.6928203230275509, '初级协调')
    """
    table = check_panel(table, subsystems, where="耦合协调 coupling coordination")
    a = _weights(subsystems, weights)
    refuse(_problems(table, subsystems, (variant, scheme), a), "耦合协调 coupling coordination")
    chosen = VARIANTS[variant]
    some_zero = pl.any_horizontal(pl.col(name) == 0 for name in subsystems)
    indices = [pl.col(name) for name in subsystems]
    ratios = [one / pl.max_horizontal(*subsystems) for one in indices]
    out = table.with_columns(
        c=pl.when(some_zero).then(0.0).otherwise(chosen.degree(ratios, indices, exponent)),
        t=reduce(operator.add, (pl.col(name) * a[name] for name in subsystems)),
    ).with_columns(pl.col("c").clip(0.0, 1.0))
    known = pl.all_horizontal(pl.col(name).is_not_null() for name in subsystems)
    out = out.with_columns(pl.when(known).then(pl.col(name)).alias(name) for name in ("c", "t"))
    out = with_level(out.with_columns(d=(pl.col("c") * pl.col("t")).sqrt()), "d", scheme)
    out = out.with_columns(
        lagging=pl.when(known).then(_lowest(subsystems)),
        balance=pl.when(known).then(
            pl.min_horizontal(*subsystems) / pl.max_horizontal(*subsystems).replace(0.0, None)
        ),
    )
    label = f"{variant}, k = {exponent:g}" if variant == "power" else variant
    details = {"t_weights": a, "note": chosen.note, "c_maximum": chosen.maximum(len(subsystems))}
    warnings = _warn(out, subsystems, chosen, weights is None)
    formula = f"{chosen.formula}; T = Σ a_i·U_i; D = √(C·T)"
    return Result(formula, label, out, scheme, details, tuple(warnings))


def _weights(subsystems: Sequence[str], weights: Mapping[str, float] | None) -> dict[str, float]:
    if weights is None:
        return {name: 1 / len(subsystems) for name in subsystems}
    total = sum(weights.values())
    return {name: weights.get(name, math.nan) / total if total else math.nan for name in subsystems}


def _lowest(subsystems: Sequence[str]) -> pl.Expr:
    low = pl.min_horizontal(*subsystems)
    high = pl.max_horizontal(*subsystems)
    expression = pl.lit(None, dtype=pl.String)
    for name in reversed(subsystems):
        expression = pl.when(pl.col(name) == low).then(pl.lit(name)).otherwise(expression)
    return pl.when(low < LAGGING[0] * high).then(expression)


def _problems(
    table: pl.DataFrame,
    subsystems: Sequence[str],
    chosen: tuple[str, str],
    a: Mapping[str, float],
) -> list[str]:
    variant, scheme = chosen
    problems = []
    if len(subsystems) < 2 or len(set(subsystems)) < len(subsystems):
        problems.append("至少两个不同的子系统 · two different subsystems at least")
    if scheme not in scheme_names("d"):
        names = ", ".join(scheme_names("d"))
        problems.append(f"没有 D 的等级方案 · no level scheme of D {scheme!r}: {names}")
    if variant not in VARIANTS:
        problems.append(f"没有变体 · no variant {variant!r}: {', '.join(VARIANTS)}")
    for name, weight in a.items():
        if not math.isfinite(weight) or weight < 0:
            problems.append(f"{name}: 权重缺失或为负 · weight missing or negative")
    for name in dict.fromkeys(subsystems):
        column = table.get_column(name)
        outside = ((column < -1e-12) | (column > 1 + 1e-12)).arg_true().to_list()
        if outside:
            percent = column.max()
            hint = (
                "；看似百分数，请除以 100 · looks like percent: divide by 100"
                if isinstance(percent, float) and 2 < percent <= 100
                else ""
            )
            lines = ", ".join(str(i + 2) for i in outside[:5])
            problems.append(
                f"{name}: 第 {lines} 行不在 0 到 1 之间，先标准化 · "
                f"line(s) {lines} not on 0..1, normalise first{hint}"
            )
    return problems


def _warn(out: pl.DataFrame, subsystems: Sequence[str], chosen: Variant, equal: bool) -> list[str]:
    warnings = []
    top = chosen.maximum(len(subsystems))
    if top < 1:
        warnings.append(
            f"此变体的 C 最大只有 {top:g}，D 随之偏低，等级不可与标准式相比 · "
            f"C reaches only {top:g}: D is lower and its levels cannot be compared with the standard form"
        )
    alone = out.filter((pl.col("c") >= 0.8) & (pl.col("t") < 0.4)).height
    if alone:
        warnings.append(
            f"{alone} 行 C ≥ 0.8 而 T < 0.4：低水平上的均衡。不要把 C 当作 D · "
            f"{alone} row(s) with C ≥ 0.8 but T < 0.4: equal at a low level; do not report C as D"
        )
    for name in subsystems:
        values = out.get_column(name).drop_nulls()
        if out.height > 1 and values.n_unique() == 1:
            warnings.append(f"{name} 全表不变 · {name} is constant over the table")
    zero = out.filter(pl.any_horizontal(pl.col(name) == 0 for name in subsystems)).height
    if zero:
        warnings.append(
            f"{zero} 行有子系统为 0，C 与 D 为 0（常由最小值标准化造成）· "
            f"{zero} row(s) have a subsystem at 0, so C = D = 0 (often only the sample minimum)"
        )
    if equal:
        warnings.append("T 用等权（缺省）；权重应由使用者给定 · T with equal weights, the default")
    gaps = out["d"].null_count()
    if gaps:
        warnings.append(f"{gaps} 行有未知子系统，结果为空 · {gaps} row(s) unknown, result empty")
    return warnings
