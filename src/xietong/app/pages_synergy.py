"""What the pages and the API show of tracking: decoupling, decomposition, space, province.

Each answer is plain data: ``state`` (``empty`` where there is no series), ``rows``, and how they
were made: ``formula``, ``variant``, ``scheme``, ``source``, ``warnings``.
"""

from collections import Counter
from typing import Any

from xietong.app.access import require
from xietong.app.cocontrol_import import explanation
from xietong.app.cocontrol_panels import find_panel, has_panel
from xietong.app.cocontrol_store import place_name, systems
from xietong.app.cocontrol_tracking import CHAINS, track
from xietong.app.desk import Desk
from xietong.app.plans.filters import sort_key
from xietong.app.plans.queries import Page, sliced
from xietong.cocontrol.panel import refuse

PANEL_OF = {"synergy": "province-panel"}
MEGA = 1e6  # t in Mt
SUM = "Σ"  # the row of all entities together


def tracking(
    desk: Desk,
    what: str,
    mode: str = "periods",
    first: int | None = None,
    last: int | None = None,
    *,
    form: str = "additive",
    bounds: str = "stretched",
) -> dict[str, Any]:
    """One series of tracking as plain data; the empty state where there is no panel."""
    require(desk.actor, "plan.read")
    root = desk.workspace.root
    name = PANEL_OF.get(what, "city-panel")
    if not has_panel(name, root):
        return {"state": "empty", "rows": [], "panel": name, "years": []}
    result = track(
        what, mode=mode, root=root, first=first, last=last, form=form, bounds=bounds
    ).to_dict()
    details = result["details"]
    return {
        "state": "ready",
        **result,
        "panel": name,
        "source": details.pop("sources"),
        "years": details.pop("years"),
    }


def panel_years(desk: Desk, name: str = "city-panel") -> list[int]:
    """The years of a panel; empty where there is none."""
    require(desk.actor, "plan.read")
    root = desk.workspace.root
    if not has_panel(name, root):
        return []
    years: list[int] = find_panel(name, root).table["year"].unique().sort().to_list()
    return years


def decoupling(
    desk: Desk, mode: str = "span", first: int | None = None, last: int | None = None
) -> dict[str, Any]:
    """Tapio by city and span; changes in per cent, ``place`` as maps name it."""
    found = tracking(desk, "tapio", mode, first, last)
    for row in found["rows"]:
        row["place"] = place_name(row["adcode"])
        row["span"] = f"{row['from_year']}–{row['to_year']}"
        for name in ("pressure", "driver"):
            change = row.pop(f"{name}_change_share")
            row[f"{name}_percent"] = None if change is None else 100 * change
    return found


def levels(desk: Desk, entity: str, first: int | None, last: int | None) -> list[dict[str, Any]]:
    """CO2, GDP and CO2 per GDP of one city, the first year being 100: one row per year."""
    require(desk.actor, "plan.read")
    panel = find_panel("city-panel", desk.workspace.root).between(first, last).table
    rows = [row for row in panel.sort("year").to_dicts() if row["entity"] == entity]
    if not rows:
        return []
    start = rows[0]
    out = []
    for row in rows:
        co2 = _over(row["co2_t"], start["co2_t"])
        gdp = _over(row["gdp_1e8cny_2000"], start["gdp_1e8cny_2000"])
        out.append(
            {
                "year": row["year"],
                "co2_mt": None if row["co2_t"] is None else row["co2_t"] / MEGA,
                "co2": co2,
                "gdp": gdp,
                "co2_per_gdp": _over(co2, gdp),
            }
        )
    return out


