"""CSV as text cells."""

import csv
import io
from pathlib import Path

import polars as pl

from xietong.errors import TableError
from xietong.tables.problem import Problem

ENCODINGS = ("utf-8-sig", "gb18030")
EXAMPLE = "示例："
ROW = "__row"


def read_csv(path: Path) -> dict[str, tuple[pl.DataFrame, list[Problem]]]:
    """One sheet named like the file; the first line holds the headings."""
    text = decoded(path)
    rows = list(csv.reader(io.StringIO(text)))
    return {path.stem: cells_of(path.stem, rows)}


def decoded(path: Path) -> str:
    """The text of a file in UTF-8 or GB 18030."""
    content = path.read_bytes()
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableError(
        f"{path.name}: 不是 UTF-8 或 GB 18030 文本（neither UTF-8 nor GB 18030）。"
        "请在表格软件中另存为“CSV UTF-8”。Save it as CSV UTF-8."
    )


def cells_of(
    sheet: str, rows: list[list[str]], first: int = 1
) -> tuple[pl.DataFrame, list[Problem]]:
    """Rows of cells to a table: headings first, example and blank rows left out.

    >>> table, problems = cells_of("s", [["年份", "数量"], ["示例：2024", "1"], ["2014", "2"], ["", ""]])
    >>> table.rows(), problems
    ([(3, '2014', '2')], [])
    """
    problems: list[Problem] = []
    kept = [(number, row) for number, row in enumerate(rows, first) if any(c.strip() for c in row)]
    if not kept:
        return pl.DataFrame({ROW: []}, schema={ROW: pl.Int64}), [
            Problem(
                "empty-sheet",
                sheet,
                None,
                "",
                "",
                "没有内容 nothing in it",
                "请填写或删去 fill or remove it",
            )
        ]
    header = [name.strip() for name in kept[0][1]]
    while header and not header[-1]:
        header.pop()
    for name in sorted({name for name in header if header.count(name) > 1}):
        problems.append(
            Problem(
                "heading-twice",
                sheet,
                kept[0][0],
                name,
                "",
                "标题重复 heading twice",
                "请删去一列 remove one",
            )
        )
    body = [(number, row) for number, row in kept[1:] if not row[0].strip().startswith(EXAMPLE)]
    for number, row in body:
        if any(cell.strip() for cell in row[len(header) :]):
            problems.append(
                Problem(
                    "cells-too-many",
                    sheet,
                    number,
                    "",
                    "",
                    "格数多于标题 more cells than headings",
                    "请检查逗号或补标题 check the commas",
                )
            )
    columns: dict[str, list[str]] = {}
    for place, name in enumerate(header):
        if name and name not in columns:
            columns[name] = [row[place] if place < len(row) else "" for _, row in body]
    return (
        pl.DataFrame(
            {ROW: [number for number, _ in body]} | columns,
            schema={ROW: pl.Int64} | dict.fromkeys(columns, pl.String),
        ),
        problems,
    )
