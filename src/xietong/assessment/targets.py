"""Printed targets as the assessment wants them: one form, one unit, one measure."""

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from xietong.assessment.progress import TARGET_COLUMNS
from xietong.errors import VocabularyError
from xietong.indicators import definitions
from xietong.vocab.measures_of_quantity import convert

PERCENT = ("%", "％", "个百分点")
AT_MOST = ("<=",)


def prepared(rows: Iterable[Mapping[str, Any]]) -> tuple[pl.DataFrame, list[dict[str, Any]]]:
    """Targets ready to be assessed, and those that cannot be, each with ``why``.

    ``rows``: one per target with ``id, adcode, indicator_id, year, value, unit, baseline_year, direction,
    operator, measure`` as a plan prints them. A percentage of an indicator that is not one itself, or with a
    base year, is a change; a range is held against its easier end; a level is converted to the unit of the
    indicator's definition. A level that shall fall is an upper limit.
    """
    good: list[dict[str, Any]] = []
    bad: list[dict[str, Any]] = []
    for row in rows:
        made = _one(row)
        (bad if "why" in made else good).append(made)
    return pl.DataFrame(good, schema=TARGET_COLUMNS), bad


def _one(row: Mapping[str, Any]) -> dict[str, Any]:
    known = definitions().get(row["indicator_id"] or "")
    if known is None:
        return {"id": str(row["id"]), "why": "指标不在指标表中 indicator not known"}
    if row["year"] is None:
        return {"id": str(row["id"]), "why": "目标没有年份 no year is printed"}
    form = _form(row, known.unit)
    falls = row["direction"] == "decrease"
    value = _end(row["value"], falls, form)
    if form in ("level", "increment"):
        try:
            value = value if row["unit"] == known.unit else convert(value, row["unit"], known.unit)
        except VocabularyError:
            why = f"单位 {row['unit']!r} 不能换成 does not convert to {known.unit!r}"
            return {"id": str(row["id"]), "why": why}
    return {
        "id": str(row["id"]),
        "region": row["adcode"],
        "indicator": known.id,
        "target_year": row["year"],
        "target": value,
        "falls": falls,
        "form": form,
        "base_year": row["baseline_year"],
        "at_most": row["operator"] in AT_MOST or (form == "level" and falls),
    }


def _form(row: Mapping[str, Any], unit: str) -> str:
    if row["measure"] in ("increment", "annual_growth"):
        return str(row["measure"])
    percent = row["unit"] in PERCENT
    if percent and (row["baseline_year"] is not None or unit not in PERCENT):
        return "change"
    return "level"


def _end(value: Any, falls: bool, form: str) -> float:
    if isinstance(value, list | tuple):
        return float(max(value) if falls and form == "level" else min(value))
    return float(value)
