"""Measures on the same emissions together: what the bundle saves and what each may claim."""

from collections.abc import Sequence
from typing import Any

from xietong.cocontrol.attribution import multiplied, remaining_effect, sequential
from xietong.cocontrol.plain_tables import MeasureRow


def bundles(rows: Sequence[MeasureRow]) -> list[dict[str, Any]]:
    """Measures of one ``group`` together, one entry per group and species, effects multiplying.

    ``shapley`` adds up to ``bundle_t``; ``sequential`` is what the table's order would claim;
    ``overlap_t`` is what adding the measures up would count too much. A species that is unknown for
    one of them, or without one common baseline above 0, is left out.

    >>> baseline = {"so2_t": 100.0}
    >>> rows = [MeasureRow(name, {"so2_t": 50.0}, baseline, None, "boilers") for name in ("a", "b")]
    >>> made = bundles(rows)[0]
    >>> made["bundle_t"], made["overlap_t"], made["sequential"]
    (75.0, 25.0, {'a': 50.0, 'b': 25.0})
    """
    groups: dict[str, list[MeasureRow]] = {}
    for row in rows:
        if row.group:
            groups.setdefault(row.group, []).append(row)
    return [
        entry
        for group, members in groups.items()
        if len(members) > 1
        for name in members[0].reductions
        if (entry := _bundle(group, members, name)) is not None
    ]


def _bundle(group: str, members: Sequence[MeasureRow], name: str) -> dict[str, Any] | None:
    wholes = {row.baseline.get(name) for row in members}
    whole = wholes.pop() if len(wholes) == 1 else None
    alone = {row.measure: row.reductions.get(name) for row in members}
    known = {measure: value for measure, value in alone.items() if value is not None}
    if not whole or len(known) < len(alone):
        return None
    shares = {measure: value / whole for measure, value in known.items()}
    effect = remaining_effect(whole, shares)
    together = effect(frozenset(shares))
    return {
        "group": group,
        "species": name,
        "bundle_t": together,
        "alone": known,
        "overlap_t": sum(known.values()) - together + 0.0,
        "shapley": multiplied(whole, shares),
        "sequential": sequential(list(shares), effect),
    }
