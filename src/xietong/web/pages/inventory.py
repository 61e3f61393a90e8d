"""清单: where it comes from, how it moves, every number with its explanation, checks, comparison."""

import asyncio
from dataclasses import dataclass
from typing import Any

from nicegui import ui

from xietong.app import pages_inventory as use
from xietong.errors import XietongError
from xietong.vocab.species import species
from xietong.web import inventory_charts as charts
from xietong.web.chart import Figure, chart
from xietong.web.grid import grid, nothing
from xietong.web.inventory_explanation import show_explanation
from xietong.web.pages.page import Page
from xietong.web.tabs import tabs
from xietong.web.tiles import tiles
from xietong.web.visit import Visit, address

TABS = ("structure", "inventory_trend", "numbers", "checks", "settings_compared")
OTHER_PROGRAMME = "programme=enterprise-24"
HEADLINE = ("co2_t", "so2_t", "nox_t", "pm25_t", "nmvoc_t")


@dataclass
class Board:
    """One year's run and what of it is chosen."""

    visit: Visit
    years: list[int]
    year: int
    column: str
    found: dict[str, Any]
    rows: list[dict[str, Any]]

    @property
    def unit(self) -> str:
        """Tonnes, of CO2 equivalents where gases are added."""
        return f"t CO2e ({self.found['gwp']})" if self.column == use.GASES else "t"

    def draw(self, tab: str) -> None:
        """One tab."""
        {
            "structure": self._structure,
            "inventory_trend": self._trend,
            "numbers": self._numbers,
            "checks": self._checks,
            "settings_compared": self._compared,
        }[tab]()

    def _figure(self, title: str, name: str, rows: list[dict[str, Any]]) -> Figure:
        source = self.visit.t(
            "inventory.source",
            programme=self.found["programme"],
            pollutants=self.found["pollutants"],
        )
        return Figure(title, self.unit, source, name, rows)

    def _structure(self) -> None:
        visit = self.visit
        if not self.rows:
            nothing(visit, "empty.estimated")
            return
        names = use.sector_names()[visit.language], use.fuel_names()[visit.language]
        gases = {one.column: one.formula for one in species()}
        shown = _species_name(visit, self.column)
        title = visit.t("inventory.treemap", species=shown, year=self.year)
        chart(
            visit,
            self._figure(title, f"inventory-{self.column}-{self.year}", self.rows),
            lambda palette: charts.treemap(palette, self.rows, *names),
            height=440,
            on_click=self._clicked,
        )
        title = visit.t("inventory.sankey", species=shown, year=self.year)
        chart(
            visit,
            self._figure(title, f"flows-{self.column}-{self.year}", self.rows),
            lambda palette: charts.sankey(palette, self.rows, *names, gases),
            height=560,
        )

    def _clicked(self, event: Any) -> None:
        name = str((event.data or {}).get("id", "")) if isinstance(event.data, dict) else ""
        sector, _, fuel = name.partition("/")
        if sector:
            self._explain(sector, fuel)

    def _explain(self, sector: str, fuel: str = "", column: str = "") -> None:
        wanted = column or ("co2_t" if self.column == use.GASES else self.column)
        show_explanation(self.visit, self.year, wanted, sector, fuel)

    def _trend(self) -> None:
        visit = self.visit
        with visit.telling():
            rows = use.trend(visit.desk(), self.column, self.years)
            if len(self.years) < 2:
                ui.label(visit.t("inventory.one_year")).classes("xt-hint")
            title = visit.t("inventory.trend", species=_species_name(visit, self.column))
            sectors = use.sector_names()[visit.language]
            chart(
                visit,
                self._figure(title, f"trend-{self.column}", rows),
                lambda palette: charts.trend(palette, rows, sectors),
            )

    def _numbers(self) -> None:
        visit = self.visit
        name = "sector_name" if visit.language == "zh" else "sector_name_en"
        rows = [
            row
            | {
                "shown": row[name],
                "kind": _formula(row["species"]),
                "weak": None if row["weak_share"] is None else round(row["weak_share"], 3),
            }
            for row in (*self.found["totals"], *self.found["memo"])
            if self.column == use.GASES or row["species"] == self.column
        ]

        def opened(row: dict[str, Any]) -> None:
            if row["species"].startswith("co2e"):
                self._explain(row["sector"], column="co2_t")
            else:
                self._explain(row["sector"], column=row["species"])

        ui.label(visit.t("inventory.click")).classes("xt-note")
        grid(visit, "inventory", rows, name=f"inventory-{self.year}", on_open=opened)
        for one in self.found["warnings"]:
            ui.label(one["message"]).classes("xt-hint warn")

    def _checks(self) -> None:
        visit = self.visit
        with visit.telling():
            found = use.checked(visit.desk())
            grid(visit, "findings", found["findings"], name="findings", empty="empty.findings")
            ui.label(visit.t("inventory.completeness")).classes("xt-h2")
            grid(visit, "completeness", found["completeness"], name="completeness")

    def _compared(self) -> None:
        visit = self.visit
        known = {"-": visit.t("inventory.as_set")}
        known |= {f"year={year}": str(year) for year in self.years}
        known |= {f"programme={name}": name for name in use.programmes()}
        left = visit.query.get("left", "-")
        right = visit.query.get("right", OTHER_PROGRAMME)

        def choose(name: str, now: str) -> None:
            def take(event: Any) -> None:
                visit.remember(**{name: event.value})
                shown.refresh()

            ui.select(
                known, label=visit.t(f"inventory.{name}"), value=now if now in known else "-"
            ).props("dense outlined options-dense").classes("xt-filter").on_value_change(
                take
            ).props(f"data-mark=choose-{name}")

        with ui.element("div").classes("xt-filters"):
            choose("left", left)
            choose("right", right)

        @ui.refreshable
        def shown() -> None:
            with visit.telling():
                column = "co2_t" if self.column == use.GASES else self.column
                found = use.compared(
                    visit.desk(),
                    visit.query.get("left", "-"),
                    visit.query.get("right", right),
                    column,
                )
                steps = [
                    step | {"label": _step_name(visit, step["label"])}
                    for step in found["waterfall"]
                ]
                rows = [_named(visit, row) for row in found["rows"]]
                title = visit.t("inventory.waterfall", species=_formula(column))
                figure = Figure(title, "t", visit.t("inventory.compare_note"), "compared", rows)
                chart(
                    visit,
                    figure,
                    lambda palette: charts.waterfall(palette, steps),
                    height=420,
                )
                if found["not_comparable"]:
                    said = visit.t("inventory.not_comparable", n=found["not_comparable"])
                    ui.label(said).classes("xt-hint warn")
                grid(visit, "inventory_compared", rows, name="compared")

        shown()


