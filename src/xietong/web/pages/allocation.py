"""分解落实: a province's target in its cities, in several ways side by side; the chosen one is kept."""

import asyncio
from typing import Any

from nicegui import ui

from xietong.app.allocation import DEFAULT_WAYS, KINDS, adopt, allocate
from xietong.app.assessment import library_targets
from xietong.assessment.allocation import WAYS
from xietong.errors import XietongError
from xietong.indicators import definitions
from xietong.web.chart import Figure, Palette, chart
from xietong.web.grid import grid
from xietong.web.later import later
from xietong.web.pages.page import Page
from xietong.web.visit import Visit, tell
from xietong.web.words import Column

FIELDS = ("indicator", "target", "year", "kind", "base_year")
EXAMPLE = {
    "indicator": "carbon_intensity",
    "target": "68",
    "year": "2030",
    "kind": "drop",
    "base_year": "2005",
}


def build(visit: Visit) -> None:
    """What to break down, in which ways; the answer below, and what can be done with it."""
    ui.label(visit.t("allocation.title")).classes("xt-h1")
    ui.label(visit.t("allocation.lead")).classes("xt-note")
    asked = {name: visit.query.get(name, EXAMPLE[name]) for name in FIELDS}
    ways = [one for one in visit.query.get("ways", "").split(";") if one] or list(DEFAULT_WAYS)
    known = {
        one.id: f"{one.zh if visit.language == 'zh' else one.en}（{one.unit}）"
        for one in definitions().values()
    }
    _printed(visit)
    with ui.element("div").classes("xt-filters"):
        fields: dict[str, Any] = {
            "indicator": ui.select(
                known,
                label=visit.t("allocation.indicator"),
                value=asked["indicator"] if asked["indicator"] in known else None,
                with_input=True,
            ),
            "target": ui.number(label=visit.t("allocation.target"), value=_number(asked["target"])),
            "kind": ui.select(
                {one: visit.t(f"allocation_kind.{one}") for one in KINDS},
                label=visit.t("allocation.kind"),
                value=asked["kind"] if asked["kind"] in KINDS else "drop",
            ),
            "year": ui.number(
                label=visit.t("allocation.year"), value=_number(asked["year"]), format="%d"
            ),
            "base_year": ui.number(
                label=visit.t("allocation.base_year"),
                value=_number(asked["base_year"]),
                format="%d",
            ),
        }
        for name, one in fields.items():
            one.props(f"dense outlined options-dense data-mark=choose-{name}").classes(
                "xt-filter synergy"
            )
        titles = {one.name: _words(visit, one.title) for one in WAYS}
        chosen = ui.select(
            titles | {one: one for one in ways if one not in titles},
            label=visit.t("allocation.ways"),
            value=ways,
            multiple=True,
        ).props("dense outlined options-dense use-chips data-mark=choose-ways")
        own = ui.input(label=visit.t("allocation.own"), placeholder="gdp=0.5,population=0.5").props(
            "dense outlined data-mark=own-weights"
        )

        def ask() -> None:
            found = {name: one.value for name, one in fields.items()}
            picked = [*(chosen.value or []), *([own.value] if own.value else [])]
            for name in ("year", "base_year"):
                found[name] = int(found[name]) if found[name] else None
            visit.remember(**found, ways=";".join(picked))
            ui.navigate.to(visit.here())

        ui.button(visit.t("allocation.go"), on_click=ask).props(
            "unelevated no-caps data-mark=allocate"
        )
    later(visit, lambda: _allocated(visit, asked, ways), lambda found: _show(visit, found))


def _allocated(visit: Visit, asked: dict[str, str], ways: list[str]) -> dict[str, Any]:
    base = _number(asked["base_year"])
    target, year = _number(asked["target"]), _number(asked["year"])
    if target is None or year is None:
        from xietong.errors import TableError

        raise TableError(visit.t("allocation.incomplete"))
    return allocate(
        asked["indicator"],
        target,
        int(year),
        kind=asked["kind"],
        base_year=int(base) if base is not None else None,
        ways=ways,
        folder=visit.desk().workspace.root,
    )


