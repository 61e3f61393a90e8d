"""考核: every target held against the facts of a year; units, cities, scores; a target in full."""

import asyncio
from dataclasses import dataclass
from typing import Any

from nicegui import ui

from xietong.app.assessment import (
    alerts_of_year,
    assess_desk,
    load_by_unit,
    series_of,
    years_with_data,
)
from xietong.app.tasks.queries import tasks_of_clause
from xietong.assessment.levels import sums, weaker_cities
from xietong.assessment.progress import STATES
from xietong.assessment.standing import midterm
from xietong.errors import XietongError
from xietong.vocab.regions import region as find_region
from xietong.web.chart import Figure, Palette, chart
from xietong.web.closing import show_closing
from xietong.web.figures import plain
from xietong.web.grid import grid, nothing
from xietong.web.later import later
from xietong.web.pages.page import Page
from xietong.web.ranking import show_ranking
from xietong.web.tabs import tabs
from xietong.web.visit import Visit, address

TABS = ("assessed", "by_unit", "worse", "half_way", "ranking", "weaker", "sums", "scores")
URGENT = ("missed", "off_track", "at_risk", "on_track", "met", "no_data")
SHOWN = (
    "target",
    "actual",
    "actual_year",
    "progress",
    "elapsed",
    "required_pace",
    "pace",
    "forecast",
    "low",
    "high",
    "gap",
)


@dataclass
class Board:
    """The assessment that is shown; made once for a year, filtered by what the address says."""

    visit: Visit
    year: int
    found: dict[str, Any]

    def lines(self) -> list[dict[str, Any]]:
        """The targets that the choices leave, those that want attention first."""
        query = self.visit.query
        left = [
            line
            for line in self.found["targets"]
            if query.get("region", line["adcode"]) == line["adcode"]
            and query.get("status", line["status"]) == line["status"]
            and (not query.get("unit") or any(query["unit"] in one for one in line["units"]))
        ]
        return sorted(left, key=lambda line: URGENT.index(line["status"]))

    def draw(self, tab: str) -> None:
        """One tab."""
        lines = self.lines()
        if tab == "by_unit":
            rows = load_by_unit({"targets": lines})
            grid(self.visit, "assessed_units", rows, name="assessment-units", on_open=self._unit)
        elif tab == "weaker":
            found = [row | {"place": _place(row["region"])} for row in weaker_cities(lines)]
            grid(self.visit, "weaker", found, name="assessment-cities", empty="empty.weaker")
        elif tab == "sums":
            grid(self.visit, "sums", sums(lines), name="assessment-sums", empty="empty.sums")
        elif tab == "scores":
            self._scores()
        elif tab == "worse":
            later(
                self.visit,
                lambda: alerts_of_year(self.visit.desk(), self.year, self.found),
                self._worse,
            )
        elif tab == "half_way":
            rows = [
                row | {"elapsed": _share(row["elapsed"]), "mean_lead": _share(row["mean_lead"])}
                for row in midterm(lines, self.year)
            ]
            grid(self.visit, "half_way", rows, name="midterm")
        elif tab == "ranking":
            show_ranking(self.visit, self.year)
        else:
            rows = [line | {"progress": _share(line["progress"])} for line in lines]
            grid(self.visit, "assessed", rows, name="assessment", on_open=self._open)

    def _worse(self, rows: list[dict[str, Any]]) -> None:
        ids = {line["id"] for line in self.lines()}
        left = [row for row in rows if row["id"] in ids]
        grid(self.visit, "worse", left, name="alerts", on_open=self._open, empty="empty.worse")

    def _scores(self) -> None:
        rows = [
            row
            | {
                "place": _place(row["region"]),
                "points": row["score"],
                "reasons": "；".join(row["why"]),
            }
            for row in self.found["scores"]
        ]
        grid(self.visit, "scores", rows, name="assessment-scores", empty="empty.scores")

    def _unit(self, row: dict[str, Any]) -> None:
        self.visit.remember(unit=row["unit"], tab=None)
        ui.navigate.to(self.visit.here())

    def _open(self, row: dict[str, Any]) -> None:
        line = next(one for one in self.found["targets"] if str(one["id"]) == str(row["id"]))
        _detail(self.visit, line, self.year)


