"""Bands of speed, temperature and the like: every number falls into exactly one band.

The edges stand in ``condition_bands.csv``: as programmed in vein's ``ef_china`` after the guide for
road vehicles, without its gap at 80 km/h; the ranges of a day (``day``) part the daily temperature
ranges of EMEP/EEA 1.A.3.b.v half-way between their means (2.5, 7.5, 17.5 and 27.5 °C). The band
``base`` is the condition at which the base factors hold.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import narwhals as nw

HERE = Path(__file__).parent
BASE = "base"


@dataclass(frozen=True)
class Band:
    """A band of a condition; an open end has no edge."""

    name: str
    low: float | None
    low_included: bool
    high: float | None
    high_included: bool

    def holds(self, value: nw.Expr) -> nw.Expr:
        """Is a value inside?"""
        sides = []
        if self.low is not None:
            sides.append(value >= self.low if self.low_included else value > self.low)
        if self.high is not None:
            sides.append(value <= self.high if self.high_included else value < self.high)
        return nw.all_horizontal(*sides, ignore_nulls=False)


@cache
def bands(condition: str) -> tuple[Band, ...]:
    """The bands of a condition, from low to high.

    >>> [band.name for band in bands("temperature")]
    ['cold', 'base', 'hot']
    """
    with (HERE / "condition_bands.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Band(
                row["band"],
                float(row["low"]) if row["low"] else None,
                row["low_included"] == "yes",
                float(row["high"]) if row["high"] else None,
                row["high_included"] == "yes",
            )
            for row in csv.DictReader(file)
            if row["condition"] == condition
        )


def by_band(
    condition: str, value: nw.Expr, of: Callable[[str], nw.Expr], blank: nw.Expr
) -> nw.Expr:
    """What ``of`` says of the band a value falls into; ``blank`` where the value is null.

    >>> import polars as pl
    >>> rows = nw.from_native(pl.DataFrame({"v": [79.9, 80.0, None]}))
    >>> named = by_band("speed", nw.col("v"), lambda band: nw.lit(band), nw.lit("not given"))
    >>> rows.select(band=named)["band"].to_list()
    ['40_80', 'from_80', 'not given']
    """
    chosen = blank
    for band in bands(condition):
        chosen = nw.when(band.holds(value)).then(of(band.name)).otherwise(chosen)
    return chosen
