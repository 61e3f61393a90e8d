"""措施协同: the catalogue on the inventory — coordinate system, cost curve, table, a measure's sheet."""

from dataclasses import dataclass
from typing import Any

from nicegui import ui

from xietong.app import pages_measures as use
from xietong.vocab.species import find_species
from xietong.web import measure_charts as charts
from xietong.web.chart import Figure, chart
from xietong.web.grid import grid, nothing
from xietong.web.later import later
from xietong.web.measure_sheet import show_measure
from xietong.web.pages.page import Page
from xietong.web.tabs import tabs
from xietong.web.visit import Visit

TABS = ("coordinates", "cost_curve", "effects", "overlap", "catalogue", "not_here")


@dataclass
class Board:
    """One evaluation and what of it is chosen."""

    visit: Visit
    found: dict[str, Any]
    pollutant: str

    def draw(self, tab: str) -> None:
        """One tab."""
        getattr(self, f"_{tab}")()

    @property
    def source(self) -> str:
        """What stands below each figure."""
        chosen = self.found["choices"]
        return self.visit.t(
            "measures.source",
            year=self.found["year"],
            gwp=chosen["gwp"],
            interest=f"{chosen['interest']:.0%}",
        )

    def _open(self, measure: str) -> None:
        line = next((one for one in self.found["measures"] if one["measure"] == measure), None)
        show_measure(self.visit, measure, line)

    def _coordinates(self) -> None:
        visit = self.visit
        rows = [
            row
            | {"shown": visit.t("measures.axis") if row["quadrant"] == "axis" else row["quadrant"]}
            for row in charts.points(self.found["measures"], self.pollutant, visit.language)
        ]
        if not rows:
            nothing(visit, "empty.points")
            return
        words = formula(self.pollutant), gas(self.found["choices"]["ghg"])
        swapped = self.found["choices"]["x_axis"] != "pollutant"
        title = visit.t("measures.coordinates", pollutant=words[0], gas=words[1])
        unit = visit.t("measures.coordinates_unit", region=self.found["region"] or "")
        names = [visit.t("measures.reduced", what=one) for one in words]
        names.reverse() if swapped else None
        chart(
            visit,
            Figure(title, unit, self.source, f"coordinates-{self.pollutant}", rows),
            lambda palette: charts.coordinates(palette, rows, names, swapped),
            height=560,
            on_click=lambda event: self._open(str(event.data["measure"])),
        )
        left = len(self.found["measures"]) - len(rows)
        if left:
            ui.label(visit.t("measures.not_drawn", n=left)).classes("xt-note")
        grid(
            visit,
            "coordinates",
            rows,
            name=f"coordinates-{self.pollutant}",
            on_open=lambda row: self._open(row["measure"]),
        )

    def _cost_curve(self) -> None:
        visit, curve = self.visit, self.found["cost_curve"]
        names = {one["measure"]: one["name"] for one in self.found["measures"]}
        bars = [bar | {"name": names.get(bar["measure"], bar["measure"])} for bar in curve["bars"]]
        if not bars:
            nothing(visit, "empty.curve")
            return
        title = visit.t("measures.curve", species=gas(curve["species"]))
        chart(
            visit,
            Figure(title, visit.t("measures.curve_unit"), self.source, "cost-curve", bars),
            lambda palette: charts.cost_curve(palette, bars),
            height=460,
            on_click=lambda event: self._open(str(event.data["measure"])),
        )
        if any(bar["paradox"] for bar in bars):
            ui.label(visit.t("measures.paradox")).classes("xt-hint")
        grid(
            visit,
            "cost_curve",
            bars,
            name="cost-curve",
            on_open=lambda row: self._open(row["measure"]),
        )
        if curve["left_out"]:
            ui.label(visit.t("measures.left_out")).classes("xt-h2")
            rows = [
                one
                | {
                    "name": names.get(one["measure"], one["measure"]),
                    "why": visit.t(f"left_out.{one['reason']}"),
                }
                for one in curve["left_out"]
            ]
            grid(
                visit,
                "left_out",
                rows,
                name="left-out",
                on_open=lambda row: self._open(row["measure"]),
            )

    def _effects(self) -> None:
        rows = charts.effect_rows(self.found["measures"])
        grid(
            self.visit,
            "measure_effects",
            rows,
            name="measures",
            on_open=lambda row: self._open(row["measure"]),
        )

    def _overlap(self) -> None:
        visit = self.visit
        ui.label(visit.t("measures.overlap")).classes("xt-note")
        names = {one["measure"]: one["name"] for one in self.found["measures"]}
        wanted = {self.pollutant, "co2_t", "co2e_t", "co2e"}
        rows = [
            {
                "group": one["group"],
                "kind": formula(one["species"]),
                "name": names.get(measure, measure),
                "measure": measure,
                "alone": alone,
                "shapley": one["shapley"][measure],
                "sequential": one["sequential"][measure],
                "bundle": one["bundle_t"],
            }
            for one in self.found["bundles"]
            if one["species"] in wanted
            for measure, alone in one["alone"].items()
        ]
        grid(
            visit,
            "overlap",
            rows,
            name="overlap",
            on_open=lambda row: self._open(row["measure"]),
            empty="empty.overlap",
        )

    def _catalogue(self) -> None:
        visit = self.visit
        name = "name" if visit.language == "zh" else "name_en"
        rows = [
            one
            | {
                "shown": one[name],
                "sources": len(one["sources"]),
                "tables": "、".join(one["tables"]),
            }
            for one in use.listed(visit.desk())
        ]
        ui.label(
            visit.t("measures.catalogue", n=len(rows), costs=sum(one["has_cost"] for one in rows))
        ).classes("xt-note")
        grid(
            visit,
            "catalogue",
            rows,
            name="catalogue",
            on_open=lambda row: self._open(row["measure"]),
        )

    def _not_here(self) -> None:
        rows = [one | {"sought": "；".join(one["sought"])} for one in self.found["not_applicable"]]
        ui.label(self.visit.t("measures.not_here")).classes("xt-note")
        grid(
            self.visit,
            "not_here",
            rows,
            name="not-applicable",
            on_open=lambda row: self._open(row["measure"]),
            empty="empty.all_here",
        )


