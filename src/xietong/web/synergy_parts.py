"""Parts of the synergy pages: choices that stand in the address, how a result was made, its warnings."""

from collections.abc import Callable, Mapping
from typing import Any

from nicegui import ui

from xietong.app.pages_synergy import spoken
from xietong.web.chart import Figure
from xietong.web.grid import Rows
from xietong.web.visit import Visit
from xietong.web.words import Column

Changed = Callable[[], Any]
EXPLAINED = 5  # warnings shown before the rest is folded


def chosen(visit: Visit, name: str, options: Mapping[Any, str], default: Any) -> Any:
    """What the address says for a choice, if it is one of the options."""
    word = visit.query.get(name, "")
    return next((key for key in options if str(key) == word), default)


def choice(
    visit: Visit,
    name: str,
    options: Mapping[Any, str],
    default: Any,
    changed: Changed,
    label: str = "",
) -> None:
    """A list to choose from; the choice goes into the address and ``changed`` draws anew."""

    def take(event: Any) -> None:
        visit.remember(**{name: event.value})
        changed()

    label = visit.t(f"synergy.choice.{label or name}")
    ui.select(
        dict(options), label=label, value=chosen(visit, name, options, default), on_change=take
    ).props("dense outlined options-dense").classes(f"xt-filter synergy {name}").props(
        f"data-mark=choice-{name}"
    )


def year_choices(visit: Visit, years: list[int], changed: Changed) -> None:
    """From the first to the last year."""
    options = {year: str(year) for year in years}
    choice(visit, "first", options, years[0], changed)
    choice(visit, "last", options, years[-1], changed)


def years_chosen(visit: Visit, years: list[int]) -> tuple[int, int]:
    """First and last year of the address, in their order."""
    options = {year: str(year) for year in years}
    pair = (
        chosen(visit, "first", options, years[0]),
        chosen(visit, "last", options, years[-1]),
    )
    return min(pair), max(pair)


def made_how(visit: Visit, found: dict[str, Any]) -> str:
    """Index system, formula, variant, weights, scheme and source in one line, for the foot of a figure."""
    scheme = found.get("scheme")
    details = found["details"]
    system, weighting = details.get("system"), details.get("weighting")
    parts = [
        *([visit.t("synergy.system", value=system)] if system else []),
        visit.t("synergy.formula", value=found["formula"]),
        visit.t("synergy.variant", value=found["variant"]),
        *([visit.t("synergy.weights", value=weighting)] if weighting else []),
        *([visit.t("synergy.scheme", value=scheme)] if scheme else []),
        visit.t("synergy.source", value=spoken(found["source"], visit.language)),
    ]
    return " · ".join(parts)


def figure(
    visit: Visit,
    found: dict[str, Any],
    key: str,
    rows: Rows,
    columns: tuple[Column, ...],
    **facts: Any,
) -> Figure:
    """What a chart says beside its lines; ``key`` names its texts and its file."""
    return Figure(
        visit.t(f"synergy.figure.{key}", **facts),
        visit.t(f"synergy.unit.{key}"),
        made_how(visit, found),
        f"synergy-{key}",
        rows,
        columns,
    )


def account(visit: Visit, found: dict[str, Any], lead: str = "") -> None:
    """How the result was made and what to be careful of, above the figures."""
    with ui.element("section").classes("xt-card synergy-account").props("data-mark=account"):
        if lead:
            ui.label(lead).classes("xt-strong")
        ui.label(made_how(visit, found)).classes("xt-note")
        warnings = [spoken(one, visit.language) for one in found["warnings"]]
        _warnings(visit, warnings)


def _warnings(visit: Visit, warnings: list[str]) -> None:
    if not warnings:
        return
    with ui.element("ul").classes("xt-list").props("data-mark=warnings"):
        for one in warnings[:EXPLAINED]:
            with ui.element("li"):
                ui.label(one).classes("xt-inline")
    if len(warnings) > EXPLAINED:
        with ui.expansion(visit.t("synergy.more", n=len(warnings) - EXPLAINED)):
            for one in warnings[EXPLAINED:]:
                ui.label(one).classes("xt-note")


def name_of(visit: Visit, entity: str, whole: str) -> str:
    """An entity as people read it; the row of all together has a word of its own."""
    return visit.t("synergy.all") if entity == whole else entity
