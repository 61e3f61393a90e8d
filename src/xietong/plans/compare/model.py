"""What a comparison of two plans holds; ``as_dict`` gives the keys of ``plan compare --json``."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Relation = Literal["one_to_one", "split", "merged", "only_left", "only_right"]
ChangeRelation = Literal[
    "kept", "strengthened", "weakened", "replaced", "apportioned", "dropped", "added"
]
ConflictKind = Literal["value", "hedge", "scope", "year", "exception", "list", "citation"]
Severity = Literal["high", "medium", "low"]
SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low")
Value = float | tuple[float, float] | str | None


@dataclass(frozen=True)
class Link:
    """Clauses of both plans that speak of the same task; ids, empty where a side has none.

    ``score`` runs 0 to 1 and says how alike headings and texts are; ``note`` says what the
    link rests on where that is not plain.
    """

    relation: Relation
    left: tuple[str, ...]
    right: tuple[str, ...]
    score: float
    note: str = ""


@dataclass(frozen=True)
class Side:
    """One side of a change or conflict, as printed.

    ``value`` is a number, a range or words; ``clause`` a clause id or a section's heading;
    ``quote`` is empty where the plan comes from the compiled library, which has no text.
    """

    value: Value
    unit: str
    year: int | None
    clause: str
    quote: str
    said: str = ""  # value and unit with what bounds them, for people: 比2020年下降14.5%, ≥ 70%


@dataclass(frozen=True)
class Change:
    """What became of one target or milestone of the left plan in the right one."""

    relation: ChangeRelation
    indicator: str
    indicator_id: str | None
    left: Side | None
    right: Side | None
    note: str = ""


@dataclass(frozen=True)
class Conflict:
    """Two statements on the same thing that do not agree."""

    kind: ConflictKind
    severity: Severity
    indicator: str
    year: int | None
    left: Side
    right: Side
    basis: Literal["target", "text", "citation"]
    note: str = ""


@dataclass(frozen=True)
class UnitDifference:
    """A function of government that is responsible on one side only, or leads on one side only."""

    kind: Literal["only_left", "only_right", "lead_differs"]
    function: str
    left_clauses: tuple[str, ...]
    right_clauses: tuple[str, ...]
    left_units: tuple[str, ...]
    right_units: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class Comparison:
    """Two plans side by side. ``notes`` says what lowers the quality of the result."""

    left: str
    right: str
    alignment: tuple[Link, ...]
    target_changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]
    units: tuple[UnitDifference, ...]
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain lists and dictionaries, ready for JSON."""
        return asdict(self)


def plain_value(value: Value) -> str:
    """A value for people: whole numbers without a point, ranges with a dash.

    >>> plain_value(10.0), plain_value((3.0, 4.5)), plain_value("严控"), plain_value(None)
    ('10', '3—4.5', '严控', '')
    """
    if value is None:
        return ""
    if isinstance(value, tuple):
        return f"{value[0]:g}—{value[1]:g}"
    return value if isinstance(value, str) else f"{value:,.10g}"