def _printed(visit: Visit) -> None:
    """The province's own targets to start from."""
    rows = [
        row
        for row in library_targets(visit.desk())
        if row["adcode"].endswith("0000")
        and row["indicator_id"]
        and row["year"]
        and isinstance(row["value"], int | float)
        and "%" in row["unit"]
    ]
    if not rows:
        return
    known = {
        at: f"{row['indicator']} {row['year']}: {row['value']:g} {row['unit']}"
        for at, row in enumerate(rows)
    }

    def take(event: Any) -> None:
        row = rows[int(event.value)]
        share = row["measure"] == "share" or row["baseline_year"] is None
        visit.remember(
            indicator=row["indicator_id"],
            target=row["value"],
            year=row["year"],
            kind="share" if share else "drop",
            base_year=row["baseline_year"],
        )
        ui.navigate.to(visit.here())

    ui.select(known, label=visit.t("allocation.printed")).props(
        "dense outlined options-dense data-mark=choose-printed"
    ).classes("xt-filter plan").on_value_change(take)


def _show(visit: Visit, found: dict[str, Any]) -> None:
    ways = {one: _words(visit, title) for one, title in found["ways"].items()}
    title = visit.t(
        "allocation.result",
        name=found["name"],
        target=f"{found['target']:g}",
        unit=found["unit"],
        year=found["year"],
    )
    source = visit.t("allocation.source", year=found["data_year"], weight=found["weight"])
    columns = tuple(Column(one, words, words, "number", 130, 1) for one, words in ways.items())
    gains = tuple(
        Column(
            f"{one}_more",
            f"{visit.t('allocation.more')} {words}",
            f"{words} {visit.t('allocation.more')}",
            "number",
            130,
            1,
        )
        for one, words in ways.items()
        if any(f"{one}_more" in row for row in found["rows"])
    )
    rows = [
        {key: round(value, 3) if isinstance(value, float) else value for key, value in row.items()}
        for row in found["rows"]
    ]

    def options(palette: Palette) -> dict[str, Any]:
        return {
            "grid": {"left": 8, "right": 16, "top": 16, "bottom": 60, "containLabel": True},
            "legend": {"bottom": 0, "textStyle": {"color": palette("page", "soft")}},
            "tooltip": {"trigger": "axis", "confine": True},
            "xAxis": {
                "type": "category",
                "data": [row["name"] for row in rows],
                "axisLabel": {"rotate": 35, "interval": 0},
            },
            "yAxis": {"type": "value", "name": found["unit"]},
            "series": [
                {
                    "type": "bar",
                    "name": words,
                    "data": [row[one] for row in rows],
                    "itemStyle": {"color": palette("series", str(at % 8 + 1))},
                }
                for at, (one, words) in enumerate(ways.items())
            ],
        }

    chart(visit, Figure(title, found["unit"], source, "allocation", rows), options, height=360)
    for note in found["notes"]:
        ui.label(note).classes("xt-hint warn")
    closes = "；".join(f"{ways[one]} {value:.4g}" for one, value in found["closes"].items())
    ui.label(visit.t("allocation.closes", sums=closes, unit=found["unit"])).classes("xt-note")
    grid(visit, "allocation", rows, name="allocation", more=[*columns, *gains])
    if visit.may("data.submit"):
        _adopt(visit, found)


def _adopt(visit: Visit, found: dict[str, Any]) -> None:
    with ui.element("div").classes("xt-filters"):
        way = (
            ui.select(
                {one: _words(visit, title) for one, title in found["ways"].items()},
                label=visit.t("allocation.way"),
            )
            .props("dense outlined options-dense data-mark=adopt-way")
            .classes("xt-filter plan")
        )
        path = (
            ui.select(
                {one: visit.t(f"allocation_path.{one}") for one in ("geometric", "linear")},
                label=visit.t("allocation.path"),
                value="geometric",
            )
            .props("dense outlined options-dense")
            .classes("xt-filter synergy")
        )

        async def go() -> None:
            if not way.value:
                tell(visit.t("allocation.choose_way"), bad=True)
                return
            try:
                made = await asyncio.to_thread(
                    adopt, found, str(way.value), visit.desk(), str(path.value)
                )
            except XietongError as error:
                tell(visit.told(error), bad=True)
                return
            tell(visit.t("allocation.adopted", file=made["file"], n=made["regions"]))

        ui.button(visit.t("allocation.adopt"), on_click=go).props("outline no-caps data-mark=adopt")


def _words(visit: Visit, title: str) -> str:
    """One language of ``中文 · English``."""
    zh, _, en = title.partition(" · ")
    return en if visit.language == "en" and en else zh


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


ALLOCATION = Page(
    "/assessment/allocation", "assessment", "allocation.title", build, action="plan.read"
)
