"""Responsible units that differ between aligned clauses, by function of government.

省发展改革委, 市发展和改革委员会 and 区发改局 are one function, and so are a department before and after a
reform (地方金融监管局, 市委金融办); the vocabulary ``xietong.vocab.departments`` knows them. A unit that
it does not know stands for itself under its printed name. Split and merged clauses are compared as
unions of their units.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from xietong.plans.compare.model import Link, UnitDifference
from xietong.plans.compare.tables import rows
from xietong.plans.model import Clause, Plan
from xietong.vocab.departments import canonical
from xietong.vocab.load import rows as vocabulary

Names = dict[str, list[str]]


def unit_differences(
    left: Plan, right: Plan, alignment: Sequence[Link]
) -> Iterator[UnitDifference]:
    """Functions responsible, or in the lead, on one side only of each pair of aligned clauses."""
    by_left = {clause.id: clause for clause in left.clauses}
    by_right = {clause.id: clause for clause in right.clauses}
    known = _functions_of(left.clauses), _functions_of(right.clauses)
    for link in alignment:
        ones = [by_left[clause] for clause in link.left]
        others = [by_right[clause] for clause in link.right]
        if ones and others and _printed(ones) and _printed(others):
            yield from _between(link, ones, others, known)


def _printed(clauses: Sequence[Clause]) -> bool:
    """Whether any units are printed: a clause without a bracket says nothing about who does it."""
    return any(clause.units for clause in clauses)


def _between(
    link: Link,
    ones: Sequence[Clause],
    others: Sequence[Clause],
    known: tuple[frozenset[str], frozenset[str]],
) -> Iterator[UnitDifference]:
    left, right = _names(ones), _names(others)
    leads = _leads(ones), _leads(others)
    for name in left:
        if name not in right:
            note = _moved(name, known[1])
            yield _row("only_left", name, link, left[name], [], note)
        elif (name in leads[0]) != (name in leads[1]):
            side = "左" if name in leads[0] else "右"
            note = f"只有{side}侧写明牵头 · lead printed on one side only"
            yield _row("lead_differs", name, link, left[name], right[name], note)
    for name in right:
        if name not in left:
            note = _moved(name, known[0]) or _taken_over(name, left, known[1])
            yield _row("only_right", name, link, [], right[name], note)


def _row(
    kind: str, name: str, link: Link, left: list[str], right: list[str], note: str
) -> UnitDifference:
    return UnitDifference(
        kind,  # type: ignore[arg-type]
        name,
        link.left,
        link.right,
        tuple(left),
        tuple(right),
        note,
    )


def _names(clauses: Iterable[Clause]) -> Names:
    """Function → printed names, in printed order."""
    found: Names = {}
    for clause in clauses:
        for unit in clause.units:
            names = found.setdefault(canonical(unit), [])
            if unit not in names:
                names.append(unit)
    return found


def _leads(clauses: Iterable[Clause]) -> set[str]:
    return {canonical(unit) for clause in clauses for unit in clause.lead}


def _functions_of(clauses: Iterable[Clause]) -> frozenset[str]:
    return frozenset(canonical(unit) for clause in clauses for unit in clause.units)


@cache
def _under() -> dict[str, str]:
    """Function → the function that holds it where it has no department of its own, by name."""
    names = {row["function"]: row["zh"] for row in vocabulary("functions")}
    return {names[row["function"]]: names[row["under"]] for row in rows("counterparts")}


def _moved(name: str, other_plan: frozenset[str]) -> str:
    """A note where the other plan has no such department anywhere."""
    under = _under().get(name)
    if under is None or name in other_plan or under not in other_plan:
        return ""
    return f"对方没有这一部门，职能归{under} · no such department there, the task is with {under}"


def _taken_over(name: str, left: Names, right_plan: frozenset[str]) -> str:
    """A note where a department stands in for one that its own level does not have."""
    for other in left:
        if _under().get(other) == name and other not in right_plan:
            return f"承接{other} · takes over {other}"
    return ""
