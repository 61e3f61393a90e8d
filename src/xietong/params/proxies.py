"""Which name stands in for which, by programme: a visible assumption with its reason."""

import csv
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@cache
def proxies(programme: str, column: str) -> dict[str, tuple[str, str]]:
    """What a name takes and why.

    >>> proxies("provincial-2011", "fuel")["raw_coal"][0]
    'bituminous'
    """
    with (HERE / "proxies.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["name"]: (row["takes"], row["reason"])
            for row in csv.DictReader(file)
            if row["programme"] == programme and row["column"] == column
        }
