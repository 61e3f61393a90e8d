"""Tables of a plan: tasks with their units, and targets by year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from xietong.plans.brackets import parse_responsibility
from xietong.plans.clauses import Entry
from xietong.plans.model import Clause, Milestone, Target
from xietong.plans.outline import Node, Outline
from xietong.plans.quantities import find_quantities
from xietong.vocab.indicators import indicator, match_indicator

_TASK = re.compile(r"(?:重点|主要|工作|具体)?(?:任务|内容|措施|举措|事项|工作)(?:名称|内容|要点)?")
_UNITS = re.compile(r"(?:责任|牵头|主责|实施)(?:责任)?(?:单位|部门)|负责(?:单位|部门)")
_HELPERS = re.compile(r"(?:配合|参与|协同)(?:单位|部门)")
_INDICATOR = re.compile(r"(?:主要|具体)?(?:指标|目标)(?:名称)?$")
_YEAR = re.compile(r"(20\d\d)年?")
_NOW = re.compile(r"现状|基期|基准|实际|完成值|基数|现值")


@dataclass(frozen=True)
class _Table:
    node: Node | None
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def _tables(outline: Outline) -> Iterator[_Table]:
    """Runs of rows under one heading that open with a header."""
    header: tuple[str, ...] | None = None
    node: Node | None = None
    rows: list[tuple[str, ...]] = []
    for owner, cells in outline.rows:
        if _is_header(cells):
            if header:
                yield _Table(node, header, tuple(rows))
            header, node, rows = cells, owner, []
        elif header and len(cells) == len(header):
            rows.append(cells)
    if header:
        yield _Table(node, header, tuple(rows))


def _is_header(cells: tuple[str, ...]) -> bool:
    has_units = any(_UNITS.search(cell) for cell in cells)
    has_task = any(_TASK.fullmatch(cell) for cell in cells)
    has_years = sum(1 for cell in cells if _YEAR.search(cell) and len(cell) < 14)
    return (has_units and has_task) or (has_years > 0 and any(_INDICATOR.search(c) for c in cells))


def _column(header: tuple[str, ...], pattern: re.Pattern[str], *, full: bool = False) -> int | None:
    for at, cell in enumerate(header):
        if pattern.fullmatch(cell) if full else pattern.search(cell):
            return at
    return None


def read_task_rows(outline: Outline, entries: list[Entry]) -> list[Clause]:
    """Clauses of tables 序号/任务/责任单位: the id is the section's id and the serial number."""
    sections = {id(entry.node): entry for entry in entries}
    clauses: list[Clause] = []
    for table in _tables(outline):
        task = _column(table.header, _TASK, full=True)
        units = _column(table.header, _UNITS)
        if task is None or units is None:
            continue
        helpers = _column(table.header, _HELPERS)
        serial = _column(table.header, re.compile(r"序号|编号"))
        details = next(
            (
                at
                for at, cell in enumerate(table.header)
                if at not in (task, units) and re.search(r"内容|措施|举措|要求|具体", cell)
            ),
            None,
        )
        section = sections.get(id(table.node)) if table.node else None
        for position, row in enumerate(table.rows, 1):
            if not row[task] or row[task] == row[units]:
                continue  # a row across the table
            number = (
                row[serial].strip(".、") if serial is not None and row[serial] else str(position)
            )
            where = f"{section.id}.{number}" if section else number
            place = f"{section.positional}.{position}" if section else str(position)
            label = (
                "牵头单位："
                if "牵头" in table.header[units] and helpers is not None
                else "责任单位："
            )
            duty = label + row[units]
            if helpers is not None and row[helpers]:
                duty += "；配合单位：" + row[helpers]
            who = parse_responsibility(duty.replace("\n", "、"))
            heading, text = _heading(row[task], row[details] if details is not None else "")
            clauses.append(Clause(where, place, heading, text, who.units, who.lead, who.open_list))
    return clauses


def _heading(task: str, details: str) -> tuple[str, str]:
    if details:
        return task.strip("。"), details
    head, stop, rest = task.partition("。")
    if stop and rest and len(head) <= 40:
        return head, rest
    return re.split(r"[，：；]", task.strip("。"), maxsplit=1)[0], task


def has_task_table(outline: Outline) -> bool:
    """True where tasks stand in a table with their units."""
    return any(
        _column(table.header, _TASK, full=True) is not None
        and _column(table.header, _UNITS) is not None
        for table in _tables(outline)
    )


