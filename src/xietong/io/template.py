"""Templates made from the schemas: Excel with drop-downs and notes, or CSV."""

import csv
from collections.abc import Sequence
from pathlib import Path

from xietong.errors import TableError
from xietong.io.sheet_csv import EXAMPLE
from xietong.tables.schema import Column, Schema
from xietong.tables.units import of_dimension
from xietong.tables.words import choices

ROWS = 5000


def write_template(path: Path, schemas: Sequence[Schema]) -> Path:
    """A workbook with one sheet each, or one CSV; refuses to write over a file."""
    if path.exists():
        raise TableError(
            f"{path}: 已存在，不覆盖（exists already）。请换一个文件名 take another name"
        )
    suffix = path.suffix.lower()
    if suffix == ".csv":
        if len(schemas) != 1:
            raise TableError(
                "CSV 模板一次一张表（one table a CSV file）：请指定表名 name the table"
            )
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([column.shown for column in schemas[0].columns])
            writer.writerow(example_row(schemas[0]))
    elif suffix == ".xlsx":
        _workbook(path, schemas)
    else:
        raise TableError(f"{path.name}: 模板为 .xlsx 或 .csv（a template is .xlsx or .csv）")
    return path


def example_row(schema: Schema) -> list[str]:
    """The example row; its first cell begins with 示例：, so that an import leaves it out."""
    cells = [column.example for column in schema.columns]
    return [f"{EXAMPLE}{cells[0]}", *cells[1:]]


def _workbook(path: Path, schemas: Sequence[Schema]) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    heading = book.add_format(
        {"bold": True, "bg_color": "#0b6e4f", "font_color": "white", "text_wrap": True}
    )
    needed = book.add_format(
        {"bold": True, "bg_color": "#8a4b08", "font_color": "white", "text_wrap": True}
    )
    example = book.add_format({"italic": True, "font_color": "#777777"})
    text = book.add_format({"num_format": "@"})
    words = book.add_worksheet("词表")
    for number, schema in enumerate(schemas):
        sheet = book.add_worksheet(schema.title)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(schema.columns):
            sheet.set_column(
                place,
                place,
                max(12, 2 * len(column.shown)),
                text if column.type == "region" else None,
            )
            sheet.write_string(0, place, column.shown, needed if column.required else heading)
            if column.help:
                sheet.write_comment(0, place, column.help)
            listed = drop_down(column, schema)
            if listed:
                at = number * 30 + place
                words.write_column(0, at, listed)
                source = xlsxwriter.utility.xl_range_abs(0, at, len(listed) - 1, at)
                sheet.data_validation(
                    1, place, ROWS, place,
                    {"validate": "list", "source": f"=词表!{source}", "error_type": "warning",
                     "error_message": "不在词表中 not in the list"},
                )  # fmt: skip
        for place, cell in enumerate(example_row(schema)):
            sheet.write_string(1, place, cell, example)
    words.hide()
    _notes(book, schemas)
    book.worksheets()[1].activate()
    book.close()


def drop_down(column: Column, schema: Schema) -> list[str]:
    """What may be chosen in a column: words of its vocabulary, units of its dimensions."""
    if column.type != "unit":
        return choices(column)
    quantity = next(one for one in schema.columns if one.type == "quantity")
    return [
        unit.aliases[0] if unit.aliases else unit.unit
        for dimension in quantity.into
        for unit in of_dimension(dimension)
    ]


def _notes(book: object, schemas: Sequence[Schema]) -> None:
    sheet = book.add_worksheet("说明")  # type: ignore[attr-defined]
    sheet.set_column(0, 2, 30)
    rows = [("褐色标题必填；绿色可空。“示例：”一行不导入。Brown headings are required.", "", "")]
    for schema in schemas:
        rows.append((schema.title, schema.title_en, schema.note))
        rows += [("", column.shown, column.help or column.type) for column in schema.columns]
    for line, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet.write_string(line, place, cell)
