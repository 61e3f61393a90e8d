"""What is impossible in a measure, before any inventory is looked at; all of it."""

from collections.abc import Iterator

from xietong.errors import InputError
from xietong.measures.expression import Expression
from xietong.measures.measure import Edit, Measure
from xietong.tables import Problem, schemas

CONTROL = "control"
NEEDS = {  # kind of edit: cells it needs, cells it does not understand
    "scale": (("value",), ("to", "to_table", "ratio")),
    "shift": (("to",), ("value",)),
    "control": (("to",), ("value", "to_table", "ratio")),
    "add": (("column", "to"), ("where", "value", "to_table", "ratio")),
}


def faults(measure: Measure) -> list[Problem]:
    """Impossible potential, life, cost; steps that contradict themselves; values that are missing.

    >>> from xietong.measures.measure import Value
    >>> share = {"potential_share": Value(1.5, "1", None, None, "s", "l", "V")}
    >>> [one.cause for one in faults(Measure("a", "甲", effect=share))][0]
    '潜力份额应在 0 与 1 之间 potential_share between 0 and 1'
    """
    found = [*_potential(measure), *_cost(measure)]
    if not measure.edits:
        found.append(_fault(measure, "没有修改 no edits", "请在 edits 中加一行 add a row in edits"))
    if measure.valid_from and measure.valid_to and measure.valid_from > measure.valid_to:
        found.append(_fault(measure, "起始年晚于终止年 valid_from after valid_to"))
    for edit in measure.edits:
        found += [_fault(measure, text, step=edit.step) for text in _edit(edit, measure)]
    return found


def _potential(measure: Measure) -> Iterator[Problem]:
    share, units = (measure.effect.get(f"potential_{kind}") for kind in ("share", "units"))
    if share is None and units is None:
        yield _fault(
            measure,
            "没有潜力 no potential",
            "请在 effect 中给 potential_share 或 potential_units · give one in effect",
        )
    if share is not None and units is not None:
        yield _fault(measure, "份额与单位数只给一个 potential_share or potential_units, not both")
    if share is not None and not 0 <= share.value <= 1:
        yield _fault(measure, "潜力份额应在 0 与 1 之间 potential_share between 0 and 1")
    if units is not None and units.value < 0:
        yield _fault(measure, "潜力不能为负 potential_units below 0")


def _cost(measure: Measure) -> Iterator[Problem]:
    life = measure.cost.get("life_years")
    if life is not None and life.value <= 0:
        yield _fault(measure, f"寿命应大于 0 life must be above 0: {life.value:g}")
    for name in ("investment_cny", "om_cny_per_year"):
        value = measure.cost.get(name)
        if value is not None and value.value < 0:
            yield _fault(measure, f"{name} 不能为负 below 0: {value.value:g}")
        if value is not None and not value.unit.upper().startswith("CNY"):
            yield _fault(measure, f"{name} 的单位应为 CNY/… unit mismatch: {value.unit!r}")


def _edit(edit: Edit, measure: Measure) -> Iterator[str]:
    given = {
        "value": edit.value, "to": edit.to, "ratio": edit.ratio, "where": edit.where,
        "column": edit.column,
        "to_table": edit.to_table if edit.to_table != edit.table else "",
    }  # fmt: skip
    needed, foreign = NEEDS[edit.edit]
    yield from (f"{edit.edit} 需要 needs {name}" for name in needed if not given[name])
    yield from (f"{edit.edit} 不用 does not take {name}" for name in foreign if given[name])
    if edit.of is not None and edit.of not in {
        one.step for one in measure.edits if one.step < edit.step
    }:
        yield f"依据步骤应在此前 of must name an earlier step: {edit.of}"
    if edit.of is not None and edit.amount_per_unit is None:
        yield "依据其他步骤时需要 amount_per_unit is needed with of"
    if edit.edit == "add" and edit.of is None and "potential_units" not in measure.effect:
        yield "add 需要 of 或 potential_units · needs of, or a potential in units"
    if "potential_units" in measure.effect and edit.of is None and edit.amount_per_unit is None:
        yield "潜力以单位计时需要 amount_per_unit is needed with potential_units"
    for table, column in ((edit.table, edit.column), (edit.to_table, edit.to_column)):
        if column and column not in schemas()[table].numbers:
            yield f"{table} 没有数量列 no such number column: {column!r}"
    yield from _numbers(edit, measure)
    yield from _new_row(edit)


def _numbers(edit: Edit, measure: Measure) -> Iterator[str]:
    found: dict[str, float] = {}
    listed: dict[str, Expression | None] = {
        "value": edit.value, "ratio": edit.ratio, "amount_per_unit": edit.amount_per_unit
    }  # fmt: skip
    for name, one in listed.items():
        if one is not None:
            try:
                found[name] = one.value(measure.numbers)
            except InputError as error:
                yield f"{name}: {error}"
    if found.get("value", 0) > 1:
        yield f"value 不能大于 1 cannot be above 1: {found['value']:g}"
    if found.get("ratio", 0) < 0:
        yield f"ratio 不能为负 below 0: {found['ratio']:g}"
    if found.get("amount_per_unit", 1) <= 0:
        yield f"amount_per_unit 应大于 0 must be above 0: {found['amount_per_unit']:g}"


def _new_row(edit: Edit) -> Iterator[str]:
    """The keys that a row of another table needs must be said, or come from the row it leaves."""
    if edit.edit == "control" and set(edit.to) - {CONTROL}:
        yield f"control 只改治理设施 changes the control only, not {', '.join(set(edit.to) - {CONTROL})}"
    if edit.edit == "add" or edit.to_table != edit.table:
        sheet, origin = schemas()[edit.to_table or edit.table], schemas()[edit.table]
        there = set() if edit.edit == "add" else {one.name for one in origin.columns}
        absent = [
            one.name
            for one in sheet.columns
            if one.required and one.key and one.default is None
            and one.name not in {"region", "year", *edit.to, *there}
        ]  # fmt: skip
        if absent:
            yield f"to 还需要 must also set: {', '.join(absent)}"


def _fault(
    measure: Measure, cause: str, remedy: str = "请改正 correct it", step: int | None = None
) -> Problem:
    where = f"step {step}" if step else ""
    return Problem("measure", "measures", None, where, measure.id, cause, remedy)
