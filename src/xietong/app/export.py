"""Rows as files for a spreadsheet: CSV and XLSX, in which no cell can become a formula."""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def safe(value: Any) -> Any:
    """A cell that a spreadsheet shows as text: what would start a formula gets an apostrophe.

    >>> safe("=1+1"), safe("-"), safe(-1.5), safe(["甲", "乙"])
    ("'=1+1", "'-", -1.5, '甲、乙')
    """
    if isinstance(value, list | tuple):
        if all(isinstance(part, str | int | float) for part in value):
            value = "、".join(str(part) for part in value)
        else:
            value = json.dumps(value, ensure_ascii=False)
    elif isinstance(value, dict):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(DANGEROUS):
        return "'" + value
    return value


def to_csv(items: Iterable[dict[str, Any]]) -> str:
    """CSV text with a header; begins with a mark that lets Excel read the Chinese."""
    rows = list(items)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe(name) for name in _columns(rows)])
    for row in rows:
        writer.writerow(["" if row.get(c) is None else safe(row.get(c)) for c in _columns(rows)])
    return "\ufeff" + out.getvalue()


def to_xlsx(items: Iterable[dict[str, Any]], sheet: str = "xietong") -> bytes:
    """An Excel file of one sheet, header frozen; numbers stay numbers."""
    import xlsxwriter

    rows = list(items)
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        page = book.add_worksheet(sheet[:31])
        page.freeze_panes(1, 0)
        for place, name in enumerate(_columns(rows)):
            page.write_string(0, place, str(safe(name)), book.add_format({"bold": True}))
            for line, row in enumerate(rows, start=1):
                value = safe(row.get(name))
                if isinstance(value, str):
                    page.write_string(line, place, value[:32767])
                elif value is not None:
                    page.write(line, place, value)
    return out.getvalue()


def _columns(rows: list[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))
