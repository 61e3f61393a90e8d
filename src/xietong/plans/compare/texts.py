"""Pieces of text that wordings are compared on: parts between commas, with their clause."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xietong.plans.compare.model import Conflict, ConflictKind, Severity, Side
from xietong.plans.compare.tables import rows
from xietong.plans.model import Plan

_ENDS = re.compile(r"[，,；;。]")


@dataclass(frozen=True)
class Part:
    """What stands between two commas of a clause or a section."""

    clause: str
    text: str
    before: str  # the part before it in the same place


def parts(plan: Plan) -> Iterator[Part]:
    """All parts of all sections and clauses; nothing where the plan has no texts.

    A part of a section bears the section's heading, as the target of a section does.
    """
    places = [(section.heading, section.text) for section in plan.sections]
    places += [(clause.id, clause.text) for clause in plan.clauses]
    for place, whole in places:
        before = ""
        for text in _ENDS.split(whole):
            if text.strip():
                yield Part(place, text.strip(), before)
                before = text.strip()


def is_geographic(words: str) -> bool:
    """Whether words name coast, ports, waterways or hills, which a place may simply not have."""
    return any(row["word"] in words for row in rows("geography"))


def text_conflict(
    kind: ConflictKind,
    severity: Severity,
    indicator: str,
    left: tuple[str, str, str],
    right: tuple[str, str, str],
    note: str = "",
) -> Conflict:
    """A conflict of wordings; each side is (what is said, clause, quote)."""
    sides = [Side(said, "", None, clause, quote) for said, clause, quote in (left, right)]
    return Conflict(kind, severity, indicator, None, sides[0], sides[1], "text", note)
