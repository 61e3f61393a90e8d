"""Read the vocabulary's tables: CSV beside this file, once per process."""

import csv
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@cache
def rows(table: str) -> tuple[dict[str, str], ...]:
    """All rows of ``<table>.csv``, every cell a string, empty where the table is empty.

    >>> rows("regions")[0]["adcode"]
    '100000'
    """
    with (HERE / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def year(cell: str) -> int | None:
    """A year, or None where the cell is empty (open end, or not known).

    >>> year("2018"), year("")
    (2018, None)
    """
    return int(cell) if cell else None


def names(cell: str) -> tuple[str, ...]:
    """The parts of a cell that lists several names, divided by ``|``.

    >>> names("厅|局"), names("")
    (('厅', '局'), ())
    """
    return tuple(cell.split("|")) if cell else ()
