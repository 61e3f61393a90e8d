"""The map of a province's cities: counts of the library, or the cities' values of one plan target."""

from typing import Any

from nicegui import ui

from xietong.web.chart import Figure, Palette, Panel, chart
from xietong.web.figures import plain
from xietong.web.visit import Visit, address
from xietong.web.words import columns, text

COUNTS = ("targets", "clauses", "documents")


def city_map(
    visit: Visit,
    province: str,
    shapes: dict[str, Any],
    cities: list[dict[str, Any]],
    targets: list[dict[str, Any]],
) -> None:
    """The map with its choice above; the choice stands in the address (``?map=``)."""
    choices = {name: visit.t(f"map.{name}") for name in COUNTS} | {
        _key(target): f"{visit.name(target)} {target['year']} ({target['unit']})"
        for target in targets
    }
    chosen = visit.query.get("map", COUNTS[0])
    chosen = chosen if chosen in choices else COUNTS[0]

    @ui.refreshable
    def drawn(name: str) -> None:
        target = next((one for one in targets if _key(one) == name), None)
        rows = [{**city, "value": _value(city, name, target)} for city in cities]
        _chart(visit, province, shapes, rows, name, target)

    def turn(event: Any) -> None:
        visit.remember(map=event.value)
        drawn.refresh(event.value)

    with ui.element("div").classes("xt-stack"):
        ui.select(choices, value=chosen, label=visit.t("map.choose"), on_change=turn).props(
            "dense outlined options-dense"
        ).classes("xt-map-choice").props("data-mark=map-choice")
        drawn(chosen)


def _chart(
    visit: Visit,
    province: str,
    shapes: dict[str, Any],
    rows: list[dict[str, Any]],
    name: str,
    target: dict[str, Any] | None,
) -> Panel:
    unit = target["unit"] if target else visit.t("map.unit")
    title = (
        visit.t("map.title.target", name=visit.name(target), year=target["year"])
        if target
        else visit.t(f"map.title.{name}")
    )
    note = visit.t("map.grey")
    if target and target["province"] is not None:
        note = visit.t("map.province", value=f"{plain(target['province'])} {unit}") + note
    figure = Figure(
        title,
        f"{visit.t('chart.unit')}{unit} · {note}",
        visit.t("map.source", shapes=shapes["source"]),
        f"map-{name}",
        rows,
        columns("cities"),
    )
    by_name = {row["name"]: row["adcode"] for row in rows}

    def options(palette: Palette) -> dict[str, Any]:
        return map_options(palette, province, rows, unit, visit.language)

    def clicked(event: Any) -> None:
        ui.navigate.to(address("/plans", tab="documents", region=by_name.get(event.name)))

    return chart(visit, figure, options, height=470, maps={province: shapes}, on_click=clicked)


def map_options(
    palette: Palette, province: str, rows: list[dict[str, Any]], unit: str, language: str
) -> dict[str, Any]:
    """The map's options: pale to full accent by value, grey where nothing is known (§1)."""
    known = [row["value"] for row in rows if row["value"] is not None]
    low, high = (min(known), max(known)) if known else (0, 1)
    return {
        "tooltip": {"trigger": "item", ":formatter": _tooltip(unit, language)},
        "visualMap": {
            "min": low if low < high else 0,
            "max": high,
            "text": [f"{plain(high, language)} {unit}", plain(low if low < high else 0, language)],
            "inRange": {"color": [palette("scale", "low"), palette("scale", "high")]},
            "textStyle": {"color": palette("page", "soft")},
            "itemWidth": 12,
            "itemHeight": 90,
            "left": 4,
            "bottom": 8,
        },
        "series": [
            {
                "type": "map",
                "map": province,
                "top": 12,
                "bottom": 12,
                "left": 12,
                "right": 12,
                "roam": False,
                "selectedMode": False,
                "label": {"show": True, "fontSize": 11, "color": palette("page", "ink")},
                "itemStyle": {
                    "areaColor": palette("page", "none"),
                    "borderColor": palette("page", "paper"),
                    "borderWidth": 1.2,
                },
                "emphasis": {
                    "label": {"color": palette("page", "ink"), "fontWeight": 600},
                    "itemStyle": {
                        "areaColor": "inherit",
                        "borderColor": palette("page", "ink"),
                        "borderWidth": 1.6,
                    },
                },
                "data": [
                    {"name": row["name"], "value": row["value"]}
                    | _label(palette, row["value"], low, high)
                    for row in rows
                    if row["value"] is not None
                ],
            }
        ],
    }


def _label(palette: Palette, value: float, low: float, high: float) -> dict[str, Any]:
    """A city in the full colour gets its name in the colour of the paper, to stay legible."""
    full = high == low or (value - low) / (high - low) > 0.55
    return {"label": {"color": palette("page", "paper" if full else "ink")}}


def _tooltip(unit: str, language: str) -> str:
    nothing = text("map.nothing", language)
    return (
        "p => p.name + '<br>' + (p.value == null || isNaN(p.value)"
        f" ? {nothing!r} : p.value.toLocaleString('en') + {' ' + unit!r})"
    )


def _value(city: dict[str, Any], name: str, target: dict[str, Any] | None) -> float | None:
    found: float | None = target["values"].get(city["adcode"]) if target else city[name]
    return found


def _key(target: dict[str, Any]) -> str:
    return f"{target['id']}-{target['year']}-{target['unit']}"
