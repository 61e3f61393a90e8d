"""The cities of a province by one indicator and its change; those without data are named, not ranked."""

from typing import Any

from nicegui import ui

from xietong.app.assessment import rank_regions
from xietong.app.pages_overview import home_province
from xietong.indicators import definitions
from xietong.web.grid import grid
from xietong.web.later import later
from xietong.web.visit import Visit

DEFAULT = "carbon_intensity"
BACK = 3  # years


def show_ranking(visit: Visit, year: int) -> None:
    """Choose the indicator and since when; a table of all cities."""
    known = {
        one.id: one.zh if visit.language == "zh" else one.en
        for one in definitions().values()
        if one.direction in ("decrease", "increase")
    }
    chosen = {
        "ranked": visit.query.get("ranked", DEFAULT),
        "since": visit.query.get("since", str(year - BACK)),
    }
    years = [str(one) for one in range(year - 1, year - 21, -1)]
    if chosen["ranked"] not in known:
        chosen["ranked"] = DEFAULT
    if chosen["since"] not in years:
        chosen["since"] = str(year - BACK)

    def field(name: str, choices: Any, **more: Any) -> None:
        def take(event: Any) -> None:
            if event.value:
                chosen[name] = event.value
                visit.remember(**{name: event.value})
                table.refresh()

        ui.select(choices, label=visit.t(f"ranking.{name}"), value=chosen[name], **more).props(
            f"dense outlined options-dense data-mark=choose-{name}"
        ).classes("xt-filter plan").on_value_change(take)

    with ui.element("div").classes("xt-filters"):
        field("ranked", known, with_input=True)
        field("since", years)

    @ui.refreshable
    def table() -> None:
        desk = visit.desk()
        province = home_province(desk) or "370000"
        later(
            visit,
            lambda: rank_regions(
                chosen["ranked"], year, int(chosen["since"]), desk.workspace.root, within=province
            ),
            lambda rows: grid(
                visit,
                "ranking",
                [
                    row | {"change": None if row["change"] is None else round(row["change"], 4)}
                    for row in rows
                ],
                name=f"ranking-{chosen['ranked']}-{year}",
            ),
        )

    table()
