"""PDF with a text layer: paragraphs put together again, tables by their ruling lines.

Left out: page numbers, running headers and footers, turned text (watermarks).
"""

import logging
from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from typing import Any

from xietong.errors import DocumentError
from xietong.io.documents.model import Content, Line, Source
from xietong.io.documents.pdf_layout import Printed, drop_running, paragraphs, print_lines
from xietong.io.documents.pdf_table import Ruled, find_ruled, go_on
from xietong.io.documents.problems import problem

FEW = 20  # characters: fewer on all pages together are a stamp or a page number on a scan
GARBLED_SHARE = 0.1


def lines(source: Source) -> Content:
    """One ``Line`` per paragraph and per row of a table, with its page."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    pages: list[list[Printed | Ruled]] = []
    with _open(source) as pdf:
        try:
            for page in pdf.pages:
                pages.append(_page(page, page.page_number))
                page.close()
        except Exception as error:  # pdfminer raises many kinds for damaged pages
            raise _damaged(source, error) from error
    _check_text(source, pages)
    textless = [str(number) for number, page in enumerate(pages, start=1) if not page]
    warnings = []
    if textless:
        numbers = "、".join(textless)
        warnings.append(f"第 {numbers} 页没有文字层 · no text layer on page {', '.join(textless)}")
    return Content(list(_number_tables(paragraphs(drop_running(pages)))), warnings)


def _open(source: Source) -> Any:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    try:
        pdf = pdfplumber.open(BytesIO(source.data))
        count = len(pdf.pages)
    except Exception as error:  # pdfplumber wraps what pdfminer raises
        causes = (error, error.__cause__, *error.args)
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in causes):
            raise problem("encrypted_pdf", source.name) from error
        raise _damaged(source, error) from error
    if not count:
        raise _damaged(source, ValueError("没有页面 · no pages"))
    return pdf


def _damaged(source: Source, error: Exception) -> DocumentError:
    reason = str(error) or type(error).__name__
    return problem("damaged_pdf", source.name, reason=reason[:200])


def _page(page: Any, number: int) -> list[Printed | Ruled]:
    """Lines of text and tables of one page, from top to bottom."""
    chars = [char for char in page.chars if char["upright"]]
    ruled, boxes = (
        find_ruled(page, number, chars) if page.rects or page.lines or page.curves else ([], [])
    )
    outside = [char for char in chars if not any(table.holds(char) for table in ruled)]
    found: list[Printed | Ruled] = [*print_lines(outside, number, page.height, boxes), *ruled]
    return sorted(found, key=lambda item: item.top)


def _check_text(source: Source, pages: list[list[Printed | Ruled]]) -> None:
    text = "".join(item.text for page in pages for item in page)
    if len(text.strip()) < FEW:
        raise problem("scanned_pdf", source.name, pages=len(pages))
    broken = (
        text.count("(cid:") * 5
        + text.count("\ufffd")
        + sum("\ue000" <= c <= "\uf8ff" for c in text)
    )
    if broken > len(text) * GARBLED_SHARE:
        raise problem("garbled_pdf", source.name)


def _number_tables(items: Iterator[Line | Ruled]) -> Iterator[Line]:
    """Rows of tables in place; a table that goes on after a page break stays one."""
    number = 0
    for on_page, group in groupby(items, key=lambda item: isinstance(item, Ruled)):
        if not on_page:
            yield from (item for item in group if isinstance(item, Line))
            continue
        rows: list[Line] = []
        last: Ruled | None = None
        for table in (item for item in group if isinstance(item, Ruled)):
            goes_on = last is not None and table.continues(last)
            number += not goes_on
            found = list(table.lines(number))
            rows = go_on(rows, found) if goes_on else [*rows, *found]
            last = table
        yield from rows
