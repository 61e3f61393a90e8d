"""Targets and milestones of a plan as one list of requirements, one subject each.

Grain: one ``Requirement`` per printed number and subject, or per milestone. Records that set one
number for several subjects are split where the vocabulary knows the parts as different indicators
(公交车、出租车); otherwise (新建公共机构、新建厂房) they are one quantity and stay one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from xietong.plans.compare.magnitudes import Number, magnitude
from xietong.plans.compare.model import Side, Value, plain_value
from xietong.plans.compare.names import carried_area, standard
from xietong.plans.compare.words import sentences
from xietong.plans.model import Milestone, Plan, Target
from xietong.vocab.indicators import Indicator, indicators, match_indicator

Form = Literal["level", "change", "increment", "annual_growth", "words"]
_EXCEPTION = re.compile(
    r"(?:在?(保留[^，。；]+?)(?:的基础上|的前提下)|(除[^，。；（）()]+?)(?:以?外))"
)

_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")


@dataclass(frozen=True)
class Requirement:
    """One thing that a plan wants reached.

    ``name`` is subject and indicator as printed; ``form`` tells a level from a fall since a base
    year, an addition, a yearly growth, or words (milestones, whose ``kind`` is set).
    """

    clause: str
    year: int | None
    name: str
    indicator_id: str | None
    form: Form
    kind: str  # of a milestone, '' for a target
    value: Number | None
    unit: str
    operator: str
    baseline_year: int | None
    direction: str | None
    hedge: tuple[str, ...]
    exception: str
    sees_text: bool  # whether the sentence around it could be read
    quote: str
    area: str = ""  # an area printed before an earlier number of the sentence that holds here too

    @property
    def known(self) -> Indicator | None:
        """The vocabulary's record of the indicator, None where it has none."""
        return indicators().get(self.indicator_id or "")

    @property
    def title(self) -> str:
        """The vocabulary's name, else the printed one."""
        return self.known.zh if self.known else self.name

    def side(self) -> Side:
        """As one side of a change or conflict; a milestone's value is its kind in words."""
        value = self.value if self.value is not None else KINDS.get(self.kind, self.kind)
        return Side(value, self.unit, self.year, self.clause, self.quote, self._said(value))

    def _said(self, value: Value) -> str:
        """The figure with its base year, direction and hedges in one phrase."""
        if self.value is None:
            return plain_value(value)
        figure = f"{plain_value(value)}{self.unit}"
        since = f"比{self.baseline_year}年" if self.baseline_year else ""
        if self.form == "change":
            figure = ("下降" if self.direction == "decrease" else "提高") + figure
        elif self.form == "increment":
            figure = f"新增{figure}"
        elif self.form == "annual_growth":
            figure = ("年均下降" if self.direction == "decrease" else "年均增长") + figure
        hedge = f"（{'、'.join(self.hedge)}）" if self.hedge else ""
        return f"{since}{figure}{hedge}"


KINDS = {
    "peak": "达峰",
    "zero": "清零",
    "full_coverage": "全覆盖",
    "phase_out": "退出",
    "delegated": "完成上级下达",
    "qualitative": "定性",
}


def requirements(plan: Plan) -> tuple[Requirement, ...]:
    """All targets, then all milestones of a plan, in printed order."""
    texts = {clause.id: clause.text for clause in plan.clauses}
    found = [
        part for target in plan.targets for part in _of_target(target, texts.get(target.clause, ""))
    ]
    found[1:] = [_with_area(before, one) for before, one in pairwise(found)]
    return (*found, *(_of_milestone(one) for one in plan.milestones))


def _with_area(before: Requirement, one: Requirement) -> Requirement:
    if (before.clause, before.year) != (one.clause, one.year):
        return one
    return replace(one, area=carried_area(before.name, one.name))


def _of_target(target: Target, text: str) -> Iterator[Requirement]:
    for subject, indicator_id in _subjects(target):
        name = subject + target.indicator
        yield Requirement(
            clause=target.clause,
            year=target.year,
            name=name,
            indicator_id=indicator_id,
            form=_form(target, indicator_id),
            kind="",
            value=target.value,
            unit=target.unit,
            operator=target.operator,
            baseline_year=target.baseline_year,
            direction=target.direction,
            hedge=target.hedge,
            exception=_exception(subject + target.indicator, target.quote, text),
            sees_text=bool(text),
            quote=target.quote,
        )


def _subjects(target: Target) -> list[tuple[str, str | None]]:
    """Each subject with its indicator; one joined subject where the parts are no own indicators."""
    joined = target.subject or "、".join(target.subjects)
    parts = [(part, _known(part + target.indicator)) for part in target.subjects]
    ids = {indicator_id for _, indicator_id in parts}
    if len(parts) > 1 and None not in ids and len(ids) == len(parts):
        return list(parts)
    return [(joined, target.indicator_id or _known(joined + target.indicator))]


def _known(name: str) -> str | None:
    found = match_indicator(standard(name)) or match_indicator(name)
    return found[0] if found else None


def _form(target: Target, indicator_id: str | None) -> Form:
    if target.measure == "annual_growth":
        return "annual_growth"
    if target.measure == "increment":
        return "increment"
    known = indicators().get(indicator_id or "")
    if target.baseline_year is not None:
        return "change"
    percent = target.unit in ("%", "％", "个百分点")
    if known and percent and magnitude(1, known.unit)[1] != magnitude(1, "%")[1]:
        return "change"
    return "level"


def _exception(name: str, quote: str, text: str) -> str:
    """除…外 or 在保留…的基础上, within the name or right before the quote in its sentence."""
    inside = _EXCEPTION.search(name)
    if inside:
        return inside.group(1) or inside.group(2)
    for sentence in sentences(text):
        at = sentence.find(quote) if quote else -1
        if at > 0:
            before = _BRACKETS.sub("", sentence[:at]).rstrip("，,")
            last = _EXCEPTION.search(re.split(r"[，,]", before)[-1])
            return (last.group(1) or last.group(2)) if last else ""
    return ""


def _of_milestone(milestone: Milestone) -> Requirement:
    return Requirement(
        clause=milestone.clause,
        year=milestone.year,
        name=milestone.indicator,
        indicator_id=_known(milestone.indicator),
        form="words",
        kind=milestone.kind,
        value=None,
        unit="",
        operator="",
        baseline_year=None,
        direction=None,
        hedge=(),
        exception="",
        sees_text=bool(milestone.quote),
        quote=milestone.quote,
    )
