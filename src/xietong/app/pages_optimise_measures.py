"""The catalogue of measures on a workspace's inventory, as the options of a problem.

Only measures whose cost has a source take part. Those of one group exclude each other; what a mix does
together is run again on the inventory (``joint``), so that nothing is added up twice unseen.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from xietong.app.inventory import in_memory, opened, run_inventory
from xietong.app.measures import load_catalogue
from xietong.cocontrol.measure_effects import effects
from xietong.cocontrol.measure_rows import MeasureResult, greenhouse, results
from xietong.cocontrol.options import Option, options
from xietong.inventory.settings import Settings
from xietong.measures.measure import Measure, Value
from xietong.optimise.from_measures import MeasureEffect, tables_of
from xietong.vocab.species import species

Progress = Callable[[float, str], None]
CO2E = "co2e_t"
POLLUTANTS = tuple(one.column for one in species() if one.kind == "pollutant")
POTENTIALS = ("potential_share", "potential_units")
INTEREST = 0.05
TOLD = "逐项计算措施 · computing the measures"
OPEN = "ceiling-open"  # the source of a potential that the catalogue leaves open


@dataclass(frozen=True)
class Offer:
    """What can be chosen from. ``options`` take part; ``left`` says by measure why it does not
    (cost-unknown, effect-unknown, not-applicable, not-valid); ``baseline`` [t; Hg kg] of the inventory and
    what of it the sources that take part emit (``touched``); None is unknown."""

    year: int
    gwp: str
    settings: Settings
    tables: Mapping[str, pl.DataFrame]
    found: Mapping[str, MeasureResult]
    options: tuple[Option, ...]
    left: Mapping[str, str]
    baseline: Mapping[str, float | None]
    touched: Mapping[str, float | None]

    @property
    def quantities(self) -> list[str]:
        """What can be a target: CO2e and pollutants that are estimated and that an option reduces."""
        return [
            name
            for name in (CO2E, *POLLUTANTS)
            if (self.baseline.get(name) or 0) > 0
            and any((self.effect(one).get(name) or 0) > 0 for one in self.options)
        ]

    @property
    def price_years(self) -> list[int]:
        """Years of the prices of the costs, as the catalogue states them."""
        costs = (self.found[one.option].row.cost for one in self.options)
        return sorted({cost.price_year for cost in costs if cost and cost.price_year})

    def effect(self, option: Option) -> dict[str, float | None]:
        """What an option reduces at full potential: CO2e and pollutants; None is unknown."""
        reductions = self.found[option.option].row.reductions
        return {name: reductions.get(name) for name in (CO2E, *POLLUTANTS)}

    @property
    def open(self) -> set[str]:
        """Measures whose potential no source gives: they stand with one unit."""
        return {
            name
            for name, one in self.found.items()
            if (units := one.measure.effect.get("potential_units")) and units.source == OPEN
        }

    def known_of(self, targets: Collection[str]) -> "Offer":
        """Without the options whose effect on every one of these quantities is unknown: their savings
        would be taken blindly."""
        kept, blind = [], {}
        for one in self.options:
            if all(self.effect(one).get(name) is None for name in targets):
                blind[one.option] = "effect-unknown"
            else:
                kept.append(one)
        return replace(self, options=tuple(kept), left=dict(self.left) | blind)

    def named(self, language: str = "zh") -> dict[str, str]:
        """Names of the measures that apply."""
        return {
            name: (one.measure.name_en or one.measure.name_zh)
            if language == "en"
            else one.measure.name_zh
            for name, one in self.found.items()
        }


def offer(
    root: Path, year: int, regions: Collection[str], progress: Progress = lambda *_: None
) -> Offer:
    """The catalogue on the inventory of some regions in a year."""
    _, settings, loaded = opened(root, changed={"control_carbon": True}, regions=regions)
    tables = in_memory(loaded, year)
    known = load_catalogue(root)
    held = {name: one for name, one in known.items() if one.holds(year)}
    made = effects(
        [(name, [one]) for name, one in held.items()],
        tables,
        settings,
        year,
        progress=lambda done, of: progress(done / of, TOLD),
    )
    summed = run_inventory(root, year=year, regions=regions)
    rows = [*summed["memo"], *summed["sums"]]
    baseline = {_column(row["species"]): _own_unit(row) for row in rows}
    found, missing = results(list(held.values()), made, baseline, settings.gwp)
    by_id = {one.measure.id: one for one in found}
    taking, left = options(found, INTEREST)
    blind = {one.option for one in taking if not _counts(by_id[one.option])}
    taking = [one for one in taking if one.option not in blind]
    left |= dict.fromkeys(blind, "effect-unknown")
    left |= {one.measure.id: "not-applicable" for one in missing}
    left |= {name: "not-valid" for name in known if name not in held}
    part = [by_id[one.option].measure for one in taking]
    touched = _touched(part, tables, settings, year) if part else {}
    return Offer(
        year, settings.gwp, settings, tables, by_id, tuple(taking), left, baseline, touched
    )


def tables(found: Offer) -> dict[str, pl.DataFrame]:
    """``sources``, ``options`` and ``baseline`` of the problem."""
    effects_of = [
        MeasureEffect(
            one.option,
            {name: found.effect(one).get(name) for name in found.quantities},
            one.annual_cny,
            cost.investment_cny if (cost := found.found[one.option].row.cost) else None,
            cost.life_years if cost else None,
            name=found.found[one.option].measure.name_zh,
            group=one.source,
            sector=found.found[one.option].measure.sector,
            reference=cost.source if cost else "",
        )
        for one in found.options
    ]
    made = tables_of(effects_of)
    base = {name: str(found.baseline[name]) for name in found.quantities}
    return made | {"baseline": pl.DataFrame([{"region": "", "sector": ""} | base])}


def joint(found: Offer, shares: Mapping[str, float]) -> dict[str, float | None]:
    """What a mix reduces when all of it is run on the inventory, one measure after the other.

    Each measure works on what those before it left; measures of one group share out the same activity.
    CO2e and pollutants [t; Hg kg]; None where it cannot be estimated.

    >>> from xietong.app.pages_optimise_measures import scaled
    >>> from xietong.measures.measure import Measure, Value
    >>> whole = Measure("m", "m", effect={"potential_share": Value(0.8, "1", None, None, "s", "l", "V")})
    >>> scaled(whole, 0.5).numbers
    {'potential_share': 0.4}
    """
    taken: dict[str, float] = {}
    chosen: list[Measure] = []
    by_source = {one.option: one.source for one in found.options}
    for name, share in shares.items():
        source, measure = by_source[name], found.found[name].measure
        before = taken.get(source, 0.0)
        left = max(1 - before, 1e-12)
        by_share = "potential_share" in measure.numbers
        chosen.append(scaled(measure, min(1.0, share / left) if by_share else share))
        taken[source] = before + share
    if not chosen:
        return {}
    made = effects([("mix", chosen)], found.tables, found.settings, found.year).of("mix")
    return {CO2E: greenhouse(made, found.gwp)} | {name: made.get(name) for name in POLLUTANTS}


def joint_total(found: Offer, shares: Mapping[str, float]) -> dict[str, float | None]:
    """``joint`` of a mix; for CO2e of the measures whose CO2e is known, as in the sums of the answer."""
    by_id = {one.option: one for one in found.options}
    told = {name: v for name, v in shares.items() if found.effect(by_id[name])[CO2E] is not None}
    return joint(found, shares) | {CO2E: joint(found, told).get(CO2E)}


def scaled(measure: Measure, share: float) -> Measure:
    """A measure with a share of its potential."""
    effect = {
        name: replace(one, value=one.value * share) if name in POTENTIALS else one
        for name, one in measure.effect.items()
    }
    return replace(measure, effect=effect)


def _counts(one: MeasureResult) -> bool:
    """Is anything known of what it does to CO2e or a pollutant? Money alone is no effect."""
    known = (one.row.reductions.get(name) for name in (CO2E, *POLLUTANTS))
    return any(value for value in known)


def _column(name: str) -> str:
    return CO2E if name.startswith("co2e") else name


def _own_unit(row: Mapping[str, Any]) -> float | None:
    """The inventory prints tonnes of everything; here mercury is in kg."""
    value: float | None = row["value_t"]
    return value if value is None or not str(row["species"]).endswith("_kg") else value * 1e3


def _touched(
    measures: Sequence[Measure],
    activity: Mapping[str, pl.DataFrame],
    settings: Settings,
    year: int,
) -> dict[str, float | None]:
    """What the sources emit that any of the measures acts on: the inventory with them less without."""
    whole = Value(1.0, "1", None, None, "", "", "")
    edits = [
        replace(
            edit, measure="touched", step=number, edit="scale", column="", value=None, of=None,
            amount_per_unit=None, to={}, to_table="", to_column="", ratio=None,
        )
        for number, edit in enumerate(
            (one for m in measures for one in m.edits if one.of is None and one.edit != "add"), 1
        )
    ]  # fmt: skip
    if not edits:
        return {}
    every = Measure("touched", "", edits=tuple(edits), effect={"potential_share": whole})
    made = effects([("touched", [every])], activity, settings, year).of("touched")
    return {CO2E: greenhouse(made, settings.gwp)} | {name: made.get(name) for name in POLLUTANTS}
