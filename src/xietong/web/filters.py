"""The row of filters above a list: what is typed goes into the address, the list follows."""

from collections.abc import Callable, Sequence
from typing import Any

from nicegui import ui

from xietong.app.plans.filters import FILTER_NAMES, Filter
from xietong.web.visit import Visit

STATES = ("extracted", "confirmed", "corrected", "rejected")


def read_filter(visit: Visit, **fixed: Any) -> Filter:
    """The filter that the words of the address ask for; a year that is no number asks for none."""
    words: dict[str, Any] = {
        name: visit.query[name] for name in FILTER_NAMES if visit.query.get(name)
    }
    year = words.pop("year", "")
    if str(year).isdecimal():
        words["year"] = int(year)
    if "lead" in words:
        words["lead"] = words["lead"] == "true"
    return Filter(**(words | fixed))


def filter_bar(
    visit: Visit,
    names: Sequence[str],
    changed: Callable[[], Any],
    plans: Sequence[dict[str, Any]] = (),
) -> None:
    """Fields for some of the filters; ``plans`` are the documents to choose from."""
    with (
        ui.element("div")
        .classes("xt-filters")
        .props(f'role=search aria-label="{visit.t("filter.bar")}"')
    ):
        for name in names:
            _field(visit, name, changed, plans)
        ui.button(visit.t("filter.clear"), icon="close", on_click=lambda: _clear(visit)).props(
            "flat dense no-caps"
        ).classes("xt-export").props("data-mark=filter-clear")


def _field(
    visit: Visit, name: str, changed: Callable[[], Any], plans: Sequence[dict[str, Any]]
) -> None:
    label = visit.t(f"filter.{name}")
    now = visit.query.get(name) or None

    def take(event: Any) -> None:
        visit.remember(**{name: event.value})
        changed()

    if name in ("plan", "status"):
        choices = (
            {one["code"]: one["title"] for one in plans}
            if name == "plan"
            else {state: visit.t(f"status.{state}") for state in STATES}
        )
        ui.select(
            choices, label=label, value=now if now in choices else None, clearable=True
        ).props("dense outlined options-dense").classes(f"xt-filter {name}").on_value_change(
            take
        ).props(f"data-mark=filter-{name}")
    else:
        ui.input(label=label, value=now or "").props(
            "dense outlined clearable debounce=350"
        ).classes(f"xt-filter {name}").on_value_change(take).props(f"data-mark=filter-{name}")


def _clear(visit: Visit) -> None:
    visit.remember(**dict.fromkeys(FILTER_NAMES))
    ui.navigate.to(visit.here())
