"""PDF: lines put together again, page furniture dropped, tables that go on after a page break."""

from itertools import count
from typing import Any

from xietong.io.documents.pdf import _number_tables
from xietong.io.documents.pdf_layout import Box, Printed, drop_running, paragraphs, print_lines
from xietong.io.documents.pdf_table import Held, Ruled

SIZE = 10.0
WIDTH = 20  # characters of a full line


def printed(text: str, top: float, indent: int = 0, page: int = 1) -> Printed:
    left = 100 + indent * SIZE
    return Printed(text, page, left, left + len(text) * SIZE, top, SIZE, top / 800)


def joined(*lines: Printed) -> list[str]:
    return [line.text for line in paragraphs([lines])]  # type: ignore[attr-defined]


def test_wrapped_lines_are_joined_to_paragraphs() -> None:
    tops = count(100, 15)
    lines = [
        printed("甲" * 18, next(tops), indent=2),
        printed("乙" * WIDTH, next(tops)),
        printed("丙" * 5 + "。", next(tops)),
        printed("丁" * 18, next(tops), indent=2),  # a full line, and the next is indented again
        printed("戊" * 18, next(tops), indent=2),
        printed("己" * WIDTH, next(tops)),
    ]
    assert joined(*lines) == [
        "甲" * 18 + "乙" * WIDTH + "丙" * 5 + "。",
        "丁" * 18,
        "戊" * 18 + "己" * WIDTH,
    ]


def test_a_word_that_did_not_fit_is_joined() -> None:
    first = printed("甲" * 17, 100)  # three characters are free, but the figure needs four
    assert joined(first, printed("1200万吨。", 115), printed("乙" * WIDTH, 130)) == [
        "甲" * 17 + "1200万吨。",
        "乙" * WIDTH,
    ]


def test_a_gap_or_a_number_parts_paragraphs() -> None:
    full = "甲" * (WIDTH - 1) + "。"
    tops = (100, 115, 130, 165)
    assert joined(*(printed(full, top) for top in tops)) == [full * 3, full]
    assert joined(printed(full, 100), printed("（一）乙" + "丙" * 16, 115)) == [
        full,
        "（一）乙" + "丙" * 16,
    ]


def test_paragraphs_go_on_over_the_page() -> None:
    pages = [[printed("甲" * WIDTH, 700)], [printed("乙" * WIDTH, 100, page=2)]]
    (line,) = paragraphs(pages)
    assert isinstance(line, object) and line.page == 1 and len(line.text) == 2 * WIDTH  # type: ignore[attr-defined]


def test_page_numbers_and_running_heads_are_dropped() -> None:
    pages = [
        [
            printed("某某方案", 20, page=n),
            printed(f"正文{n}", 400, page=n),
            printed(number, 780, page=n),
        ]
        for n, number in enumerate(["— 1 —", "第2页 共4页", "3", "4 / 4"], start=1)
    ]
    assert [[line.text for line in page] for page in drop_running(pages)] == [
        ["正文1"],
        ["正文2"],
        ["正文3"],
        ["正文4"],
    ]
    assert drop_running([[printed("12", 400), printed("— 1 —", 780)]])[0][0].text == "12"


def char(text: str, x: float, top: float = 100, size: float = SIZE) -> dict[str, Any]:
    return {"text": text, "x0": x, "x1": x + size, "top": top, "bottom": top + size, "size": size}


def test_characters_become_lines() -> None:
    chars = [
        char("目", 100),
        char("标", 110),
        char("标", 110.4),  # printed twice: false bold
        char("O", 140),  # a gap
        char("2", 150, top=105, size=5),  # lower and smaller
        char("次", 100, top=115),
    ]
    lines = print_lines(chars, page=1, height=800, boxes=[Box(0, 112, 200, 130)])
    assert [(line.text, line.box) for line in lines] == [("目标 O2", -1), ("次", 0)]


def ruled(page: int, *rows: tuple[str, ...], left: float = 100) -> Ruled:
    cells = [
        Held(Box(left + 50 * c, 100 + 20 * r, left + 50 * (c + 1), 120 + 20 * r), text)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    ]
    return Ruled(page, Box(left, 100, left + 200, 100 + 20 * len(rows)), tuple(cells))


def test_a_table_goes_on_over_the_page_without_its_head() -> None:
    head = ("指标", "单位", "2025年")
    first, second = ruled(1, head, ("甲", "%", "1")), ruled(2, head, ("乙", "%", "2"))
    other = ruled(3, ("另", "表"))
    lines = list(_number_tables(iter([first, second, other])))
    assert [(line.table, line.cells) for line in lines] == [
        (1, head),
        (1, ("甲", "%", "1")),
        (1, ("乙", "%", "2")),
        (2, ("另", "表")),
    ]


def test_a_cell_over_two_rows_is_in_both() -> None:
    table = ruled(1, ("领域", "任务"), ("工业", "甲"), ("", "乙"))
    tall = Held(Box(100, 120, 150, 160), "工业")
    kept = tuple(cell for cell in table.cells if cell.text not in {"工业", ""})
    lines = list(Ruled(1, table.box, (*kept, tall)).lines(1))
    assert [line.cells for line in lines] == [("领域", "任务"), ("工业", "甲"), ("工业", "乙")]
    assert lines[2].text == "乙"


def test_a_row_cut_by_the_page_break_is_made_whole() -> None:
    head = ("指标", "单位", "2025年")
    first, second = (
        ruled(1, head, ("新能源", "%", "1")),
        ruled(2, head, ("汽车占比", "", ""), ("乙", "%", "2")),
    )
    lines = list(_number_tables(iter([first, second])))
    assert [line.cells for line in lines[1:]] == [("新能源汽车占比", "%", "1"), ("乙", "%", "2")]
    assert lines[1].text == "新能源汽车占比\t%\t1"
