"""Normalisation: indicators of different units onto 0 to 1, more is better."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from xietong.cocontrol.indicator import DIRECTIONS, Indicator
from xietong.cocontrol.panel import refuse

FORMULA = {
    "positive": "z = (x − min) / (max − min)",
    "negative": "z = (max − x) / (max − min)",
    "moderate": "z = 1 − |x − x0| / max|x − x0|",
}
TINY_RANGE = 1e-3  # a range below this share of the mean blows up noise


@dataclass(frozen=True)
class Normalised:
    """``table`` with each indicator column on 0..1; ``bounds`` one row per indicator."""

    table: pl.DataFrame
    bounds: pl.DataFrame
    constant: tuple[str, ...]
    warnings: tuple[str, ...]


def normalise(table: pl.DataFrame, indicators: Sequence[Indicator]) -> Normalised:
    """Min-max normalisation over all rows of the table; unknown stays null.

    ``table``: one row per entity and year with a number column per indicator. Bounds are those
    of the sample unless the indicator brings its own ``lower`` and ``upper``; values beyond given
    bounds are cut to 0 or 1, and that is said. A constant column cannot tell the rows apart:
    it becomes 1 and is listed in ``constant``, for a weight of 0.

    Source
    ------
    Positive and negative: equations 7 and 8 of chinaxiv-202101-00006; moderate: by convention
    (unverified).

    Examples
    --------
    >>> from xietong.cocontrol.indicator import indicators_of
    >>> table = pl.DataFrame({"entity": ["a", "b", "c"], "so2": [10.0, 20.0, 30.0]})
    >>> normalise(table, indicators_of(["so2"], negative=["so2"])).table["so2"].to_list()
    [1.0, 0.5, 0.0]
    """
    _check(table, indicators)
    bounds, constant, warnings = [], [], []
    for one in indicators:
        column = table.get_column(one.column)
        lower, upper = _bounds(column, one)
        source = "given" if one.lower is not None or one.upper is not None else "sample"
        bounds.append((one.column, one.direction, lower, upper, one.ideal, source))
        if lower == upper:
            constant.append(one.column)
            known = pl.col(one.column).is_not_null()
            table = table.with_columns(pl.when(known).then(1.0).alias(one.column))
            warnings.append(
                f"{one.column} 全表相同，不能区分对象：标准化值取 1，权重取 0 · "
                f"{one.column} is constant: normalised to 1, weight 0"
            )
            continue
        warnings += _warn(column, one, lower, upper)
        table = table.with_columns(_scaled(one, lower, upper).clip(0.0, 1.0).alias(one.column))
    frame = pl.DataFrame(
        bounds,
        schema={
            "indicator": pl.String,
            "direction": pl.String,
            "lower": pl.Float64,
            "upper": pl.Float64,
            "ideal": pl.Float64,
            "bounds": pl.String,
        },
        orient="row",
    )
    return Normalised(table, frame, tuple(constant), tuple(warnings))


def _scaled(one: Indicator, lower: float, upper: float) -> pl.Expr:
    x = pl.col(one.column)
    if one.direction == "positive":
        return (x - lower) / (upper - lower)
    if one.direction == "negative":
        return (upper - x) / (upper - lower)
    return 1 - (x - one.ideal).abs() / max(abs(lower - _ideal(one)), abs(upper - _ideal(one)))


def _ideal(one: Indicator) -> float:
    return 0.0 if one.ideal is None else one.ideal


def _bounds(column: pl.Series, one: Indicator) -> tuple[float, float]:
    values = column.drop_nulls().to_list()
    lower = min(values) if one.lower is None else one.lower
    upper = max(values) if one.upper is None else one.upper
    return float(lower), float(upper)


def _warn(column: pl.Series, one: Indicator, lower: float, upper: float) -> list[str]:
    warnings = []
    values = column.drop_nulls().to_list()
    mean = sum(abs(v) for v in values) / len(values)
    if one.direction != "moderate" and mean > 0 and (upper - lower) / mean < TINY_RANGE:
        warnings.append(
            f"{one.column} 极差不到均值的千分之一，标准化把误差放大成差异 · "
            f"{one.column}: range below 0.1 % of its mean, normalisation blows up noise"
        )
    outside = sum(not lower <= v <= upper for v in values)
    if outside:
        warnings.append(
            f"{one.column} 有 {outside} 个值超出给定上下限，截到 0 或 1 · "
            f"{one.column}: {outside} value(s) beyond the given bounds, cut to 0 or 1"
        )
    return warnings


def _check(table: pl.DataFrame, indicators: Sequence[Indicator]) -> None:
    problems = []
    if not indicators:
        problems.append("没有指标列 · no indicator columns")
    if table.height < 2 and any(i.lower is None or i.upper is None for i in indicators):
        problems.append(
            "只有一行，无法按样本最大最小值标准化；请给多行，或在指标体系中给出上下限 · "
            "a single row has no range: give more rows, or bounds in the index system"
        )
    for one in indicators:
        present = one.column in table.columns
        known = table.get_column(one.column).drop_nulls().len() if present else 0
        if one.direction not in DIRECTIONS:
            problems.append(f"{one.column}: 方向 direction {one.direction!r} 应为 {DIRECTIONS}")
        if one.direction == "moderate" and one.ideal is None:
            problems.append(f"{one.column}: 适度指标缺理想值 · a moderate indicator needs an ideal")
        if known == 0 and (one.lower is None or one.upper is None):
            problems.append(f"{one.column}: 全列为空或缺列 · column missing or empty throughout")
        if one.lower is not None and one.upper is not None and one.lower >= one.upper:
            problems.append(f"{one.column}: 下限不小于上限 · lower bound not below upper bound")
    names = [i.column for i in indicators]
    if table.height >= 2 and names and not problems:
        seen = [table.get_column(n).drop_nulls().n_unique() for n in names]
        given = [i.lower is not None and i.upper is not None for i in indicators]
        if all(s == 1 for s in seen) and not any(given):
            problems.append(
                "所有指标列都没有变化，无法评价 · every indicator column is constant: nothing to compare"
            )
    refuse(problems, "指标 indicators")
