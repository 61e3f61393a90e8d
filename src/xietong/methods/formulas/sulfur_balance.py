"""Sulfur dioxide by sulfur balance where the sulfur is known, else by factor."""

import narwhals as nw
from narwhals import col

from xietong.methods.formulas.by_factor import released_kg

SO2_PER_S = 64 / 32  # t SO2 per t S


def so2_released() -> nw.Expr:
    """Before devices [t]: fuel × sulfur × (1 − retained in ash) × 2.

    A known sulfur share goes before a factor (mass balance before factor); where the retained
    share is then missing the result is null.
    """
    balance_t = (
        col("burnt_t") * col("sulfur_share") * (1 - col("sulfur_retained_share")) * SO2_PER_S
    )
    return (
        nw.when(col("sulfur_share").is_null()).then(released_kg("so2") / 1000).otherwise(balance_t)
    )