def decomposition(
    desk: Desk,
    chain: str = "lmdi",
    mode: str = "span",
    first: int | None = None,
    last: int | None = None,
    form: str = "additive",
) -> dict[str, Any]:
    """LMDI over the whole span: one row per city with ``start``, ``end`` [Mt] and an effect per factor.

    Effects are in Mt, or factors without unit for the multiplicative form. The additive form has a
    last row for all cities together, empty where one of them is unknown. ``factors`` names the columns.
    """
    if chain not in CHAINS:
        refuse([f"chain {chain!r}: {', '.join(CHAINS)}"], "LMDI")
    found = tracking(desk, chain, mode, first, last, form=form)
    if found["state"] == "empty":
        return found | {"factors": []}
    panel = find_panel("city-panel", desk.workspace.root).table
    co2 = {(e, y): v for e, y, v in panel.select("entity", "year", "co2_t").iter_rows()}
    unit = MEGA if form == "additive" else 1.0
    rows: dict[str, dict[str, Any]] = {}
    for line in found["rows"]:
        if line["span"] == "year":
            continue
        entity, a, b = line["entity"], line["from_year"], line["to_year"]
        empty = {"adcode": line["adcode"], "entity": entity, "from_year": a, "to_year": b}
        row = rows.setdefault(entity, empty)
        row["start"], row["end"] = _mega(co2.get((entity, a))), _mega(co2.get((entity, b)))
        row[line["factor"]] = None if line["effect"] is None else line["effect"] / unit
    factors = [name for name in found["details"]["factors"] if name != "total"]
    made = list(rows.values())
    if form == "additive" and len(made) > 1:
        names = ("start", "end", *factors, "total")
        spans = {(row["from_year"], row["to_year"]) for row in made}
        if len(spans) == 1:
            whole = {name: _sum([row.get(name) for row in made]) for name in names}
            made.append(made[0] | {"adcode": None, "entity": SUM} | whole)
    return found | {"rows": made, "factors": factors}


def bars(row: dict[str, Any], factors: list[str]) -> list[dict[str, Any]]:
    """The bars of a waterfall: from the level at the start through the effects to that at the end.

    >>> made = bars({"start": 10.0, "GDP": 8.0, "CO2/GDP": -5.0, "end": 13.0}, ["GDP", "CO2/GDP"])
    >>> [(bar["name"], bar["low"], bar["high"]) for bar in made]
    [('start', 0.0, 10.0), ('GDP', 10.0, 18.0), ('CO2/GDP', 18.0, 13.0), ('end', 0.0, 13.0)]
    """
    if any(row.get(name) is None for name in ("start", "end", *factors)):
        return []
    level = row["start"]
    out = [{"name": "start", "low": 0.0, "high": level, "value": level}]
    for name in factors:
        out.append({"name": name, "low": level, "high": level + row[name], "value": row[name]})
        level += row[name]
    return [*out, {"name": "end", "low": 0.0, "high": row["end"], "value": row["end"]}]


def province_of(rows: list[dict[str, Any]]) -> str | None:
    """The province that most rows lie in, by ``adcode``."""
    codes = Counter(f"{row['adcode'][:2]}0000" for row in rows if row.get("adcode"))
    return codes.most_common(1)[0][0] if codes else None


def spoken(text: str, language: str) -> str:
    """One language of words that say both, Chinese first, as results and errors do.

    >>> spoken("β 不稳定 · β is unstable", "en"), spoken("  - 缺列 · column missing", "en")
    ('β is unstable', '  - column missing')
    """
    lines = []
    for line in text.split("\n"):
        chinese, mark, english = line.partition(" · ")
        start = "  - " if line.startswith("  - ") else ""
        lines.append(line if not mark else start + english if language == "en" else chinese)
    return "\n".join(lines)


def _over(value: float | None, start: float | None) -> float | None:
    return None if value is None or not start else 100 * value / start


def _mega(value: float | None) -> float | None:
    return None if value is None else value / MEGA


def _sum(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def index_systems(desk: Desk) -> list[dict[str, Any]]:
    """The index systems of the workspace: name, version, titles, note, indicators."""
    require(desk.actor, "plan.read")
    root = desk.workspace.root
    return [
        {
            "name": name,
            "version": one.version,
            "level": one.level,
            "title_zh": one.title_zh,
            "title_en": one.title_en,
            "note": one.note,
            "indicators": explanation(name, root),
        }
        for name, one in systems(root).items()
    ]


def page_of(
    rows: list[dict[str, Any]], sort: str | None, page: int = 1, per_page: int | None = None
) -> Page:
    """One page of rows in the order of a column (``-column`` downwards), unknown last."""
    if sort:
        names = tuple(dict.fromkeys(name for row in rows for name in row)) or (sort.lstrip("-"),)
        key, down = sort_key(sort, names)
        known = [row for row in rows if row.get(key) is not None]
        known.sort(key=lambda row: (str(type(row[key])), row[key]), reverse=down)
        rows = known + [row for row in rows if row.get(key) is None]
    return sliced(rows, page, per_page)


def file_name(sent: str | None) -> str:
    """The name of a file that somebody sent, without folders and signs that do not print.

    >>> file_name("..\\\\x\\\\表.csv"), file_name(None)
    ('表.csv', '?')
    """
    name = (sent or "").replace("\\", "/").rsplit("/", 1)[-1][:200]
    return "".join(letter for letter in name if letter.isprintable()) or "?"
