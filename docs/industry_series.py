"""Draws ``_static/industry-series.svg``: series of output and what can be computed from them.

    xietong init w --example shandong-industry
    xietong inventory run --workspace w --json | python docs/industry_series.py

The output is read from the example's ``series.csv``, the emissions from the command's JSON.
"""

import csv
import json
import sys
from collections.abc import Sequence
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
IMAGE = HERE / "_static" / "industry-series.svg"
FIRST, LAST = 1993, 2024
WIDE, HIGH, LEFT, TOP = 250, 130, 52, 46  # of a panel, and its margins
STEP_X, STEP_Y = WIDE + LEFT + 18, HIGH + TOP + 30
COLOURS = ("#0b6e4f", "#c1440e", "#2b59c3", "#8a5a00")
# title, unit, divisor, what: lines of (label, product) or (label, sector, species)
PANELS: tuple[tuple[str, str, float, tuple[tuple[str, ...], ...]], ...] = (
    ("水泥 cement", "亿吨", 1e4, (("水泥", "水泥"),)),
    ("钢铁 iron and steel", "亿吨", 1e4, (("生铁", "生铁"), ("粗钢", "粗钢"), ("钢材", "钢材"))),
    ("平板玻璃 flat glass", "万重量箱", 1, (("平板玻璃", "平板玻璃"),)),
    ("十种有色金属 ten metals", "万吨", 1, (("十种有色", "十种有色金属"),)),
    ("火力发电量 thermal power", "亿千瓦时", 1, (("火电", "火力发电量"),)),
    (
        "可算的排放 emissions",
        "万吨",
        1e4,
        (
            ("玻璃 NOx", "mineral_processes", "nox_t"),
            ("玻璃 SO2", "mineral_processes", "so2_t"),
            ("生铁 SO2", "steel_processes", "so2_t"),
            ("生铁 TSP", "steel_processes", "tsp_t"),
        ),
    ),
)
Points = list[tuple[int, float]]


def output() -> dict[str, Points]:
    """The example's series by product."""
    path = files("xietong") / "examples" / "shandong-industry" / "series.csv"
    found: dict[str, Points] = {}
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        found.setdefault(row["产品"], []).append((int(row["年份"]), float(row["数值"])))
    return found


def emitted(result: dict[str, Any], sector: str, species: str) -> Points:
    """One sector's species by year out of the command's JSON."""
    lines = [
        (int(line["year"]), float(line["value_t"]))
        for line in result["totals"]
        if (line["sector"], line["species"]) == (sector, species) and line["value_t"] is not None
    ]
    return sorted(lines)


def draw(result: dict[str, Any]) -> str:
    """The image as SVG text."""
    series = output()
    parts = []
    for number, (title, unit, divisor, lines) in enumerate(PANELS):
        named = [
            (one[0], series[one[1]] if len(one) == 2 else emitted(result, one[1], one[2]))
            for one in lines
        ]
        scaled = [(label, [(year, value / divisor) for year, value in p]) for label, p in named]
        x, y = LEFT + number % 3 * STEP_X, TOP + number // 3 * STEP_Y
        parts.append(f'<g transform="translate({x},{y})">{panel(title, unit, scaled)}</g>')
    width, height = 3 * STEP_X + 8, 2 * STEP_Y + 4
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'font-family="Noto Sans CJK SC, Microsoft YaHei, sans-serif" font-size="11">\n'
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def panel(title: str, unit: str, lines: Sequence[tuple[str, Points]]) -> str:
    """One small chart: axis from 0, years below, a broken line where a year is missing."""
    most = ceiling(max(value for _, points in lines for _, value in points))
    drawn = [
        f'<text x="0" y="-24" font-weight="bold" font-size="12">{escape(title)}（{unit}）</text>'
    ]
    for part in (0.0, 0.5, 1.0):
        y = HIGH * (1 - part)
        drawn.append(f'<path d="M0 {y:.1f}H{WIDE}" stroke="#dddddd"/>')
        drawn.append(f'<text x="-5" y="{y + 4:.1f}" text-anchor="end">{most * part:g}</text>')
    for year in range(1995, LAST + 1, 5):
        drawn.append(
            f'<text x="{across(year):.1f}" y="{HIGH + 15}" text-anchor="middle">{year}</text>'
        )
    for number, (label, points) in enumerate(lines):
        colour = COLOURS[number]
        path = "".join(
            f"{'L' if place and points[place - 1][0] == year - 1 else 'M'}"
            f"{across(year):.1f} {HIGH * (1 - value / most):.1f}"
            for place, (year, value) in enumerate(points)
        )
        drawn.append(f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.6"/>')
        drawn += [
            f'<circle cx="{across(year):.1f}" cy="{HIGH * (1 - value / most):.1f}" r="1.6" fill="{colour}"/>'
            for year, value in points
        ]
        if len(lines) > 1:
            drawn.append(f'<text x="{number * 66}" y="-8" fill="{colour}">● {escape(label)}</text>')
    return "".join(drawn)


def across(year: int) -> float:
    """Where a year stands."""
    return WIDE * (year - FIRST) / (LAST - FIRST)


def ceiling(value: float) -> float:
    """The next round number at the top of an axis.

    >>> ceiling(1.6446), ceiling(9199.4)
    (2.0, 10000.0)
    """
    power = 10.0 ** (len(str(int(value))) - 1) if value >= 1 else 10.0**-1
    return next(step * power for step in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if step * power >= value)


if __name__ == "__main__":
    IMAGE.write_text(draw(json.load(sys.stdin)), encoding="utf-8")
