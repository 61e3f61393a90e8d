"""TOPSIS: ranking by distance to the best and the worst."""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from xietong.cocontrol.indicator import Indicator
from xietong.cocontrol.normalise import normalise
from xietong.cocontrol.panel import keys_of, refuse
from xietong.cocontrol.result import Result

FORMULAS = {
    "weight-before": "v = w·r; D± = √Σ(v − A±)²; C = D−/(D+ + D−)  (w² inside the distance)",
    "weight-in-distance": "D± = √Σ w·(r − r±)²; C = D−/(D+ + D−)",
}


def topsis(
    table: pl.DataFrame,
    indicators: Sequence[Indicator],
    weights: Mapping[str, float],
    *,
    variant: str = "weight-before",
    scaling: str = "vector",
) -> Result:
    """Closeness to the ideal and rank, one row per row of ``table``; 1 is best.

    ``weight-before`` multiplies each scaled column by its weight, so that w² stands inside the
    distance; ``weight-in-distance`` puts w there. The two rank differently: the variant is named.
    ``scaling``: ``vector`` x/√Σx², or ``min-max``. Moderate indicators need ``min-max``. Rows with
    an unknown value get null and no rank. Ties go by the order of names.

    Source
    ------
    The two forms are told apart in the literature; both by their usual definitions (unverified).

    Examples
    --------
    >>> from xietong.cocontrol.indicator import indicators_of
    >>> table = pl.DataFrame({"entity": ["a", "b", "c"], "x": [1.0, 2.0, 3.0], "y": [3.0, 1.0, 0.0]})
    >>> topsis(table, indicators_of(["x", "y"], negative=["y"]), {"x": 0.5, "y": 0.5}).table["rank"].to_list()
    [3, 2, 1]
    """
    names = [one.column for one in indicators]
    refuse(_problems(indicators, weights, variant, scaling), "TOPSIS")
    warnings: list[str] = []
    complete = table.select(names).drop_nulls()
    gaps = table.height - complete.height
    if gaps:
        warnings.append(f"{gaps} 行有未知值，不排名 · {gaps} row(s) with gaps are not ranked")
    rows = table.filter(pl.all_horizontal(pl.col(names).is_not_null()))
    if scaling == "min-max":
        scaled = normalise(rows, indicators)
        r, warnings = scaled.table.select(names).to_numpy(), [*warnings, *scaled.warnings]
        best, worst = r.max(axis=0), r.min(axis=0)
    else:
        x = rows.select(names).to_numpy().astype(float)
        length = np.sqrt((x**2).sum(axis=0))
        r = x / np.where(length == 0, 1.0, length)
        positive = np.array([one.direction == "positive" for one in indicators])
        best = np.where(positive, r.max(axis=0), r.min(axis=0))
        worst = np.where(positive, r.min(axis=0), r.max(axis=0))
    w = np.array([weights[name] for name in names], dtype=float)
    w = w / w.sum()
    inside = w**2 if variant == "weight-before" else w
    far = np.sqrt((inside * (r - best) ** 2).sum(axis=1))
    near = np.sqrt((inside * (r - worst) ** 2).sum(axis=1))
    total = far + near
    closeness = np.divide(near, total, out=np.ones_like(total), where=total > 0)
    keys = keys_of(table)
    scored = rows.select(keys).with_columns(
        d_best=pl.Series(far), d_worst=pl.Series(near), closeness=pl.Series(closeness)
    )
    ranked = scored.sort(["closeness", *keys], descending=[True, *[False] * len(keys)])
    ranked = ranked.with_columns(rank=pl.int_range(1, pl.len() + 1))
    out = table.select(keys).join(ranked, on=keys, how="left", maintain_order="left")
    label = f"{variant}, {scaling} scaling"
    details = {"weights": dict(zip(names, w.tolist(), strict=True))}
    return Result(FORMULAS[variant], label, out, None, details, tuple(warnings))


def _problems(
    indicators: Sequence[Indicator], weights: Mapping[str, float], variant: str, scaling: str
) -> list[str]:
    problems = []
    if variant not in FORMULAS:
        problems.append(f"没有形式 · no variant {variant!r}: {tuple(FORMULAS)}")
    if scaling not in ("vector", "min-max"):
        problems.append(f"没有标准化 · no scaling {scaling!r}: vector, min-max")
    for one in indicators:
        if one.column not in weights:
            problems.append(f"{one.column}: 缺权重 · no weight")
        elif weights[one.column] < 0:
            problems.append(f"{one.column}: 权重为负 · negative weight")
        if one.direction == "moderate" and scaling == "vector":
            problems.append(f"{one.column}: 适度指标须用 min-max · moderate needs min-max scaling")
    if not problems and sum(weights[i.column] for i in indicators) <= 0:
        problems.append("权重之和为 0 · weights sum to 0")
    return problems
