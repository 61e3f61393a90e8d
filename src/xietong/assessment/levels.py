"""Province and cities: who has no target of his own, who a weaker one, and what sums come to."""

from collections.abc import Mapping, Sequence
from typing import Any

from xietong.vocab.indicators import indicators

COMPARED = ("intensity", "share", "rate")
SUMMED = ("total", "capacity", "stock", "count")
Line = Mapping[str, Any]


def weaker_cities(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Cities without a target, or with a weaker one, where the province has one for indicator and year.

    ``lines``: assessed targets (``adcode, indicator, year, target, form, at_most, base_year, name, unit``). Only
    intensities, shares and rates are compared: of a provincial total a city has its own part. A change is compared
    only where the base years are the same.
    """
    province, cities = _sides(lines, COMPARED)
    found = []
    for adcode, own in sorted(cities.items()):
        for key, above in province.items():
            below = own.get(key)
            if below is None:
                found.append(_row(adcode, above, None, "missing"))
            elif _alike(below, above) and _is_weaker(below, above):
                found.append(_row(adcode, above, below, "weaker"))
    return found


def sums(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """What the cities' targets of a total come to beside the province's: one row per indicator and year."""
    province, cities = _sides(lines, SUMMED)
    found = []
    for key, above in province.items():
        parts = {
            adcode: own[key]["target"]
            for adcode, own in cities.items()
            if key in own and _alike(own[key], above)
        }
        if parts:
            total = sum(parts.values())
            found.append(
                {
                    "indicator": above["indicator"],
                    "name": above["name"],
                    "year": above["year"],
                    "province": above["target"],
                    "cities": len(parts),
                    "sum": total,
                    "share": total / above["target"] if above["target"] else None,
                    "unit": above["unit"],
                }
            )
    return found


Key = tuple[str, int]


def _sides(
    lines: Sequence[Line], kinds: Sequence[str]
) -> tuple[dict[Key, Line], dict[str, dict[Key, Line]]]:
    known = indicators()
    province: dict[Key, Line] = {}
    cities: dict[str, dict[Key, Line]] = {}
    for line in lines:
        one = known.get(line["indicator"] or "")
        if one is None or one.kind not in kinds or line["year"] is None or not line["form"]:
            continue
        key = (line["indicator"], line["year"])
        if line["adcode"].endswith("0000"):
            province.setdefault(key, line)
        else:
            cities.setdefault(line["adcode"], {}).setdefault(key, line)
    return province, cities


def _alike(below: Line, above: Line) -> bool:
    based = below["form"] == "level" or below["base_year"] == above["base_year"]
    return bool(below["form"] == above["form"] and based)


def _is_weaker(below: Line, above: Line) -> bool:
    if above["at_most"]:
        return bool(below["target"] > above["target"])
    return bool(below["target"] < above["target"])


def _row(adcode: str, above: Line, below: Line | None, kind: str) -> dict[str, Any]:
    return {
        "region": adcode,
        "kind": kind,
        "indicator": above["indicator"],
        "name": above["name"],
        "year": above["year"],
        "province": above["target"],
        "city": below["target"] if below else None,
        "unit": above["unit"],
    }
