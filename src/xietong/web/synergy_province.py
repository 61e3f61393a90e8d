"""全省协同度: order degrees of pollution and carbon and the synergy degree S, year by year."""

from typing import Any

from nicegui import ui

from xietong.app.pages_synergy import panel_years, tracking
from xietong.web.chart import Palette, chart
from xietong.web.grid import grid, nothing
from xietong.web.synergy_charts import lines, ranked_bars
from xietong.web.synergy_parts import account, choice, chosen, figure, year_choices, years_chosen
from xietong.web.visit import Visit
from xietong.web.words import columns

BASES = ("chain", "fixed")
BOUNDS = ("stretched", "sample")


def draw(visit: Visit, years: list[int], redraw: Any) -> None:
    """The tab; its years are those of the province's panel, not of the cities'."""
    years = panel_years(visit.desk(), "province-panel")
    if not years:
        nothing(visit, "empty.province", "/synergy/import?system=province-panel", "synergy.import")
        return
    first, last = years_chosen(visit, years)
    bases = {name: visit.t(f"synergy.base.{name}") for name in BASES}
    bounds = {name: visit.t(f"synergy.bounds.{name}") for name in BOUNDS}
    base = chosen(visit, "base", bases, BASES[0])
    found = tracking(
        visit.desk(),
        "synergy",
        base,
        first,
        last,
        bounds=chosen(visit, "bounds", bounds, BOUNDS[0]),
    )
    with ui.element("div").classes("xt-filters"):
        year_choices(visit, years, redraw)
        choice(visit, "base", bases, BASES[0], redraw)
        choice(visit, "bounds", bounds, BOUNDS[0], redraw)
    account(visit, found, visit.t("synergy.province.lead", first=first, last=last))
    words = {name: visit.t(f"synergy.part.{name}") for name in ("air", "carbon")}
    rows = [
        {
            **row,
            "falling": "、".join(words.get(part, part) for part in (row["falling"] or "").split()),
        }
        for row in found["rows"]
    ]
    with ui.element("div").classes("xt-two"):
        _order(visit, found, rows, words)
        _degree(visit, found, rows)
    with ui.element("section").classes("xt-card"):
        ui.label(visit.t("synergy.table.province")).classes("xt-h2")
        grid(visit, "synergy_province", rows, name="province-synergy")


def _order(
    visit: Visit, found: dict[str, Any], rows: list[dict[str, Any]], words: dict[str, str]
) -> None:
    series = {word: [row[f"u_{name}"] for row in rows] for name, word in words.items()}
    heading = figure(visit, found, "order", rows, columns("synergy_province"))
    years = [row["year"] for row in rows]
    chart(visit, heading, lambda palette: lines(palette, years, series), height=400)


def _degree(visit: Visit, found: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    known = [row for row in rows if row["s"] is not None]

    def options(palette: Palette) -> dict[str, Any]:
        colours = [palette("change", "down" if row["s"] > 0 else "up") for row in known]
        names = [f"{row['from_year']}–{row['year']}" for row in known]
        return ranked_bars(palette, names, [row["s"] for row in known], colours)

    heading = figure(visit, found, "s", rows, columns("synergy_province"))
    chart(visit, heading, options, height=400)
