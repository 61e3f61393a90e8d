"""Where plans stand half-way, what has become worse since a year ago, how places rank."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from polars import col

from xietong.assessment.progress import STATES

ORDER = ("met", "on_track", "at_risk", "off_track", "missed")  # from good to bad
Line = Mapping[str, Any]


def midterm(lines: Sequence[Line], year: int) -> list[dict[str, Any]]:
    """Each plan in the middle of its term (中期评估): one row per plan.

    ``lines``: assessed targets (``plan, year, base_year, status, progress, elapsed``). ``from`` and ``to``: the
    earliest base year and the latest target year; ``elapsed``: share of that time gone by; counts by state;
    ``known_share``: targets that could be held against facts; ``behind``: of these, those at risk or worse;
    ``mean_lead``: mean of progress less time elapsed (positive is ahead), null where nothing is known.

    >>> one = {"plan": "p", "year": 2030, "base_year": 2020, "status": "at_risk", "progress": 0.2, "elapsed": 0.5}
    >>> row, = midterm([one], 2025)
    >>> row["elapsed"], row["behind"], round(row["mean_lead"], 3)
    (0.5, 1, -0.3)
    """
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(str(line["plan"]), []).append(line)
    made = []
    for plan, own in sorted(found.items()):
        years = [one["year"] for one in own if one["year"] is not None]
        bases = [one["base_year"] for one in own if one["base_year"] is not None]
        begin, end = min(bases, default=None), max(years, default=None)
        known = [one for one in own if one["status"] != "no_data"]
        leads = [
            one["progress"] - one["elapsed"]
            for one in known
            if one["progress"] is not None and one["elapsed"] is not None
        ]
        made.append(
            {
                "plan": plan,
                "from": begin,
                "to": end,
                "elapsed": min(1.0, max(0.0, (year - begin) / (end - begin)))
                if begin is not None and end is not None and end > begin
                else None,
                "targets": len(own),
                **{state: sum(one["status"] == state for one in own) for state in STATES},
                "known_share": len(known) / len(own),
                "behind": sum(ORDER.index(one["status"]) >= 2 for one in known),
                "mean_lead": sum(leads) / len(leads) if leads else None,
            }
        )
    return made


def worsened(before: Sequence[Line], now: Sequence[Line]) -> list[dict[str, Any]]:
    """Targets whose state is worse than in the assessment before; the deepest fall first.

    Only states that rest on facts are compared: a year without data is no fall.
    """
    was = {line["id"]: line["status"] for line in before}
    found = []
    for line in now:
        old = was.get(line["id"], "no_data")
        if old in ORDER and line["status"] in ORDER:
            fall = ORDER.index(line["status"]) - ORDER.index(old)
            if fall > 0:
                found.append({**line, "before": old, "fall": fall})
    return sorted(found, key=lambda row: -row["fall"])


def ranking(
    values: pl.DataFrame, indicator: str, year: int, since: int, *, falls: bool
) -> pl.DataFrame:
    """Places by an indicator and by its change: one row per region that has it in ``year``.

    ``values``: region, indicator, year, value. ``change`` [share]: against ``since``, null without that value or
    where it is zero; ``rank`` by the value and ``rank_change`` by the change, 1 is best (lowest where it
    should fall); equals share a rank.

    >>> table = pl.DataFrame({"region": ["a", "b", "a", "b"], "indicator": ["i"] * 4,
    ...     "year": [2020, 2020, 2023, 2023], "value": [4.0, 2.0, 3.0, 1.9]})
    >>> ranking(table, "i", 2023, 2020, falls=True).select("region", "rank", "rank_change").rows()
    [('b', 1, 2), ('a', 2, 1)]
    """
    own = values.filter(col("indicator") == indicator)
    now = own.filter(col("year") == year).select("region", "value")
    base = own.filter(col("year") == since).select("region", base="value")
    table = now.join(base, on="region", how="left").with_columns(
        change=pl.when(col("base") != 0).then(col("value") / col("base") - 1)
    )
    return table.with_columns(
        rank=col("value").rank("min", descending=not falls),
        rank_change=col("change").rank("min", descending=not falls),
    ).sort("rank", "region")
