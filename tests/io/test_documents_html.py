"""Web pages: what is text, what is decoration, and in which encoding."""

from pathlib import Path

import pytest

from xietong.io.documents import Document, read_document


def page(folder: Path, body: str, head: str = "", encoding: str = "utf-8") -> Document:
    path = folder / "page.html"
    path.write_bytes(f"<html><head>{head}</head><body>{body}</body></html>".encode(encoding))
    return read_document(path)


def texts(document: Document) -> list[str]:
    return [line.text for line in document.lines]


def test_decoration_is_left_out(tmp_path: Path) -> None:
    body = """<nav>首页</nav><div class="breadcrumb">当前位置</div><div style="display: none">隐藏</div>
    <style>p{}</style><script>var x = "一、";</script><!-- 注释 -->
    <div class="content"><p>一、总体要求</p><p>坚持绿色发展。</p></div><footer>备案</footer>"""
    assert texts(page(tmp_path, body)) == ["一、总体要求", "坚持绿色发展。"]


def test_a_page_wholly_in_a_badly_named_box_is_kept(tmp_path: Path) -> None:
    assert texts(page(tmp_path, '<div id="nav"><p>一、总体要求</p></div>')) == ["一、总体要求"]


def test_blocks_and_breaks_are_lines_and_inline_is_not(tmp_path: Path) -> None:
    body = (
        "<div>一、<b>总体</b>\n 要求<br>CO<sub>2</sub> 减排<p>二、目标</p>尾</div><p> </p><p>三</p>"
    )
    document = page(tmp_path, body)
    assert texts(document) == ["一、总体要求", "CO2 减排", "二、目标", "尾", "三"]
    assert [line.after_blank for line in document.lines] == [False, False, False, False, True]


def test_numbers_of_lists_are_written_out(tmp_path: Path) -> None:
    body = "<ol start=3><li>甲</li><li>乙</li></ol><ol><li>1. 丙</li></ol><ul><li>丁</li></ul>"
    assert texts(page(tmp_path, body)) == ["3. 甲", "4. 乙", "1. 丙", "丁"]


def test_merged_cells_are_filled_in_and_printed_once(tmp_path: Path) -> None:
    body = """<table><caption>表1</caption><tr><th>领域</th><th>任务</th><th>单位</th></tr>
    <tr><td rowspan=2>工业</td><td>甲</td><td rowspan=3>市甲局</td></tr><tr><td>乙</td></tr>
    <tr><td colspan=2>丙</td></tr></table>"""
    document = page(tmp_path, body)
    assert document.lines[0].text == "表1"
    assert [row.cells for row in document.tables[0]] == [
        ("领域", "任务", "单位"),
        ("工业", "甲", "市甲局"),
        ("工业", "乙", "市甲局"),
        ("丙", "丙", "市甲局"),
    ]
    assert [row.text for row in document.tables[0]][1:] == ["工业\t甲\t市甲局", "乙", "丙"]


def test_a_table_that_lays_out_the_page_is_text(tmp_path: Path) -> None:
    body = "<table><tr><td>左</td><td><table><tr><td>一、要求</td></tr></table></td></tr></table>"
    document = page(tmp_path, body)
    assert document.tables == () and texts(document) == ["左", "一、要求"]


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="gb2312">', "gbk"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=GBK">', "gb18030"),
        ('<meta charset="utf-8">', "gb18030"),  # says so, but is not
        ("", "gb18030"),
        ('<meta charset="gb2312">', "utf-8"),
        ('<meta charset="utf-8">', "utf-8-sig"),
        ("", "utf-16"),
    ],
)
def test_encodings(tmp_path: Path, head: str, encoding: str) -> None:
    words = "推动减污降碳协同增效，促进经济社会发展全面绿色转型。"
    assert texts(page(tmp_path, f"<p>{words}</p>", head, encoding)) == [words]
