"""Headings of a file to columns of a schema: ``热耗率（gce/kWh）`` is the heat rate in another unit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from xietong.tables.problem import Problem
from xietong.tables.schema import Column, Schema
from xietong.tables.units import find_unit

_BRACKET = re.compile(r"^(?P<name>.*?)\s*[（(](?P<unit>[^（()）]*)[)）]\s*$")


@dataclass(frozen=True)
class Heading:
    """A column of the file and what its numbers are multiplied by."""

    name: str
    factor: float


def match(
    names: Sequence[str], schema: Schema, sheet: str
) -> tuple[dict[str, Heading], list[Problem]]:
    """House column → heading; problems for missing, double and unknown headings.

    >>> from xietong.tables.schema import schema
    >>> found, problems = match(["机组名称", "热耗率（gce/kWh）"], schema("power_units"), "s")
    >>> round(found["heat_rate_gj_per_mwh"].factor, 7)
    0.0293076
    """
    found: dict[str, Heading] = {}
    problems: list[Problem] = []
    house = {name for column in schema.columns for name in column.into.values()}
    for name in names:
        column, unit = _column(name, schema)
        if column is None:
            if name.strip() and name not in house:
                problems.append(_unknown(name, schema, sheet))
            continue
        factor, problem = _factor(name, unit, column, sheet)
        if problem:
            problems.append(problem)
        if column.name in found:
            problems.append(
                Problem(
                    "heading-twice",
                    sheet,
                    1,
                    name,
                    "",
                    "标题重复 heading twice",
                    "请删去一列 remove one",
                )
            )
        found[column.name] = Heading(name, factor)
    for column in schema.columns:
        if column.required and column.name not in found:
            if column.type in {"quantity", "unit"} and house & set(names):
                continue
            problems.append(
                Problem(
                    "missing-column",
                    sheet,
                    1,
                    column.shown,
                    "",
                    "缺少此列 column missing",
                    "请用模板 use the template",
                )
            )
    return found, problems


def _column(name: str, schema: Schema) -> tuple[Column | None, str | None]:
    plain = name.strip()
    for column in schema.columns:
        if plain in {column.name, column.heading, column.shown}:
            return column, None
    bracket = _BRACKET.match(plain)
    if bracket:
        for column in schema.columns:
            if bracket["name"] in {column.name, column.heading}:
                return column, bracket["unit"]
    return None, None


def _factor(
    name: str, unit: str | None, column: Column, sheet: str
) -> tuple[float, Problem | None]:
    if unit is None or unit == column.unit:
        return 1.0, None
    given, own = find_unit(unit), find_unit(column.unit)
    if given and own and given.dimension == own.dimension:
        return given.factor / own.factor, None
    return 1.0, Problem(
        "unknown-unit",
        sheet,
        1,
        name,
        unit,
        f"应为 should be {column.unit}",
        "请改单位并换算数值 convert the values",
    )


def _unknown(name: str, schema: Schema, sheet: str) -> Problem:
    near = get_close_matches(name, [column.heading for column in schema.columns], n=1, cutoff=0.5)
    remedy = (
        f"是否为 did you mean “{near[0]}”？"
        if near
        else "请删去此列或用模板 remove it or use the template"
    )
    return Problem(
        "unknown-heading", sheet, 1, name, "", "不认识的标题 heading not known", remedy, True
    )
