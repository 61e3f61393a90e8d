"""Two inventories side by side: programmes, years, kept results and somebody else's table."""

import asyncio
from pathlib import Path
from typing import Any

from nicegui import ui

from xietong.app import inventory_keep
from xietong.app import pages_inventory as use
from xietong.app.plans.uploads import LIMIT_MB
from xietong.errors import XietongError
from xietong.tables.problem import TableProblemsError
from xietong.vocab.species import find_species
from xietong.web import inventory_charts as charts
from xietong.web.chart import Figure, chart
from xietong.web.grid import grid
from xietong.web.inventory_explanation import show_explanation
from xietong.web.later import later
from xietong.web.problem_list import problem_list
from xietong.web.visit import Visit, tell

RIGHT = "programme=enterprise-24"


def show_comparison(visit: Visit, view: use.View, column: str, years: list[int]) -> None:
    """Choose two sides, see rows by sector and fuel and the waterfall between; a row opens its explanation."""
    sides = {"-": visit.t("inventory.as_set")}
    sides |= {
        f"programme={name}": visit.t("inventory.set_of_factors", name=name)
        for name in use.programmes()
    }
    sides |= {
        f"saved={one['name']}": visit.t("inventory.kept_as", name=one["name"])
        for one in use.results(visit.desk())
    }
    chosen = {
        "left": _known(visit.query.get("left", "-"), sides, "-"),
        "right": _known(visit.query.get("right", RIGHT), sides, "-"),
        "left_year": _known(
            visit.query.get("left_year", ""), [str(one) for one in years], str(view.year)
        ),
        "right_year": _known(
            visit.query.get("right_year", ""), [str(one) for one in years], str(view.year)
        ),
    }

    def field(name: str, known: dict[str, str]) -> None:
        def take(event: Any) -> None:
            chosen[name] = event.value
            visit.remember(**{name: event.value})
            shown.refresh()

        ui.select(known, label=visit.t(f"inventory.{name}"), value=chosen[name]).props(
            f"dense outlined options-dense data-mark=choose-{name}"
        ).classes("xt-filter synergy").on_value_change(take)

    with ui.element("div").classes("xt-filters"):
        for side in ("left", "right"):
            field(side, sides)
            field(f"{side}_year", {str(one): str(one) for one in years})

    @ui.refreshable
    def shown() -> None:
        texts = [_side(chosen[name], chosen[f"{name}_year"]) for name in ("left", "right")]
        later(
            visit,
            lambda: use.compared(visit.desk(), texts[0], texts[1], column, view.region),
            lambda found: _draw(visit, view, column, found, chosen),
        )

    shown()
    if visit.may("data.submit"):
        _other(visit)


def _draw(
    visit: Visit, view: use.View, column: str, found: dict[str, Any], chosen: dict[str, str]
) -> None:
    names = use.sector_names()[visit.language], use.fuel_names()[visit.language]
    steps = [step | {"label": _step(visit, step["label"], *names)} for step in found["waterfall"]]
    rows = [
        row
        | {
            "sector_name": names[0].get(row["sector"], row["sector"]),
            "fuel_name": names[1].get(row["fuel"], row["fuel"]),
        }
        for row in found["rows"]
    ]
    title = visit.t("inventory.waterfall", species=find_species(column).formula)
    source = visit.t("inventory.compare_note")
    if charts.floor(steps):
        source += visit.t("inventory.axis_cut")
    chart(
        visit,
        Figure(title, "kg" if column.endswith("_kg") else "t", source, "compared", rows),
        lambda palette: charts.waterfall(palette, steps),
        height=420,
    )
    if found["not_comparable"]:
        said = visit.t("inventory.not_comparable", n=found["not_comparable"])
        ui.label(said).classes("xt-hint warn")
    ui.label(visit.t("inventory.click_side")).classes("xt-note")

    def opened(row: dict[str, Any]) -> None:
        for side in ("right", "left"):  # the left lies on top
            if not chosen[side].startswith("saved="):
                programme = chosen[side].removeprefix("programme=").removeprefix("-")
                year = int(chosen[f"{side}_year"])
                seen = use.View(year, view.region, programme or view.programme, view.gwp)
                show_explanation(visit, seen, column, row["sector"], row["fuel"])

    grid(visit, "inventory_compared", rows, name="compared", on_open=opened)


def _other(visit: Visit) -> None:
    """Somebody else's inventory: the template, the field, what became of it, what is kept."""
    ui.label(visit.t("inventory.other")).classes("xt-h2")
    ui.label(visit.t("inventory.other_lead")).classes("xt-note")
    ui.button(
        visit.t("inventory.other_template"), icon="download", on_click=lambda: _template(visit)
    ).props("flat dense no-caps data-mark=other-template")

    async def received(event: Any) -> None:
        told.clear()
        name = Path(event.file.name).stem[:60]
        data = await event.file.read()
        try:
            await asyncio.to_thread(
                inventory_keep.keep_other, visit.desk(), name, event.file.name, data
            )
        except TableProblemsError as error:
            with told:
                problem_list(visit, error.problems)
        except XietongError as error:
            with told:
                ui.label(visit.told(error)).classes("xt-problem").props(
                    "role=alert data-mark=problem"
                )
        else:
            visit.remember(right=f"saved={name}")
            ui.navigate.to(visit.here())

    ui.upload(
        label=visit.t("inventory.other_field"),
        auto_upload=True,
        max_file_size=LIMIT_MB * 2**20,
        on_upload=received,
        on_rejected=lambda: tell(visit.t("upload.rejected", mb=LIMIT_MB), bad=True),
    ).props('accept=".csv,.xlsx" flat bordered data-mark=upload-other').classes("xt-upload")
    told = ui.element("div")
    kept = use.results(visit.desk())
    if kept:
        ui.label(visit.t("inventory.kept")).classes("xt-h3")

        def forget(name: str) -> None:
            with visit.telling():
                inventory_keep.forget(visit.desk(), name)
                ui.navigate.to(visit.here())

        for one in kept:
            with ui.element("div").classes("xt-actions"):
                words = visit.t(f"inventory_kind.{one['kind']}")
                ui.label(
                    f"{one['name']} · {words} · {one['year']} · {one['by']} · {one['at'][:16]}"
                )
                ui.button(
                    visit.t("inventory.forget"), on_click=lambda name=one["name"]: forget(name)
                ).props("flat dense no-caps data-mark=forget")


async def _template(visit: Visit) -> None:
    with visit.telling():
        data = await asyncio.to_thread(use.template, visit.desk(), "inventory_table")
        ui.download.content(data, visit.t("inventory.other_template_name"))


def _side(chosen: str, year: str) -> str:
    return f"year={year}" if chosen == "-" else f"{chosen},year={year}"


def _known(value: str, known: Any, otherwise: str) -> str:
    return value if value in known else otherwise


def _step(visit: Visit, label: str, sectors: dict[str, str], fuels: dict[str, str]) -> str:
    """What a step of the waterfall is called: a side, the rest, or a sector and a fuel."""
    if label in ("left", "right"):
        return visit.t(f"inventory.{label}")
    sector, _, fuel = label.partition(" · ")
    named = sectors.get(sector, sector), fuels.get(fuel, fuel)
    return " · ".join(part for part in named if part)
