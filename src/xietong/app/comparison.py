"""Use cases of comparison: two plans, or a list of them, each a file or an id of the library."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from xietong.app.documents import plan_of
from xietong.errors import DocumentError
from xietong.plans.compare import Comparison, compare_all, compare_plans
from xietong.plans.compare.model import Side, plain_value
from xietong.plans.model import Plan

Row = dict[str, Any]
RELATIONS = {
    "one_to_one": "一对一", "split": "拆分", "merged": "合并", "only_left": "仅左有", "only_right": "仅右有",
    "kept": "保持", "strengthened": "加强", "weakened": "减弱", "replaced": "替换", "apportioned": "分解",
    "dropped": "未承接", "added": "新增", "lead_differs": "牵头不同",
}  # fmt: skip
KINDS = {
    "value": "数值", "hedge": "措辞", "scope": "范围", "year": "年份", "exception": "例外", "list": "列举",
    "citation": "引用",
}  # fmt: skip
SEVERITIES = {"high": "高", "medium": "中", "low": "低"}


def compare_named(left: str, right: str) -> Comparison:
    """Compare two plans, each a file or an id of the library.

    Raises
    ------
    DocumentError
        One message for all names that are neither, or for files that cannot be read.
    """
    one, other = _plans([left, right])
    return compare_plans(one, other)


def compare_many(
    names: Sequence[str] = (), progress: Callable[[str], None] | None = None
) -> tuple[Comparison, ...]:
    """Compare every pair of a list of plans; without names the whole compiled library."""
    from xietong.plans.library import library_ids

    return compare_all(_plans(list(names) or list(library_ids()), progress))


def _plans(names: Iterable[str], progress: Callable[[str], None] | None = None) -> list[Plan]:
    plans: list[Plan] = []
    problems: list[str] = []
    for name in names:
        if progress:
            progress(Path(name).name)
        try:
            plans.append(plan_of(name))
        except DocumentError as error:
            problems.append(str(error))
    if problems:
        raise DocumentError("\n".join(problems))
    return plans


def rows_of(comparison: Comparison, table: str) -> list[Row]:
    """One table of a comparison as flat rows: conflicts, changes, alignment or units."""
    pair = {"left_plan": comparison.left, "right_plan": comparison.right}
    return [{**pair, **row} for row in _TABLES[table](comparison)]


def _conflicts(comparison: Comparison) -> list[Row]:
    return [
        {
            "severity": one.severity,
            "kind": one.kind,
            "indicator": one.indicator,
            "year": one.year,
            **_side("left", one.left),
            **_side("right", one.right),
            "note": one.note,
            "basis": one.basis,
        }
        for one in comparison.conflicts
    ]


def _changes(comparison: Comparison) -> list[Row]:
    return [
        {
            "relation": one.relation,
            "indicator": one.indicator,
            **_side("left", one.left),
            **_side("right", one.right),
            "note": one.note,
        }
        for one in comparison.target_changes
    ]


def _side(name: str, side: Side | None) -> Row:
    return {
        f"{name}_clause": side.clause if side else "",
        f"{name}_year": side.year if side else None,
        f"{name}_value": plain_value(side.value) if side else "",
        f"{name}_unit": side.unit if side else "",
        f"{name}_said": side.said if side else "",
        f"{name}_quote": side.quote if side else "",
    }


def _alignment(comparison: Comparison) -> list[Row]:
    return [
        {
            "relation": link.relation,
            "left": "|".join(link.left),
            "right": "|".join(link.right),
            "score": link.score,
            "note": link.note,
        }
        for link in comparison.alignment
    ]


def _units(comparison: Comparison) -> list[Row]:
    return [
        {
            "kind": unit.kind,
            "function": unit.function,
            "left": "|".join(unit.left_clauses),
            "right": "|".join(unit.right_clauses),
            "left_units": "|".join(unit.left_units),
            "right_units": "|".join(unit.right_units),
            "note": unit.note,
        }
        for unit in comparison.units
    ]


_TABLES: dict[str, Callable[[Comparison], list[Row]]] = {
    "conflicts": _conflicts,
    "changes": _changes,
    "alignment": _alignment,
    "units": _units,
}
