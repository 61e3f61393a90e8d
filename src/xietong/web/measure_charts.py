"""Charts of measures as options for ECharts: the co-control coordinate system, the cost curve."""

import math
from collections.abc import Sequence
from typing import Any

from xietong.web.chart import Palette

Rows = Sequence[dict[str, Any]]
QUADRANTS = {"I": "1", "II": "4", "III": "3", "IV": "2"}  # colour of the series by quadrant


def points(measures: Rows, pollutant: str, language: str) -> list[dict[str, Any]]:
    """A row per measure whose effect on pollutant and gas is known: shares of the baseline, quadrant, slope."""
    made = []
    for one in measures:
        found = one["quadrant"].get(pollutant)
        cut, gas = one["reductions"].get(pollutant), one["reductions"].get("co2e")
        shares = one["shares"].get(pollutant), one["shares"].get("co2e")
        if found is None or found["quadrant"] is None or None in (cut, gas, *shares):
            continue
        made.append(
            {
                "measure": one["measure"],
                "name": one["name"],
                "pollutant_share": 100 * shares[0],
                "ghg_share": 100 * shares[1],
                "pollutant_t": cut,
                "ghg_t": gas,
                "quadrant": found["quadrant"],
                "meaning": found[f"label_{language}"],
                "elasticity": one["elasticity"][pollutant]["pollutant_over_ghg"],
                "unit_cost": (one["unit_cost"] or {}).get(pollutant),
            }
        )
    return made


def effect_rows(measures: Rows) -> list[dict[str, Any]]:
    """A row per measure with the species that plans name, its yearly cost and how many warnings."""
    wanted = ("co2e", "so2_t", "nox_t", "pm25_t", "nmvoc_t", "nh3_t")
    return [
        {
            "measure": one["measure"],
            "name": one["name"],
            "units": one["units"],
            "unit": one["unit"],
            **{name: one["reductions"].get(name) for name in wanted},
            "gained": sum(one["gained"].values()) if one["gained"] else None,
            "annual_cny": one["annual_cost_cny"],
            "unit_cost": (one["unit_cost"] or {}).get("co2e_t"),
            "tax": one["benefits"]["environmental_tax_cny"],
            "warnings": len(one["warnings"]),
        }
        for one in measures
    ]


def coordinates(
    palette: Palette, rows: Rows, names: Sequence[str], swapped: bool
) -> dict[str, Any]:
    """Points in per cent of the baseline on symmetric-log axes; ``names`` of x and y."""
    keys = ("ghg_share", "pollutant_share") if swapped else ("pollutant_share", "ghg_share")
    series = []
    for quadrant, colour in QUADRANTS.items():
        own = [row for row in rows if row["quadrant"] == quadrant]
        series.append(_scatter(palette, own, keys, colour, quadrant))
    rest = [row for row in rows if row["quadrant"] not in QUADRANTS]
    series.append(_scatter(palette, rest, keys, "7", "0"))
    axis = {
        "type": "value",
        "nameLocation": "middle",
        "nameTextStyle": {"color": palette("page", "soft")},
        "axisLabel": {":formatter": "v => xtUnlog(v)"},
        "splitLine": {"lineStyle": {"color": palette("page", "line")}},
    }
    return {
        "grid": {"left": 64, "right": 24, "top": 24, "bottom": 56},
        "tooltip": {
            "trigger": "item",
            ":formatter": "p => p.data.title",
        },
        "xAxis": axis | {"name": names[0], "nameGap": 30},
        "yAxis": axis | {"name": names[1], "nameGap": 44},
        "series": [one for one in series if one["data"]],
    }


def _scatter(
    palette: Palette, rows: Rows, keys: tuple[str, str], colour: str, name: str
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "name": name,
        "symbolSize": 13,
        "itemStyle": {"color": palette("series", colour), "opacity": 0.85},
        "emphasis": {"label": {"show": True, "formatter": "{b}", "position": "top"}},
        "data": [
            {
                "name": row["name"],
                "measure": row["measure"],
                "value": [symmetric(row[keys[0]]), symmetric(row[keys[1]])],
                "title": f"{row['name']}: {row['pollutant_share']:.3g} %, {row['ghg_share']:.3g} % · {row['meaning']}",
            }
            for row in rows
        ],
    }


def symmetric(share: float) -> float:
    """A signed logarithm that keeps 0 and the sign: per cent of 1e-4 and less lie at 0.

    >>> symmetric(0.0), symmetric(1.0), symmetric(-1.0), symmetric(100.0)
    (0.0, 4.0, -4.0, 6.0)
    """
    size = abs(share)
    if size <= SMALLEST:
        return 0.0
    return math.copysign(round(math.log10(size / SMALLEST), 6), share)


SMALLEST = 1e-4  # per cent


def cost_curve(palette: Palette, bars: Rows) -> dict[str, Any]:
    """Bars as wide as what they reduce, as high as they cost; side by side in order."""
    data = [
        {
            "name": bar["name"],
            "measure": bar["measure"],
            "value": [bar["from_t"] / 1e4, bar["to_t"] / 1e4, bar["unit_cost"]],
            "title": f"{bar['name']}: {bar['reduction'] / 1e4:,.4g} × 10⁴ t, {bar['unit_cost']:,.4g} CNY/t",
            "itemStyle": {"color": palette("page", "accent" if bar["unit_cost"] <= 0 else "soft")},
        }
        for bar in bars
        if bar["unit_cost"] is not None and bar["reduction"] > 0
    ]
    return {
        "grid": {"left": 72, "right": 24, "top": 24, "bottom": 48},
        "tooltip": {"trigger": "item", ":formatter": "p => p.data.title"},
        "xAxis": {"type": "value", "name": "10⁴ t", "nameLocation": "middle", "nameGap": 28},
        "yAxis": {"type": "value", "name": "CNY/t"},
        "series": [
            {
                "type": "custom",
                "encode": {"x": [0, 1], "y": 2, "tooltip": [2]},
                "data": data,
                ":renderItem": "(params, api) => xtCurveBar(params, api)",
            }
        ],
    }