def build(visit: Visit) -> None:
    """The heading at once; the figures when they are computed, which takes seconds."""
    ui.label(visit.t("assessment.title")).classes("xt-h1")
    ui.label(visit.t("assessment.lead")).classes("xt-note")
    with ui.element("div") as body:
        ui.spinner(size="lg").props(f'role=status aria-label="{visit.t("wait")}"')
    ui.timer(0.01, lambda: _fill(visit, body), once=True)


async def _fill(visit: Visit, body: ui.element) -> None:
    """Year, place and state to choose; figures; tabs. Without statistics it says what to do first."""
    try:
        desk = visit.desk()
        years = await asyncio.to_thread(years_with_data, desk)
        wanted = visit.query.get("year", "")
        year = int(wanted) if wanted.isdecimal() and int(wanted) in years else max(years, default=0)
        found = await asyncio.to_thread(assess_desk, desk, year) if years else None
    except XietongError as error:
        body.clear()
        with body:
            ui.label(visit.told(error)).classes("xt-empty").props("role=alert")
        return
    body.clear()
    with body:
        if found is None:
            nothing(visit, "empty.statistics")
            return
        board = Board(visit, year, found)
        _choices(visit, board, years)
        _lights(visit, board)
        tabs(visit, TABS, board.draw)
        ui.label(visit.t("assessment.source")).classes("xt-note xt-source")


def _choices(visit: Visit, board: Board, years: list[int]) -> None:
    places = {one["adcode"]: one["region"] for one in board.found["targets"] if one["adcode"]}
    states = {state: visit.t(f"target_state.{state}") for state in STATES}

    def field(name: str, choices: dict[Any, str], now: Any, clearable: bool) -> None:
        def take(event: Any) -> None:
            visit.remember(**{name: event.value})
            ui.navigate.to(visit.here())

        ui.select(
            choices, label=visit.t(f"assessment.{name}"), value=now, clearable=clearable
        ).props("dense outlined options-dense").classes("xt-filter").on_value_change(take).props(
            f"data-mark=choose-{name}"
        )

    with ui.element("div").classes("xt-filters"):
        field("year", {one: str(one) for one in years}, board.year, False)
        field("region", places, _among(visit.query.get("region"), places), True)
        field("status", states, _among(visit.query.get("status"), states), True)
        unit = visit.query.get("unit")
        if unit:
            ui.button(unit, icon="close", on_click=lambda: _without_unit(visit)).props(
                "flat dense no-caps data-mark=clear-unit"
            )


def _without_unit(visit: Visit) -> None:
    visit.remember(unit=None)
    ui.navigate.to(visit.here())


def _lights(visit: Visit, board: Board) -> None:
    lines = board.lines()
    with ui.element("div").classes("xt-tiles").props("data-mark=lights"):
        for state in STATES:
            with ui.element("div").classes(f"xt-tile light-{state}"):
                count = sum(line["status"] == state for line in lines)
                ui.label(plain(count, visit.language)).classes("xt-figure")
                ui.label(visit.t(f"target_state.{state}")).classes("xt-note")


