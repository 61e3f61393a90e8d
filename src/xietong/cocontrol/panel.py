"""The door: a table of entities and years is checked once, with all its problems in one message."""

import difflib
import math
from collections.abc import Sequence

import polars as pl

from xietong.errors import TableError

ENTITY = "entity"
YEAR = "year"
SHOWN = 5  # how many lines of one kind of problem a message lists


def check_panel(
    table: pl.DataFrame,
    numbers: Sequence[str],
    *,
    keys: Sequence[str] = (ENTITY, YEAR),
    where: str = "表格 table",
    minimum_rows: int = 1,
) -> pl.DataFrame:
    """Key columns and number columns of a table, typed; every problem of it in one error.

    ``table`` has one row per entity and year. Keys that the table does not have are left out
    when at least one is there. An empty cell is unknown and stays null; NaN and infinity are
    errors, as are text in a number column, a missing column, and a key that comes twice.
    Other columns pass through.

    Examples
    --------
    >>> check_panel(pl.DataFrame({"entity": ["济南"], "year": ["2020"], "u": ["0.5"]}), ["u"]).row(0)
    ('济南', 2020, 0.5)
    >>> check_panel(pl.DataFrame({"entity": ["济南"], "u": ["NaN"]}), ["u"], where="a.csv")
    Traceback (most recent call last):
    xietong.errors.TableError: a.csv: 1 个问题 · 1 problem
      - u 列第 2 行不是有限数 · column u, line 2: NaN
    空白表示未知；请在表中改正后重试 · Leave a cell empty for "unknown"; mend the table and run again.
    """
    present = [key for key in keys if key in table.columns]
    problems = _missing(table, numbers, keys, present)
    typed, number_problems = _typed(table, [name for name in numbers if name in table.columns])
    problems += number_problems
    if YEAR in present:
        typed, year_problems = _typed_year(typed)
        problems += year_problems
    problems += _duplicates(typed, present)
    if typed.height < minimum_rows:
        problems.append(
            f"只有 {typed.height} 行，至少需要 {minimum_rows} 行 · "
            f"{typed.height} row(s), at least {minimum_rows} needed"
        )
    refuse(problems, where)
    return typed.with_columns(pl.col(ENTITY).cast(pl.String)) if ENTITY in present else typed


def refuse(problems: Sequence[str], where: str) -> None:
    """Raise one error that lists all problems; nothing when there are none."""
    if not problems:
        return
    plural = "" if len(problems) == 1 else "s"
    lines = [f"{where}: {len(problems)} 个问题 · {len(problems)} problem{plural}"]
    lines += [f"  - {problem}" for problem in problems]
    lines.append(
        "空白表示未知；请在表中改正后重试 · "
        'Leave a cell empty for "unknown"; mend the table and run again.'
    )
    raise TableError("\n".join(lines))


def keys_of(table: pl.DataFrame) -> list[str]:
    """The key columns that a table has, entity first."""
    return [key for key in (ENTITY, YEAR) if key in table.columns]


def _missing(
    table: pl.DataFrame, numbers: Sequence[str], keys: Sequence[str], present: Sequence[str]
) -> list[str]:
    problems = []
    wanted = list(numbers) if present else [*keys[:1], *numbers]
    for name in wanted:
        if name in table.columns:
            continue
        close = difflib.get_close_matches(name, table.columns, n=1, cutoff=0.6)
        hint = f"（是不是 did you mean {close[0]!r}?）" if close else ""
        found = ", ".join(table.columns) or "无 none"
        problems.append(f"缺少列 · missing column {name!r}{hint}; 现有 found: {found}")
    return problems


def _typed(table: pl.DataFrame, numbers: Sequence[str]) -> tuple[pl.DataFrame, list[str]]:
    problems = []
    for name in dict.fromkeys(numbers):
        column = table.get_column(name)
        if column.dtype == pl.String:
            column = column.str.strip_chars().replace("", None)
        number = column.cast(pl.Float64, strict=False)
        text = (number.is_null() & column.is_not_null()).arg_true().to_list()
        broken = [i for i, v in enumerate(number) if v is not None and not math.isfinite(v)]
        problems += _lines(f"{name} 列不是数 · not a number in column {name}", text, column)
        for i in broken[:SHOWN]:
            problems.append(
                f"{name} 列第 {i + 2} 行不是有限数 · column {name}, line {i + 2}: {column[i]}"
            )
        table = table.with_columns(number.alias(name))
    return table, problems


def _typed_year(table: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    column = table.get_column(YEAR)
    number = column.cast(pl.Float64, strict=False)
    wrong = [i for i, v in enumerate(number) if v is None or v != int(v)]
    if wrong:
        return table, _lines("year 列不是年份 · not a year in column year", wrong, column)
    return table.with_columns(number.cast(pl.Int64).alias(YEAR)), []


def _lines(what: str, at: Sequence[int], column: pl.Series) -> list[str]:
    if not at:
        return []
    some = "; ".join(f"第 {i + 2} 行 line {i + 2}: {column[i]!r}" for i in at[:SHOWN])
    more = f" …(+{len(at) - SHOWN})" if len(at) > SHOWN else ""
    return [f"{what}: {some}{more}"]


def _duplicates(table: pl.DataFrame, keys: Sequence[str]) -> list[str]:
    if not keys:
        return []
    twice = (
        table.with_row_index("line", offset=2)
        .group_by(keys, maintain_order=True)
        .agg(pl.col("line"))
        .filter(pl.col("line").list.len() > 1)
    )
    return [
        "重复 · comes twice: "
        + ", ".join(str(row[key]) for key in keys)
        + f" (第 {', '.join(map(str, row['line']))} 行 lines)"
        for row in twice.head(SHOWN).to_dicts()
    ]
