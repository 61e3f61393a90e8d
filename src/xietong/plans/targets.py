"""Targets: one record for each printed number that is to be reached."""

import re
from collections.abc import Iterator

from xietong.plans.model import Target
from xietong.plans.passage import Scope
from xietong.plans.predicates import find_count_verb
from xietong.plans.quantities import COUNT_UNITS, Quantity, find_quantities, joined_lists
from xietong.plans.statements import STOP_AFTER, Reading
from xietong.plans.years import YearMark, year_marks

_SENTENCES = re.compile(r"[^。；;！？\n]+")
_THRESHOLD_AFTER = re.compile(
    r"^(?:及)?(?:以上|以下|以内)?(?:的|及以[上下]|规模|级|等级|参数|/(?!\d))"
)
# Runs without any mark are no sentences (tables, garbage); they would only cost time.
_NO_PROSE = re.compile(r"[^，。；：、！？\n]{300,}|[^，。；：！？\n]{1200,}")
_UP_TO = re.compile(r"^(?:的)?[^，。；\d]{0,12}(?:至|到)")


def read_targets(
    text: str,
    clause: str,
    *,
    goals: bool = False,
    issued: int | None = None,
    year: int | None = None,
) -> Iterator[Target]:
    """All targets of one clause or section, in printed order.

    A year governs what follows it: in a statement of ``goals`` until the next year, in a clause
    through an unbroken run of sentences that state results. Years before ``issued`` are past.
    ``year`` is one that governs from above (到2025年，实现以下目标：).
    """
    scope = Scope(year)
    for match in _SENTENCES.finditer(mask(text)):
        sentence = text[match.start() : match.end()]
        marks = year_marks(sentence)
        found = [
            target
            for target in _read_sentence(sentence, marks, scope, clause)
            if not (issued and target.year and target.year < issued)
        ]
        yield from found
        scope.last, scope.last_start = (found[-1] if found else scope.last), None
        governing = [mark.year for mark in marks if mark.by]
        if governing:
            scope.year = governing[-1]
        elif not found and not goals:
            scope.year = None


def mask(text: str) -> str:
    """``text`` at the same length: titles hidden, commas full-width, endless runs blanked."""
    text = re.sub(r"《[^《》]*》", lambda m: "《" + "＊" * (len(m.group()) - 2) + "》", text)
    text = re.sub(r",(?!\d{3})", "，", text).replace(";", "；").replace(":", "：")
    return _NO_PROSE.sub(lambda run: "。" * len(run.group()), text)


def _read_sentence(
    sentence: str, marks: list[YearMark], scope: Scope, clause: str
) -> Iterator[Target]:
    masked = mask(sentence)
    quantities = [q for q in find_quantities(masked) if not _is_condition(q, masked)]
    previous, seen = 0, 0
    scope.counting = None
    for group in joined_lists(quantities, masked):
        first = group[0]
        while seen < len(marks) and marks[seen].start < group[-1].end:
            seen += 1
        read = Reading(sentence, masked, group, previous, marks[:seen], scope, clause)
        targets = read.share_that_does()
        if not targets and _is_threshold(group, masked, previous):
            previous = group[-1].end
            continue
        targets = targets or read.targets()
        if targets:
            scope.last = targets[-1]
            yield from targets
            previous = group[-1].end
        elif first.unit:
            previous = max(previous, 0)


def _is_condition(quantity: Quantity, text: str) -> bool:
    """80%以上的创建城市…达到70%, 由300万亩增加到500万亩: the first number is no target."""
    rest = text[quantity.end :]
    if re.search(
        r"[由从](?:20\d\d年的?)?[^，。；\d]{0,10}$",
        text[max(0, quantity.start - 24) : quantity.start],
    ) and _UP_TO.match(rest):
        return True
    if not re.match(r"的", rest) or re.match(r"的(?:任务|目标|水平|要求)", rest):
        return False
    return bool(re.match(r"的[^，。；]*?(?:达到|不低于|超过|达|为)\d", rest))


def _is_threshold(group: list[Quantity], text: str, previous: int) -> bool:
    last = group[-1]
    rest = text[last.end :]
    if last.suffix == "以上" and COUNT_UNITS.match(last.unit) and not rest.startswith("的"):
        made = find_count_verb(text, group[0].start, previous)  # 形成20个以上方案
        if made and not made[1] and made[0].word not in ("支持", "组织", "引导", "推动", "推进"):
            return False
    if re.match(r"的(?:任务|目标|水平|要求|控制目标)", rest):
        return False
    if re.search(r"及以[上下]$", last.suffix):
        return True
    if last.suffix in ("以上", "以下", "以内") and not STOP_AFTER.match(rest):
        return not last.unit.endswith(("%", "％")) or not rest.startswith("的")
    if last.suffix and rest.startswith("的"):
        return True
    return bool(_THRESHOLD_AFTER.match(rest)) and not rest.startswith("的")
