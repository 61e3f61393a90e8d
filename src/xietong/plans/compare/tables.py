"""The comparison's own tables: CSV beside this file, read once per process."""

import csv
from functools import cache
from importlib.resources import files


@cache
def rows(table: str) -> tuple[dict[str, str], ...]:
    """All rows of ``<table>.csv``, every cell a string.

    >>> rows("synonyms")[0]["standard"]
    '公交车'
    """
    text = (files("xietong.plans.compare") / f"{table}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))
