"""A target's gap in tonnes of a species: for totals of emissions, and for the drop of carbon intensity."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from xietong.errors import TableError

INTENSITY, GDP = "carbon_intensity", "gdp_constant"


@cache
def emission_indicators() -> dict[str, tuple[str, float]]:
    """Indicator → species and tonnes per unit.

    >>> emission_indicators()["nox_total"]
    ('nox_t', 10000.0)
    """
    path = Path(__file__).with_name("emission_indicators.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["indicator"]: (row["species"], float(row["tonnes_per_unit"])) for row in rows}


def gap_in_tonnes(line: Mapping[str, Any], values: pl.DataFrame) -> tuple[str, float]:
    """Species and tonnes that are missing for a target to be met now.

    ``line``: a line of the assessment with a ``gap``. A total's gap counts by its unit; a drop of it by its base
    value; a drop of carbon intensity in points of the base value, times the GDP of the actual year [1e8 CNY at
    constant prices]: 0.01 × t/1e4 CNY × 1e8 CNY = 100 t.

    ``TableError`` where there is no gap, the indicator is no emission, or a value is missing.
    """
    indicator, gap = str(line["indicator"]), line["gap"]
    if gap is None or gap <= 0:
        raise TableError(f"{line['name']}: 没有差距（there is no gap to close）")
    if indicator == INTENSITY and line["form"] == "change":
        base = _value(values, line, INTENSITY, line["base_year"])
        gdp = _value(values, line, GDP, line["actual_year"])
        return "co2_t", gap / 100 * base * gdp * 1e4
    if indicator not in emission_indicators():
        known = "、".join([INTENSITY, *emission_indicators()])
        raise TableError(
            f"{line['name']}: 差距换不成排放量（its gap is no mass of a species）；可以的有 possible: {known}"
        )
    species, tonnes = emission_indicators()[indicator]
    if line["form"] == "change":
        return species, gap / 100 * _value(values, line, indicator, line["base_year"]) * tonnes
    if line["form"] != "level":
        raise TableError(f"{line['name']}: {line['form']} 换不成排放量（is no mass）")
    return species, gap * tonnes


def _value(
    values: pl.DataFrame, line: Mapping[str, Any], indicator: str, year: int | None
) -> float:
    found = values.filter(
        (pl.col("region") == line["adcode"])
        & (pl.col("indicator") == indicator)
        & (pl.col("year") == year)
    )
    if not found.height:
        raise TableError(
            f"{line['region']} {indicator} {year}: 没有数据（no value），差距换不成吨 the gap cannot become tonnes"
        )
    return float(found["value"].item(0))
