"""优化: the least-cost mix of measures under targets of CO2e and pollutants, as a job; front, strategies, kept."""

from typing import Any

from nicegui import ui

from xietong.app import pages_optimise as use
from xietong.app.pages_optimise_files import problem_files
from xietong.web.grid import nothing
from xietong.web.job_card import job_card
from xietong.web.later import later
from xietong.web.optimise_answer import show_answer
from xietong.web.optimise_form import Form, problem_cards
from xietong.web.optimise_more import show_front, show_kept, show_strategies
from xietong.web.pages.page import Page
from xietong.web.tabs import tabs
from xietong.web.visit import Visit

TABS = ("optimise_run", "optimise_front", "optimise_strategies", "optimise_kept")


def build(visit: Visit) -> None:
    """Heading and tabs; the catalogue is computed on the inventory beside the page."""
    ui.label(visit.t("optimise.title")).classes("xt-h1")
    ui.label(visit.t("optimise.lead")).classes("xt-note")
    tabs(visit, TABS, lambda name: _draw(visit, name))


def _draw(visit: Visit, tab: str) -> None:
    if tab == "optimise_run":
        wanted = visit.query.get("year", "")
        year = int(wanted) if wanted.isdecimal() else None
        region = visit.query.get("region", "")
        later(
            visit,
            lambda: (
                use.choices(visit.desk(), year, region) | {"files": problem_files(visit.desk())}
            ),
            lambda known: _run(visit, known),
        )
    elif tab == "optimise_front":
        _of_answer(visit, lambda found: show_front(visit, found))
    elif tab == "optimise_strategies":
        _of_answer(visit, lambda found: show_strategies(visit, found))
    else:
        show_kept(visit, lambda name: _open(visit, name))


def _open(visit: Visit, name: str) -> None:
    visit.remember(result=name, tab=TABS[0])
    ui.navigate.to(visit.here())


def _chosen(visit: Visit) -> dict[str, Any] | None:
    """The answer that the address names, or the newest one."""
    names = [one["kept"] for one in use.kept(visit.desk()) if one["kind"] == use.KIND]
    wanted = visit.query.get("result", "")
    name = wanted if wanted in names else next(iter(names), "")
    return use.read(visit.desk(), name) if name else None


def _of_answer(visit: Visit, show: Any) -> None:
    def drawn(found: dict[str, Any] | None) -> None:
        if found is None:
            nothing(visit, "empty.kept_mixes")
            return
        told = ui.label(visit.t("optimise.answer", name=found["kept"]))
        told.classes("xt-note").style("margin-bottom: 10px")
        show(found)

    later(visit, lambda: _chosen(visit), drawn)


def _run(visit: Visit, known: dict[str, Any]) -> None:
    if not known["years"] and known["files"]:
        _start(visit, known)
        return
    if not known["years"]:
        nothing(visit, "empty.activity", "/inventory", "optimise.to_inventory")
        return
    _places(visit, known)
    _who(visit, known)
    if not known["quantities"]:
        nothing(visit, "empty.optimise")
        return
    _start(visit, known)


def _start(visit: Visit, known: dict[str, Any]) -> None:
    """The form, the problems of the workspace, a job under way, the answer."""
    form_place = ui.element("div").style("margin: 10px 0 18px")
    job_place = ui.element("div")

    def done(result: dict[str, Any]) -> None:
        visit.remember(result=result["name"], job=None)
        answer.refresh()

    def started(number: int) -> None:
        visit.remember(job=number)
        job_place.clear()
        with job_place:
            job_card(visit, number, done)

    if visit.may("data.submit") and visit.may("job.run"):
        with form_place:
            if known["years"]:
                Form(visit, known, started).draw()
            problem_cards(visit, known["files"], started)
    else:
        with form_place:
            ui.label(visit.t("optimise.look_only")).classes("xt-note")
    running = visit.query.get("job", "")
    if running.isdecimal() and len(running) < 10:
        started(int(running))

    @ui.refreshable
    def answer() -> None:
        later(
            visit,
            lambda: _chosen(visit),
            lambda found: (
                show_answer(visit, found) if found else nothing(visit, "empty.kept_mixes")
            ),
        )

    answer()


def _places(visit: Visit, known: dict[str, Any]) -> None:
    def field(name: str, values: dict[Any, str], now: Any) -> None:
        def take(event: Any) -> None:
            visit.remember(**{name: event.value})
            ui.navigate.to(visit.here())

        ui.select(values, label=visit.t(f"inventory.{name}"), value=now).props(
            f"dense outlined options-dense data-mark=choose-{name}"
        ).classes("xt-filter synergy").on_value_change(take)

    with ui.element("div").classes("xt-filters"):
        field("year", {year: str(year) for year in known["years"]}, known["year"])
        if len(known["regions"]) > 1:
            whole = {"": visit.t("inventory.all_regions")}
            field("region", whole | known["regions"], known["region"])


def _who(visit: Visit, known: dict[str, Any]) -> None:
    """How many measures take part, and why the others do not."""
    rows = known["measures"]
    taking = [row for row in rows if row["takes_part"]]
    said = visit.t("optimise.takes_part", n=len(taking), of=len(rows))
    ui.label(said).classes("xt-note").props("data-mark=takes-part")
    name = "name" if visit.language == "zh" else "name_en"
    comma = "、" if visit.language == "zh" else ", "
    left: dict[str, list[str]] = {row["left"]: [] for row in rows if row["left"]}
    for row in rows:
        if row["left"]:
            left[row["left"]].append(row[name])
    if left:
        with ui.expansion(visit.t("optimise.why_not", n=len(rows) - len(taking))).classes(
            "xt-wide"
        ):
            for why, names in left.items():
                told = visit.t(f"optimise_left.{why}")
                ui.label(told + comma.join(names)).classes("xt-line")


OPTIMISE = Page("/optimise", "optimise", "optimise.title", build, action="data.read")
