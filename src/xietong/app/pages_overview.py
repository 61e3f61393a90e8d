"""What the overview shows of the library of plans: key figures, cities, targets side by side."""

from collections import Counter
from typing import Any

from xietong.app.access import require
from xietong.app.desk import Desk
from xietong.app.pages_compare import conflicts_of_library
from xietong.app.plans.queries import documents, load_plan, rows, units
from xietong.app.plans.review import queue
from xietong.plans.model import Meta, Plan, Region
from xietong.plans.themes import theme_of, themes
from xietong.report.plan_view import Column, columns, target_rows
from xietong.vocab.indicators import indicator, match_indicator
from xietong.vocab.regions import children

COUNTED = ("documents", "clauses", "targets")
SIGNED = ("左右", "以上", "以下", "以内", "不低于", "不高于", "不超过", "不少于", "超过", "大于")


def key_figures(desk: Desk) -> dict[str, Any]:
    """Documents, clauses, targets, responsible units, share of rows that a person has looked at."""
    found = documents(desk).items
    total = sum(sum(one["counts"].values()) for one in found)
    waiting = queue(desk).total
    return {
        "documents": len(found),
        "cities": len({one["adcode"] for one in found if one["level"] == "city"}),
        "clauses": sum(one["counts"]["clauses"] for one in found),
        "targets": sum(one["counts"]["targets"] for one in found),
        "units": units(desk).total,
        "waiting": waiting,
        "reviewed_share": (total - waiting) / total if total else None,
    }


def plan_names(desk: Desk) -> dict[str, str]:
    """Code → short name of each plan (山东·协同), as the columns of the report are called."""
    names = {}
    for one in documents(desk).items:
        region = Region(one["adcode"], one["region"], one["level"])
        meta = Meta(one["title"], None, (), None, region, one["plan_type"])
        names[one["code"]] = columns([Plan(meta)])[0].short
    return names


def home_province(desk: Desk) -> str | None:
    """The province that most documents belong to; else the actor's; None where nothing is known."""
    codes = Counter(
        str(one["adcode"])[:2] + "0000" for one in documents(desk).items if one["adcode"]
    )
    if codes:
        return codes.most_common(1)[0][0]
    return desk.actor.region and desk.actor.region[:2] + "0000"


def cities(desk: Desk, province: str) -> list[dict[str, Any]]:
    """One row per city of a province: ``adcode``, ``name``, counts of documents, clauses, targets.

    A city without a document has None, not 0: nothing is known of its plans.
    """
    found = documents(desk).items
    table = []
    for place in children(province):
        own = [one for one in found if one["adcode"] == place.adcode]
        counts: dict[str, Any] = dict.fromkeys(COUNTED)
        if own:
            counts = {"documents": len(own)} | {
                name: sum(one["counts"][name] for one in own) for name in ("clauses", "targets")
            }
        table.append({"adcode": place.adcode, "name": place.name, **counts})
    return table


def city_targets(desk: Desk, province: str) -> list[dict[str, Any]]:
    """Plan targets that cities have: one per indicator, year and unit, with the cities' values.

    ``{"id", "zh", "en", "year", "unit", "values": {adcode: value}, "province": value | None}``;
    only indicators of the vocabulary, without baseline or increment, one value per place.
    """
    names = {place.adcode for place in children(province)}
    found: dict[tuple[str, int, str], dict[str, set[float]]] = {}
    for row in rows(desk, "targets").items:
        part = row["subject"] or row["subjects"] or row["measure"] or row["baseline_year"]
        if part or not row["year"] or isinstance(row["value"], list):
            continue
        name = row["indicator_id"] or (match_indicator(row["indicator"]) or (None,))[0]
        if not name or row["status"] == "rejected" or row["adcode"] not in names | {province}:
            continue
        key = (name, row["year"], row["unit"])
        found.setdefault(key, {}).setdefault(row["adcode"], set()).add(row["value"])
    targets = []
    for (name, year, unit), by_place in sorted(found.items()):
        single = {code: min(values) for code, values in by_place.items() if len(values) == 1}
        values = {code: value for code, value in single.items() if code != province}
        if values:
            known = indicator(name)
            targets.append(
                {"id": name, "zh": known.zh, "en": known.en, "year": year, "unit": unit}
                | {"values": values, "province": single.get(province)}
            )
    return sorted(targets, key=lambda target: -len(target["values"]))


