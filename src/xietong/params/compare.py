"""Official sets give different values for one fuel: list them side by side."""

import polars as pl

from xietong.params.topic import read_long, topic
from xietong.vocab.fuels import find_fuel


def compare(fuel: str, name: str = "combustion/carbon") -> pl.DataFrame:
    """What each programme says of a fuel, with the share by which it differs from the lowest.

    Grain: one row per programme, sector, parameter. A programme that has no row is not listed.

    >>> compare("褐煤").filter(parameter="ncv_gj_per_t").select("programme", "value").rows()
    [('provincial-2025', 11.9), ('enterprise-24', 14.449), ('ets-2024', 15.25)]
    """
    one = topic(name)
    found = find_fuel(fuel).fuel
    rows = read_long(name).filter(pl.col("fuel") == found, pl.col("value").is_not_null())
    keys = [*((one.choice,) if one.choice else ()), *(key for key in one.keys if key != "fuel")]
    lowest = pl.col("value").min().over("parameter")
    return rows.select(
        *keys,
        "parameter",
        "value",
        "unit",
        ((pl.col("value") - lowest) / lowest).alias("above_lowest_share"),
        "source",
        "locator",
        "confidence",
    ).sort("parameter", maintain_order=True)
