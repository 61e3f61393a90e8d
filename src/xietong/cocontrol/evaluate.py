"""Evaluation of measures: what each cuts, what it costs, what goes with it, and the bundle."""

from collections.abc import Sequence
from typing import Any

from xietong.cocontrol.annual_cost import annual_cost, unit_cost
from xietong.cocontrol.benefits import benefits
from xietong.cocontrol.bundles import bundles
from xietong.cocontrol.choices import Choices
from xietong.cocontrol.coordinates import coordinates
from xietong.cocontrol.cost_curve import Candidate, cost_curve
from xietong.cocontrol.elasticity import cross_elasticity, share, synergy_coefficients
from xietong.cocontrol.equivalents import equivalents
from xietong.cocontrol.greenhouse import co2_equivalents
from xietong.cocontrol.plain_tables import MeasureRow
from xietong.vocab.species import columns

POLLUTANTS = ("pollutant", "water")


def evaluate(rows: Sequence[MeasureRow], choices: Choices) -> dict[str, Any]:
    """All results of measures, ready for JSON.

    ``rows`` has one entry per measure. Returns ``measures[]`` {measure, reductions, shares, elasticity,
    quadrant, coefficients, equivalents, annual_cost_cny, unit_cost, benefits, warnings},
    ``cost_curve``, ``bundles[]`` and ``choices``. None is unknown or undefined, never 0.

    Examples
    --------
    >>> row = MeasureRow("fgd", {"so2_t": 90.0, "co2_t": -3.0}, {"so2_t": 100.0, "co2_t": 5000.0})
    >>> made = evaluate([row], Choices())["measures"][0]
    >>> made["quadrant"]["so2_t"]["state"], round(made["elasticity"]["so2_t"]["pollutant_over_ghg"])
    ('pollutant-reduced-ghg-increased', -1500)
    """
    measures = [_measure(row, choices) for row in rows]
    return {
        "measures": measures,
        "cost_curve": _curve(rows, measures, choices),
        "bundles": bundles(rows),
        "choices": {
            "x_axis": choices.x,
            "y_axis": "ghg" if choices.x == "pollutant" else "pollutant",
            "ghg": choices.ghg,
            "gwp": choices.gwp,
            "interest": choices.interest,
            "curve": choices.curve,
            "interaction": choices.interaction,
            "schemes": [one.name for one in choices.schemes],
            "region": choices.region,
            "date": choices.date.isoformat(),
        },
    }


def gas(values: MeasureRow, choices: Choices) -> tuple[float | None, float | None]:
    """Reduction and baseline of the gas on the axis [t or t CO2e].

    >>> gas(MeasureRow("a", {"co2_t": 1.0, "ch4_t": 1.0}, {"co2_t": 10.0, "ch4_t": 2.0}), Choices())
    (29.0, 66.0)
    """
    if choices.ghg == "co2e":
        reduction = co2_equivalents(values.reductions, choices.gwp)
        return reduction, co2_equivalents(_same(values), choices.gwp)
    return values.reductions.get(choices.ghg), values.baseline.get(choices.ghg)


def _same(row: MeasureRow) -> dict[str, float | None]:
    """The baseline of the gases that the reductions speak of: one boundary above and below."""
    return {name: row.baseline.get(name) for name in row.reductions}


def _measure(row: MeasureRow, choices: Choices) -> dict[str, Any]:
    kinds = {name for kind in POLLUTANTS for name in columns(kind)}
    ghg, ghg_baseline = gas(row, choices)
    yearly = annual_cost(row.cost, choices.interest) if row.cost else None
    elasticity, quadrants, coefficients, costs = {}, {}, {}, {}
    warnings = []
    for name, value in row.reductions.items():
        costs[name] = unit_cost(yearly, value)
        if value is not None and value < 0 and name not in columns("memo"):
            warnings.append(f"{name} 增加 {-value:g} · increases {name}: no unit cost")
        if name not in kinds:
            continue
        baseline = row.baseline.get(name)
        elasticity[name] = cross_elasticity(value, baseline, ghg, ghg_baseline)
        shares = share(value, baseline), share(ghg, ghg_baseline)
        quadrants[name] = coordinates(value, ghg, *shares, x=choices.x)
        coefficients[name] = synergy_coefficients(value, baseline, ghg, ghg_baseline)
        if elasticity[name]["state"] == "both-increased":
            warnings.append(
                f"{name} 与温室气体都增加，弹性为正也不是协同 · both increase: no synergy"
            )
    costs["co2e_t"] = unit_cost(yearly, ghg if choices.ghg == "co2e" else None)
    summed = {
        one.name: equivalents(row.reductions, ghg if choices.ghg == "co2e" else None, one)
        for one in choices.schemes
    }
    costs |= {
        f"equivalents:{name}": unit_cost(yearly, one["total"]) for name, one in summed.items()
    }
    for name, one in summed.items():
        if one["weak"]:
            warnings.append(f"{name}: 权重未经核实 weights not verified: {', '.join(one['weak'])}")
    if yearly is None:
        warnings.append("没有完整成本，不参加优化 · cost incomplete: takes no part in optimisation")
    return {
        "measure": row.measure,
        **({"words": dict(row.words)} if row.words else {}),
        "reductions": {**row.reductions, "co2e": co2_equivalents(row.reductions, choices.gwp)},
        "shares": {n: share(v, row.baseline.get(n)) for n, v in row.reductions.items()},
        "elasticity": elasticity,
        "quadrant": quadrants,
        "coefficients": coefficients,
        "equivalents": summed,
        "annual_cost_cny": yearly,
        "unit_cost": costs,
        "benefits": benefits(row.reductions, ghg if choices.ghg == "co2e" else None, choices),
        "warnings": warnings,
    }


def _value(
    row: MeasureRow, measure: dict[str, Any], name: str, gwp: str
) -> tuple[float | None, float | None]:
    if name == "co2e":
        return measure["reductions"]["co2e"], co2_equivalents(_same(row), gwp)
    return row.reductions.get(name), row.baseline.get(name)


def _curve(
    rows: Sequence[MeasureRow], measures: Sequence[dict[str, Any]], choices: Choices
) -> dict[str, Any]:
    candidates = []
    for row, measure in zip(rows, measures, strict=True):
        reduction, baseline = _value(row, measure, choices.curve, choices.gwp)
        yearly = measure["annual_cost_cny"]
        candidates.append(Candidate(row.measure, reduction, baseline, yearly, row.group))
    return {"species": choices.curve, **cost_curve(candidates, choices.interaction)}
