"""What the plan report shows, prepared from parsed plans: no figures are made here, only ordered."""

from dataclasses import dataclass
from itertools import groupby

from xietong.plans.model import Clause, Plan, Project, Target
from xietong.plans.themes import Theme, theme_of
from xietong.vocab.departments import function_of
from xietong.vocab.indicators import indicator

_LEVELS = {"country": 0, "province": 1, "city": 2, "district": 3}
_SIGNS = {"~": "约 ", ">=": "≥ ", "<=": "≤ ", "reach": "", "=": "", "range": ""}


@dataclass(frozen=True)
class Cell:
    """One printed number of one plan."""

    text: str
    hedge: str
    where: str
    quote: str
    differs: bool = False


@dataclass(frozen=True)
class Row:
    """An indicator and year, with one cell list per plan."""

    name: str
    year: str
    cells: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class ThemeRows:
    theme: Theme
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class UnitRow:
    """One responsible unit of a plan: a mark for each clause, '●' leads, '○' takes part."""

    unit: str
    function: str
    marks: tuple[str, ...]
    total: int
    lead: int


@dataclass(frozen=True)
class Matrix:
    """Unit × clause of one plan."""

    title: str
    clauses: tuple[Clause, ...]
    chapters: tuple[tuple[str, int], ...]
    rows: tuple[UnitRow, ...]


@dataclass(frozen=True)
class Column:
    """One plan as a column: its short name, its level, its figures."""

    plan: Plan
    short: str
    level: str


def columns(plans: list[Plan]) -> list[Column]:
    """The plans from the highest level to the lowest, with names that tell them apart."""
    ordered = sorted(
        plans,
        key=lambda plan: (
            _LEVELS.get(plan.meta.region.level or "", 9),
            plan.meta.region.adcode or "",
            plan.meta.plan_type,
        ),
    )
    return [Column(plan, _short(plan), plan.meta.region.level or "") for plan in ordered]


def _short(plan: Plan) -> str:
    name = plan.meta.region.name or (plan.meta.title or plan.source or "")[:6]
    kind = {"减污降碳": "协同", "碳达峰": "达峰"}.get(plan.meta.plan_type, "规划")
    return f"{name.removesuffix('省').removesuffix('市')}·{kind}"


def target_rows(cols: list[Column]) -> list[ThemeRows]:
    """Targets of all plans by theme; the same indicator and year stand in one row."""
    found: dict[tuple[str, str, str], dict[int, list[Target]]] = {}
    names: dict[tuple[str, str, str], str] = {}
    for at, column in enumerate(cols):
        for target in column.plan.targets:
            key = _key(target)
            names.setdefault(key, _row_name(target))
            found.setdefault(key, {}).setdefault(at, []).append(target)
    rows = []
    for key, by_plan in found.items():
        values = {_value(t) for targets in by_plan.values() for t in targets}
        differs = len(values) > 1 and not _own_values(by_plan)
        cells = tuple(
            tuple(_cell(target, differs) for target in by_plan.get(at, ()))
            for at in range(len(cols))
        )
        rows.append((theme_of(names[key]), Row(names[key], key[1] or "未注明", cells)))
    rows.sort(key=lambda pair: (pair[0].order, pair[1].name, pair[1].year))
    return [
        ThemeRows(theme, tuple(row for _, row in group))
        for theme, group in groupby(rows, key=lambda pair: pair[0])
    ]


def _key(target: Target) -> tuple[str, str, str]:
    name = target.indicator_id or _name(target)
    return (f"{name}/{target.measure or ''}", str(target.year or ""), target.unit[-1:])


def _row_name(target: Target) -> str:
    """The vocabulary's name where there is one, so that rows of several plans have one name."""
    return indicator(target.indicator_id).zh if target.indicator_id else _name(target)


def _own_values(by_plan: dict[int, list[Target]]) -> bool:
    """True where province and city each have a value of their own: no difference to point at."""
    first = next(iter(by_plan.values()))[0]
    return bool(first.indicator_id and indicator(first.indicator_id).city_owned)


def _name(target: Target) -> str:
    subject = target.subject or "、".join(target.subjects)
    return f"{subject}{target.indicator}" if subject else target.indicator


def _value(target: Target) -> str:
    value = target.value
    text = f"{value[0]:g}—{value[1]:g}" if isinstance(value, tuple) else f"{value:,g}"
    return f"{text}{target.unit}"


def _cell(target: Target, differs: bool) -> Cell:
    fall = target.direction == "decrease" and (
        target.baseline_year or (target.operator in ("=", "~", ">=") and target.unit == "%")
    )
    sign = "↓" if fall else ("+" if target.measure == "increment" else "")
    base = f"（比{target.baseline_year}年）" if target.baseline_year else ""
    each = "年均 " if target.measure == "annual_growth" else ""
    text = f"{each}{sign}{_SIGNS[target.operator]}{_value(target)}{base}"
    return Cell(text, "、".join(target.hedge), target.clause, target.quote, differs)


def matrix(column: Column) -> Matrix:
    """Who is responsible for which clause of one plan; busiest units first."""
    clauses = column.plan.clauses
    units = list(dict.fromkeys(unit for clause in clauses for unit in clause.units))
    rows = [_unit_row(unit, clauses) for unit in units]
    rows.sort(key=lambda row: (-row.total, units.index(row.unit)))
    chapters = [
        (_heading(column.plan, chapter), len(list(group)))
        for chapter, group in groupby(clauses, key=lambda clause: clause.id.rsplit(".", 1)[0])
    ]
    return Matrix(column.plan.meta.title or column.short, clauses, tuple(chapters), tuple(rows))


def _heading(plan: Plan, section_id: str) -> str:
    return next((s.heading for s in plan.sections if s.id == section_id), section_id)


def _unit_row(unit: str, clauses: tuple[Clause, ...]) -> UnitRow:
    marks = tuple(
        "●" if unit in clause.lead else "○" if unit in clause.units else "" for clause in clauses
    )
    known = function_of(unit)
    return UnitRow(
        unit,
        known.zh if known else "",
        marks,
        sum(1 for mark in marks if mark),
        sum(1 for mark in marks if mark == "●"),
    )


def project_groups(plan: Plan) -> list[tuple[str, list[tuple[str, list[Project]]]]]:
    """Projects by box, then by group, in printed order."""
    boxes: dict[str, dict[str, list[Project]]] = {}
    for project in plan.projects:
        boxes.setdefault(project.box, {}).setdefault(project.group or "", []).append(project)
    return [(box, list(groups.items())) for box, groups in boxes.items()]
