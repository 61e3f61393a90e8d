"""Particles by ash and size where the ash is known, else by factor."""

import narwhals as nw
from narwhals import col

from xietong.methods.formulas.by_factor import released_kg


def particles_released(size: str) -> nw.Expr:
    """Before devices [t] of ``tsp``, ``pm10`` or ``pm25``: fuel × ash × (1 − bottom ash) × size.

    A known ash share goes before a factor; where a share of it is then missing the result is null.
    """
    fly_ash_t = col("burnt_t") * col("ash_share") * (1 - col("bottom_ash_share"))
    sized_t = fly_ash_t if size == "tsp" else fly_ash_t * col(f"{size}_in_fly_ash_share")
    return nw.when(col("ash_share").is_null()).then(released_kg(size) / 1000).otherwise(sized_t)
