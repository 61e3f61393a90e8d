"""Weights from the data themselves, and the combination of two sets of weights."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from xietong.cocontrol.panel import refuse
from xietong.cocontrol.result import Result
from xietong.errors import TableError

Array = npt.NDArray[np.float64]

FORMULAS = {
    "equal": "w_j = 1/n",
    "entropy": "p_ij = z_ij/Σ_i z_ij; e_j = −(1/ln m) Σ_i p_ij ln p_ij; w_j = (1−e_j)/Σ(1−e)",
    "standard-deviation": "w_j = σ(z_j)/Σσ(z)",
    "maximum-deviation": "w_j = Σ_i Σ_k |z_ij − z_kj| / Σ_j Σ_i Σ_k |z_ij − z_kj|",
    "variation": "w_j = (s_j/x̄_j)/Σ(s/x̄)",
}
METHODS = tuple(FORMULAS)


def data_weights(
    table: pl.DataFrame,
    columns: Sequence[str],
    method: str = "entropy",
    *,
    shift: float = 0.0,
    ddof: int = 0,
    constant: Sequence[str] = (),
) -> Result:
    """Objective weights of the columns of a table, one row per indicator; they sum to 1.

    ``table`` has one row per entity and year; for all methods but ``variation`` the columns are
    normalised first (:func:`xietong.cocontrol.normalise.normalise`). ``shift`` is added to every
    normalised value before the entropy is taken, as some papers do: it changes the weights.
    ``ddof`` is 0 for the population and 1 for the sample standard deviation. Rows with an unknown
    value are left out, and that is said. Columns in ``constant`` get weight 0.

    Source
    ------
    METHODS of the field: entropy weights as in chinaxiv-202006-00126, equations 4 to 7; the others
    by their usual definitions (unverified).

    Examples
    --------
    The second column sits in one row only: least entropy, most weight.

    >>> z = pl.DataFrame({"a": [0.0, 0.5, 1.0], "b": [0.0, 0.0, 1.0]})
    >>> [round(w, 4) for w in data_weights(z, ["a", "b"]).table["weight"]]
    [0.2961, 0.7039]
    """
    if method not in FORMULAS:
        raise TableError(f"没有权重方法 · no weighting {method!r}; 可选 choose from {METHODS}")
    complete = table.select(columns).drop_nulls()
    warnings = []
    if complete.height < table.height:
        gaps = table.height - complete.height
        warnings.append(
            f"{gaps} 行有未知值，未用于定权 · {gaps} row(s) with gaps left out of the weights"
        )
    problems = _problems(complete, columns, method, shift)
    refuse(problems, f"权重 weights ({method})")
    z = complete.to_numpy().astype(float)
    raw, extra = _raw(z, method, shift, ddof)
    raw = np.where(np.isin(np.array(columns), list(constant)), 0.0, raw)
    if raw.sum() <= 0:
        refuse(["所有列都没有差异，无法定权 · no column differs between rows"], "权重 weights")
    frame = pl.DataFrame({"indicator": list(columns), "weight": raw / raw.sum(), **extra})
    if method == "entropy" and shift:
        warnings.append(
            f"熵权加了平移 {shift}，与不平移的权重不同 · entropy with shift {shift}: weights differ"
        )
    if method == "equal":
        warnings.append(
            "等权是缺省，不是评价结论；权重应由使用者给定 · equal weights are a default, not a finding"
        )
    variant = f"{method}, shift {shift:g}" if method == "entropy" else method
    if method == "standard-deviation":
        variant = f"{method}, {'population' if ddof == 0 else 'sample'}"
    return Result(FORMULAS[method], variant, frame, warnings=tuple(warnings))


def _raw(
    z: Array, method: str, shift: float, ddof: int
) -> tuple[Array, Mapping[str, Sequence[float]]]:
    if method == "equal":
        return np.ones(z.shape[1]), {}
    if method == "entropy":
        shifted = z + shift
        p = shifted / shifted.sum(axis=0)
        logs = np.log(p, out=np.zeros_like(p), where=p > 0)
        entropy = -(p * logs).sum(axis=0) / math.log(len(z))
        entropy = np.where(np.ptp(z, axis=0) == 0, 1.0, entropy) + 0.0
        divergence = np.clip(1 - entropy, 0.0, None)
        return divergence, {"entropy": entropy.tolist(), "divergence": divergence.tolist()}
    if method == "standard-deviation":
        deviation = z.std(axis=0, ddof=ddof)
        return deviation, {"standard_deviation": deviation.tolist()}
    if method == "maximum-deviation":
        total = np.abs(z[:, None, :] - z[None, :, :]).sum(axis=(0, 1))
        return total, {"total_deviation": total.tolist()}
    variation = z.std(axis=0, ddof=1) / np.abs(z.mean(axis=0))
    return variation, {"variation": variation.tolist()}


def _problems(
    complete: pl.DataFrame, columns: Sequence[str], method: str, shift: float
) -> list[str]:
    problems = []
    if complete.height < 2 and method != "equal":
        problems.append(
            f"完整的行只有 {complete.height}，至少两行 · {complete.height} complete row(s), two needed"
        )
        return problems
    for name in columns:
        column = complete.get_column(name)
        low = column.min()
        if method == "entropy" and isinstance(low, float) and low + shift < 0:
            problems.append(f"{name}: 有负值，先标准化 · negative values: normalise first")
        if method == "entropy" and float(column.sum()) + shift * complete.height <= 0:
            problems.append(f"{name}: 全列为 0，熵无定义 · all zero, entropy undefined")
        if method == "variation" and float(column.sum()) == 0:
            problems.append(f"{name}: 均值为 0，变异系数无定义 · mean 0, variation undefined")
    return problems


def combine_weights(
    subjective: pl.DataFrame,
    objective: pl.DataFrame,
    how: str = "multiplicative",
    *,
    alpha: float = 0.5,
) -> Result:
    """Two sets of weights made one; both frames have ``indicator`` and ``weight``.

    ``multiplicative`` v·u/Σ(v·u); ``linear`` α·v + (1−α)·u with α the part of the subjective set;
    ``minimum-entropy`` √(v·u)/Σ√(v·u), the least relative entropy to both (chinaxiv-201806-00039,
    equation 4); ``game`` the mix of both that lies nearest to each (α from two linear equations).

    Examples
    --------
    >>> v = pl.DataFrame({"indicator": ["a", "b"], "weight": [0.6, 0.4]})
    >>> u = pl.DataFrame({"indicator": ["a", "b"], "weight": [0.2, 0.8]})
    >>> combine_weights(v, u).table["weight"].round(4).to_list()
    [0.2727, 0.7273]
    >>> combine_weights(v, u, "linear", alpha=0.25).table["weight"].round(4).to_list()
    [0.3, 0.7]
    """
    both = subjective.select("indicator", v="weight").join(
        objective.select("indicator", u="weight"), on="indicator", how="full", coalesce=True
    )
    gaps = both.filter(pl.col("v").is_null() | pl.col("u").is_null())["indicator"].to_list()
    refuse(
        [f"{name}: 只在一组权重中 · in one set only" for name in gaps], "组合权重 combined weights"
    )
    v, u = both["v"].to_numpy(), both["u"].to_numpy()
    details: dict[str, float] = {}
    if how == "multiplicative":
        formula, mixed = "w = v·u/Σ(v·u)", v * u
    elif how == "minimum-entropy":
        formula, mixed = "w = √(v·u)/Σ√(v·u)", np.sqrt(v * u)
    elif how == "linear":
        formula, mixed = "w = α·v + (1−α)·u", alpha * v + (1 - alpha) * u
        details = {"alpha": alpha}
    elif how == "game":
        formula = "min Σ_k ‖α1·v + α2·u − w_k‖²; α normalised"
        pair = np.vstack([v, u])
        gram = pair @ pair.T
        solved = np.linalg.lstsq(gram, np.diag(gram), rcond=None)[0]
        share = np.abs(solved) / np.abs(solved).sum()
        details = {"alpha": float(share[0])}
        mixed = share @ pair
    else:
        raise TableError(
            f"没有组合方法 · no combination {how!r}: multiplicative, minimum-entropy, linear, game"
        )
    if mixed.sum() <= 0:
        refuse(["两组权重没有共同的非零项 · no indicator has weight in both"], "组合权重")
    frame = both.select("indicator", subjective="v", objective="u").with_columns(
        weight=pl.Series(mixed / mixed.sum())
    )
    return Result(formula, how, frame, details=details)
