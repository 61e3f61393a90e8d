"""脱钩: the state of each city on the map, elasticities in order, states through time, one city's levels."""

from typing import Any

from nicegui import ui

from xietong.app.pages_map import boundaries
from xietong.app.pages_synergy import decoupling, levels, province_of
from xietong.cocontrol.tapio import FLAT, tapio_states
from xietong.web.chart import Palette, chart
from xietong.web.figures import plain
from xietong.web.grid import Rows, grid, nothing
from xietong.web.synergy_charts import lines, ranked_bars, state_grid, state_map
from xietong.web.synergy_parts import (
    account,
    choice,
    chosen,
    figure,
    year_choices,
    years_chosen,
)
from xietong.web.visit import Visit
from xietong.web.words import columns

MODES = ("periods", "chain", "fixed")


def draw(visit: Visit, years: list[int], redraw: Any) -> None:
    """The tab; ``redraw`` is called when a choice changes."""
    first, last = years_chosen(visit, years)
    modes = {mode: visit.t(f"synergy.mode.{mode}") for mode in MODES}
    mode = chosen(visit, "mode", modes, MODES[0])
    whole = decoupling(visit.desk(), "span", first, last)
    steps = decoupling(visit.desk(), mode, first, last)
    cities = {row["entity"]: row["entity"] for row in whole["rows"]}
    city = chosen(visit, "city", cities, next(iter(cities)))
    with ui.element("div").classes("xt-filters"):
        year_choices(visit, years, redraw)
        choice(visit, "mode", modes, MODES[0], redraw)
        choice(visit, "city", cities, city, redraw)
    found = {row["state"] for row in (*whole["rows"], *steps["rows"])}
    states = {code: word for code, word in state_words(visit).items() if code in found}
    account(visit, whole, visit.t("synergy.decoupling.lead", first=first, last=last))
    with ui.element("div").classes("xt-two wide"):
        _map(visit, whole, states, redraw)
        _bars(visit, whole, states)
    with ui.element("div").classes("xt-two"):
        _grid(visit, steps, states)
        _levels(visit, whole, city, first, last)
    rows = [{**row, "state_name": _state(visit, row)} for row in steps["rows"]]
    with ui.element("section").classes("xt-card"):
        ui.label(visit.t("synergy.table.decoupling", mode=modes[mode])).classes("xt-h2")
        grid(visit, "synergy_decoupling", rows, name=f"decoupling-{mode}")


def state_words(visit: Visit) -> dict[str, str]:
    """The states in the table's order with their words; at the end the border case."""
    name = f"state_{visit.language}"
    named = {row["code"]: f"{row[name]} {row['code']}" for row in tapio_states().to_dicts()}
    return named | {FLAT: visit.t("synergy.flat")}


def _state(visit: Visit, row: dict[str, Any]) -> str:
    word = row[f"state_{visit.language}"]
    return f"{word} {row['state']}" if word else "—"


def _told(visit: Visit, row: dict[str, Any]) -> str:
    return "\n".join(
        (
            f"{row['entity']}  {_state(visit, row)}",
            f"β = {_number(row['elasticity'])}",
            visit.t(
                "synergy.decoupling.changes",
                co2=_number(row["pressure_percent"]),
                gdp=_number(row["driver_percent"]),
            ),
        )
    )


def _number(value: float | None) -> str:
    return "—" if value is None else plain(float(f"{value:.4g}"))


def _map(visit: Visit, whole: dict[str, Any], states: dict[str, str], redraw: Any) -> None:
    province = province_of(whole["rows"])
    shapes = boundaries(visit.desk(), province) if province else None
    if province is None or shapes is None:
        with ui.element("section").classes("xt-card"):
            nothing(visit, "empty.map")
        return
    rows = [{**row, "told": _told(visit, row)} for row in whole["rows"]]
    by_place = {row["place"]: row["entity"] for row in rows}
    span = whole["rows"][0]["span"]

    def clicked(event: Any) -> None:
        if event.name in by_place:
            visit.remember(city=by_place[event.name])
            redraw()

    heading = figure(
        visit, whole, "map", _named(visit, whole["rows"]), columns("synergy_decoupling"), span=span
    )
    chart(
        visit,
        heading,
        lambda palette: state_map(palette, province, rows, states),
        height=480,
        maps={province: shapes},
        on_click=clicked,
    )


def _named(visit: Visit, rows: Rows) -> Rows:
    return [{**row, "state_name": _state(visit, row)} for row in rows]


def _bars(visit: Visit, whole: dict[str, Any], states: dict[str, str]) -> None:
    known = [row for row in whole["rows"] if row["elasticity"] is not None]
    rows = sorted(known, key=lambda row: float(row["elasticity"]))

    def options(palette: Palette) -> dict[str, Any]:
        colours = [palette("decoupling", row["state"]) for row in rows]
        names = [row["entity"] for row in rows]
        return ranked_bars(palette, names, [row["elasticity"] for row in rows], colours)

    heading = figure(
        visit,
        whole,
        "elasticity",
        _named(visit, rows),
        columns("synergy_decoupling"),
        span=whole["rows"][0]["span"],
    )
    chart(visit, heading, options, height=480)


def _grid(visit: Visit, steps: dict[str, Any], states: dict[str, str]) -> None:
    rows = steps["rows"]
    spans = list(dict.fromkeys(row["span"] for row in rows))
    names = list(dict.fromkeys(row["entity"] for row in rows))
    cells = [(row["span"], row["entity"], row["state"], row["elasticity"]) for row in rows]
    heading = figure(visit, steps, "states", _named(visit, rows), columns("synergy_decoupling"))
    chart(
        visit,
        heading,
        lambda palette: state_grid(palette, spans, names, cells, states),
        height=90 + 26 * len(names),
    )


def _levels(visit: Visit, whole: dict[str, Any], city: str, first: int, last: int) -> None:
    rows = levels(visit.desk(), city, first, last)
    series = {
        visit.t(f"synergy.level.{name}"): [row[name] for row in rows]
        for name in ("gdp", "co2", "co2_per_gdp")
    }
    heading = figure(visit, whole, "levels", rows, columns("synergy_levels"), city=city)
    chart(
        visit,
        heading,
        lambda palette: lines(palette, [row["year"] for row in rows], series),
        height=506,
    )
