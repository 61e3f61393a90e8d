"""The cost curve of measures on an inventory: each finds what the cheaper ones left."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from xietong.cocontrol.annual_cost import unit_cost
from xietong.cocontrol.measure_effects import Effects, Scenario
from xietong.cocontrol.measure_rows import greenhouse
from xietong.measures.apply import State
from xietong.measures.measure import Measure

Run = Callable[[Sequence[Scenario]], Effects]


def overlapping(states: Mapping[str, State], order: Sequence[str]) -> list[list[str]]:
    """Measures that touch the same sources, directly or through others, in their order.

    >>> overlapping({}, [])
    []
    """
    found: list[tuple[list[str], set[tuple[str, int]]]] = []
    for name in order:
        own = {
            (table, int(place))
            for table, touched in states[name].touched.items()
            for place in touched.nonzero()[0]
        }
        names = [name]
        apart = []
        for others, sources in found:
            if sources & own:
                names, own = [*others, *names], own | sources
            else:
                apart.append((others, sources))
        found = [*apart, (names, own)]
    places = {name: place for place, name in enumerate(order)}
    return [sorted(names, key=places.__getitem__) for names, _ in found]


def curve_on(
    curve: Mapping[str, Any],
    measures: Mapping[str, Measure],
    alone: Mapping[str, State],
    run: Run,
    gwp: str,
    region: str | None = None,
) -> dict[str, Any]:
    """The bars of a curve with what each measure still finds when those before it are done.

    ``curve`` as ``cost_curve`` gives it without interaction; ``alone`` the state of each measure by
    itself. Measures that touch the same sources are run one after the other in the curve's order; the
    number of units, and so the cost, follows what is left. Measures that share no source stay as they
    are.
    """
    bars = {bar["measure"]: dict(bar) for bar in curve["bars"]}
    species = "co2e_t" if curve["species"] == "co2e" else curve["species"]
    chains = [names for names in overlapping(alone, list(bars)) if len(names) > 1]
    scenarios = [
        ("\t".join(names[:size]), [measures[name] for name in names[:size]])
        for names in chains
        for size in range(1, len(names) + 1)
    ]
    made = run(scenarios) if scenarios else None
    for names in chains if made else ():
        before = 0.0
        for size, name in enumerate(names, 1):
            scenario = "\t".join(names[:size])
            vector = made.of(scenario, region) if made else {}
            total = greenhouse(vector, gwp) if species == "co2e_t" else vector.get(species)
            if total is None:
                bars[name]["interaction_unknown"] = True
                continue
            state = made.states[scenario] if made else alone[name]
            _changed(bars[name], total - before, _share(state, alone[name], name))
            before = total
    from_t = 0.0
    for bar in bars.values():
        bar["from_t"], bar["to_t"] = from_t, from_t + bar["reduction"]
        from_t = bar["to_t"]
    return {**curve, "interaction": "remaining", "bars": list(bars.values())}


def _share(state: State, alone: State, name: str) -> float:
    """The units that are left for a measure, as a share of those it has by itself."""
    whole, left = alone.units.get(name), state.units.get(name, 0.0)
    return left / whole if whole else 1.0


def _changed(bar: dict[str, Any], reduction: float, share: float) -> None:
    bar["reduction"] = reduction + 0.0
    bar["annual_cny"] = bar["annual_cny"] * share
    bar["unit_cost"] = unit_cost(bar["annual_cny"], reduction)
