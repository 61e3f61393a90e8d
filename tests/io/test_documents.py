"""Lines of documents: the same text from every format, and what must not be in it."""

import re
import time
from pathlib import Path

import pytest

from xietong.io.documents import Document, read_document

SAMPLE = Path(__file__).parents[2] / "src/xietong/plans/sample"
TEXT = (SAMPLE / "sample.txt").read_text(encoding="utf-8")


def squeezed(document: Document) -> list[str]:
    return [re.sub(r"\s", "", line.text) for line in document.lines]


@pytest.mark.parametrize("suffix", ["docx", "html", "pdf"])
def test_all_formats_give_the_lines_of_the_text(suffix: str) -> None:
    text = read_document(SAMPLE / "sample.txt")
    other = read_document(SAMPLE / f"sample.{suffix}")
    assert squeezed(other) == squeezed(text)
    assert [row.cells for table in other.tables for row in table] == [
        row.cells for table in text.tables for row in table
    ]


def test_rows_of_the_sample_table() -> None:
    rows = read_document(SAMPLE / "sample.txt").tables[0]
    assert rows[0].cells == ("指标", "单位", "2025年", "2030年", "属性")
    assert rows[3].cells == ("农村生活污水治理率", "%", "55以上", "70以上", "预期性")


def test_pdf_has_pages_and_no_page_numbers() -> None:
    lines = read_document(SAMPLE / "sample.pdf").lines
    assert {line.page for line in lines} == {1, 2, 3}
    assert not [line.text for line in lines if re.fullmatch(r"[—\s\d]+", line.text)]


def test_headings_of_word_and_web() -> None:
    for suffix in ("docx", "html"):
        lines = read_document(SAMPLE / f"sample.{suffix}").lines
        headings = [line.text for line in lines if line.kind == "heading"]
        assert headings[0] == "云汀市减污降碳协同增效实施方案"
        assert headings[1:3] == ["一、总体要求", "二、主要目标"] and len(headings) == 7


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("gb18030", b""),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, mark: bytes) -> None:
    path = tmp_path / "方案.txt"
    path.write_bytes(mark + TEXT.replace("\n", "\r\n").encode(encoding))
    assert read_document(path).lines == read_document(SAMPLE / "sample.txt").lines


def test_invisible_marks_go_and_blanks_leave_a_trace(tmp_path: Path) -> None:
    path = tmp_path / "方案.txt"
    path.write_text("一、总体\u200b要求\ufeff\n\n　　正文 \u2f00行\f第二页\n", encoding="utf-8")
    first, second, third = read_document(path).lines
    assert (first.text, first.page, first.after_blank) == ("一、总体要求", 1, False)
    assert (second.text, second.after_blank) == ("　　正文 一行", True)
    assert (third.text, third.page) == ("第二页", 2)


def test_sha256_is_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"abc")
    assert read_document(path).sha256.startswith("ba7816bf8f01cfea")


def test_ten_megabytes_stay_linear(tmp_path: Path) -> None:
    def seconds(copies: int) -> float:
        path = tmp_path / f"{copies}.txt"
        path.write_text(TEXT * copies, encoding="utf-8")
        best = 9.0
        for _ in range(3):
            start = time.perf_counter()
            read_document(path)
            best = min(best, time.perf_counter() - start)
        return best

    small, large = seconds(190), seconds(1900)  # 1 MB, 10 MB
    assert large < 25 * small and large < 5
