"""The logarithmic mean, and the effects of the factors in one sector, zeros included."""

import math
from collections.abc import Sequence

SMALL_VALUE = 1e-20  # in place of 0, Ang and Liu 2007


def log_mean(a: float, b: float) -> float:
    """Logarithmic mean of two non-negative numbers; a itself where both are equal, 0 where one is 0.

    Examples
    --------
    >>> log_mean(2.0, 2.0), round(log_mean(1.0, math.e), 6), log_mean(0.0, 5.0)
    (2.0, 1.718282, 0.0)
    """
    if a <= 0 or b <= 0:
        return 0.0
    d = (a - b) / b
    if abs(d) < 1e-3:  # (a−b)/ln(a/b) loses digits here: b·d/ln(1+d) does not
        return b * (d / math.log1p(d)) if d else a
    return (a - b) / math.log(a / b)


def sector_effects(
    x0: Sequence[float], x1: Sequence[float], e0: float, e1: float, zero: str
) -> list[float] | None:
    """The additive effects of one sector; None where no limit exists.

    A ratio 0/0 (NaN) is taken from the other year: it did not change. ``zero`` as in
    :func:`xietong.cocontrol.lmdi.lmdi`.

    Examples
    --------
    A fuel that comes up from nothing: all of it belongs to the factor that was 0.

    >>> sector_effects([10.0, 0.0, math.nan], [12.0, 0.5, 2.0], 0.0, 12.0, "limit")
    [0.0, 12.0, 0.0]
    """
    if e0 == 0 and e1 == 0:
        return [0.0] * len(x0)
    a = [v1 if math.isnan(v0) else v0 for v0, v1 in zip(x0, x1, strict=True)]
    b = [v0 if math.isnan(v1) else v1 for v0, v1 in zip(x0, x1, strict=True)]
    if any(math.isnan(value) for value in (*a, *b)):
        return None
    if zero == "small-value":
        a, b = [v or SMALL_VALUE for v in a], [v or SMALL_VALUE for v in b]
        e0, e1 = e0 or math.prod(a), e1 or math.prod(b)
    elif e0 == 0 or e1 == 0:
        vanished = [v == 0 for v in (a if e0 == 0 else b)]
        count = sum(vanished)
        return [(e1 - e0) / count if gone else 0.0 for gone in vanished] if count else None
    weight = log_mean(e1, e0)
    return [weight * math.log(v1 / v0) for v0, v1 in zip(a, b, strict=True)]
