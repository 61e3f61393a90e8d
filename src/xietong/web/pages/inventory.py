"""清单: where it comes from, how it moves, every number with its explanation, checks, comparison, import."""

import asyncio
import datetime
from dataclasses import dataclass, replace
from typing import Any

from nicegui import ui

from xietong.app import pages_inventory as use
from xietong.app.jobs.desk import submit
from xietong.errors import XietongError
from xietong.vocab.species import species
from xietong.web import inventory_charts as charts
from xietong.web.chart import Figure, chart
from xietong.web.data_upload import data_upload
from xietong.web.grid import grid, nothing
from xietong.web.inventory_comparison import show_comparison
from xietong.web.inventory_explanation import show_explanation
from xietong.web.job_card import job_card
from xietong.web.later import later
from xietong.web.pages.page import Page
from xietong.web.tabs import tabs
from xietong.web.visit import Visit, address

TABS = (
    "structure",
    "inventory_trend",
    "numbers",
    "checks",
    "settings_compared",
    "inventory_import",
)
HEADLINE = ("co2_t", "so2_t", "nox_t", "pm25_t", "nmvoc_t")
DRAWS = 1000


@dataclass
class Board:
    """One year's run and what of it is chosen."""

    visit: Visit
    places: dict[str, Any]
    view: use.View
    column: str
    found: dict[str, Any]

    @property
    def unit(self) -> str:
        """Tonnes, of CO2 equivalents where gases are added."""
        return f"t CO2e ({self.found['gwp']})" if self.column == use.GASES else "t"

    def draw(self, tab: str) -> None:
        """One tab; what takes long is computed beside the page."""
        visit, view, column = self.visit, self.view, self.column
        if tab == "structure":
            later(visit, lambda: use.structure(visit.desk(), view, column), self._structure)
        elif tab == "inventory_trend":
            later(visit, lambda: use.trend(visit.desk(), view, column), self._trend)
        elif tab == "numbers":
            self._numbers()
        elif tab == "checks":
            later(visit, lambda: use.checked(visit.desk(), view.region), self._checks)
        elif tab == "settings_compared":
            gas = "co2_t" if column == use.GASES else column
            show_comparison(visit, view, gas, self.places["years"])
        elif visit.may("data.submit"):
            data_upload(visit, lambda: None)
            ui.label(visit.t("inventory.after_import")).classes("xt-note")
        else:
            nothing(visit, "empty.not_yours")

    def _figure(self, title: str, name: str, rows: list[dict[str, Any]]) -> Figure:
        source = self.visit.t(
            "inventory.source",
            programme=self.found["programme"],
            pollutants=self.found["pollutants"],
        )
        return Figure(title, self.unit, source, name, rows)

    def _structure(self, rows: list[dict[str, Any]]) -> None:
        visit, year = self.visit, self.view.year
        if not rows:
            nothing(visit, "empty.estimated")
            return
        names = use.sector_names()[visit.language], use.fuel_names()[visit.language]
        gases = {one.column: one.formula for one in species()}
        shown = _species_name(visit, self.column)
        title = visit.t("inventory.treemap", species=shown, year=year)
        chart(
            visit,
            self._figure(title, f"inventory-{self.column}-{year}", rows),
            lambda palette: charts.treemap(palette, rows, *names),
            height=440,
            on_click=self._clicked,
        )
        title = visit.t("inventory.sankey", species=shown, year=year)
        chart(
            visit,
            self._figure(title, f"flows-{self.column}-{year}", rows),
            lambda palette: charts.sankey(palette, rows, *names, gases),
            height=640,
            on_click=self._clicked,
        )

    def _clicked(self, event: Any) -> None:
        """A rectangle (``sector/fuel``), a node (``f:…``, ``s:…``, ``g:…``) or a band between two."""
        data = event.data if isinstance(event.data, dict) else {}
        if "source" in data:
            ends = [str(data["source"]), str(data["target"])]
        elif "id" in data:
            sector, _, fuel = str(data["id"]).partition("/")
            ends = [f"s:{sector}", f"f:{fuel}"]
        else:
            ends = [str(data.get("name", ""))]
        words = {end[0]: end[2:] for end in ends if end[1:2] == ":"}
        if words:
            self._explain(words.get("s", ""), words.get("f", ""), words.get("g", ""))

    def _explain(
        self, sector: str = "", fuel: str = "", column: str = "", year: int | None = None
    ) -> None:
        view = self.view if year is None else replace(self.view, year=year)
        show_explanation(self.visit, view, column or self.column, sector, fuel)

    def _trend(self, rows: list[dict[str, Any]]) -> None:
        visit = self.visit
        if len(self.places["years"]) < 2:
            ui.label(visit.t("inventory.one_year")).classes("xt-hint")
        title = visit.t("inventory.trend", species=_species_name(visit, self.column))
        sectors = use.sector_names()[visit.language]

        def clicked(event: Any) -> None:
            sector = next((key for key, name in sectors.items() if name == event.series_name), "")
            self._explain(sector or str(event.series_name), year=int(event.name))

        chart(
            visit,
            self._figure(title, f"trend-{self.column}", rows),
            lambda palette: charts.trend(palette, rows, sectors),
            on_click=clicked,
        )
        ui.label(visit.t("inventory.click_trend")).classes("xt-note")

    def _numbers(self) -> None:
        visit = self.visit
        name = "sector_name" if visit.language == "zh" else "sector_name_en"

        def opened(row: dict[str, Any]) -> None:
            gas = row["species"]
            column = use.GASES if gas.startswith("co2e") else gas
            show_explanation(visit, replace(self.view, region=row["region"]), column, row["sector"])

        def table(lines: list[dict[str, Any]]) -> None:
            rows = [
                row
                | {
                    "shown": row[name],
                    "kind": _formula(row["species"]),
                    "weak": None if row["weak_share"] is None else round(row["weak_share"], 3),
                }
                for row in lines
                if self.column == use.GASES or row["species"] == self.column
            ]
            grid(visit, "inventory", rows, name=f"inventory-{self.view.year}", on_open=opened)

        ui.label(visit.t("inventory.click")).classes("xt-note")
        area = ui.element("div")
        if visit.may("data.submit") and visit.may("job.run"):
            self._ranges(area, table)
        with area:
            table([*self.found["totals"], *self.found["memo"]])
        for one in self.found["warnings"]:
            ui.label(one["message"]).classes("xt-hint warn")

    def _ranges(self, area: ui.element, table: Any) -> None:
        """The 95 % ranges: a job that keeps its result, and shows it here when it is there."""
        visit = self.visit
        moment = datetime.datetime.now(datetime.UTC).strftime("%Y%m%d-%H%M%S")
        name = f"{self.view.year}-{moment}"
        place = ui.element("div")

        def done(result: dict[str, Any]) -> None:
            ui.label(visit.t("inventory.ranges_kept", name=result["name"])).classes("xt-note")
            area.clear()
            with area:
                later(visit, lambda: use.kept_totals(visit.desk(), result["name"]), table)

        def start() -> None:
            with visit.telling():
                view = {
                    "year": self.view.year,
                    "region": self.view.region,
                    "programme": self.view.programme,
                    "gwp": self.view.gwp,
                }
                made = submit(
                    visit.desk(), "inventory.save", {"name": name, "view": view, "draws": DRAWS}
                )
                place.clear()
                with place:
                    job_card(visit, int(made["id"]), done)

        with place:
            ui.button(
                visit.t("inventory.ranges", draws=DRAWS), icon="query_stats", on_click=start
            ).props("flat dense no-caps data-mark=ranges")

    def _checks(self, found: dict[str, Any]) -> None:
        visit = self.visit
        names = use.sector_names()[visit.language]
        rows = [
            row | {"sector": names.get(row["sector"], row["sector"])} for row in found["findings"]
        ]
        grid(visit, "findings", rows, name="findings", empty="empty.findings")
        ui.label(visit.t("inventory.completeness")).classes("xt-h2")
        rows = [
            row | {"sector": names.get(row["sector"], row["sector"])}
            for row in found["completeness"]
        ]
        grid(visit, "completeness", rows, name="completeness")


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
    later(visit, lambda: _board(visit), lambda board: _show(visit, board))