def read_target_rows(
    outline: Outline, entries: list[Entry], issued: int | None
) -> tuple[list[Target], list[Milestone]]:
    """Targets of tables 指标/单位/2025年/2030年; columns of the present state are no targets.

    A cell that says 完成…下达任务 is a milestone.
    """
    sections = {id(entry.node): entry for entry in entries}
    targets: list[Target] = []
    milestones: list[Milestone] = []
    for table in _tables(outline):
        name = _column(table.header, _INDICATOR)
        years = [
            (at, int(found.group(1)))
            for at, cell in enumerate(table.header)
            if (found := _YEAR.search(cell)) and not _NOW.search(cell) and at != name
        ]
        if name is None or not years:
            continue
        years = _without_present(years, issued)
        unit = _column(table.header, re.compile(r"单位$"))
        section = sections.get(id(table.node)) if table.node else None
        for row in table.rows:
            for at, year in years:
                target = _cell_target(
                    row[name], row[unit] if unit is not None else "", row[at], year, section
                )
                if target:
                    printed = "".join(row[min(name, at) : at + 1])
                    target = replace(target, quote=printed)
                if target:
                    targets.append(target)
                elif re.match(r"完成.*(?:下达|任务|目标)", row[at]):
                    where = _place(section)
                    milestones.append(
                        Milestone(where, year, "delegated", _bare(row[name]), row[at])
                    )
    return targets, milestones


def _without_present(years: list[tuple[int, int]], issued: int | None) -> list[tuple[int, int]]:
    """Without the column of the year from which the plan starts."""
    if len(years) < 2:
        return years
    first = min(year for _, year in years)
    started = first < issued if issued else first in (2015, 2020)
    return [(at, year) for at, year in years if not (started and year == first)]


def _place(section: Entry | None) -> str:
    if section is None:
        return ""
    return section.id if section.role == "clause" else section.heading


def _bare(name: str) -> str:
    return re.sub(r"[（(][^（）()]{1,14}[）)]$", "", name)


_BOUND = re.compile(r"^(≥|>=|＞|>|≤|<=|＜|<|不低于|不少于|超过|不高于|不超过|达到|约|力争)")
_OPERATORS = {"≥": ">=", ">=": ">=", "＞": ">=", ">": ">=", "不低于": ">=", "不少于": ">=", "超过": ">=",
              "≤": "<=", "<=": "<=", "＜": "<=", "<": "<=", "不高于": "<=", "不超过": "<=", "达到": "reach", "约": "~"}  # fmt: skip


def _cell_target(
    name: str, unit: str, cell: str, year: int, section: Entry | None
) -> Target | None:
    in_name = re.search(r"[（(]([^（）()]{1,14})[）)]$", name)
    bare = name
    if not unit and in_name:
        unit, bare = in_name.group(1), name[: in_name.start()]
    elif in_name and in_name.group(1) == unit:
        bare = name[: in_name.start()]
    text = cell.strip("[]【】〔〕")
    bound = _BOUND.match(text)
    value = text[bound.end() :] if bound else text
    falls = re.search(r"下降|降低|减少|削减", value + bare)
    value = re.sub(r"^(?:累计)?(?:下降|降低|减少|提高|增长|削减|\[)", "", value).strip("[]")
    if not re.match(r"\d", value):
        return None
    found = find_quantities(value) or find_quantities(
        re.sub(r"(\d)(左右|以上|以内|以下)?$", rf"\1{unit or '个'}\2", value)
    )
    if not found:
        return None
    quantity = found[0]
    operator = _OPERATORS.get(bound.group(1), "=") if bound else "="
    if quantity.high is not None:
        operator = "range"
    elif quantity.suffix in ("左右", "上下"):
        operator = "~"
    elif quantity.suffix == "以上":
        operator = ">="
    elif quantity.suffix in ("以内", "以下"):
        operator = "<="
    known = match_indicator(bare)
    record = indicator(known[0]) if known else None
    hedge = [
        w
        for w in (bound.group(1) if bound else "", quantity.suffix)
        if w
        in ("左右", "以上", "以内", "不低于", "不高于", "不超过", "不少于", "超过", "力争", "约")
    ]
    return Target(
        clause=_place(section),
        year=year,
        indicator=bare,
        indicator_id=record.id if record else None,
        subject=None,
        subjects=(),
        operator=operator,
        value=(quantity.value, quantity.high) if quantity.high is not None else quantity.value,
        unit=unit or quantity.unit,
        baseline_year=None,
        direction="decrease" if falls else (record.direction if record else None),
        measure="annual_growth" if re.search(r"年均(?:增|下降|降低|递)", bare) else None,
        hedge=tuple(hedge),
        quote=cell,
    )
