"""Where the real plan documents are, and how records are compared with tables written by reading."""

import csv
import hashlib
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from xietong.plans.model import Plan
from xietong.plans.parse import parse_document

LIBRARY = Path(__file__).parents[2] / "src/xietong/plans/library"
PLANS = ("shandong-synergy", "qingdao-synergy", "liaocheng-synergy", "shandong-peak", "jinan-peak")


@cache
def real_plan(plan_id: str) -> Plan:
    """A real document, parsed once; the test is skipped and counted where the folder is absent."""
    folder = os.environ.get("XIETONG_PLANS")
    if not folder or not (path := Path(folder) / f"{plan_id}.txt").exists():
        pytest.skip(f"real plan document {plan_id} is not here: set XIETONG_PLANS to its folder")
    return parse_document(path)


def table(folder: Path, name: str, plan: str | None = None) -> list[dict[str, str]]:
    """Rows of a CSV as written; for one plan where the table holds several."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row for row in rows if plan is None or row["plan"] == plan]


def as_cells(record: Any, columns: tuple[str, ...]) -> tuple[str, ...]:
    """A record in the writing of the tables: lists joined by ``|``, nothing as empty."""
    return tuple(_cell(getattr(record, column)) for column in columns)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "|".join(_cell(item) for item in value)
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)


def digest(quote: str) -> str:
    return hashlib.sha256(quote.encode()).hexdigest()
