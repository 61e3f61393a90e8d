"""Yearly steps from a base year to a target: equal steps, or equal rates."""

import math

from xietong.errors import TableError

WAYS = ("linear", "geometric")


def drop_path(drop_share: float, base_year: int, target_year: int, way: str) -> dict[int, float]:
    """Cumulative drop against the base year, year by year, as shares.

    ``geometric``: the same rate each year, 1 − (1 − R)^(k/n); ``linear``: the same step, R·k/n. Both end
    at ``drop_share``. A rise is a negative drop. ``TableError`` for years in the wrong order, a drop of
    the whole (geometric), or an unknown way.

    Source: METHODS 4.3.

    >>> round(drop_path(0.205, 2020, 2025, "geometric")[2021], 6)
    0.044846
    >>> round(drop_path(0.205, 2020, 2025, "linear")[2021], 6)
    0.041
    """
    years = _years(base_year, target_year, way)
    count = len(years)
    if way == "linear":
        return {year: drop_share * step / count for step, year in enumerate(years, 1)}
    if drop_share >= 1:
        raise TableError(
            "下降 100 % 没有等比路径（no equal-rate path to a full drop）。请用 linear"
        )
    return {year: 1 - (1 - drop_share) ** (step / count) for step, year in enumerate(years, 1)}


def level_path(
    start: float, target: float, base_year: int, target_year: int, way: str
) -> dict[int, float]:
    """Values of each year between a start (not listed) and a target (the last).

    ``geometric`` needs two values of one sign that are not zero.

    >>> level_path(8, 13, 2020, 2025, "linear")[2021]
    9.0
    >>> round(level_path(8, 13, 2020, 2025, "geometric")[2025], 9)
    13.0
    """
    years = _years(base_year, target_year, way)
    count = len(years)
    if way == "linear":
        made = {y: start + (target - start) * step / count for step, y in enumerate(years, 1)}
        return made | {target_year: float(target)}
    if start == 0 or target == 0 or math.copysign(1, start) != math.copysign(1, target):
        raise TableError(
            f"从 {start:g} 到 {target:g} 没有等比路径（no equal-rate path）。请用 linear"
        )
    ratio = target / start
    return {y: start * ratio ** (step / count) for step, y in enumerate(years, 1)}


def yearly_rate(drop_share: float, years: int) -> float:
    """The equal yearly rate behind a cumulative drop.

    >>> [round(yearly_rate(r, n) * 100, 4) for r, n in ((0.205, 5), (0.145, 5), (0.17, 5), (0.68, 25))]
    [4.4846, 3.0845, 3.658, 4.4554]
    """
    return 1 - float((1 - drop_share) ** (1 / years))


def _years(base_year: int, target_year: int, way: str) -> range:
    if way not in WAYS:
        raise TableError(f"路径 path {way!r}: {' 或 or '.join(WAYS)}")
    if target_year <= base_year:
        raise TableError(
            f"目标年 {target_year} 应晚于基年 {base_year}（the target's year must come after the base）"
        )
    return range(base_year + 1, target_year + 1)
