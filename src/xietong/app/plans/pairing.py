"""Which row of the new edition is which row of the old one, and what differs between them.

Pure functions on the records of ``plans.model``; nothing here knows the database.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import asdict
from typing import Any

from xietong.plans.model import Clause, Milestone, Plan, Project, Target

Record = Clause | Target | Milestone | Project
Pair = tuple[int | None, int | None]  # places in the old and in the new list
Key = Callable[[Any], Hashable]

# From the strictest to the loosest: what still counts as the same row.
KEYS: dict[str, tuple[Key, ...]] = {
    "clauses": (
        lambda r: (r.id, r.heading),
        lambda r: r.heading,
        lambda r: r.id,
    ),
    "targets": (
        lambda r: (r.clause, r.year, r.indicator, r.subject, r.subjects, r.value, r.unit),
        lambda r: (r.clause, r.year, r.indicator, r.subject, r.subjects),
        lambda r: (r.clause, r.year, r.indicator),
        lambda r: (r.year, r.indicator, r.subject),
    ),
    "milestones": (
        lambda r: (r.clause, r.year, r.kind, r.indicator),
        lambda r: (r.clause, r.kind, r.indicator),
        lambda r: (r.kind, r.indicator),
    ),
    "projects": (lambda r: (r.box, r.group, r.name), lambda r: r.name),
}
# Empty on either side means "not kept", not "changed": the compiled library has no texts.
MAY_BE_EMPTY = {"text", "quote", "indicator_id"}


def pairs(table: str, old: Sequence[Record], new: Sequence[Record]) -> list[Pair]:
    """Each row of both editions once, paired where it is the same; order of the new edition.

    >>> a, b = Project("专栏1", None, "甲"), Project("专栏1", None, "乙")
    >>> pairs("projects", [a], [b, a])
    [(None, 0), (0, 1)]
    """
    partner: dict[int, int] = {}
    free_old, free_new = list(range(len(old))), list(range(len(new)))
    for key in KEYS[table]:
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for place in free_old:
            waiting[key(old[place])].append(place)
        for place in free_new:
            if same := waiting.get(key(new[place])):
                partner[place] = same.pop(0)
        taken = set(partner.values())
        free_old = [place for place in free_old if place not in taken]
        free_new = [place for place in free_new if place not in partner]
    found: list[Pair] = [(partner.get(place), place) for place in range(len(new))]
    return found + [(place, None) for place in free_old]


def changes(old: Record, new: Record) -> dict[str, list[Any]]:
    """Column → [before, after] of what differs between two rows.

    >>> changes(Project("专栏1", None, "甲"), Project("专栏2", None, "甲"))
    {'box': ['专栏1', '专栏2']}
    """
    before, after = asdict(old), asdict(new)
    return {
        column: [before[column], after[column]]
        for column in before
        if before[column] != after[column]
        and not (column in MAY_BE_EMPTY and not (before[column] and after[column]))
    }


def difference(old: Plan, new: Plan) -> dict[str, Any]:
    """What a new edition adds, removes and changes, table by table.

    ``{"clauses": {"added": [row], "removed": [row], "changed": [{"row", "changes"}]}, …}``
    """
    found: dict[str, Any] = {}
    for table in KEYS:
        before, after = getattr(old, table), getattr(new, table)
        added, removed, changed = [], [], []
        for left, right in pairs(table, before, after):
            if left is None and right is not None:
                added.append(asdict(after[right]))
            elif right is None and left is not None:
                removed.append(asdict(before[left]))
            elif (
                left is not None
                and right is not None
                and (what := changes(before[left], after[right]))
            ):
                changed.append({"row": asdict(after[right]), "changes": what})
        found[table] = {"added": added, "removed": removed, "changed": changed}
    return found


def is_empty(found: dict[str, Any]) -> bool:
    """Whether a difference says that nothing differs."""
    return not any(rows for table in found.values() for rows in table.values())
