"""Where statements of two plans may answer each other: aligned clauses, or sections of one kind."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from xietong.plans.compare.model import Link
from xietong.plans.model import Plan

_GENERAL = re.compile(
    r"总体要求|指导思想|(?:基本|工作)原则|(?:主要|总体|发展|工作)?目标|总体(?:思路|目标)"
)


@dataclass(frozen=True)
class Places:
    """Answers whether two places (clause ids or headings of sections) belong together."""

    links: frozenset[tuple[str, str]]
    left_ids: frozenset[str]
    right_ids: frozenset[str]
    left_text: dict[str, str] = field(compare=False)
    right_text: dict[str, str] = field(compare=False)

    @classmethod
    def of(cls, left: Plan, right: Plan, alignment: Iterable[Link]) -> "Places":
        """From the alignment of two plans."""
        return cls(
            frozenset((a, b) for link in alignment for a in link.left for b in link.right),
            frozenset(clause.id for clause in left.clauses),
            frozenset(clause.id for clause in right.clauses),
            {clause.id: clause.text for clause in left.clauses},
            {clause.id: clause.text for clause in right.clauses},
        )

    def nearness(self, left: str, right: str) -> float:
        """1 aligned clauses or one heading, 0.8 both general sections, 0 elsewhere."""
        left_is, right_is = left in self.left_ids, right in self.right_ids
        if left_is and right_is:
            return 1.0 if (left, right) in self.links else 0.0
        if left_is or right_is:
            return 0.0
        if left == right:
            return 1.0
        return 0.8 if _GENERAL.fullmatch(left) and _GENERAL.fullmatch(right) else 0.0

    def answering_texts(self, place: str, side: str) -> list[tuple[str, str]]:
        """Clause ids and texts of the other plan aligned with ``place`` of ``side``."""
        if side == "left":
            return [(b, self.right_text[b]) for a, b in sorted(self.links) if a == place]
        return [(a, self.left_text[a]) for a, b in sorted(self.links) if b == place]
