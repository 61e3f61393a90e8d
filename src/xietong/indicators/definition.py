"""What each indicator is: computed by one formula from named series, or reported with its source."""

import csv
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from xietong.errors import VocabularyError
from xietong.vocab.indicators import indicators
from xietong.vocab.load import names
from xietong.vocab.statistics import series


@dataclass(frozen=True)
class Definition:
    """An indicator: ``needs`` names the series of its formula; without a formula it is reported."""

    id: str
    zh: str
    en: str
    unit: str
    direction: str  # increase | decrease | level
    formula: str = ""
    needs: tuple[str, ...] = ()
    convention: str = ""
    source: str = ""
    locator: str = ""
    confidence: str = ""

    @property
    def how(self) -> str:
        """``computed`` or ``reported``."""
        return "computed" if self.formula else "reported"


@cache
def definitions() -> dict[str, Definition]:
    """All definitions by id: the computed ones, the series, and what plans set targets for.

    >>> definitions()["carbon_intensity"].unit, definitions()["straw_use"].how
    ('吨/万元', 'reported')
    """
    path = Path(__file__).parent / "definitions.csv"
    found: dict[str, Definition] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            needs = names(row.pop("needs"))
            found[row["id"]] = Definition(**row, needs=needs)
    for one in series().values():
        found.setdefault(one.id, Definition(one.id, one.zh, one.en, one.unit, "level"))
    for plan in indicators().values():
        found.setdefault(
            plan.id,
            Definition(plan.id, plan.zh, plan.en, plan.unit, plan.direction, source=plan.source),
        )
    return found


def definition(indicator_id: str) -> Definition:
    """One definition; ``VocabularyError`` with the nearest ids where there is none."""
    found = definitions().get(indicator_id)
    if found is None:
        near = get_close_matches(indicator_id, definitions(), n=3)
        hint = f"。是否为 did you mean {', '.join(near)}？" if near else ""
        raise VocabularyError(f"没有指标 {indicator_id!r}（no such indicator）{hint}")
    return found
