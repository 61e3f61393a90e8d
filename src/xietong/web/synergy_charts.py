"""Options of the charts on the synergy pages: bars, lines, radar, waterfall, states in a grid."""

from collections.abc import Mapping, Sequence
from typing import Any

from xietong.web.chart import Palette
from xietong.web.figures import plain

Values = Sequence[float | None]
COLOURS = 8  # of colours.csv, kind "series"
NARROW, LINE = 540, 18  # px: width below which the legend is upright, height of its lines
FULL = ("SD", "END", "SND")  # states in full colours: what is written on them is pale


def axis(palette: Palette, kind: str = "value", **more: Any) -> dict[str, Any]:
    """An axis in the page's colours."""
    soft = palette("page", "soft")
    return {
        "type": kind,
        "axisLabel": {"color": soft} | more.pop("label", {}),
        "nameTextStyle": {"color": soft},
        "axisLine": {"lineStyle": {"color": palette("page", "line")}},
        "axisTick": {"show": False},
        "splitLine": {"show": kind == "value", "lineStyle": {"color": palette("page", "line")}},
        **more,
    }


def legend(palette: Palette, **more: Any) -> dict[str, Any]:
    """A legend below the chart; a long one can be turned."""
    return {
        "type": "scroll",
        "bottom": 0,
        "textStyle": {"color": palette("page", "soft")},
        "pageTextStyle": {"color": palette("page", "soft")},
        "itemWidth": 12,
        "itemHeight": 8,
        **more,
    }


def series_colour(palette: Palette, at: int) -> str:
    """The colour of the line or shape at a place."""
    return palette("series", str(at % COLOURS + 1))


def ranked_bars(
    palette: Palette, names: Sequence[str], values: Values, colours: Sequence[str]
) -> dict[str, Any]:
    """Horizontal bars, the first on top, with the value at the end."""
    return {
        "tooltip": {"trigger": "item", "renderMode": "richText"},
        "grid": {"left": 8, "right": 56, "top": 4, "bottom": 22, "containLabel": True},
        "xAxis": axis(palette),
        "yAxis": axis(
            palette,
            "category",
            inverse=True,
            data=list(names),
            label={"color": palette("page", "ink"), "width": 110, "overflow": "truncate"},
        ),
        "series": [
            {
                "type": "bar",
                "barMaxWidth": 16,
                "data": [
                    {"value": _rounded(value), "itemStyle": {"color": colour}}
                    for value, colour in zip(values, colours, strict=True)
                ],
                "label": {
                    "show": True,
                    "position": "right",
                    "color": palette("page", "ink"),
                    "fontSize": 11,
                },
            }
        ],
    }


def lines(
    palette: Palette, years: Sequence[int], series: Mapping[str, Values], **more: Any
) -> dict[str, Any]:
    """Lines over years; an unknown year is a gap."""
    return {
        "tooltip": {"trigger": "axis", "renderMode": "richText"},
        "legend": legend(palette),
        "grid": {"left": 8, "right": 20, "top": 16, "bottom": 34, "containLabel": True},
        "xAxis": axis(palette, "category", data=[str(year) for year in years]),
        "yAxis": axis(palette, scale=True) | more.pop("yAxis", {}),
        "series": [
            {
                "name": name,
                "type": "line",
                "symbolSize": 5,
                "connectNulls": False,
                "itemStyle": {"color": series_colour(palette, at)},
                "lineStyle": {"color": series_colour(palette, at), "width": 2},
                "data": [_rounded(value) for value in values],
            }
            for at, (name, values) in enumerate(series.items())
        ],
        **more,
    }


def radar(palette: Palette, corners: Sequence[str], shapes: Mapping[str, Values]) -> dict[str, Any]:
    """Indices on 0..1, one shape each; a corner that is unknown is left out."""
    line = palette("page", "line")
    return {
        "tooltip": {"trigger": "item", "renderMode": "richText"},
        "legend": legend(palette),
        "radar": {
            "indicator": [{"name": name, "min": 0, "max": 1} for name in corners],
            "center": ["50%", "47%"],
            "radius": "64%",
            "axisName": {"color": palette("page", "ink")},
            "splitLine": {"lineStyle": {"color": line}},
            "axisLine": {"lineStyle": {"color": line}},
            "splitArea": {"show": False},
        },
        "series": [
            {
                "type": "radar",
                "symbolSize": 4,
                "data": [
                    {
                        "name": name,
                        "value": [_rounded(value) for value in values],
                        "itemStyle": {"color": series_colour(palette, at)},
                        "areaStyle": {"opacity": 0.08},
                    }
                    for at, (name, values) in enumerate(shapes.items())
                ],
            }
        ],
    }


def waterfall(
    palette: Palette, bars: Sequence[Mapping[str, Any]], names: Mapping[str, str], unit: str
) -> dict[str, Any]:
    """From the level at the start through the effects to that at the end; bars may cross zero."""

    def colour(bar: Mapping[str, Any]) -> str:
        ends = bar["name"] in ("start", "end")
        return palette("change", "level" if ends else "up" if bar["value"] > 0 else "down")

    labels = [
        {
            "value": [at, max(bar["low"], bar["high"])],
            "name": names[bar["name"]],
            "label": {"formatter": _signed(bar)},
        }
        for at, bar in enumerate(bars)
    ]
    return {
        "tooltip": {"show": False},
        "grid": {"left": 8, "right": 16, "top": 34, "bottom": 8, "containLabel": True},
        "xAxis": axis(
            palette,
            "category",
            data=[names[bar["name"]] for bar in bars],
            label={"color": palette("page", "ink"), "interval": 0},
        ),
        "yAxis": axis(palette, name=unit),
        "series": [
            {
                "type": "candlestick",
                "barWidth": "52%",
                "data": [
                    {
                        "value": [bar["low"], bar["high"], *sorted((bar["low"], bar["high"]))],
                        "itemStyle": {
                            key: colour(bar)
                            for key in ("color", "color0", "borderColor", "borderColor0")
                        },
                    }
                    for bar in bars
                ],
            },
            {
                "type": "scatter",
                "symbolSize": 0,
                "silent": True,
                "data": labels,
                "label": {
                    "show": True,
                    "position": "top",
                    "color": palette("page", "ink"),
                    "fontWeight": 600,
                },
            },
        ],
    }


