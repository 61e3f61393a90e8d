"""The form of the best mix: targets by slider or from a plan, budget, name; it starts the job."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from nicegui import ui

from xietong.app import pages_optimise as use
from xietong.app.jobs.desk import submit
from xietong.app.pages_overview import plan_names
from xietong.optimise.words import number
from xietong.web.figures import share
from xietong.web.visit import Visit, tell

FIRST = ("co2e_t", "so2_t", "nox_t", "pm25_t", "nmvoc_t")
HUNDRED_MILLION = 1e8
ROW = (
    "display: grid; grid-template-columns: 96px minmax(120px, 1fr) 104px minmax(0, 1.5fr);"
    "gap: 16px; align-items: center; padding: 4px 0"
)


@dataclass
class Form:
    """What is chosen so far; 0 per cent is no target."""

    visit: Visit
    known: dict[str, Any]
    started: Callable[[int], Any]
    cuts: dict[str, float] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)

    def draw(self) -> None:
        """All fields, the sliders of the usual quantities on top."""
        visit, rows = self.visit, self.known["quantities"]
        with ui.element("section").classes("xt-card").props("data-mark=optimise-form"):
            ui.label(visit.t("optimise.targets", year=self.known["year"])).classes("xt-h2")
            ui.label(visit.t("optimise.targets_lead", year=self.known["year"])).classes("xt-note")
            self._plans()
            for row in rows:
                if row["column"] in FIRST:
                    self._slider(row)
            others = [row for row in rows if row["column"] not in FIRST]
            if others:
                with ui.expansion(visit.t("optimise.others", n=len(others))).classes("xt-wide"):
                    for row in others:
                        self._slider(row)
            self._rest(rows)

    def _slider(self, row: dict[str, Any]) -> None:
        visit, column = self.visit, row["column"]
        name = row["name"] if visit.language == "zh" else row["name_en"]
        self.cuts[column] = 0.0
        with ui.element("div").style(ROW):
            ui.label(name).classes("xt-strong")
            slider = ui.slider(min=0, max=100, step=0.5, value=0).props(
                f'aria-label="{name}" data-mark=slide-{column}'
            )
            box = (
                ui.number(value=0, min=0, max=100, step=0.5, suffix="%")
                .props(f'dense outlined aria-label="{name} %" data-mark=cut-{column}')
                .style("width: 104px")
            )
            slider.bind_value(box, forward=_number, backward=_number)
            said = visit.t(
                "optimise.reach",
                base=number(row["baseline"]),
                unit=row["unit"],
                most=f"{row['reachable_percent']:.1f}",
                touched=share(row["touched_share"]),
            )
            ui.label(said).classes("xt-note")
        box.on_value_change(lambda event: self.cuts.update({column: _number(event.value)}))
        self.fields[column] = box

    def _plans(self) -> None:
        """Percentages that plans print: they move the slider of the quantity they are nearest to."""
        visit, printed = self.visit, self.known["from_plans"]
        if not printed:
            ui.label(visit.t("optimise.no_plans")).classes("xt-note")
            return
        titles = plan_names(visit.desk())
        choices = {
            at: f"{titles.get(one['plan'], one['plan'])} {one['clause']} · {one['indicator']} {one['year']} −{one['value']:g}%"
            for at, one in enumerate(printed)
        }
        told = ui.label("").classes("xt-hint warn").props("data-mark=plan-told")
        told.set_visibility(False)

        def take(event: Any) -> None:
            if event.value is None:
                return
            one = printed[event.value]
            self.fields[one["column"]].set_value(one["value"])
            key = "optimise.plan_amount" if one["whole"] else "optimise.plan_intensity"
            told.set_text(
                visit.t(
                    key,
                    indicator=one["indicator"],
                    value=f"{one['value']:g}",
                    plan_base=one["base_year"] or "?",
                    year=self.known["year"],
                )
            )
            told.set_visibility(True)

        ui.select(choices, label=visit.t("optimise.from_plan"), clearable=True).props(
            "dense outlined options-dense data-mark=from-plan"
        ).classes("xt-wide").on_value_change(take)

    def _rest(self, rows: list[dict[str, Any]]) -> None:
        visit = self.visit
        names = {
            row["column"]: row["name"] if visit.language == "zh" else row["name_en"]
            for row in rows
            if row["column"] != "co2e_t"
        }
        with ui.element("div").classes("xt-filters"):
            budget = (
                ui.number(label=visit.t("optimise.budget"), min=0)
                .props("dense outlined clearable data-mark=budget")
                .classes("xt-filter synergy")
                .style("min-width: 320px")
            )
            front = (
                ui.select(names, label=visit.t("optimise.front"), value=_usual(names))
                .props("dense outlined options-dense data-mark=front")
                .classes("xt-filter synergy")
                .style("min-width: 190px")
            )
            name = (
                ui.input(label=visit.t("optimise.name"), value=use.own_name(self.known["year"]))
                .props("dense outlined maxlength=60 data-mark=name")
                .classes("xt-filter synergy")
            )
        years = "、" if visit.language == "zh" else ", "
        said = visit.t(
            "optimise.prices",
            years=years.join(map(str, self.known["price_years"])) or "–",
            interest=f"{self.known['interest']:.0%}",
        )
        ui.label(said).classes("xt-note").style("margin-bottom: 10px")

        def start() -> None:
            cuts = {column: value for column, value in self.cuts.items() if value > 0}
            if not cuts:
                tell(visit.t("optimise.no_target"), bad=True)
                return
            with visit.telling():
                use.writable(visit.desk(), self.known["region"])
                limit = budget.value
                made = submit(
                    visit.desk(),
                    "optimise.run",
                    {
                        "name": str(name.value or ""),
                        "year": self.known["year"],
                        "region": self.known["region"],
                        "targets": cuts,
                        "budget_cny": None if limit in (None, "") else limit * HUNDRED_MILLION,
                        "pareto": front.value or "",
                    },
                )
                self.started(int(made["id"]))

        ui.button(visit.t("optimise.start"), icon="play_arrow", on_click=start).props(
            "unelevated no-caps data-mark=optimise-start"
        )


def problem_cards(visit: Visit, files: list[dict[str, str]], started: Callable[[int], Any]) -> None:
    """The problems of the workspace's ``optimise/``, each with a button that runs it as a job."""
    if not files:
        return

    def start(one: dict[str, str]) -> None:
        with visit.telling():
            stem = one["file"].removesuffix(".toml")[:30]
            moment = use.own_name(0).partition("-")[2]
            arguments = {"name": f"{stem}-{moment}", "file": one["file"]}
            started(int(submit(visit.desk(), "optimise.run", arguments)["id"]))

    with ui.element("section").classes("xt-card").style("margin-top: 14px"):
        ui.label(visit.t("optimise.files")).classes("xt-h2")
        ui.label(visit.t("optimise.files_lead")).classes("xt-note")
        for one in files:
            with ui.element("div").classes("xt-actions"):
                ui.button(
                    visit.t("optimise.start"),
                    icon="play_arrow",
                    on_click=lambda one=one: start(one),
                ).props(f'outline dense no-caps data-mark="run-{one["file"]}"')
                ui.label(f"{one['file']} · {one['title']}")


def _usual(names: dict[str, str]) -> str | None:
    """NOx where it can be chosen, else the first."""
    return "nox_t" if "nox_t" in names else next(iter(names), None)


def _number(value: Any) -> float:
    """What stands in a field; an empty one is 0."""
    try:
        return min(100.0, max(0.0, float(value)))
    except (TypeError, ValueError):
        return 0.0
