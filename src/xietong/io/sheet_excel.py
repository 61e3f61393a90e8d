"""Excel as text cells: every merged cell and broken formula is a problem with its place."""

import zipfile
from pathlib import Path
from typing import Any

import polars as pl
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from xietong.errors import TableError
from xietong.io.sheet_csv import cells_of
from xietong.tables.problem import Problem

UNPACKED = 400 * 1024 * 1024  # bytes: beyond it a workbook is refused before it is opened
SKIPPED = ("说明", "词表")


def read_excel(path: Path) -> dict[str, tuple[pl.DataFrame, list[Problem]]]:
    """All visible sheets but those of the template's own notes and word lists."""
    _refuse_bombs(path)
    try:
        values = load_workbook(path, data_only=True)
        formulas = load_workbook(path, data_only=False)
    except Exception as error:  # openpyxl raises many kinds for a damaged file
        raise TableError(
            f"{path.name}: 打不开，可能已损坏或加密（cannot be opened: damaged or locked）: {error}。"
            "请在表格软件中打开后另存为 .xlsx。Open it in a spreadsheet and save it as .xlsx."
        ) from error
    return {
        sheet.title: _sheet(sheet, formulas[sheet.title])
        for sheet in values.worksheets
        if sheet.title not in SKIPPED and sheet.sheet_state == "visible"
    }


def _sheet(sheet: Any, formulas: Any) -> tuple[pl.DataFrame, list[Problem]]:
    rows = [[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    table, problems = cells_of(sheet.title, rows)
    for merged in sheet.merged_cells.ranges:
        if merged.min_row == merged.max_row == 1 and merged.min_col == merged.max_col:
            continue
        problems.append(
            Problem(
                "merged-cells",
                sheet.title,
                merged.min_row,
                get_column_letter(merged.min_col),
                str(merged),
                "合并单元格 merged cells",
                "请取消合并并在每格填写 unmerge and fill every cell",
            )
        )
    for row in formulas.iter_rows():
        for cell in row:
            cached = sheet.cell(cell.row, cell.column).value
            if cell.data_type == "f" and cached is None:
                problems.append(
                    Problem(
                        "formula-not-computed",
                        sheet.title,
                        cell.row,
                        cell.column_letter,
                        str(cell.value),
                        "公式没有结果 formula without a result",
                        "请在表格软件中打开并保存，或粘贴为数值 open and save it, or paste values",
                    )
                )
    return table, problems


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _refuse_bombs(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise TableError(
            f"{path.name}: 不是 .xlsx 文件（not an .xlsx file）。请在表格软件中另存为 .xlsx。"
        ) from error
    if unpacked > UNPACKED:
        raise TableError(
            f"{path.name}: 展开后 {unpacked / 1024 / 1024:.0f} MB，过大（too large when unpacked）。"
            "请删去空白格式或存为 CSV、Parquet。Remove empty formatted cells, or save as CSV or Parquet."
        )
