"""STIRPAT by ridge regression: elasticities of emissions to population, affluence and technology."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from xietong.cocontrol.panel import check_panel, refuse
from xietong.cocontrol.result import Result

FORMULA = "ln I = a + Σ b_j·ln x_j; ridge on standardised ln x: β(k) = (R + kI)⁻¹ r"
TRACE = tuple(round(k / 100, 2) for k in range(101))
STEADY = (
    0.01  # the trace is steady when no standardised coefficient moves by more, per step of 0.01
)
VIF_HIGH = 10.0

Array = npt.NDArray[np.float64]


def stirpat(
    table: pl.DataFrame,
    impact: str,
    drivers: Sequence[str],
    *,
    k: float | None = None,
) -> Result:
    """Elasticities with the ridge constant ``k``, one row per driver and one for the constant.

    ``table``: one row per year (or entity and year); all columns > 0. Columns: ``ols`` with its
    ``ols_p`` and ``vif`` before ridge, ``ridge`` at ``k``, ``beta`` (standardised). ``k`` None takes the
    first k of the trace (0 to 1 by 0.01) from which no standardised coefficient moves by more than
    0.01 a step and every ridge VIF is below 10; the rule and the trace are in ``details``. With all
    VIF below 10 at k = 0 ordinary least squares is kept.

    Source
    ------
    Dietz and Rosa's STIRPAT, Hoerl and Kennard's ridge trace (unverified: not re-read).

    Examples
    --------
    >>> import math
    >>> p, a = [1.0, 2.0, 3.0, 5.0, 8.0], [1.0, 4.0, 2.0, 8.0, 5.0]
    >>> table = pl.DataFrame({"year": range(5), "p": p, "a": a, "i": [2 * x * math.sqrt(y) for x, y in zip(p, a)]})
    >>> stirpat(table, "i", ["p", "a"]).table.select("driver", pl.col("ridge").round(6)).rows()
    [('constant', 0.693147), ('p', 1.0), ('a', 0.5)]
    """
    names = [impact, *drivers]
    keys = [key for key in ("entity", "year") if key in table.columns]
    table = check_panel(table, names, keys=keys or ("entity", "year"), where="STIRPAT")
    rows = table.select(names).drop_nulls()
    refuse(_problems(rows, names), "STIRPAT")
    logs = np.log(rows.to_numpy())
    y, x = logs[:, 0], logs[:, 1:]
    ols = _ols(y, x)
    mean, spread = x.mean(axis=0), x.std(axis=0)
    z, target = (x - mean) / spread, (y - y.mean()) / y.std()
    correlation, with_target = z.T @ z / len(z), z.T @ target / len(z)
    trace = [(step, *_ridge(correlation, with_target, step)) for step in TRACE]
    chosen = _choose(trace) if k is None else float(k)
    beta, ridge_vif = _ridge(correlation, with_target, chosen)
    slopes = beta * y.std() / spread
    constant = float(y.mean() - slopes @ mean)
    fitted = constant + x @ slopes
    r2 = 1 - float(((y - fitted) ** 2).sum() / ((y - y.mean()) ** 2).sum())
    out = pl.DataFrame(
        {
            "driver": ["constant", *drivers],
            "ridge": [constant, *slopes.tolist()],
            "beta": [None, *beta.tolist()],
            "vif": [None, *ols["vif"]],
            "ridge_vif": [None, *ridge_vif.tolist()],
            "ols": ols["params"],
            "ols_p": ols["p"],
        }
    )
    shown = pl.DataFrame(
        [
            {"k": step, **dict(zip(drivers, b.tolist(), strict=True)), "vif_max": float(v.max())}
            for step, b, v in trace
        ]
    )
    rule = "given" if k is not None else "steady trace (0.01 per step) and every ridge VIF < 10"
    details = {
        "k": chosen,
        "k_rule": rule,
        "r2": r2,
        "ols_r2": ols["r2"],
        "rows": len(y),
        "trace": shown,
    }
    warnings = _warn(table.height - len(y), len(y), chosen, out)
    return Result(FORMULA, f"ridge, k = {chosen:g}", out, rule, details, tuple(warnings))


def _ridge(correlation: Array, with_target: Array, k: float) -> tuple[Array, Array]:
    inverse = np.linalg.inv(correlation + k * np.eye(len(correlation)))
    return inverse @ with_target, np.diag(inverse @ correlation @ inverse)


def _choose(trace: Sequence[tuple[float, Array, Array]]) -> float:
    if trace[0][2].max() < VIF_HIGH:
        return 0.0
    moves = [float(np.abs(b[1] - a[1]).max()) for a, b in pairwise(trace)]
    for i, (step, _, vif) in enumerate(trace[:-1]):
        if vif.max() < VIF_HIGH and all(move <= STEADY for move in moves[i:]):
            return step
    return trace[-1][0]


def _ols(y: Array, x: Array) -> dict[str, Any]:
    import statsmodels.api as sm
    from statsmodels.stats.outliers_influence import variance_inflation_factor

    design = sm.add_constant(x, has_constant="add")
    fit = sm.OLS(y, design).fit()
    vif = [float(variance_inflation_factor(design, j + 1)) for j in range(x.shape[1])]
    return {
        "params": [float(v) for v in fit.params],
        "p": [float(v) for v in fit.pvalues],
        "vif": vif if x.shape[1] > 1 else [1.0],
        "r2": float(fit.rsquared),
    }


def _problems(rows: pl.DataFrame, names: Sequence[str]) -> list[str]:
    problems = []
    if len(set(names)) < len(names):
        problems.append("因变量与驱动列重复 · a column comes twice")
    if rows.height <= len(names):
        problems.append(
            f"{rows.height} 个完整的行不足以估计 {len(names)} 个系数 · "
            f"{rows.height} complete rows cannot give {len(names)} coefficients"
        )
        return problems
    for name in names:
        column = rows.get_column(name)
        if (column <= 0).any():
            problems.append(f"{name}: 须大于 0 才能取对数 · must be above 0 for a logarithm")
        elif column.n_unique() == 1:
            problems.append(f"{name}: 全列相同 · constant")
    if not problems:
        logs = np.log(rows.select(names[1:]).to_numpy())
        rank = int(np.linalg.matrix_rank(logs - logs.mean(axis=0)))
        if rank < len(names) - 1:
            problems.append(
                "驱动因素完全共线（有一列可由其余列算出）· the drivers are exactly collinear: drop one"
            )
    return problems


def _warn(gaps: int, n: int, k: float, out: pl.DataFrame) -> list[str]:
    warnings = []
    drivers = out.filter(pl.col("driver") != "constant")
    m, vif, ridge_vif = drivers.height, drivers["vif"].to_list(), drivers["ridge_vif"].to_list()
    if gaps:
        warnings.append(f"{gaps} 行有未知值，未用 · {gaps} row(s) with gaps left out")
    if n < 10 * m:
        warnings.append(f"{n} 行、{m} 个因素，样本偏小 · {n} rows for {m} drivers: a small sample")
    if max(vif) >= VIF_HIGH:
        warnings.append(
            f"VIF 最大 {max(vif):.1f}，共线性强 · VIF up to {max(vif):.1f}: strong collinearity"
        )
    if k >= TRACE[-1]:
        warnings.append("岭迹到 k = 1 仍不稳定 · the trace is not steady up to k = 1")
    elif max(ridge_vif) >= VIF_HIGH:
        warnings.append("所选 k 下 VIF 仍 ≥ 10 · VIF still ≥ 10 at this k")
    turned = out.filter((pl.col("ridge") * pl.col("ols") < 0) & (pl.col("driver") != "constant"))
    if turned.height:
        warnings.append(f"岭回归改变了符号 · sign differs from OLS: {', '.join(turned['driver'])}")
    return warnings
