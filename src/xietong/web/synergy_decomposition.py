"""因素分解: the waterfall of one city or of all, the effects of every city, and the table."""

from typing import Any

from nicegui import ui

from xietong.app.pages_synergy import SUM, bars, decomposition
from xietong.web.chart import chart
from xietong.web.grid import grid
from xietong.web.synergy_charts import grouped_bars, waterfall
from xietong.web.synergy_parts import (
    account,
    choice,
    chosen,
    figure,
    name_of,
    year_choices,
    years_chosen,
)
from xietong.web.visit import Visit
from xietong.web.words import Column, columns

CHAINS = ("lmdi", "kaya")
MODES = ("span", "chain")
FORMS = ("additive", "multiplicative")


def draw(visit: Visit, years: list[int], redraw: Any) -> None:
    """The tab; ``redraw`` is called when a choice changes."""
    first, last = years_chosen(visit, years)
    options = {
        name: {key: visit.t(f"synergy.{name}.{key}") for key in keys}
        for name, keys in (("factors", CHAINS), ("steps", MODES), ("form", FORMS))
    }
    chain, mode, form = (chosen(visit, n, o, next(iter(o))) for n, o in options.items())
    found = decomposition(visit.desk(), chain, mode, first, last, form)
    cities = {row["entity"]: name_of(visit, row["entity"], SUM) for row in found["rows"]}
    default = SUM if SUM in cities else next(iter(cities), "")
    city = chosen(visit, "city", cities, default)
    with ui.element("div").classes("xt-filters"):
        year_choices(visit, years, redraw)
        for name, keys in options.items():
            choice(visit, name, keys, next(iter(keys)), redraw)
        if form == "additive":
            choice(visit, "city", cities, default, redraw)
    account(visit, found, visit.t("synergy.decomposition.lead", first=first, last=last))
    row = next((one for one in found["rows"] if one["entity"] == city), None)
    with ui.element("div").classes("xt-two" if form == "additive" else "xt-stack"):
        if form == "additive":
            _waterfall(visit, found, row, cities.get(city, ""))
        _effects(visit, found, form)
    _table(visit, found, cities, form)


def _factor_names(visit: Visit, found: dict[str, Any]) -> dict[str, str]:
    keys = {"GDP": "gdp", "CO2/GDP": "co2_per_gdp", "GDP per head": "gdp_per_head"}
    return {
        name: visit.t(f"synergy.level.{keys.get(name, name.lower())}") for name in found["factors"]
    }


def _waterfall(visit: Visit, found: dict[str, Any], row: dict[str, Any] | None, city: str) -> None:
    made = bars(row, found["factors"]) if row else []
    if not row or not made:
        with ui.element("section").classes("xt-card").props("data-mark=unknown"):
            ui.label(visit.t("synergy.figure.waterfall", city=city)).classes("xt-h2")
            ui.label(visit.t("synergy.unknown")).classes("xt-hint warn")
        return
    names = _factor_names(visit, found) | {
        "start": f"{row['from_year']}",
        "end": f"{row['to_year']}",
    }
    shown = [{"name": names[bar["name"]], "value": bar["value"]} for bar in made]
    heading = figure(visit, found, "waterfall", shown, columns("synergy_waterfall"), city=city)
    chart(visit, heading, lambda palette: waterfall(palette, made, names, "Mt"), height=420)


def _effects(visit: Visit, found: dict[str, Any], form: str) -> None:
    rows = [row for row in found["rows"] if row["entity"] != SUM]
    names = [row["entity"] for row in rows]
    words = _factor_names(visit, found)
    series = {words[name]: [row.get(name) for row in rows] for name in found["factors"]}
    series[visit.t("synergy.level.total")] = [row.get("total") for row in rows]
    scale = {"yAxis": {"type": "log"}} if form == "multiplicative" else {}
    heading = figure(visit, found, f"effects_{form}", rows, _columns(visit, found))
    chart(visit, heading, lambda palette: grouped_bars(palette, names, series, **scale), height=420)


def _columns(visit: Visit, found: dict[str, Any]) -> tuple[Column, ...]:
    head, tail = columns("synergy_effects"), columns("synergy_effects_total")
    middle = (
        Column(name, word, word, "number", 130, None)
        for name, word in _factor_names(visit, found).items()
    )
    return (*head, *middle, *tail)


def _table(visit: Visit, found: dict[str, Any], cities: dict[str, str], form: str) -> None:
    rows = [{**row, "entity": cities[row["entity"]]} for row in found["rows"]]
    more = _columns(visit, found)[len(columns("synergy_effects")) :]
    with ui.element("section").classes("xt-card"):
        ui.label(visit.t(f"synergy.table.{form}")).classes("xt-h2")
        grid(visit, "synergy_effects", rows, name=f"decomposition-{form}", more=more)