async def _template(visit: Visit) -> None:
    with visit.telling():
        data = await asyncio.to_thread(use.template, visit.desk())
        ui.download.content(data, visit.t("inventory.template_name"))


def _show(visit: Visit, board: Board | None) -> None:
    if board is None:
        nothing(visit, "empty.activity")
        if visit.may("data.submit"):
            data_upload(visit, lambda: ui.navigate.to(visit.here()))
        return
    _choices(visit, board)
    _headline(visit, board)
    tabs(visit, TABS, board.draw)


def _board(visit: Visit) -> Board | None:
    desk = visit.desk()
    places = use.places(desk)
    if not places["years"]:
        return None
    query = visit.query
    wanted = query.get("year", "")
    years = places["years"]
    view = use.View(
        year=int(wanted) if wanted.isdecimal() and int(wanted) in years else years[0],
        region=query.get("region", "") if query.get("region") in places["regions"] else "",
        programme=query.get("programme", "") if query.get("programme") in use.programmes() else "",
        gwp=query.get("gwp", "") if query.get("gwp") in use.gwp_sets() else "",
    )
    try:
        found = use.totals(desk, view)
    except XietongError:
        if not view.region:
            raise
        view = replace(view, region="")  # the region has no activity in this year
        found = use.totals(desk, view)
    column = query.get("species", use.GASES)
    column = column if column in use.columns_of(found) else use.GASES
    return Board(visit, places, view, column, found)


