"""Cells to a table of the house, and every problem on the way, each with row and column."""

from dataclasses import dataclass

import polars as pl

from xietong.errors import VocabularyError
from xietong.tables.exclusive import more_than_one
from xietong.tables.headings import Heading, match
from xietong.tables.numbers import LISTED, numbers_of, text_of
from xietong.tables.problem import Problem
from xietong.tables.quantities import house_columns, quantities
from xietong.tables.schema import Column, Schema
from xietong.tables.words import reader

ROW = "__row"


@dataclass(frozen=True)
class Checked:
    """The table as the house wants it, and the problems found."""

    table: pl.DataFrame
    problems: tuple[Problem, ...]


def check(cells: pl.DataFrame, schema: Schema, sheet: str = "") -> Checked:
    """Read text cells by a schema: headings, words, numbers, units, ranges, unique keys.

    ``cells`` has text columns named as in the file and, on wish, ``__row`` with the row numbers of
    the file. Rows with problems stay in the table with nulls; use it only when there are none, or
    when those left are waived. Chinese names become ids, quantities the house's units.
    """
    sheet = sheet or schema.name
    if ROW not in cells.columns:
        cells = cells.with_columns((pl.int_range(pl.len()) + 2).alias(ROW))
    headings, problems = match([name for name in cells.columns if name != ROW], schema, sheet)
    made: dict[str, pl.Series] = {ROW: cells[ROW]}
    for column in schema.columns:
        heading = headings.get(column.name)
        text = text_of(cells, heading, column)
        if heading is not None and column.required:
            problems += _blank(text, cells[ROW], column, sheet)
        if column.type not in {"quantity", "unit"}:
            series, found = _read(text, cells[ROW], column, heading, sheet)
            made[column.name] = series
            problems += found
    table = pl.DataFrame(made)
    unit_column = next((one for one in schema.columns if one.type == "unit"), None)
    for column in schema.columns:
        if column.type == "quantity" and unit_column and column.name in headings:
            table, found = quantities(table, cells, headings, column, unit_column, sheet)
            problems += found
        elif column.type == "quantity":
            table, found = house_columns(table, cells, column, sheet)
            problems += found
    problems += _duplicates(table, schema, sheet)
    problems += more_than_one(table, schema, sheet)
    problems.sort(key=lambda one: (one.row or 0, one.column))
    return Checked(table.drop(ROW), tuple(problems))


def _blank(text: pl.Series, rows: pl.Series, column: Column, sheet: str) -> list[Problem]:
    remedy = f"请填写，例如 fill in, e.g. {column.example}" if column.example else "请填写 fill in"
    empty = rows.filter(text.is_null()).to_list()
    return [
        Problem("missing", sheet, row, column.heading, "", "空白 empty", remedy)
        for row in empty[:LISTED]
    ]


def _read(
    text: pl.Series, rows: pl.Series, column: Column, heading: Heading | None, sheet: str
) -> tuple[pl.Series, list[Problem]]:
    if column.type in {"number", "share", "year"}:
        return numbers_of(text, rows, column, heading.factor if heading else 1.0, sheet)
    read = reader(column)
    if read is None:
        return text, []
    meaning: dict[str, str | None] = {}
    problems = []
    for word in text.drop_nulls().unique(maintain_order=True):
        try:
            meaning[word] = read(word)
        except VocabularyError as error:
            meaning[word] = None
            at = rows.filter(text == word).to_list()
            shown = (
                f"（共 {len(at)} 行 rows {', '.join(map(str, at[:10]))}）" if len(at) > 1 else ""
            )
            problems.append(
                Problem(
                    "unknown-word",
                    sheet,
                    at[0],
                    column.heading,
                    word,
                    f"{error}{shown}",
                    "请改正或从下拉框选择 correct it",
                )
            )
    return text.replace_strict(meaning, default=None, return_dtype=pl.String), problems


def _duplicates(table: pl.DataFrame, schema: Schema, sheet: str) -> list[Problem]:
    keys = [name for name in schema.keys if name in table.columns]
    if not keys:
        return []
    twice = table.group_by(keys, maintain_order=True).agg(ROW).filter(pl.col(ROW).list.len() > 1)
    return [
        Problem(
            "duplicate",
            sheet,
            at[1],
            "、".join(schema.column(name).heading for name in keys),
            " / ".join(str(part) for part in key),
            f"重复的键 same key in rows {', '.join(map(str, at[:10]))}",
            "请合并或用“排放源名称”区分 merge or tell apart",
            True,
        )
        for *key, at in twice.iter_rows()
    ][:LISTED]
