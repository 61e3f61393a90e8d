"""How many targets each plan sets in each theme: one bar per plan, the theme's own colour."""

from typing import Any

from xietong.web.chart import Figure, Palette, Panel, chart
from xietong.web.visit import Visit
from xietong.web.words import Column, columns


def theme_chart(visit: Visit, found: dict[str, Any]) -> Panel:
    """The chart; its rows are one per plan and theme."""
    names = {theme["id"]: visit.name(theme) for theme in found["themes"]}
    heads = (
        *columns("themes"),
        *(Column(key, name, name, "number", None, None) for key, name in names.items()),
    )
    rows = [{"plan": plan["short"], **plan["counts"]} for plan in found["plans"]]
    figure = Figure(
        visit.t("themes.title"),
        visit.t("chart.unit") + visit.t("themes.unit"),
        visit.t("themes.source"),
        "targets-by-theme",
        rows,
        heads,
    )
    return chart(
        visit,
        figure,
        lambda palette: theme_options(palette, found, names),
        height=60 + 40 * len(rows) + 24 * (1 + len(names) // 6),
    )


def theme_options(palette: Palette, found: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """Stacked bars, plans from top to bottom."""
    plans = found["plans"]
    soft = {"color": palette("page", "soft")}
    return {
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "legend": {
            "bottom": 0,
            "textStyle": soft,
            "itemWidth": 11,
            "itemHeight": 11,
            "icon": "roundRect",
        },
        "grid": {
            "left": 86,
            "right": 20,
            "top": 6,
            "bottom": 26 + 24 * (1 + len(names) // 6),
        },
        "xAxis": {
            "type": "value",
            "axisLabel": soft,
            "splitLine": {"lineStyle": {"color": palette("page", "line")}},
        },
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": [plan["short"] for plan in plans],
            "axisLabel": {"color": palette("page", "ink")},
            "axisTick": {"show": False},
            "axisLine": {"lineStyle": {"color": palette("page", "line")}},
        },
        "series": [
            {
                "name": name,
                "type": "bar",
                "stack": "all",
                "barMaxWidth": 22,
                "itemStyle": {
                    "color": palette("theme", key),
                    "borderColor": palette("page", "paper"),
                    "borderWidth": 1,
                },
                "data": [plan["counts"].get(key) for plan in plans],
            }
            for key, name in names.items()
        ],
    }
