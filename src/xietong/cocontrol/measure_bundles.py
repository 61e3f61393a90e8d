"""Measures together on an inventory: the bundle as one scenario against the sum of its measures."""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import Any

from xietong.cocontrol.attribution import sequential, shapley
from xietong.cocontrol.measure_effects import Effects, Scenario
from xietong.cocontrol.measure_rows import greenhouse
from xietong.errors import InputError
from xietong.measures.measure import Measure

MOST = 8  # measures of a bundle: every subset is a scenario
Run = Callable[[Sequence[Scenario]], Effects]


def bundles_on(
    groups: Mapping[str, Sequence[Measure]], run: Run, gwp: str, region: str | None = None
) -> list[dict[str, Any]]:
    """One entry per group and species, as ``bundles`` gives them, but computed on the inventory.

    ``bundle_t`` is the reduction with all measures in order; ``alone`` each by itself; ``overlap_t`` what
    the sum would count too much; ``shapley`` is order-free and adds up to the bundle; ``sequential`` is
    what the order would claim. A species that is unknown in a subset is left out.
    """
    for name, members in groups.items():
        if len(members) > MOST:
            raise InputError(
                f"{name}: 组合有 {len(members)} 项措施，最多 {MOST} 项 · at most {MOST} in a bundle"
            )
    scenarios = [
        (_name(group, chosen), chosen)
        for group, members in groups.items()
        for size in range(1, len(members) + 1)
        for chosen in combinations(members, size)
    ]
    found = run(scenarios) if scenarios else None
    if found is None:
        return []
    return [
        entry
        for group, members in groups.items()
        for entry in _group(group, members, found, gwp, region)
    ]


def _name(group: str, chosen: Sequence[Measure]) -> str:
    return "\t".join((group, *(one.id for one in chosen)))


def _group(
    group: str, members: Sequence[Measure], found: Effects, gwp: str, region: str | None
) -> list[dict[str, Any]]:
    names = [one.id for one in members]
    vectors: dict[frozenset[str], dict[str, float | None]] = {}
    for size in range(1, len(members) + 1):
        for chosen in combinations(members, size):
            vector = found.of(_name(group, chosen), region)
            vectors[frozenset(one.id for one in chosen)] = {
                **vector, "co2e_t": greenhouse(vector, gwp)
            }  # fmt: skip
    species = dict.fromkeys(name for vector in vectors.values() for name in vector)
    made = []
    for name in species:
        values = {key: vector.get(name, 0.0) for key, vector in vectors.items()}
        known = {key: value for key, value in values.items() if value is not None}
        if len(known) < len(values) or not any(known.values()):
            continue
        effect = {frozenset[str](): 0.0, **known}.__getitem__
        together = effect(frozenset(names))
        alone = {one: effect(frozenset([one])) for one in names}
        made.append(
            {
                "group": group,
                "species": name,
                "bundle_t": together,
                "alone": alone,
                "overlap_t": sum(alone.values()) - together + 0.0,
                "shapley": shapley(names, effect),
                "sequential": sequential(names, effect),
            }
        )
    return made
