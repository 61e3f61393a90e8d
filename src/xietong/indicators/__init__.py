"""Indicators: what targets are held against, one definition each, computed or reported."""

from xietong.indicators.compute import compute, missing
from xietong.indicators.definition import Definition, definition, definitions
from xietong.indicators.statistics import from_balance, from_inventory, read_statistics

__all__ = [
    "Definition",
    "compute",
    "definition",
    "definitions",
    "from_balance",
    "from_inventory",
    "missing",
    "read_statistics",
]
