"""Read a catalogue: text cells to measures, every problem of every sheet at once."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from xietong import params
from xietong.errors import InputError, TableError, VocabularyError
from xietong.measures.expression import Expression, expression
from xietong.measures.measure import Condition, Edit, Measure, Value
from xietong.measures.sheets import EDITS_SHEET, MEASURES
from xietong.params.check import problems as value_problems
from xietong.params.topic import COLUMNS
from xietong.tables import Problem, check, schemas
from xietong.tables.schema import Schema
from xietong.tables.words import reader

ANY = "*"
OPERATORS = (("!=", True), ("=", False))
Values = Mapping[str, Mapping[str, Value]]


def read_measures(
    cells: pl.DataFrame, edits: pl.DataFrame, effect: Values, cost: Values, *, own: bool = False
) -> tuple[dict[str, Measure], list[Problem]]:
    """Measures by id from the text cells of the two sheets, and what is wrong with them.

    ``cells`` has one row per measure, ``edits`` one per measure and step; ``effect`` and ``cost`` hold
    values by measure and parameter, ``*`` for all measures. Whether the edits fit the sheets of the
    inventory is asked by ``faults``.
    """
    made, first = check(cells, MEASURES), check(edits, EDITS_SHEET)
    problems = [*made.problems, *first.problems]
    steps: dict[str, list[Edit]] = {}
    known = set(made.table["id"]) if "id" in made.table.columns else set()
    if first.table.height and {"measure", "step", "table", "edit"} <= set(first.table.columns):
        lines = edits["__row"].to_list() if "__row" in edits.columns else range(2, edits.height + 2)
        for line, row in zip(lines, first.table.iter_rows(named=True), strict=True):
            if None in (row["measure"], row["step"], row["table"], row["edit"]):
                continue  # said already
            try:
                steps.setdefault(row["measure"], []).append(_edit(row))
            except (InputError, VocabularyError, TableError) as error:
                problems.append(_problem("edits", line, row["measure"], str(error)))
            if row["measure"] not in known and not own:
                problems.append(
                    _problem("edits", line, row["measure"], "没有此措施 no such measure")
                )
    if made.problems:
        return {}, problems
    found = {
        row["id"]: Measure(
            **{**row, "sector": row["sector"] or "", "regions": _listed(row["regions"])},
            edits=tuple(sorted(steps.get(row["id"], ()), key=lambda one: one.step)),
            effect={**effect.get(ANY, {}), **effect.get(row["id"], {})},
            cost={**cost.get(ANY, {}), **cost.get(row["id"], {})},
            own=own,
        )
        for row in made.table.iter_rows(named=True)
    }
    return found, problems


def conditions(text: str, sheet: Schema) -> tuple[Condition, ...]:
    """``sector=residential;fuel!=coke|coal`` with the words of the sheet's vocabularies.

    >>> conditions("行业=居民生活;燃料!=焦炭", schemas()["fuel_use"])[1]
    Condition(column='fuel', values=('coke',), unlike=True)
    """
    found = []
    for part in filter(None, (one.strip() for one in text.replace("；", ";").split(";"))):
        sign, unlike = next((one for one in OPERATORS if one[0] in part), ("", False))
        name, _, words = part.partition(sign or "=")
        column = _column(name.strip(), sheet)
        read = _reader(column, sheet)
        found.append(
            Condition(column, tuple(read(word.strip()) for word in words.split("|")), unlike)
        )
    return tuple(found)


def targets(text: str, sheet: Schema) -> dict[str, str]:
    """``fuel=natural_gas;control=+scr``: the columns to set; ``+device`` adds to the chain.

    >>> targets("燃料=天然气;control=+scr", schemas()["fuel_use"])
    {'fuel': 'natural_gas', 'control': '+scr'}
    """
    found = {}
    for part in filter(None, (one.strip() for one in text.replace("；", ";").split(";"))):
        name, _, word = part.partition("=")
        column = _column(name.strip(), sheet)
        plus = "+" if word.strip().startswith("+") else ""
        found[column] = plus + _reader(column, sheet)(word.strip().removeprefix("+"))
    return found


def shipped_values(topic: str, workspace: Any = None) -> dict[str, dict[str, Value]]:
    """Values of ``measures/effect`` or ``measures/cost`` by measure and parameter.

    >>> shipped_values("measures/effect")["residential-coal-to-gas"]["efficiency_after"].value
    0.98
    """
    return _values(params.read_long(topic, workspace))


def own_values(
    topic: str, cells: pl.DataFrame, workspace: Any = None
) -> tuple[dict[str, dict[str, Value]], list[Problem]]:
    """The same from a sheet of a workspace, checked like a file of ``params``."""
    one, name = params.topic(topic), topic.rsplit("/", maxsplit=1)[-1]
    wanted = ("measure", *COLUMNS)
    needed = ("measure", "parameter", "value", "unit", "source", "locator", "confidence")
    absent = [column for column in needed if column not in cells.columns]
    if absent:
        return {}, [_problem(name, 1, "", f"缺少列 missing columns: {', '.join(absent)}")]
    rows = (
        cells["__row"]
        if "__row" in cells.columns
        else pl.int_range(2, cells.height + 2, eager=True)
    )
    text = cells.with_columns(
        pl.lit(None, dtype=pl.String).alias(c) for c in wanted if c not in cells.columns
    ).select(pl.col(*wanted).str.strip_chars().replace("", None))
    table = text.with_columns(row=f"{name}:" + rows.cast(pl.String))
    found = value_problems(table, one, ("measure",), workspace)
    if found:
        return {}, [_problem(name, None, "", text) for text in found]
    return _values(table.with_columns(pl.col("value", "u95_low", "u95_high").cast(pl.Float64))), []


def _values(table: pl.DataFrame) -> dict[str, dict[str, Value]]:
    found: dict[str, dict[str, Value]] = {}
    for row in table.reverse().iter_rows(named=True):  # the workspace's rows stand first and win
        if row["value"] is not None:
            found.setdefault(row["measure"], {})[row["parameter"]] = Value(
                row["value"],
                row["unit"],
                row["u95_low"],
                row["u95_high"],
                row["source"],
                row["locator"],
                row["confidence"],
            )
    return found


def _edit(row: Mapping[str, Any]) -> Edit:
    sheet = _sheet(row["table"])
    to_sheet = _sheet(row["to_table"]) if row["to_table"] else sheet
    return Edit(
        measure=row["measure"],
        step=int(row["step"]),
        table=sheet.name,
        where=conditions(row["where"], sheet),
        edit=row["edit"],
        column=row["column"],
        of=int(row["of"]) if row["of"] else None,
        amount_per_unit=_expression(row["amount_per_unit"]),
        value=_expression(row["value"]),
        to_table=to_sheet.name,
        to=targets(row["to"], to_sheet),
        to_column=row["to_column"] or row["column"],
        ratio=_expression(row["ratio"]),
        note=row["note"],
    )


def _expression(text: str) -> Expression | None:
    return expression(text) if text else None


def _sheet(name: str) -> Schema:
    known = schemas()
    for one in known.values():
        if name in {one.name, one.title}:
            return one
    raise TableError(f"没有活动表 no such sheet: {name!r}{_near(name, known)}")


def _column(name: str, sheet: Schema) -> str:
    for column in sheet.columns:
        if name in {column.name, column.heading}:
            return column.name
    names = [column.name for column in sheet.columns]
    raise TableError(f"{sheet.name} 没有列 no such column: {name!r}{_near(name, names)}")


def _reader(name: str, sheet: Schema) -> Any:
    return reader(sheet.column(name)) or (lambda word: word)


def _near(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"；是不是 did you mean {near[0]!r}?" if near else ""


def _listed(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.replace("；", ";").split(";") if one.strip())


def _problem(sheet: str, line: int | None, value: str, cause: str) -> Problem:
    return Problem("measure", sheet, line, "", value, cause, "请改正 correct it")


def listed(problems: Sequence[Problem]) -> list[str]:
    """The problems as lines of text."""
    return [str(one) for one in problems]
