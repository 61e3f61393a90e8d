"""Number cells: what is not a number, out of range, absurd or a broken formula."""

import polars as pl

from xietong.tables.headings import Heading
from xietong.tables.problem import Problem
from xietong.tables.schema import Column

LISTED = 100
FIRST_YEAR, LAST_YEAR = 1949, 2100


def text_of(cells: pl.DataFrame, heading: Heading | None, column: Column) -> pl.Series:
    if heading is None:
        text = pl.Series(column.name, [None] * cells.height, dtype=pl.String)
    else:
        text = cells[heading.name].cast(pl.String).str.strip_chars().alias(column.name)
    text = (
        text.to_frame()
        .select(
            pl.when(pl.col(column.name) == "")
            .then(None)
            .otherwise(pl.col(column.name))
            .alias(column.name)
        )
        .to_series()
    )
    return text.fill_null(column.default) if column.default is not None else text


def numbers_of(
    text: pl.Series, rows: pl.Series, column: Column, factor: float, sheet: str
) -> tuple[pl.Series, list[Problem]]:
    number = text.str.replace_all(r"[,，\s]", "").cast(pl.Float64, strict=False)
    problems = []
    for row, word in located(text.is_not_null() & number.is_null(), rows, text):
        spreadsheet = word.startswith("#")
        cause = "公式出错 formula error" if spreadsheet else "不是数 not a number"
        remedy = (
            "请改好公式或粘贴为数值 mend the formula"
            if spreadsheet
            else "只填数，单位写在标题或单位列 write the number only"
        )
        problems.append(
            Problem(
                "formula-error" if spreadsheet else "not-a-number",
                sheet,
                row,
                column.heading,
                word,
                cause,
                remedy,
            )
        )
    if column.type == "year":
        bad = ~number.is_between(FIRST_YEAR, LAST_YEAR) | (number != number.round(0))
        for row, word in located(bad.fill_null(False), rows, text):
            problems.append(
                Problem(
                    "year",
                    sheet,
                    row,
                    column.heading,
                    word,
                    "不是年份 not a year",
                    "请填四位年份，如 2024",
                )
            )
        return number.cast(pl.Int64, strict=False), problems
    values = number * factor
    low, high = (0.0, 1.0) if column.type == "share" else (column.min, column.max)
    problems += out_of_range(
        values, rows, text, column, low, column.max if column.max is not None else high, sheet
    )
    return values, problems


def out_of_range(
    values: pl.Series,
    rows: pl.Series,
    text: pl.Series,
    column: Column,
    low: float | None,
    high: float | None,
    sheet: str,
) -> list[Problem]:
    problems = [
        Problem(
            "not-finite", sheet, row, column.heading, word, "不是有限数 not finite", "请核对 check"
        )
        for row, word in located((~values.is_finite()).fill_null(False), rows, text)
    ]
    if low is not None:
        code, cause = (
            ("negative", "为负 negative") if low == 0 else ("too-small", f"小于 below {low:g}")
        )
        problems += [
            Problem(
                code,
                sheet,
                row,
                column.heading,
                word,
                cause,
                "请核对符号与单位 check sign and unit",
            )
            for row, word in located((values < low).fill_null(False), rows, text)
        ]
    if high is not None:
        waivable = column.type != "share"
        problems += [
            Problem(
                "absurd",
                sheet,
                row,
                column.heading,
                word,
                f"过大，超过 above {high:g} {column.unit}".rstrip(),
                "请核对单位（万吨还是吨）check the unit",
                waivable,
            )
            for row, word in located((values > high).fill_null(False), rows, text)
        ]
    return problems


def located(wrong: pl.Series, rows: pl.Series, text: pl.Series) -> list[tuple[int, str]]:
    mask = wrong.fill_null(False)
    return list(
        zip(rows.filter(mask).to_list(), [str(word) for word in text.filter(mask)], strict=True)
    )[:LISTED]
