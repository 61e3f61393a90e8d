"""Conflicts of benchmarks: 达到国内标杆水平 against 达到同类型机组标杆水平 for one quantity."""

import re
from collections.abc import Iterator

from xietong.plans.compare.model import Conflict
from xietong.plans.compare.standing import Standing
from xietong.plans.compare.texts import parts, text_conflict
from xietong.plans.model import Plan

_BENCHMARK = re.compile(
    r"(?P<what>[能煤电水物]耗|能效|排放(?:强度)?)(?:标准|水平)?[^，。；]{0,4}?(?:达到|对标|不低于)(?P<whose>[^，。；]{2,10}?)(?P<grade>标杆|先进|领先)(?:水平|值|标准)"
)


def benchmark_conflicts(left: Plan, right: Plan) -> Iterator[Conflict]:
    """The same quantity held to another group's benchmark of the same grade."""
    if Standing.of(left, right).peers:
        return
    for one, clause, text in _benchmarks(left):
        for other, other_clause, other_text in _benchmarks(right):
            same = one["what"] == other["what"] and one["grade"] == other["grade"]
            if same and one["whose"] != other["whose"]:
                yield text_conflict(
                    "scope",
                    "low",
                    f"{one['what']}{one['grade']}水平",
                    (one["whose"] + one["grade"] + "水平", clause, text),
                    (other["whose"] + other["grade"] + "水平", other_clause, other_text),
                )


def _benchmarks(plan: Plan) -> Iterator[tuple[re.Match[str], str, str]]:
    for part in parts(plan):
        found = _BENCHMARK.search(part.text)
        if found:
            yield found, part.clause, part.text
