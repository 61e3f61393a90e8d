"""Use case: the cheapest measures of the catalogue that close the gap of a target."""

from typing import Any

from xietong.app.assessment import assess_desk
from xietong.app.cocontrol_evaluate import choices_of
from xietong.app.desk import Desk
from xietong.app.inventory_files import load, regions_of
from xietong.app.measures_evaluate import Asked, evaluate_catalogue
from xietong.app.problems import problem
from xietong.app.statistics import BASE_YEAR, load_statistics
from xietong.assessment.emission_gap import gap_in_tonnes
from xietong.errors import TableError
from xietong.indicators import compute


def closing_measures(desk: Desk, target: str, year: int) -> dict[str, Any]:
    """Measures from cheap to dear until the gap of a target is closed; the last in part.

    ``target``: the id of a line of the assessment. Keys: ``species``, ``gap_t``, ``inventory_year``, ``measures[]``
    {measure, name, share, reduced_t, unit_cost, annual_cny}, ``closed_share``, ``annual_cny``, ``notes[]``. Measures
    act on the workspace's inventory of its latest year: where that is not the target's, a note says so. Each bar
    counts what is left after those before it. ``TableError`` where the gap is no mass, or without an inventory.
    """
    lines = assess_desk(desk, year)["targets"]
    line = next((one for one in lines if str(one["id"]) == target), None)
    if line is None:
        raise problem("not_found", what="目标", what_en="target", key=target, hint="", hint_en="")
    root = desk.workspace.root
    values = compute(load_statistics(root, year=year), BASE_YEAR)
    species, gap = gap_in_tonnes(line, values)
    if line["adcode"] not in regions_of(load(root)):
        raise TableError(
            f"{line['region']}: 没有清单，措施无处可施（no inventory of it for measures to act on）"
        )
    found = evaluate_catalogue(
        Asked(folder=root, region=line["adcode"]), choices_of(ghg="co2e", curve=species)
    )
    names = {one["measure"]: one["name"] for one in found["measures"]}
    bars = found["cost_curve"]["bars"]
    return {
        "target": line["id"],
        "region": line["region"],
        "name": line["name"],
        "species": species,
        "gap_t": gap,
        "inventory_year": found["year"],
        **closed(bars, gap, names),
        "notes": _notes(line, found),
    }


def closed(bars: list[dict[str, Any]], gap: float, names: dict[str, str]) -> dict[str, Any]:
    """The bars of a cost curve in order until ``gap`` [t] is closed; the last bar in part.

    >>> bars = [{"measure": "a", "reduction": 6.0, "unit_cost": 10.0, "annual_cny": 60.0},
    ...     {"measure": "b", "reduction": 8.0, "unit_cost": 20.0, "annual_cny": 160.0}]
    >>> made = closed(bars, 10.0, {})
    >>> [row["share"] for row in made["measures"]], made["annual_cny"], made["closed_share"]
    ([1.0, 0.5], 140.0, 1.0)
    """
    made, left = [], gap
    for bar in bars:
        if left <= 0:
            break
        if bar["reduction"] <= 0:
            continue
        share = min(1.0, left / bar["reduction"])
        left -= share * bar["reduction"]
        made.append(
            {
                "measure": bar["measure"],
                "name": names.get(bar["measure"], bar["measure"]),
                "share": share,
                "reduced_t": share * bar["reduction"],
                "unit_cost": bar["unit_cost"],
                "annual_cny": share * bar["annual_cny"],
            }
        )
    return {
        "measures": made,
        "closed_share": (gap - max(left, 0.0)) / gap,
        "annual_cny": sum(one["annual_cny"] for one in made),
    }


def _notes(line: dict[str, Any], found: dict[str, Any]) -> list[str]:
    notes = []
    if found["year"] != line["actual_year"]:
        notes.append(
            f"措施按 {found['year']} 年清单计算，目标的数据为 {line['actual_year']} 年 · measures act on the "
            f"inventory of {found['year']}, the target's value is of {line['actual_year']}"
        )
    without = len(found["cost_curve"]["left_out"])
    if without:
        notes.append(
            f"{without} 项措施缺成本来源或效果，未参加 · {without} measures lack a sourced cost or an effect"
        )
    return notes
