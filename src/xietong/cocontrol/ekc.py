"""Environmental Kuznets curve: does the pressure turn down with rising income?"""

import math

import numpy as np
import polars as pl

from xietong.cocontrol.panel import ENTITY, check_panel, refuse
from xietong.cocontrol.result import Result

FORMULA = "ln E = a + b·ln Y + c·(ln Y)²; Y* = exp(−b/2c), c < 0"
LEVEL = 0.05


def ekc(table: pl.DataFrame, pressure: str, income: str, *, fixed_effects: bool = False) -> Result:
    """Quadratic curve in logarithms, its shape and turning point; one row per coefficient.

    ``table``: one row per entity and year; ``pressure`` and ``income`` (GDP per head at constant
    prices) > 0. ``fixed_effects`` gives each entity its own constant. ``details``: ``shape``
    (``inverted-U``, ``U``, ``not significant``), ``turning_point`` (in the unit of ``income``; only for
    c < 0), ``inside_sample``, ``r2``, ``rows``. A turning point beyond the sample is extrapolation, and that is said.

    Source
    ------
    Usual quadratic form (unverified: not re-read); least squares of statsmodels.

    Examples
    --------
    >>> import math
    >>> y = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0]
    >>> e = [math.exp(1 + 2 * math.log(v) - 0.5 * math.log(v) ** 2) for v in y]
    >>> result = ekc(pl.DataFrame({"year": range(6), "gdp": y, "co2": e}), "co2", "gdp")
    >>> result.details["shape"], round(result.details["turning_point"], 6)
    ('inverted-U', 7.389056)
    """
    import statsmodels.api as sm

    table = check_panel(table, [pressure, income], where="EKC")
    rows = table.drop_nulls([pressure, income])
    problems = []
    for name in (pressure, income):
        if (rows[name] <= 0).any():
            problems.append(f"{name}: 须大于 0 · must be above 0")
    parameters = 3 + (
        rows[ENTITY].n_unique() - 1 if fixed_effects and ENTITY in rows.columns else 0
    )
    if rows.height <= parameters:
        problems.append(f"{rows.height} 行不足以估计 {parameters} 个系数 · too few rows")
    elif rows[income].n_unique() < 3:
        problems.append(f"{income}: 至少三个不同的值 · three different values needed")
    if fixed_effects and ENTITY not in rows.columns:
        problems.append("固定效应需要 entity 列 · fixed effects need the column entity")
    refuse(problems, "EKC")
    y, x = np.log(rows[pressure].to_numpy()), np.log(rows[income].to_numpy())
    design = np.column_stack([np.ones_like(x), x, x**2])
    if fixed_effects:
        dummies = rows.select(pl.col(ENTITY)).to_dummies(drop_first=True).to_numpy()
        design = np.column_stack([design, dummies])
    fit = sm.OLS(y, design).fit()
    b, c = float(fit.params[1]), float(fit.params[2])
    significant = float(fit.pvalues[2]) < LEVEL
    shape = "not significant" if not significant else "inverted-U" if c < 0 else "U"
    exponent = -b / (2 * c) if c < 0 else math.nan
    turning = math.exp(exponent) if c < 0 and abs(exponent) < 700 else None
    low, high = float(np.exp(x.min())), float(np.exp(x.max()))
    inside = None if turning is None else low <= turning <= high
    out = pl.DataFrame(
        {
            "coefficient": ["a", "b", "c"],
            "value": [float(v) for v in fit.params[:3]],
            "standard_error": [float(v) for v in fit.bse[:3]],
            "p": [float(v) for v in fit.pvalues[:3]],
        }
    )
    warnings = []
    if not significant:
        warnings.append(
            "二次项不显著，不能下倒 U 形结论 · quadratic term not significant: no curve shown"
        )
    if turning is not None and not inside:
        warnings.append(
            "拐点在样本收入范围之外，属外推 · turning point outside the sample: extrapolation"
        )
    if rows.height < 15:
        warnings.append(f"只有 {rows.height} 行，样本偏小 · {rows.height} rows: a small sample")
    if table.height > rows.height:
        warnings.append(f"{table.height - rows.height} 行有未知值，未用 · rows with gaps left out")
    details = {
        "shape": shape,
        "turning_point": turning,
        "inside_sample": inside,
        "income_range": [low, high],
        "r2": float(fit.rsquared),
        "rows": rows.height,
    }
    variant = "quadratic, entity fixed effects" if fixed_effects else "quadratic, pooled"
    return Result(FORMULA, variant, out, None, details, tuple(warnings))
