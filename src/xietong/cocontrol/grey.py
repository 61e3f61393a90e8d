"""Grey relation: how closely series follow a reference series."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from xietong.cocontrol.panel import refuse
from xietong.cocontrol.result import Result

Array = npt.NDArray[np.float64]

FORMULA = "γ_i = mean_k (Δmin + ρ·Δmax)/(Δ_i(k) + ρ·Δmax), Δ_i(k) = |x0(k) − x_i(k)|"
SCALINGS = ("initial", "mean", "min-max")


def grey_relation(
    table: pl.DataFrame,
    reference: str,
    compared: Sequence[str],
    *,
    rho: float = 0.5,
    scaling: str = "mean",
) -> Result:
    """Grey relational degree of each compared column with the reference column, and its rank.

    ``table`` has one row per year (or entity). Each series is made dimensionless first: divided
    by its ``initial`` value or its ``mean``, or ``min-max``; the degree depends on that choice and on
    ``rho``, so both are named. Rows with an unknown value are left out, and that is said.

    Source
    ------
    Deng's grey relation by its usual definition, ρ = 0.5 (unverified).

    Examples
    --------
    >>> table = pl.DataFrame({"year": [1, 2, 3], "co2": [1.0, 2.0, 3.0], "so2": [2.0, 4.0, 6.0], "nox": [3.0, 2.0, 1.0]})
    >>> grey_relation(table, "co2", ["so2", "nox"]).table["degree"].round(4).to_list()
    [1.0, 0.5556]
    """
    names = [reference, *compared]
    rows = table.select(names).drop_nulls()
    warnings = []
    if rows.height < table.height:
        gaps = table.height - rows.height
        warnings.append(f"{gaps} 行有未知值，未参与计算 · {gaps} row(s) with gaps left out")
    x = rows.to_numpy().astype(float)
    refuse(_problems(x, names, scaling, rho), "灰色关联 grey relation")
    if scaling == "initial":
        x = x / x[0]
    elif scaling == "mean":
        x = x / x.mean(axis=0)
    else:
        x = (x - x.min(axis=0)) / np.ptp(x, axis=0)
    delta = np.abs(x[:, [0]] - x[:, 1:])
    low, high = delta.min(), delta.max()
    gamma = (
        np.ones(len(compared)) if high == 0 else ((low + rho * high) / (delta + rho * high)).mean(0)
    )
    out = pl.DataFrame({"series": list(compared), "degree": gamma}).with_columns(
        rank=pl.col("degree").rank("ordinal", descending=True).cast(pl.Int64)
    )
    return Result(FORMULA, f"ρ = {rho:g}, {scaling} scaling", out, warnings=tuple(warnings))


def _problems(x: Array, names: Sequence[str], scaling: str, rho: float) -> list[str]:
    if scaling not in SCALINGS:
        return [f"没有无量纲化方法 · no scaling {scaling!r}: {SCALINGS}"]
    problems = [] if 0 < rho <= 1 else [f"ρ = {rho} 应在 (0, 1] · ρ must lie in (0, 1]"]
    if len(x) < 2:
        return [*problems, f"完整的行只有 {len(x)} · {len(x)} complete row(s), two needed"]
    divisor = {"initial": x[0], "mean": x.mean(axis=0), "min-max": np.ptp(x, axis=0)}[scaling]
    return problems + [
        f"{name}: {scaling} 的除数为 0 · divisor of scaling {scaling} is 0"
        for name, value in zip(names, divisor, strict=True)
        if value == 0
    ]
