"""Scores of regions by the rule books in force: completions worked out from targets and values."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl

from xietong.assessment.paths import drop_path, yearly_rate
from xietong.assessment.progress import assess
from xietong.assessment.rule_book import RuleBook, rule_books
from xietong.assessment.scoring import completion, score


def scores_of(
    targets: pl.DataFrame,
    values: pl.DataFrame,
    year: int,
    given: Mapping[str, Any],
    folder: Path | None = None,
) -> list[dict[str, Any]]:
    """One entry per region and rule book in force that has a target of one of its indicators.

    ``given``: by region, ``points`` (item → points), ``met`` (item → true or false) and ``fraud``, as people judged them.
    A points book takes the drop of the year and since the base year against the equal-rate path of the target
    whose year comes next; a book of met and not met holds the progress against the time elapsed.
    """
    made = []
    for book in rule_books(folder).values():
        if not book.in_force(year):
            continue
        indicators = [item.indicator for item in book.items if item.indicator]
        asked = targets.filter(pl.col("indicator").is_in(indicators))
        for region in sorted({*asked["region"].unique(), *given}):
            own = given.get(region, {})
            completions, met = _facts(book, asked.filter(region=region), values, year)
            result = score(
                book,
                region,
                completions,
                own.get("points"),
                met | own.get("met", {}),
                fraud=bool(own.get("fraud")),
            )
            made.append(asdict(result) | {"title": book.title, "note": book.note})
    return made


def _facts(
    book: RuleBook, targets: pl.DataFrame, values: pl.DataFrame, year: int
) -> tuple[dict[str, float], dict[str, bool]]:
    completions: dict[str, float] = {}
    met: dict[str, bool] = {}
    for item in book.items:
        own = targets.filter(
            (pl.col("indicator") == item.indicator) & (pl.col("target_year") >= year)
        ).sort("target_year")
        if not item.indicator or not own.height:
            continue
        first = own.head(1)
        if book.way == "met":
            row = assess(first, values, year).row(0, named=True)
            if row["actual_year"] == year and row["progress"] is not None:
                met[item.id] = row["progress"] >= min(1.0, row["elapsed"] or 0.0) - 1e-12
        else:
            found = _completion(first.row(0, named=True), values, year, item.measure)
            if found is not None:
                completions[item.id] = found
    return completions, met


def _completion(
    target: Mapping[str, Any], values: pl.DataFrame, year: int, measure: str
) -> float | None:
    base = target["base_year"]
    if target["form"] != "change" or base is None or not base < year:
        return None
    known = dict(
        values.filter(region=target["region"], indicator=target["indicator"])
        .select("year", "value")
        .iter_rows()
    )
    begin = year - 1 if measure == "annual" else base
    if not known.get(begin) or known.get(year) is None:
        return None
    sign = 1 if target["falls"] else -1
    drop = sign * (1 - known[year] / known[begin])
    share = target["target"] / 100
    due = (
        yearly_rate(share, target["target_year"] - base)
        if measure == "annual"
        else drop_path(share, base, target["target_year"], "geometric")[year]
    )
    return completion(drop, due)
