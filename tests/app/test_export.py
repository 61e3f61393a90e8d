"""Exports: no cell of a spreadsheet becomes a formula."""

import csv
import io

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from xietong.app.export import DANGEROUS, to_csv, to_xlsx

NASTY = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "=HYPERLINK('http://x')", "好", "'", ""]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), min_size=1))
def test_no_cell_of_a_csv_starts_a_formula(texts):
    table = list(csv.reader(io.StringIO(to_csv({"x": t} for t in texts)[1:], newline="")))
    for cell, text in zip([row[0] if row else "" for row in table[1:]], texts, strict=True):
        assert not cell.startswith(DANGEROUS)
        assert cell in (text, "'" + text)


def test_no_cell_of_a_workbook_is_a_formula():
    rows = [{"文": text, "=数": -1.5} for text in NASTY]
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(rows))).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert sheet["B1"].value == "'=数" and sheet["B2"].value == -1.5