def build(visit: Visit) -> None:
    """The heading and what one can do at once; the figures when they are computed."""
    ui.label(visit.t("inventory.title")).classes("xt-h1")
    ui.label(visit.t("inventory.lead")).classes("xt-note")
    with ui.element("div").classes("xt-actions"):
        if visit.may("data.submit"):
            ui.link(visit.t("inventory.upload"), "/admin/data").classes("xt-link")
        ui.button(
            visit.t("inventory.template"), icon="download", on_click=lambda: _template(visit)
        ).props("flat dense no-caps data-mark=template")
    with ui.element("div") as body:
        ui.spinner(size="lg").props(f'role=status aria-label="{visit.t("wait")}"')
    ui.timer(0.01, lambda: _fill(visit, body), once=True)


async def _template(visit: Visit) -> None:
    with visit.telling():
        data = await asyncio.to_thread(use.template, visit.desk())
        ui.download.content(data, visit.t("inventory.template_name"))


async def _fill(visit: Visit, body: ui.element) -> None:
    try:
        board = await asyncio.to_thread(_board, visit)
    except XietongError as error:
        body.clear()
        with body:
            ui.label(visit.told(error)).classes("xt-empty").props("role=alert")
        return
    body.clear()
    with body:
        if board is None:
            nothing(visit, "empty.activity", "/admin/data", "inventory.upload")
            return
        _choices(visit, board)
        _headline(visit, board)
        tabs(visit, TABS, board.draw)


def _board(visit: Visit) -> Board | None:
    desk = visit.desk()
    years = use.years(desk)
    if not years:
        return None
    wanted = visit.query.get("year", "")
    year = int(wanted) if wanted.isdecimal() and int(wanted) in years else years[0]
    found = use.totals(desk, year)
    column = visit.query.get("species", use.GASES)
    column = column if column in use.columns_of(found) else use.GASES
    return Board(visit, years, year, column, found, use.structure(desk, year, column))


def _choices(visit: Visit, board: Board) -> None:
    def field(name: str, known: dict[Any, str], now: Any) -> None:
        def take(event: Any) -> None:
            visit.remember(**{name: event.value})
            ui.navigate.to(visit.here())

        ui.select(known, label=visit.t(f"inventory.{name}"), value=now).props(
            "dense outlined options-dense"
        ).classes("xt-filter").on_value_change(take).props(f"data-mark=choose-{name}")

    with ui.element("div").classes("xt-filters"):
        field("year", {year: str(year) for year in board.years}, board.year)
        columns = {name: _species_name(visit, name) for name in use.columns_of(board.found)}
        field("species", columns, board.column)
        said = visit.t(
            "inventory.settings",
            programme=board.found["programme"],
            pollutants=board.found["pollutants"],
            gwp=board.found["gwp"],
        )
        ui.label(said).classes("xt-note")


def _headline(visit: Visit, board: Board) -> None:
    sums = {row["species"]: row["value_t"] for row in board.found["sums"]}
    equivalents = next((name for name in sums if name.startswith("co2e")), "")
    wanted = [name for name in (equivalents, *HEADLINE) if sums.get(name) is not None]
    tiles(
        [
            (
                f"{sums[name] / 1e4:,.1f}",
                f"{_formula(name)} · {visit.t('inventory.ten_thousand_t')}",
                address(
                    "/inventory",
                    year=board.year,
                    tab="numbers",
                    species=name if name in HEADLINE else None,
                ),
            )
            for name in wanted
        ],
        visit.language,
    )


def _named(visit: Visit, row: dict[str, Any]) -> dict[str, Any]:
    """A row with the names of its sector and fuel."""
    sectors, fuels = use.sector_names()[visit.language], use.fuel_names()[visit.language]
    return row | {
        "sector": sectors.get(row["sector"], row["sector"]),
        "fuel": fuels.get(row["fuel"], row["fuel"]),
    }


def _step_name(visit: Visit, label: str) -> str:
    """What a step of the waterfall is called: a side, the rest, or a sector and a fuel."""
    if label in ("left", "right"):
        return visit.t(f"inventory.{label}")
    sector, _, fuel = label.partition(" · ")
    named = _named(visit, {"sector": sector, "fuel": fuel})
    return " · ".join(part for part in (named["sector"], named["fuel"]) if part)


def _species_name(visit: Visit, column: str) -> str:
    if column == use.GASES:
        return visit.t("inventory.gases")
    one = next(one for one in species() if one.column == column)
    return f"{one.formula} {one.name_zh if visit.language == 'zh' else one.name_en}"


def _formula(column: str) -> str:
    if column.startswith("co2e"):
        return "CO2e"
    return next((one.formula for one in species() if one.column == column), column)


INVENTORY = Page("/inventory", "inventory", "inventory.title", build, action="data.read")
