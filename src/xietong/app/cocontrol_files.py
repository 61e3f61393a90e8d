"""Tables as people hand them in: CSV (UTF-8 or GB 18030) or the first sheet of an Excel file."""

import csv
import io
from pathlib import Path

import polars as pl

from xietong.cocontrol.panel import refuse
from xietong.errors import TableError

ENCODINGS = ("utf-8-sig", "gb18030")
EXCEL = (".xlsx", ".xlsm")


def read_table(path: Path) -> pl.DataFrame:
    """A file as text columns, so that the door can name each wrong cell."""
    if not path.is_file():
        raise TableError(f"{path.name}: 没有此文件 · no such file")
    return read_bytes(path.name, path.read_bytes())


def read_bytes(name: str, content: bytes) -> pl.DataFrame:
    """The same from the bytes of a file; its ending says whether it is Excel."""
    if name.lower().endswith(EXCEL):
        return _table(_excel_rows(name, content), name)
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise TableError(f"{name}: 不是 UTF-8 或 GB 18030 文本 · neither UTF-8 nor GB 18030 text")
    if "\0" in text:
        raise TableError(f"{name}: 不是文本文件 · not a text file")
    try:
        return _table(list(csv.reader(io.StringIO(text))), name)
    except csv.Error as error:
        raise TableError(f"{name}: 不是 CSV 表 · not a CSV table: {error}") from error


def _table(cells: list[list[str]], name: str) -> pl.DataFrame:
    rows = [row for row in cells if any(cell.strip() for cell in row)]
    if not rows:
        raise TableError(f"{name}: 空文件 · empty file")
    header = [name.strip() for name in rows[0]]
    problems = [
        f"列名重复 · column twice: {n!r}"
        for n in sorted({n for n in header if header.count(n) > 1})
    ]
    problems += [
        f"第 {i} 行有 {len(row)} 格，应为 {len(header)} · line {i}: {len(row)} cells, {len(header)} expected"
        for i, row in enumerate(rows[1:], start=2)
        if len(row) != len(header)
    ]
    refuse(problems[:10], name)
    columns = list(zip(*rows[1:], strict=True)) or [() for _ in header]
    return pl.DataFrame(
        {n: list(c) for n, c in zip(header, columns, strict=True)},
        schema=dict.fromkeys(header, pl.String),
    )


def _excel_rows(name: str, content: bytes) -> list[list[str]]:
    """The cells of the first sheet; a cell with a formula that nobody has computed is a problem."""
    from tempfile import TemporaryDirectory

    from xietong.io.sheet_csv import ROW
    from xietong.io.sheet_excel import read_excel

    with TemporaryDirectory() as folder:  # the reader of Excel files takes a path
        path = Path(folder) / f"{Path(name).stem[:80]}.xlsx"
        path.write_bytes(content)
        sheets = read_excel(path)
    if not sheets:
        raise TableError(f"{name}: 空文件 · empty file")
    table, problems = next(iter(sheets.values()))
    refuse([str(one) for one in problems][:10], name)
    table = table.drop(ROW, strict=False)
    return [table.columns, *([str(c or "") for c in row] for row in table.iter_rows())]