def grouped_bars(
    palette: Palette, names: Sequence[str], series: Mapping[str, Values], **more: Any
) -> dict[str, Any]:
    """Bars side by side for each name."""
    return {
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}, "renderMode": "richText"},
        "legend": legend(palette),
        "grid": {"left": 8, "right": 16, "top": 16, "bottom": 34, "containLabel": True},
        "xAxis": axis(
            palette,
            "category",
            data=list(names),
            label={"color": palette("page", "ink"), "interval": 0, "rotate": 40, "fontSize": 11},
        ),
        "yAxis": axis(palette) | more.pop("yAxis", {}),
        "series": [
            {
                "name": name,
                "type": "bar",
                "barMaxWidth": 14,
                "itemStyle": {"color": series_colour(palette, at)},
                "data": [_rounded(value) for value in values],
            }
            | more
            for at, (name, values) in enumerate(series.items())
        ],
    }


def state_grid(
    palette: Palette,
    spans: Sequence[str],
    names: Sequence[str],
    cells: Sequence[tuple[str, str, str, float | None]],
    states: Mapping[str, str],
) -> dict[str, Any]:
    """Who was in which state when: one coloured cell per name and span, with the value in it.

    ``cells``: span, name, state, value; ``states``: the states in order with their words.
    """
    order = list(states)
    return {
        "tooltip": {"show": False},
        "grid": {"left": 8, "right": 8, "top": 4, "bottom": 64, "containLabel": True},
        "xAxis": axis(palette, "category", data=list(spans), label={"fontSize": 11}),
        "yAxis": axis(
            palette,
            "category",
            inverse=True,
            data=list(names),
            label={"color": palette("page", "ink"), "fontSize": 11},
        ),
        "visualMap": state_pieces(palette, order, states) | {"dimension": 2, "left": "center"},
        "media": _narrow({"grid": {"bottom": 36 + LINE * len(order)}}),
        "series": [
            {
                "type": "heatmap",
                "itemStyle": {"borderColor": palette("page", "paper"), "borderWidth": 1},
                "label": {
                    "show": len(spans) <= 6,
                    "fontSize": 11,
                },
                "data": [
                    {
                        "value": [span, name, order.index(state)],
                        "label": {
                            "formatter": "—" if value is None else f"{value:.2f}",
                            "color": palette("page", "paper" if state in FULL else "ink"),
                        },
                    }
                    for span, name, state, value in cells
                    if state in states
                ],
            }
        ],
    }


def state_pieces(
    palette: Palette, order: Sequence[str], states: Mapping[str, str], kind: str = "decoupling"
) -> dict[str, Any]:
    """The legend of states: one colour each."""
    return {
        "type": "piecewise",
        "orient": "horizontal",
        "bottom": 0,
        "itemWidth": 12,
        "itemHeight": 12,
        "itemGap": 6,
        "textStyle": {"color": palette("page", "soft"), "fontSize": 11},
        "pieces": [
            {"value": at, "label": states[state], "color": palette(kind, state)}
            for at, state in enumerate(order)
        ],
    }


def state_map(
    palette: Palette,
    province: str,
    rows: Sequence[Mapping[str, Any]],
    states: Mapping[str, str],
    kind: str = "decoupling",
) -> dict[str, Any]:
    """Cities in the colour of their state; grey where none is known (§1).

    ``rows``: ``place`` (the name on the map), ``state``, ``told`` (what is said when pointed at).
    """
    order = list(states)
    return {
        "tooltip": {
            "trigger": "item",
            "renderMode": "richText",
            ":formatter": "p => p.data ? p.data.told : p.name",
        },
        "visualMap": state_pieces(palette, order, states, kind) | {"left": "center"},
        "media": _narrow({"series": [{"top": 40, "bottom": 60 + LINE * len(order)}]}),
        "series": [
            {
                "type": "map",
                "map": province,
                "top": 12,
                "bottom": 52,
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
                    "itemStyle": {"areaColor": "inherit", "borderColor": palette("page", "ink")},
                },
                "data": [
                    {
                        "name": row["place"],
                        "value": order.index(row["state"]),
                        "told": row["told"],
                        "label": {
                            "color": palette("page", "paper" if row["state"] in FULL else "ink")
                        },
                    }
                    for row in rows
                    if row["place"] and row["state"] in states
                ],
            }
        ],
    }


def _narrow(option: dict[str, Any]) -> list[dict[str, Any]]:
    """In a narrow window the legend of states stands upright below the figure, which makes room."""
    upright = {"visualMap": {"orient": "vertical"}} | option
    return [{"query": {"maxWidth": NARROW}, "option": upright}]


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.4g}")


def _signed(bar: Mapping[str, Any]) -> str:
    ends = bar["name"] in ("start", "end")
    value = float(f"{bar['value']:.4g}")
    return plain(value) if ends or value < 0 else f"+{plain(value)}"
