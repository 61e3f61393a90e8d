"""Units at the door: inside the house each quantity has one.

1 tce = 29.3076 GJ (GB/T 2589: 1 kgce = 29 307.6 kJ).
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Unit:
    """A unit, its dimension and how many house units it is."""

    unit: str
    dimension: str
    factor: float
    aliases: tuple[str, ...]


@cache
def units() -> dict[str, Unit]:
    """All units by name and alias, without regard to case and blanks.

    >>> units()["万吨标准煤"].factor, units()["亿千瓦时"].dimension
    (293076.0, 'electricity')
    """
    with (HERE / "units.csv").open(encoding="utf-8", newline="") as file:
        listed = [
            Unit(
                row["unit"],
                row["dimension"],
                float(row["factor"]),
                tuple(filter(None, row["aliases"].split("|"))),
            )
            for row in csv.DictReader(file)
        ]
    return {plain(name): unit for unit in listed for name in (unit.unit, *unit.aliases)}


def plain(name: str) -> str:
    """A unit's name for comparison.

    >>> plain(" 10^4 T ")
    '10^4t'
    """
    return "".join(name.lower().split())


def find_unit(name: str) -> Unit | None:
    """A unit, or None."""
    return units().get(plain(name))


def of_dimension(dimension: str) -> tuple[Unit, ...]:
    """The units of a dimension, the house's first."""
    found = dict.fromkeys(unit for unit in units().values() if unit.dimension == dimension)
    return tuple(sorted(found, key=lambda unit: (unit.factor != 1, unit.factor)))
