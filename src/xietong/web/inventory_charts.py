"""Charts of the inventory as options for ECharts: treemap, Sankey, trend, waterfall."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from xietong.web.chart import Palette

Row = Mapping[str, Any]
Names = Mapping[str, str]
COLOURS = ("energy", "industry", "transport", "building", "agriculture", "nature", "waste", "other")
SHOWN_LINKS = 60
LABELLED = 0.012  # nodes below this share of the largest have their name in the tooltip only
SMALL = 0.2  # changes below this share of the total are shown on a cut axis, and it is said


def treemap(palette: Palette, rows: Iterable[Row], sectors: Names, fuels: Names) -> dict[str, Any]:
    """Sectors, within them fuels; the area is the emission. Negative values have no area and are left out."""
    nodes: dict[str, dict[str, float]] = {}
    for row in rows:
        if row["value"] > 0:
            inside = nodes.setdefault(row["sector"], {})
            inside[row["fuel"]] = inside.get(row["fuel"], 0.0) + row["value"]
    ordered = sorted(nodes, key=lambda sector: -sum(nodes[sector].values()))
    data = [
        {
            "name": sectors.get(sector, sector),
            "id": sector,
            "value": sum(nodes[sector].values()),
            "itemStyle": {"color": palette("theme", COLOURS[at % len(COLOURS)])},
            "children": [
                {
                    "name": " · ".join(
                        part
                        for part in (sectors.get(sector, sector), fuels.get(fuel, fuel))
                        if part
                    ),
                    "id": f"{sector}/{fuel}",
                    "value": value,
                }
                for fuel, value in sorted(nodes[sector].items(), key=lambda one: -one[1])
            ],
        }
        for at, sector in enumerate(ordered)
    ]
    return {
        "tooltip": {
            ":formatter": "p => p.name + ': ' + p.value.toLocaleString('en', {maximumFractionDigits: 0}) + ' t'"
        },
        "series": [
            {
                "type": "treemap",
                "roam": False,
                "nodeClick": False,
                "breadcrumb": {"show": False},
                "left": 0,
                "right": 0,
                "top": 0,
                "bottom": 0,
                "label": {"fontSize": 12, "overflow": "break"},
                "levels": [
                    {"itemStyle": {"gapWidth": 2}},
                    {"itemStyle": {"gapWidth": 1, "borderWidth": 1}},
                    {"colorSaturation": [0.35, 0.55]},
                ],
                "data": data,
            }
        ],
    }


def sankey(
    palette: Palette, rows: Iterable[Row], sectors: Names, fuels: Names, gases: Names
) -> dict[str, Any]:
    """From fuel (or process) to sector to species; the largest links, the rest of each left out."""
    first: dict[tuple[str, str], float] = {}
    second: dict[tuple[str, str], float] = {}
    for row in rows:
        if row["value"] <= 0:
            continue
        left, middle, right = f"f:{row['fuel']}", f"s:{row['sector']}", f"g:{row['species']}"
        first[left, middle] = first.get((left, middle), 0.0) + row["value"]
        second[middle, right] = second.get((middle, right), 0.0) + row["value"]
    kept = [
        (one, other, value)
        for side in (first, second)
        for (one, other), value in sorted(side.items(), key=lambda item: -item[1])[:SHOWN_LINKS]
    ]
    words = {"f": fuels, "s": sectors, "g": gases}

    def title(name: str) -> str:
        return words[name[0]].get(name[2:], name[2:]) or "–"

    links = [
        {
            "source": one,
            "target": other,
            "value": value,
            "title": f"{title(one)} → {title(other)}",
        }
        for one, other, value in kept
    ]
    sizes: dict[str, float] = {}
    for one, other, value in kept:
        sizes[one] = sizes.get(one, 0.0) + value
        sizes[other] = sizes.get(other, 0.0) + value
    least = LABELLED * max(sizes.values(), default=0.0)
    data = [
        {
            "name": name,
            "title": title(name),
            "label": {"formatter": title(name), "show": sizes[name] >= least},
        }
        for name in sizes
    ]
    return {
        "tooltip": {
            "trigger": "item",
            ":formatter": "p => p.data.title + ': ' + p.value.toLocaleString('en', {maximumFractionDigits: 0}) + ' t'",
        },
        "series": [
            {
                "type": "sankey",
                "left": 8,
                "right": 130,
                "top": 8,
                "bottom": 8,
                "nodeGap": 12,
                "layoutIterations": 64,
                "data": data,
                "links": links,
                "label": {"color": palette("page", "ink"), "fontSize": 12},
                "lineStyle": {"color": "source", "opacity": 0.35},
                "itemStyle": {"color": palette("page", "accent")},
            }
        ],
    }


def trend(palette: Palette, rows: Sequence[Row], sectors: Names) -> dict[str, Any]:
    """Stacked columns by year, a sector a colour; a year without data has no column."""
    years = sorted({row["year"] for row in rows})
    found: dict[str, dict[int, float]] = {}
    for row in rows:
        found.setdefault(row["sector"], {})[row["year"]] = row["value"]
    ordered = sorted(found, key=lambda sector: -sum(found[sector].values()))
    return {
        "grid": {"left": 8, "right": 16, "top": 16, "bottom": 60, "containLabel": True},
        "legend": {"type": "scroll", "bottom": 0, "textStyle": {"color": palette("page", "soft")}},
        "tooltip": {"trigger": "axis", "confine": True},
        "xAxis": {"type": "category", "data": [str(year) for year in years]},
        "yAxis": {"type": "value"},
        "series": [
            {
                "type": "bar",
                "stack": "all",
                "barMaxWidth": 60,
                "name": sectors.get(sector, sector),
                "data": [found[sector].get(year) for year in years],
                "itemStyle": {"color": palette("theme", COLOURS[at % len(COLOURS)])},
            }
            for at, sector in enumerate(ordered)
        ],
    }


def floor(steps: Sequence[Row]) -> float:
    """Where the axis of a waterfall begins: at 0, unless the changes would be too small to see."""
    whole = [step["value"] for step in steps if step["kind"] in ("start", "end")]
    level, lowest, highest = 0.0, min(whole, default=0.0), max(whole, default=0.0)
    for step in steps:
        level = step["value"] if step["kind"] in ("start", "end") else level + step["value"]
        lowest, highest = min(lowest, level), max(highest, level)
    if lowest <= 0 or highest - lowest > SMALL * highest:
        return 0.0
    unit = 10.0 ** math.floor(math.log10(highest - lowest)) if highest > lowest else 1.0
    return max(0.0, math.floor((2 * lowest - highest) / unit) * unit)


def waterfall(palette: Palette, steps: Sequence[Row]) -> dict[str, Any]:
    """From the left total through the changes to the right one."""
    base, bars, level, bottom = [], [], 0.0, floor(steps)
    for step in steps:
        whole = step["kind"] in ("start", "end")
        low = 0.0 if whole else min(level, level + step["value"])
        level = step["value"] if whole else level + step["value"]
        rise = "level" if whole else "up" if step["value"] > 0 else "down"
        colour = {"level": ("page", "soft"), "up": ("page", "bad"), "down": ("page", "accent")}[
            rise
        ]
        low = max(low, bottom)
        high = level if whole else max(level, level - step["value"])
        base.append(low)
        bars.append(
            {
                "value": high - low,
                "real": step["value"],
                "itemStyle": {"color": palette(*colour)},
            }
        )
    return {
        "grid": {"left": 8, "right": 16, "top": 16, "bottom": 8, "containLabel": True},
        "tooltip": {
            "trigger": "axis",
            ":formatter": "p => p[1].name + ': ' + p[1].data.real.toLocaleString('en', {maximumFractionDigits: 0})",
        },
        "xAxis": {
            "type": "category",
            "data": [step["label"] for step in steps],
            "axisLabel": {"rotate": 35, "interval": 0, "width": 120, "overflow": "truncate"},
        },
        "yAxis": {"type": "value", "min": bottom},
        "series": [
            {
                "type": "bar",
                "stack": "w",
                "silent": True,
                "itemStyle": {"color": "transparent"},
                "tooltip": {"show": False},
                "data": base,
            },
            {"type": "bar", "stack": "w", "barMaxWidth": 48, "data": bars},
        ],
    }