def _detail(visit: Visit, line: dict[str, Any], year: int) -> None:
    with (
        ui.dialog(value=True) as dialog,
        ui.element("div").classes("xt-dialog wide").props("data-mark=assessed"),
    ):
        with ui.element("div").classes("xt-grid-head"):
            ui.label(f"{line['region']} · {line['name']} · {line['year'] or ''}").classes("xt-h2")
            ui.element("div").classes("xt-space")
            ui.button(icon="close", on_click=dialog.close).props(
                f'flat dense round aria-label="{visit.t("dialog.close")}"'
            )
        state = visit.t(f"target_state.{line['status']}")
        ui.label(" · ".join(part for part in (state, line["why"]) if part)).classes("xt-note")
        with ui.element("dl").classes("xt-fields"):
            for key, value in _facts(visit, line):
                with ui.element("dt"):
                    ui.label(key)
                with ui.element("dd"):
                    ui.label(value)
        if line["quote"]:
            ui.label(f"“{line['quote']}”（{line['plan']} {line['clause']}）").classes("xt-quote")
        if line["gap"] is not None:
            show_closing(visit, line, year)
        with visit.telling():
            _tasks(visit, line)
            rows = series_of(visit.desk(), line["adcode"], line["indicator"] or "")
            if rows:
                _series(visit, line, rows)


def _tasks(visit: Visit, line: dict[str, Any]) -> None:
    """How the tasks of the target's clause stand, with the way to them."""
    if not line["clause"] or not visit.may("task.read"):
        return
    own = tasks_of_clause(visit.desk(), line["plan"], line["clause"])
    if own:
        done = sum(one["state"] == "done" for one in own)
        said = visit.t("assessment.tasks", n=len(own), done=done)
        ui.link(said, address("/assessment/tasks", plan=line["plan"])).classes("xt-link")


def _facts(visit: Visit, line: dict[str, Any]) -> list[tuple[str, str]]:
    made = [(visit.t("assessment.printed"), line["printed"])]
    for key in SHOWN:
        value = line[key]
        if value is None:
            continue
        if key in ("progress", "elapsed"):
            shown = f"{value:.0%}"
        elif key == "actual_year":
            shown = str(value)
        else:
            shown = f"{_rounded(value)} {line['unit']}"
        made.append((visit.t(f"assessment.{key}"), shown))
    made.append((visit.t("assessment.units"), "、".join(line["units"]) or "–"))
    return made


def _series(visit: Visit, line: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    figure = Figure(
        visit.t("assessment.series", name=line["name"]),
        rows[0]["unit"],
        "；".join(dict.fromkeys(row["source"] for row in rows if row["source"])),
        f"series-{line['indicator']}-{line['adcode']}",
        rows,
    )

    def options(palette: Palette) -> dict[str, Any]:
        marks: list[dict[str, Any]] = []
        limits: dict[str, float] = {}
        if line["form"] == "level" and line["target"] is not None:
            marks = [{"yAxis": line["target"], "name": visit.t("assessment.target")}]
            seen = [*(row["value"] for row in rows), line["target"]]
            room = (max(seen) - min(seen)) * 0.05
            limits = {"min": max(min(seen) - room, 0.0), "max": max(seen) + room}
        return {
            "grid": {"left": 60, "right": 24, "top": 24, "bottom": 32},
            "xAxis": {"type": "category", "data": [str(row["year"]) for row in rows]},
            "yAxis": {"type": "value", "scale": True, **limits},
            "tooltip": {"trigger": "axis"},
            "series": [
                {
                    "type": "line",
                    "data": [row["value"] for row in rows],
                    "itemStyle": {"color": palette("page", "accent")},
                    "markLine": {
                        "data": marks,
                        "symbol": "none",
                        "lineStyle": {"color": palette("page", "warn")},
                        "label": {"formatter": "{b} {c}", "position": "insideEndTop"},
                    },
                }
            ],
        }

    chart(visit, figure, options, height=260)


def _rounded(value: float) -> str:
    """Four digits at least, none of the whole number lost, no exponent."""
    digits = 0 if abs(value) >= 1000 else 1 if abs(value) >= 100 else 3
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _share(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _place(adcode: str) -> str:
    try:
        return find_region(adcode).name
    except XietongError:
        return adcode


def _among(value: str | None, known: dict[str, str]) -> str | None:
    return value if value in known else None


ASSESSMENT = Page("/assessment", "assessment", "assessment.title", build, action="plan.read")
