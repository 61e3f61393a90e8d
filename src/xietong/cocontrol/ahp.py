"""Analytic hierarchy process: weights of a judgement matrix and its consistency."""

from collections.abc import Sequence
from importlib import resources

import numpy as np
import numpy.typing as npt
import polars as pl

from xietong.cocontrol.panel import refuse
from xietong.cocontrol.result import Result

Array = npt.NDArray[np.float64]

FORMULA = "w = principal eigenvector of A, Σw = 1; CI = (λmax − n)/(n − 1); CR = CI/RI"
ACCEPTED = 0.10
RECIPROCAL_TOLERANCE = 0.02  # 0.33 for 1/3 is how people type it


def ahp_weights(
    matrix: Sequence[Sequence[float]],
    names: Sequence[str],
    *,
    random_index: str = "saaty-1.12",
    method: str = "eigenvector",
) -> Result:
    """Weights of a pairwise comparison matrix, one row per name; they sum to 1.

    ``matrix[i][j]`` says how much more i counts than j (1 to 9 and reciprocals). ``method``:
    ``eigenvector``, or the approximations ``geometric-mean`` and ``column-sum`` that differ in
    the third digit. Two tables of the random index circulate; ``random_index`` names the one
    taken. For n < 3 the consistency ratio is 0 by definition.

    Source
    ------
    Saaty's method; the random indices stand in ``tables/random_index.csv`` (unverified).

    Examples
    --------
    >>> result = ahp_weights([[1, 2, 4], [1 / 2, 1, 2], [1 / 4, 1 / 2, 1]], ["a", "b", "c"])
    >>> result.table["weight"].round(4).to_list(), round(abs(result.details["cr"]), 9)
    ([0.5714, 0.2857, 0.1429], 0.0)
    """
    a = np.array(matrix, dtype=float)
    refuse(_problems(a, names), "判断矩阵 judgement matrix")
    n = len(a)
    vector = _vector(a, method)
    largest = float(((a @ vector) / vector).mean())
    ci = (largest - n) / (n - 1) if n > 1 else 0.0
    ri = _random_index(random_index, n)
    cr = ci / ri if n > 2 else 0.0
    warnings = []
    if cr >= ACCEPTED:
        warnings.append(
            f"一致性比例 CR = {cr:.4f} ≥ 0.10，判断矩阵应修改 · CR ≥ 0.10: revise the judgements"
        )
    table = pl.DataFrame({"indicator": list(names), "weight": vector})
    details = {"lambda_max": largest, "ci": ci, "ri": ri, "cr": cr, "accepted": cr < ACCEPTED}
    return Result(FORMULA, method, table, f"RI {random_index}", details, tuple(warnings))


def random_index_table() -> pl.DataFrame:
    """The random indices by ``table`` and ``n``, with source and confidence."""
    path = resources.files("xietong.cocontrol") / "tables" / "random_index.csv"
    return pl.read_csv(path.read_bytes())


def _vector(a: Array, method: str) -> Array:
    if method == "geometric-mean":
        vector = np.exp(np.log(a).mean(axis=1))
    elif method == "column-sum":
        vector = (a / a.sum(axis=0)).mean(axis=1)
    elif method == "eigenvector":
        values, vectors = np.linalg.eig(a)
        vector = np.abs(vectors[:, int(np.argmax(values.real))].real)
    else:
        refuse([f"{method!r}: eigenvector, geometric-mean, column-sum"], "方法 method")
    return np.asarray(vector / vector.sum())


def _random_index(name: str, n: int) -> float:
    rows = random_index_table().filter(pl.col("table") == name, pl.col("n") == n)
    if rows.height != 1:
        refuse([f"没有 RI · no random index for table {name!r}, n = {n}"], "判断矩阵")
    return float(rows["value"][0])


def _problems(a: Array, names: Sequence[str]) -> list[str]:
    if a.ndim != 2 or a.shape[0] != a.shape[1] or len(names) != len(a):
        return [f"矩阵须为方阵且与名称同数 · shape {a.shape} for {len(names)} names"]
    problems = []
    for i in range(len(a)):
        for j in range(i, len(a)):
            pair = f"({names[i]}, {names[j]})"
            if not (np.isfinite(a[i, j]) and a[i, j] > 0 and a[j, i] > 0):
                problems.append(f"{pair}: 须为正数 · must be positive")
            elif abs(a[i, j] * a[j, i] - 1) > RECIPROCAL_TOLERANCE:
                problems.append(
                    f"{pair}: a_ij·a_ji = {a[i, j] * a[j, i]:.4g} ≠ 1，不互反 · not reciprocal"
                )
    return problems
