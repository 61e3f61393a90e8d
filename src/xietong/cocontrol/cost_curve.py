"""Marginal abatement cost curve: bars in order of cost, interaction, negative costs marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xietong.cocontrol.annual_cost import unit_cost
from xietong.errors import InputError

INTERACTIONS = ("none", "remaining")


@dataclass(frozen=True)
class Candidate:
    """A measure on the curve: ``reduction`` alone and ``baseline`` [t], ``annual_cny`` [CNY/a].

    Measures of one ``group`` act on the same emissions; without a group a measure acts on its own.
    """

    measure: str
    reduction: float | None
    baseline: float | None
    annual_cny: float | None
    group: str | None = None


def cost_curve(candidates: Sequence[Candidate], interaction: str = "none") -> dict[str, Any]:
    """Bars of the curve and what is not on it with the reason.

    Negative costs come first, by net benefit and not by cost per tonne: below zero a larger reduction
    makes the quotient less negative, so the quotient is no ranking (``paradox``). The others follow by
    unit cost. With ``remaining`` each measure finds what the earlier ones of its group left:
    R_i' = R_i · Π(1 − share of the earlier); its cost stays.

    Returns ``bars[]`` {measure, unit_cost (after interaction), unit_cost_alone, reduction,
    reduction_alone, from_t, to_t, annual_cny, paradox} and ``left_out[]`` {measure, reason}.

    Examples
    --------
    >>> curve = cost_curve([Candidate("lamp", 10, 100, -50, "power"), Candidate("motor", 20, 100, -60, "power"),
    ...     Candidate("wind", 40, 100, 400, "power"), Candidate("idle", 5, 100, None)], "remaining")
    >>> [(bar["measure"], round(bar["reduction"], 1), bar["paradox"]) for bar in curve["bars"]]
    [('motor', 20.0, True), ('lamp', 8.0, True), ('wind', 28.8, False)]
    >>> curve["left_out"]
    [{'measure': 'idle', 'reason': 'cost-unknown'}]
    """
    if interaction not in INTERACTIONS:
        raise InputError(
            f"没有相互作用规则 {interaction!r}（no such interaction）。可用 known: {', '.join(INTERACTIONS)}"
        )
    reasons = {one.measure: _reason(one, interaction) for one in candidates}
    on_curve = sorted((one for one in candidates if not reasons[one.measure]), key=_order)
    bars: list[dict[str, Any]] = []
    left: dict[str, float] = {}
    total = 0.0
    for one in on_curve:
        alone = one.reduction or 0.0
        remaining = left.get(one.group, 1.0) if one.group and interaction == "remaining" else 1.0
        reduction = alone * remaining
        if one.group and one.baseline:
            left[one.group] = left.get(one.group, 1.0) * (1 - alone / one.baseline)
        bars.append(
            {
                "measure": one.measure,
                "unit_cost": unit_cost(one.annual_cny, reduction),
                "unit_cost_alone": unit_cost(one.annual_cny, alone),
                "reduction": reduction,
                "reduction_alone": alone,
                "from_t": total,
                "to_t": total + reduction,
                "annual_cny": one.annual_cny,
                "paradox": (one.annual_cny or 0) < 0,
            }
        )
        total += reduction
    return {
        "interaction": interaction,
        "bars": bars,
        "left_out": [
            {"measure": name, "reason": reason} for name, reason in reasons.items() if reason
        ],
    }


def _reason(one: Candidate, interaction: str) -> str | None:
    if one.reduction is None:
        return "reduction-unknown"
    if one.reduction <= 0:
        return "no-reduction" if one.reduction == 0 else "increases"
    if interaction == "remaining" and one.group and not one.baseline:
        return "baseline-unknown"
    return "cost-unknown" if one.annual_cny is None else None


def _order(one: Candidate) -> tuple[int, float, str]:
    cost, reduction = one.annual_cny or 0.0, one.reduction or 1.0
    return (0, cost, one.measure) if cost < 0 else (1, cost / reduction, one.measure)