def formula(column: str) -> str:
    """A species as people write it."""
    return "CO2e" if column.startswith("co2e") else find_species(column).formula


def gas(column: str) -> str:
    """The gas of an axis: ``co2e``, or a species with or without its unit."""
    return formula(column)


def build(visit: Visit) -> None:
    """The choices at once; the figures when they are computed, which takes seconds."""
    ui.label(visit.t("measures.title")).classes("xt-h1")
    ui.label(visit.t("measures.lead")).classes("xt-note")
    later(visit, lambda: use.places_of_measures(visit.desk()), lambda found: _chosen(visit, found))


def _chosen(visit: Visit, places: dict[str, list[Any]]) -> None:
    if not places["years"]:
        nothing(visit, "empty.activity", "/inventory?tab=inventory_import", "inventory.upload")
        return
    years = {str(one): str(one) for one in places["years"]}
    regions = {"": visit.t("inventory.all_regions")} | dict(places["regions"])
    known: dict[str, dict[str, str]] = {
        "year": years,
        "region": regions,
        "pollutant": {one: formula(one) for one in use.POLLUTANTS},
        "ghg": {one: gas(one) for one in use.GASES},
        "scheme": {one: visit.t(f"scheme.{one}") for one in use.SCHEMES},
        "x": {one: visit.t(f"measures.x_{one}") for one in ("pollutant", "ghg")},
    }
    picked = {
        name: visit.query.get(name) if visit.query.get(name) in options else next(iter(options))
        for name, options in known.items()
    }

    def field(name: str) -> None:
        def take(event: Any) -> None:
            visit.remember(**{name: event.value})
            ui.navigate.to(visit.here())

        ui.select(known[name], label=visit.t(f"measures.{name}"), value=picked[name]).props(
            f"dense outlined options-dense data-mark=choose-{name}"
        ).classes("xt-filter synergy").on_value_change(take)

    with ui.element("div").classes("xt-filters"):
        for name in known:
            if name != "region" or len(regions) > 2:
                field(name)
    later(
        visit,
        lambda: use.evaluated(
            visit.desk(),
            year=int(str(picked["year"])),
            region=picked["region"] or None,
            ghg=str(picked["ghg"]),
            x=str(picked["x"]),
            schemes=(str(picked["scheme"]),),
        ),
        lambda found: tabs(visit, TABS, Board(visit, found, str(picked["pollutant"])).draw),
    )


MEASURES = Page("/synergy/measures", "synergy", "measures.title", build, action="data.read")
