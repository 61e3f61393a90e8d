"""Who is responsible for what across documents and levels: one row per function of government."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xietong.plans.compare import Comparison
from xietong.plans.model import Clause
from xietong.report.plan_view import Column
from xietong.vocab.departments import canonical


@dataclass(frozen=True)
class Duty:
    """A clause for which a function answers, in one plan."""

    clause: str
    heading: str
    leads: bool


@dataclass(frozen=True)
class Duties:
    """One function: its clauses in each plan, and the names under which it is printed there."""

    function: str
    by_plan: tuple[tuple[Duty, ...], ...]
    names: tuple[str, ...]  # one cell per plan
    note: str

    @property
    def total(self) -> int:
        """Clauses in all plans."""
        return sum(map(len, self.by_plan))


def duties(columns: Sequence[Column], comparisons: Iterable[Comparison]) -> list[Duties]:
    """Functions by load, busiest first; ``note`` says where a level has no such department."""
    notes = _notes(comparisons)
    found: dict[str, list[list[Duty]]] = {}
    printed: dict[str, list[dict[str, None]]] = {}
    for at, column in enumerate(columns):
        for clause in column.plan.clauses:
            for function, names in _functions(clause).items():
                leads = any(name in clause.lead for name in names)
                cells = found.setdefault(function, [[] for _ in columns])
                cells[at].append(Duty(clause.id, clause.heading, leads))
                seen = printed.setdefault(function, [{} for _ in columns])
                seen[at].update(dict.fromkeys(names))
    rows = [
        Duties(
            function,
            tuple(tuple(cell) for cell in cells),
            tuple("、".join(names) for names in printed[function]),
            notes.get(function, ""),
        )
        for function, cells in found.items()
    ]
    return sorted(rows, key=lambda row: (-row.total, row.function))


def _functions(clause: Clause) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for unit in clause.units:
        found.setdefault(canonical(unit), []).append(unit)
    return found


def _notes(comparisons: Iterable[Comparison]) -> dict[str, str]:
    """The note on a function that one level does not have, where most rows agree on it."""
    said: dict[str, Counter[str]] = {}
    for comparison in comparisons:
        for unit in comparison.units:
            if unit.kind != "lead_differs" and unit.note.startswith("对方没有"):
                said.setdefault(unit.function, Counter())[unit.note.split(" · ")[0]] += 1
    return {
        function: notes.most_common(1)[0][0].replace("对方", "有的层级")
        for function, notes in said.items()
    }