def _choices(visit: Visit, board: Board) -> None:
    def field(name: str, known: dict[Any, str], now: Any) -> None:
        def take(event: Any) -> None:
            visit.remember(**{name: event.value})
            ui.navigate.to(visit.here())

        ui.select(known, label=visit.t(f"inventory.{name}"), value=now).props(
            f"dense outlined options-dense data-mark=choose-{name}"
        ).classes("xt-filter synergy").on_value_change(take)

    regions = board.places["regions"]
    as_set = {"": visit.t("inventory.as_set")}
    with ui.element("div").classes("xt-filters"):
        field("year", {year: str(year) for year in board.places["years"]}, board.view.year)
        if len(regions) > 1:
            field("region", {"": visit.t("inventory.all_regions")} | regions, board.view.region)
        columns = {name: _species_name(visit, name) for name in use.columns_of(board.found)}
        field("species", columns, board.column)
        field(
            "programme",
            as_set | {one: one for one in use.programmes()},
            board.view.programme,
        )
        field("gwp", as_set | {one: one for one in use.gwp_sets()}, board.view.gwp)
    said = visit.t(
        "inventory.settings",
        programme=board.found["programme"],
        pollutants=board.found["pollutants"],
        gwp=board.found["gwp"],
    )
    ui.label(said).classes("xt-note")


def _headline(visit: Visit, board: Board) -> None:
    """Tiles: a figure, what it is; a click explains it down to its sources."""
    sums = {row["species"]: row["value_t"] for row in board.found["sums"]}
    equivalents = next((name for name in sums if name.startswith("co2e")), "")
    wanted = [name for name in (equivalents, *HEADLINE) if sums.get(name) is not None]
    with ui.element("div").classes("xt-tiles"):
        for name in wanted:
            column = use.GASES if name == equivalents else name
            with (
                ui.link(
                    target=address(
                        visit.path, **(visit.query | {"species": column, "tab": "numbers"})
                    )
                )
                .classes("xt-tile")
                .props(f"data-mark=tile-{column}")
                .on(
                    "click.prevent",
                    lambda column=column: show_explanation(visit, board.view, column),
                )
            ):
                ui.label(f"{sums[name] / 1e4:,.1f}").classes("xt-figure")
                ui.label(f"{_formula(name)} · {visit.t('inventory.ten_thousand_t')}").classes(
                    "xt-note"
                )


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
