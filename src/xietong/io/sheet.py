"""A file of activity as text cells: one entry per sheet, row numbers kept, nothing repaired.

CSV (UTF-8 or GB 18030), Excel and Parquet; one reader each, listed in ``FORMATS``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from xietong.errors import TableError
from xietong.io.sheet_csv import read_csv
from xietong.io.sheet_excel import read_excel
from xietong.tables.problem import Problem

LIMITS = {".csv": 400, ".xlsx": 40, ".xlsm": 40}  # MB; larger tables belong in Parquet
MB = 1024 * 1024
FORMATS: dict[str, Callable[[Path], "dict[str, tuple[pl.DataFrame, list[Problem]]]"]] = {
    ".csv": read_csv,
    ".xlsx": read_excel,
    ".xlsm": read_excel,
}


@dataclass(frozen=True)
class Sheet:
    """Text cells of one sheet with ``__row``, and what was wrong with the sheet itself."""

    name: str
    cells: pl.DataFrame
    problems: tuple[Problem, ...]


def read_sheets(path: Path) -> list[Sheet]:
    """All sheets of a file; ``TableError`` where the file itself cannot be read."""
    suffix = path.suffix.lower()
    if not path.is_file():
        raise TableError(f"{path}: 没有此文件 no such file")
    if suffix not in FORMATS:
        known = "、".join(FORMATS)
        raise TableError(
            f"{path.name}: 不支持 {suffix or '无后缀'}（format not supported）。可用 usable: {known}"
            "；旧版 .xls 请另存为 .xlsx (save an old .xls as .xlsx)"
        )
    size = path.stat().st_size
    if size == 0:
        raise TableError(
            f"{path.name}: 文件为空（0 字节）the file is empty。请重新导出 export it again"
        )
    if size > LIMITS[suffix] * MB:
        raise TableError(
            f"{path.name}: {size / MB:.0f} MB，超过 {suffix} 的上限 {LIMITS[suffix]} MB（too large）。"
            "请拆分、删去格式与图片，或存为 CSV、Parquet。Split it, or save it as CSV or Parquet."
        )
    return [
        Sheet(name, cells, tuple(problems))
        for name, (cells, problems) in FORMATS[suffix](path).items()
    ]
