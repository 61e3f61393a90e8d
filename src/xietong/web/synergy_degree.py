"""The figures of an imported table: ranking of a year, map, radar of the subsystems, trend, table."""

from typing import Any

from nicegui import ui

from xietong.app.pages_map import boundaries
from xietong.app.pages_synergy import province_of
from xietong.web.chart import Palette, chart
from xietong.web.city_map import map_options
from xietong.web.grid import grid
from xietong.web.synergy_charts import lines, radar, ranked_bars
from xietong.web.synergy_parts import account, choice, chosen, figure
from xietong.web.visit import Visit
from xietong.web.words import Column, columns

COMPARED = 4  # entities in the radar and the trend before anybody chooses


def draw_degrees(visit: Visit, found: dict[str, Any], redraw: Any) -> None:
    """Everything below the choices; the year and who is compared are choices of their own."""
    years = {year: str(year) for year in reversed(found["years"])}
    year = chosen(visit, "year", years, found["years"][-1])
    rows = [row for row in found["rows"] if row["year"] == year]
    parts = {key: visit.name(name) for key, name in found["system"]["subsystems"].items()}
    compared = _compared(visit, rows)
    with ui.element("div").classes("xt-filters"):
        choice(visit, "year", years, year, redraw)
        _compare(visit, rows, compared, redraw)
    note = visit.t("synergy.degree.lead", system=visit.name(found["system"]), year=year)
    account(visit, found, note)
    if found["hidden"]:
        ui.label(visit.t("synergy.hidden", n=found["hidden"])).classes("xt-hint")
    with ui.element("div").classes("xt-two wide"):
        _bars(visit, found, rows, parts, year)
        if not _map(visit, found, rows, parts, year):
            _radar(visit, found, rows, parts, compared)
    with ui.element("div").classes("xt-two"):
        if _places(rows):
            _radar(visit, found, rows, parts, compared)
        _trend(visit, found, parts, compared)
    with ui.element("section").classes("xt-card"):
        ui.label(visit.t("synergy.table.degrees")).classes("xt-h2")
        newest = sorted(found["rows"], key=lambda row: -int(row["year"]))  # ranks keep their order
        shown = [_worded(visit, row, parts) for row in newest]
        grid(visit, "synergy_ranking", shown, name="synergy-degrees", more=_more(parts))


def _more(parts: dict[str, str]) -> tuple[Column, ...]:
    return tuple(Column(key, word, word, "number", 110, None) for key, word in parts.items())


def _worded(visit: Visit, row: dict[str, Any], parts: dict[str, str]) -> dict[str, Any]:
    lagging = row["lagging"] and parts.get(row["lagging"], row["lagging"])
    return {**row, "level": row[f"level_{visit.language}"], "lagging": lagging}


def _compared(visit: Visit, rows: list[dict[str, Any]]) -> list[str]:
    wanted = [name for name in visit.query.get("compare", "").split("|") if name]
    known = [row["entity"] for row in rows]
    return [name for name in wanted if name in known] or known[:COMPARED]


def _compare(visit: Visit, rows: list[dict[str, Any]], compared: list[str], redraw: Any) -> None:
    def take(event: Any) -> None:
        visit.remember(compare="|".join(event.value))
        redraw()

    ui.select(
        [row["entity"] for row in rows],
        label=visit.t("synergy.choice.compare"),
        value=compared,
        multiple=True,
        on_change=take,
    ).props("dense outlined options-dense use-chips").classes("xt-filter synergy compare").props(
        "data-mark=choice-compare"
    )


def _bars(
    visit: Visit,
    found: dict[str, Any],
    rows: list[dict[str, Any]],
    parts: dict[str, str],
    year: int,
) -> None:
    known = [row for row in rows if row["d"] is not None]

    def options(palette: Palette) -> dict[str, Any]:
        names = [f"{row['rank']}  {row['entity']}" for row in known]
        colours = [palette("page", "accent")] * len(known)
        return ranked_bars(palette, names, [row["d"] for row in known], colours)

    heading = figure(visit, found, "ranking", *_behind(visit, rows, parts), year=year)
    chart(visit, heading, options, height=max(300, 60 + 26 * len(known)))


def _behind(
    visit: Visit, rows: list[dict[str, Any]], parts: dict[str, str]
) -> tuple[list[dict[str, Any]], tuple[Column, ...]]:
    return [_worded(visit, row, parts) for row in rows], (
        *columns("synergy_ranking"),
        *_more(parts),
    )


def _places(rows: list[dict[str, Any]]) -> bool:
    return sum(bool(row.get("place")) for row in rows) > 1


def _map(
    visit: Visit,
    found: dict[str, Any],
    rows: list[dict[str, Any]],
    parts: dict[str, str],
    year: int,
) -> bool:
    province = province_of(rows) if _places(rows) else None
    shapes = boundaries(visit.desk(), province) if province else None
    if province is None or shapes is None:
        return False
    on_map = [{"name": row["place"], "value": _three(row["d"])} for row in rows if row["place"]]
    heading = figure(visit, found, "degree_map", *_behind(visit, rows, parts), year=year)

    def options(palette: Palette) -> dict[str, Any]:
        made = map_options(palette, province, on_map, "D", visit.language)
        made["visualMap"] |= {"orient": "horizontal", "left": "center", "bottom": 0}
        made["series"][0]["bottom"] = 44
        return made

    chart(visit, heading, options, height=470, maps={province: shapes})
    return True


def _radar(
    visit: Visit,
    found: dict[str, Any],
    rows: list[dict[str, Any]],
    parts: dict[str, str],
    compared: list[str],
) -> None:
    picked = [row for row in rows if row["entity"] in compared]
    shapes = {
        row["entity"]: [row[key] for key in parts]
        for row in picked
        if all(row[key] is not None for key in parts)
    }
    heading = figure(visit, found, "radar", *_behind(visit, picked, parts))
    chart(visit, heading, lambda palette: radar(palette, list(parts.values()), shapes), height=400)


def _trend(visit: Visit, found: dict[str, Any], parts: dict[str, str], compared: list[str]) -> None:
    values = {(row["entity"], row["year"]): row["d"] for row in found["rows"]}
    years = found["years"]
    series = {name: [values.get((name, year)) for year in years] for name in compared}
    picked = [row for row in found["rows"] if row["entity"] in compared]
    heading = figure(visit, found, "trend", *_behind(visit, picked, parts))
    chart(visit, heading, lambda palette: lines(palette, years, series), height=400)


def _three(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
