"""空间相关: Moran's I by year, its permutation test, and who is alike with the neighbours."""

import asyncio
from typing import Any

from nicegui import ui

from xietong.app.cocontrol_store import place_name
from xietong.app.cocontrol_tracking import MORAN_VALUES
from xietong.app.pages_map import boundaries
from xietong.app.pages_synergy import province_of, tracking
from xietong.web.chart import chart
from xietong.web.grid import grid, nothing
from xietong.web.synergy_charts import lines, state_map
from xietong.web.synergy_parts import account, choice, chosen, figure, year_choices, years_chosen
from xietong.web.visit import Visit
from xietong.web.words import columns

QUADRANTS = ("HH", "LL", "HL", "LH")


async def draw(visit: Visit, years: list[int], redraw: Any) -> None:
    """The tab; the permutations take a second and run beside the page."""
    first, last = years_chosen(visit, years)
    found = await asyncio.to_thread(tracking, visit.desk(), "moran", first=first, last=last)
    values = {name: visit.t(f"synergy.moran.{name}") for name in MORAN_VALUES}
    value = chosen(visit, "value", values, MORAN_VALUES[0])
    with ui.element("div").classes("xt-filters"):
        year_choices(visit, years, redraw)
        choice(visit, "value", values, MORAN_VALUES[0], redraw)
    account(visit, found, visit.t("synergy.moran.lead"))
    rows = [{**row, "value_name": values[row["value"]]} for row in found["rows"]]
    with ui.element("div").classes("xt-two"):
        _lines(visit, found, rows, values)
        _map(visit, found, value, values[value])
    with ui.element("section").classes("xt-card"):
        ui.label(visit.t("synergy.table.moran")).classes("xt-h2")
        grid(visit, "synergy_moran", rows, name="moran")


def _lines(
    visit: Visit, found: dict[str, Any], rows: list[dict[str, Any]], values: dict[str, str]
) -> None:
    years = sorted({row["year"] for row in rows})
    by_key = {(row["value"], row["year"]): row["i"] for row in rows}
    series = {word: [by_key.get((name, year)) for year in years] for name, word in values.items()}
    heading = figure(visit, found, "moran", rows, columns("synergy_moran"))
    chart(visit, heading, lambda palette: lines(palette, years, series), height=440)


def _map(visit: Visit, found: dict[str, Any], value: str, word: str) -> None:
    year = max((row["year"] for row in found["rows"]), default=None)
    rows = [
        row | {"adcode": row["entity"], "entity": row["city"], "place": place_name(row["entity"])}
        for row in found["details"]["local"]
        if row["value"] == value and row["year"] == year
    ]
    province = province_of(rows)
    shapes = boundaries(visit.desk(), province) if province else None
    if province is None or shapes is None:
        with ui.element("section").classes("xt-card"):
            nothing(visit, "empty.map")
        return
    states = {name: visit.t(f"synergy.quadrant.{name}") for name in QUADRANTS}
    for row in rows:
        row["state"] = row["quadrant"]
        row["state_name"] = states.get(row["quadrant"], "—")
        row["told"] = f"{row['entity']}  {row['state_name']}\nI = {row['local_i']:.3f}"
    heading = figure(visit, found, "local", rows, columns("synergy_local"), value=word, year=year)
    chart(
        visit,
        heading,
        lambda palette: state_map(palette, province, rows, states, "quadrant"),
        height=440,
        maps={province: shapes},
    )
