"""Options of the charts of the best mix: who does what, the front, the strategies."""

from collections.abc import Mapping, Sequence
from typing import Any

from xietong.web.chart import Palette
from xietong.web.synergy_charts import axis, legend, series_colour

MOST = 8  # measures with a colour of their own; the others are one
REST = "7"


def mix_bars(
    palette: Palette, quantities: Sequence[str], parts: Mapping[str, Sequence[float]], rest: str
) -> dict[str, Any]:
    """One bar per quantity, in per cent of the base year; a piece per measure, negative to the left.

    ``parts``: measure → percent of each quantity, the largest measures first; those beyond eight are summed.
    """
    names = list(parts)
    shown = {name: list(parts[name]) for name in names[:MOST]}
    if len(names) > MOST:
        left = [parts[name] for name in names[MOST:]]
        shown[rest] = [sum(column) for column in zip(*left, strict=True)]
    return {
        "tooltip": {"trigger": "item", "renderMode": "richText"},
        "legend": legend(palette),
        "grid": {"left": 8, "right": 24, "top": 8, "bottom": 44, "containLabel": True},
        "xAxis": axis(palette, label={"formatter": "{value}%"}),
        "yAxis": axis(
            palette,
            "category",
            inverse=True,
            data=list(quantities),
            label={"color": palette("page", "ink")},
        ),
        "series": [
            {
                "name": name,
                "type": "bar",
                "stack": "mix",
                "barMaxWidth": 26,
                "itemStyle": {
                    "color": palette("page", "soft") if name == rest else series_colour(palette, at)
                },
                "data": [round(value, 2) for value in values],
            }
            for at, (name, values) in enumerate(shown.items())
        ],
    }


def front(
    palette: Palette, points: Sequence[tuple[float, float, float]], x: str, y: str, cost: str
) -> dict[str, Any]:
    """Points of (x, y, cost): place is what is reduced, colour what it costs."""
    costs = [one[2] for one in points]
    return {
        "tooltip": {
            "trigger": "item",
            "renderMode": "richText",
            ":formatter": f"p => `{x}: ${{p.value[0]}}%\\n{y}: ${{p.value[1]}}%\\n{cost}: ${{p.value[2]}}`",
        },
        "grid": {"left": 12, "right": 110, "top": 28, "bottom": 30, "containLabel": True},
        "xAxis": axis(palette, name=x, nameLocation="middle", nameGap=28, scale=True,
                      label={"formatter": "{value}%"}),
        "yAxis": axis(palette, name=y, scale=True, label={"formatter": "{value}%"}),
        "visualMap": {
            "min": min(costs),
            "max": max(costs),
            "dimension": 2,
            "right": 0,
            "top": "middle",
            "precision": 0,
            "text": [cost, ""],
            "textStyle": {"color": palette("page", "soft")},
            "inRange": {"color": [palette("series", "1"), palette("series", "2"), palette("series", "4")]},
        },
        "series": [
            {"type": "scatter", "symbolSize": 14, "data": [list(one) for one in points]}
        ],
    }  # fmt: skip


def cost_bars(
    palette: Palette, names: Sequence[str], at_work: Sequence[float], idle: Sequence[float],
    words: tuple[str, str],
) -> dict[str, Any]:  # fmt: skip
    """Cost per strategy: for what is at work, and for what stands idle in the end."""
    pieces = ((words[0], at_work, "1"), (words[1], idle, "2"))
    return {
        "tooltip": {"trigger": "axis", "renderMode": "richText"},
        "legend": legend(palette),
        "grid": {"left": 8, "right": 24, "top": 8, "bottom": 36, "containLabel": True},
        "xAxis": axis(palette),
        "yAxis": axis(
            palette, "category", inverse=True, data=list(names),
            label={"color": palette("page", "ink")},
        ),
        "series": [
            {
                "name": name,
                "type": "bar",
                "stack": "cost",
                "barMaxWidth": 24,
                "itemStyle": {"color": palette("series", colour)},
                "data": [round(value, 2) for value in values],
            }
            for name, values, colour in pieces
        ],
    }  # fmt: skip
