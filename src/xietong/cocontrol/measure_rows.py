"""Effects of measures and their costs as rows to evaluate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from xietong.cocontrol.annual_cost import Cost
from xietong.cocontrol.greenhouse import GIVEN, potentials
from xietong.cocontrol.measure_effects import Effects
from xietong.cocontrol.plain_tables import MeasureRow
from xietong.measures.measure import Measure, Value
from xietong.vocab.species import columns

PER_UNIT = {
    "investment_cny": "investment_cny",
    "om_cny_per_year": "om_cny",
    "saving_cny_per_year": "saving_cny",
    "annual_cny_per_year": "annual_cny",
}
OWN = ("co2_control_electricity_t", "co2_control_heat_t", "co2_control_fuel_t")
GAINS = ("co2_avoided_energy_t", "co2_avoided_reuse_t", "co2_removed_land_t", "co2_removed_blue_t")
Numbers = Mapping[str, float | None]


@dataclass(frozen=True)
class MeasureResult:
    """A measure on an inventory: the ``row`` to evaluate, ``units`` deployed, what to warn of.

    ``unknown`` counts by species the sources whose change could not be estimated.
    """

    measure: Measure
    row: MeasureRow
    units: float | None
    unknown: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    @property
    def gained(self) -> dict[str, float]:
        """CO2 that is avoided elsewhere or removed more than before [t]: beside CO2e, never in it."""
        more = {name: self.row.reductions.get(name) for name in GAINS}
        return {name: -value for name, value in more.items() if value}


@dataclass(frozen=True)
class NotApplicable:
    """A measure that found nothing to act on, and why."""

    measure: Measure
    sought: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Keys as printed with ``--json``."""
        return {"measure": self.measure.id, "name": self.measure.name_zh, "sought": [*self.sought]}


def results(
    measures: Sequence[Measure],
    effects: Effects,
    baseline: Numbers,
    gwp: str,
    region: str | None = None,
) -> tuple[list[MeasureResult], list[NotApplicable]]:
    """Each measure's row, and the measures that do not apply to this inventory.

    ``effects`` has a scenario per measure id, ``baseline`` the inventory's totals by species [t].
    Greenhouse gases are summed with the indirect CO2 of electricity and heat that a measure moves; the
    sum is unknown where a part of it is.
    """
    made, missing = [], []
    for one in measures:
        state = effects.states[one.id]
        if state.missed:
            missing.append(NotApplicable(one, (*state.missed, *state.warnings)))
            continue
        reductions = effects.of(one.id, region)
        unknown = effects.unknown(one.id)
        warnings = [*state.warnings, *_lacking(reductions, unknown)]
        if effects.silent(one.id):
            warnings.append(
                f"{effects.silent(one.id)} 个排放源的治理设施自身碳不明，未计入 · "
                f"own carbon of devices not known at {effects.silent(one.id)} sources, left out"
            )
        units = state.units.get(one.id)
        cost = cost_of(one.cost, units)
        if units is None and one.cost:
            warnings.append(
                "没有每单位数量，成本不能换算 · no amount_per_unit: cost cannot be scaled"
            )
        both = {**reductions, GIVEN: greenhouse(reductions, gwp)}
        base = {**baseline, GIVEN: greenhouse(baseline, gwp, reductions)}
        words = {"name": one.name_zh, "group": one.group, "source": _sources(one)}
        row = MeasureRow(one.id, both, base, cost, None, {k: v for k, v in words.items() if v})
        made.append(MeasureResult(one, row, units, unknown, tuple(warnings)))
    return made, missing


def greenhouse(values: Numbers, gwp: str, of: Numbers | None = None) -> float | None:
    """t CO2e of all gases and of indirect CO2 in a vector; None where a part is unknown.

    Indirect is CO2 of electricity and heat, and of those (and the fuel) that devices use; that of making
    reagents is emitted elsewhere and stays beside.

    ``of`` limits it to the species that another vector speaks of: one boundary above and below.

    >>> greenhouse({"co2_t": 10.0, "ch4_t": 1.0, "co2_electricity_t": -3.0, "so2_t": 5.0}, "AR5")
    35.0
    >>> greenhouse({"co2_t": 10.0, "co2_electricity_t": None}, "AR5") is None
    True
    """
    factors = {**potentials(gwp), **dict.fromkeys((*columns("indirect"), *OWN), 1.0)}
    names = [name for name in (values if of is None else of) if name in factors]
    found = {name: values.get(name) for name in names}
    if of is not None:  # a boundary that the baseline does not have adds nothing to it
        found = {name: value or 0.0 for name, value in found.items()}
    if not found or any(value is None for value in found.values()):
        return None
    return sum((value or 0.0) * factors[name] for name, value in found.items()) + 0.0


def cost_of(cost: Mapping[str, Value], units: float | None) -> Cost | None:
    """The cost of all units, from values per unit; None where nothing is known.

    >>> value = lambda number: Value(number, "CNY/MW", None, None, "s", "l", "V")
    >>> cost_of({"investment_cny": value(2.0), "life_years": value(20.0)}, 3.0)
    Cost(investment_cny=6.0, life_years=20.0, om_cny=None, saving_cny=None, annual_cny=None, price_year=None, source='s')
    """
    if units is None or not set(cost) & set(PER_UNIT):
        return None
    found = {name: cost[key].value * units for key, name in PER_UNIT.items() if key in cost}
    life, year = cost.get("life_years"), cost.get("price_year")
    return Cost(
        investment_cny=found.get("investment_cny"),
        life_years=life.value if life else None,
        om_cny=found.get("om_cny"),
        saving_cny=found.get("saving_cny"),
        annual_cny=found.get("annual_cny"),
        price_year=int(year.value) if year else None,
        source="; ".join(dict.fromkeys(cost[key].source for key in cost)),
    )


def _sources(measure: Measure) -> str:
    return "; ".join(dict.fromkeys(one.source for one in measure.effect.values()))


def _lacking(reductions: Numbers, unknown: Mapping[str, int]) -> list[str]:
    none = [name for name, value in reductions.items() if value is None]
    part = [f"{n} ({unknown[n]})" for n in unknown if reductions.get(n) is not None]
    found = []
    if none:
        found.append(f"效果不能估算（缺系数） · effect not estimated: {', '.join(none)}")
    if part:
        found.append(
            f"部分排放源不能估算，未计入（个数） · sources left out, not estimated: {', '.join(part)}"
        )
    return found
