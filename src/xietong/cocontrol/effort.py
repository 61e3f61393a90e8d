"""Decoupling effort index: what the factors other than growth took back."""

import polars as pl

from xietong.cocontrol.panel import ENTITY, refuse
from xietong.cocontrol.result import Result

FORMULA = "δ = −Σ_k≠activity ΔC_k / ΔC_activity"
KEYS = [ENTITY, "from_year", "to_year", "span"]


def decoupling_effort(decomposition: Result, activity: str) -> Result:
    """Effort index of each factor and their sum, one row per entity and span.

    ``decomposition`` is an additive LMDI result; ``activity`` the factor that stands for growth (for a
    Kaya chain GDP per head). δ ≥ 1 strong decoupling, 0 < δ < 1 weak, δ ≤ 0 none. With an activity
    effect ≤ 0 (recession) the classes turn round: state ``null``, ``recession`` true.

    Returns the keys, ``activity_effect``, ``effort_<factor>``, ``effort``, ``state``, ``recession``.

    Source
    ------
    Form of Diakoulaki and Mandaraka (unverified: not re-read).

    Examples
    --------
    >>> from xietong.cocontrol.lmdi import lmdi
    >>> table = pl.DataFrame({"entity": ["a"] * 2, "year": [2020, 2021], "gdp": [1.0, 2.0], "co2": [4.0, 6.0]})
    >>> row = decoupling_effort(lmdi(table, "gdp, co2/gdp", mode="end-to-end"), "gdp").table.row(0, named=True)
    >>> round(row["effort"], 4), row["state"]
    (0.415, 'weak')
    """
    names = list(decomposition.details.get("factors", []))
    problems = []
    if "additive" not in decomposition.variant:
        problems.append("需要加法分解 · an additive decomposition is needed")
    if activity not in names:
        problems.append(f"没有因素 · no factor {activity!r}: {', '.join(names)}")
    refuse(problems, "脱钩努力 decoupling effort")
    rows = decomposition.table.filter(pl.col("factor") != "total")
    wide = rows.pivot("factor", index=KEYS, values="effect", maintain_order=True)
    growth = pl.col(activity)
    others = [name for name in names if name != activity]
    out = wide.select(
        *KEYS,
        growth.alias("activity_effect"),
        *(
            pl.when(growth != 0).then(-pl.col(n) / growth + 0.0).alias(f"effort_{n}")
            for n in others
        ),
    )
    out = out.with_columns(
        effort=pl.sum_horizontal(*(f"effort_{n}" for n in others), ignore_nulls=False),
        recession=pl.col("activity_effect") <= 0,
    )
    state = (
        pl.when(pl.col("recession"))
        .then(None)
        .when(pl.col("effort") >= 1)
        .then(pl.lit("strong"))
        .when(pl.col("effort") > 0)
        .then(pl.lit("weak"))
        .when(pl.col("effort") <= 0)
        .then(pl.lit("none"))
    )
    out = out.with_columns(state=state.otherwise(None))
    warnings = []
    shrinking = out.filter(pl.col("recession")).height
    if shrinking:
        warnings.append(
            f"{shrinking} 段经济效应 ≤ 0（衰退），指数含义反转，不分类 · "
            f"{shrinking} span(s) with activity effect ≤ 0: the index turns round, not classified"
        )
    label = f"effort index, activity = {activity}; {decomposition.variant}"
    details = {"chain": decomposition.details.get("chain"), "activity": activity}
    return Result(FORMULA, label, out, "1 / 0", details, (*warnings, *decomposition.warnings))
