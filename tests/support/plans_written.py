"""Expected tables of our own plans, written by reading, and how a parsed plan is held against them."""

import csv
import io
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from xietong.plans.model import Plan

Row = dict[str, Any]
UNCOMPARED = {"quote"}  # looked at by itself
COLUMNS = {
    "sections": "id heading",
    "clauses": "id id_positional heading units lead open_list",
    "targets": "clause year indicator subject subjects operator value unit baseline_year direction measure hedge quote",
    "milestones": "clause year kind indicator quote",
    "projects": "box group name",
    "cites": "title doc_number",
}


def read_csv(text: str) -> list[Row]:
    """Rows of a table given as text."""
    return list(csv.DictReader(io.StringIO(text.strip("\n"))))


def folder_tables(folder: Path) -> dict[str, list[Row]]:
    """The expected tables of a folder, by name."""
    files = sorted(folder.glob("*.csv"))
    return {path.stem: read_csv(path.read_text(encoding="utf-8")) for path in files}


def shape_tables(path: Path) -> tuple[dict[str, Any], dict[str, list[Row]]]:
    """What a shape's file says, and its expected tables (an absent one is empty, but for cites)."""
    about = tomllib.loads(path.read_text(encoding="utf-8"))
    tables = {name: read_csv(text) for name, text in about["tables"].items()}
    empty: dict[str, list[Row]] = {name: [] for name in COLUMNS if name != "cites"}
    return about, empty | tables


def squeeze(text: str) -> str:
    """Text without white space."""
    return re.sub(r"\s+", "", text)


def rows_of(plan: Plan, table: str) -> list[Row]:
    """A table of the plan, each value written as in the expected CSV."""
    data = plan.as_dict()
    rows = data["meta"]["cites"] if table == "cites" else data[table]
    return [{column: written(row[column]) for column in COLUMNS[table].split()} for row in rows]


def written(value: Any) -> str:
    """One value as it stands in an expected table."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list | tuple):
        return "|".join(map(written, value))
    return str(value)


def differences(expected: list[Row], found: list[Row]) -> list[str]:
    """What is missing (-) and what is too much (+); hedges in any order, quotes left out.

    A direction of ``*`` stands for any: the text has no verb that says it (控制在, a bare cell).
    """
    wanted = Counter(_key(row) for row in expected)
    got = Counter(_key(row) for row in _any_direction(expected, found))
    missing = [f"- {' · '.join(key)}" for key in (wanted - got).elements()]
    extra = [f"+ {' · '.join(key)}" for key in (got - wanted).elements()]
    return missing + extra


def _any_direction(expected: list[Row], found: list[Row]) -> list[Row]:
    free = {_key(row) for row in expected if row.get("direction") == "*"}
    starred = ((row, row | {"direction": "*"}) for row in found)
    return [other if "direction" in row and _key(other) in free else row for row, other in starred]


def _key(row: Row) -> tuple[str, ...]:
    shown = {name: value for name, value in row.items() if name not in UNCOMPARED}
    if "hedge" in shown:
        shown["hedge"] = "|".join(sorted(filter(None, shown["hedge"].split("|"))))
    return tuple(shown.values())


def misquoted(expected: list[Row], found: list[Row], text: str) -> list[str]:
    """Quotes that do not stand in the text, or lie elsewhere than the expected one.

    The two may differ by a word at either end (a verb in front); one must hold the other.
    """
    wrong = [
        f"not in the text: {row['quote']}" for row in found if row["quote"] not in squeeze(text)
    ]
    quotes: dict[tuple[str, ...], list[str]] = {}
    for row in expected:
        quotes.setdefault(_key(row), []).append(squeeze(row["quote"]))
    for row in _any_direction(expected, found):
        wanted = quotes.get(_key(row))
        if wanted and not any(row["quote"] in one or one in row["quote"] for one in wanted):
            wrong.append(f"{row['quote']} instead of {wanted[0]}")
    return wrong