def side_by_side(desk: Desk) -> dict[str, Any]:
    """Targets of all plans: ``plans`` (the columns) and ``rows``, one per indicator and year.

    A row: ``theme``, ``indicator``, ``indicator_en``, ``year``, ``differs`` and one text per plan under its code.
    """
    plans = _plans(desk)
    shown = columns([plan for _, plan in plans])
    codes = {id(plan): code for code, plan in plans}
    keys = [codes[id(column.plan)] for column in shown]
    table = []
    for group in target_rows(shown):
        for line in group.rows:
            cells = {
                key: "；".join(f"{cell.text}{_hedge(cell.hedge)}" for cell in cells)
                for key, cells in zip(keys, line.cells, strict=True)
            }
            differs = any(cell.differs for cells in line.cells for cell in cells)
            table.append(
                {"theme": group.theme.id, **_names(line.name), "year": line.year}
                | {"differs": differs, **cells}
            )
    return {
        "plans": [_head(key, column) for key, column in zip(keys, shown, strict=True)],
        "rows": table,
    }


def targets_by_theme(desk: Desk) -> dict[str, Any]:
    """How many targets each plan sets in each theme: ``themes`` in order, ``plans`` with counts."""
    plans = _plans(desk)
    codes = {id(plan): code for code, plan in plans}
    table = []
    for column in columns([plan for _, plan in plans]):
        counts = Counter(
            theme_of(f"{target.subject or ''}{target.indicator}").id
            for target in column.plan.targets
        )
        table.append(_head(codes[id(column.plan)], column) | {"counts": dict(counts)})
    used = {name for one in table for name in one["counts"]}
    return {
        "themes": [
            {"id": one.id, "zh": one.zh, "en": one.en} for one in themes() if one.id in used
        ],
        "plans": table,
    }


def alerts(desk: Desk) -> list[dict[str, Any]]:
    """What wants attention, most pressing first: ``{"kind", "count", "name", "page", "words"}``.

    ``page`` under the plans and the ``words`` of its address lead to the rows.
    """
    require(desk.actor, "plan.read")
    waiting = Counter(row["plan"] for row in queue(desk).items)
    severities = Counter(row["severity"] for row in conflicts_of_library(desk))
    conflicts = [
        {"kind": f"conflict.{one}", "count": severities[one], "name": ""}
        | {"page": "conflicts", "words": {"severity": one}}
        for one in ("high", "medium")
        if severities[one]
    ]
    return conflicts + [
        {"kind": "unreviewed", "count": waiting[one["code"]], "name": one["title"]}
        | {"page": "review", "words": {"plan": one["code"]}}
        for one in documents(desk).items
        if waiting[one["code"]]
    ]


def _plans(desk: Desk) -> list[tuple[str, Plan]]:
    return [(one["code"], load_plan(desk, one["id"])) for one in documents(desk).items]


def _names(name: str) -> dict[str, str]:
    """The indicator in both languages; English only where the vocabulary knows it."""
    known = match_indicator(name)
    return {"indicator": name, "indicator_en": indicator(known[0]).en if known else name}


def _head(code: str, column: Column) -> dict[str, Any]:
    return {"plan": code, "short": column.short, "level": column.level}


def _hedge(hedge: str) -> str:
    """The hedges that the sign before the number (约 ≥ ≤) does not say already."""
    words = [word for word in hedge.split("、") if word and word not in SIGNED]
    return f"（{'、'.join(words)}）" if words else ""
