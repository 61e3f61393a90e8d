"""Word: order, automatic numbers, tracked changes, text boxes, merged cells."""

from pathlib import Path

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from xietong.io.documents import Document, read_document

W = nsdecls("w")


def saved(document: docx.document.Document, folder: Path) -> Document:
    path = folder / "方案.docx"
    document.save(str(path))
    return read_document(path)


def texts(document: Document) -> list[str]:
    return [line.text for line in document.lines]


def paragraph(document: docx.document.Document, inner: str) -> None:
    document.element.body.insert(
        len(document.element.body) - 1, parse_xml(f"<w:p {W}>{inner}</w:p>")
    )


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def numbered(document: docx.document.Document, levels: str, extra: str = "") -> None:
    numbering = document.part.numbering_part.element
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="9">{levels}</w:abstractNum>')
    )
    numbering.append(parse_xml(f'<w:num {W} w:numId="9"><w:abstractNumId w:val="9"/></w:num>'))
    if extra:
        numbering.append(
            parse_xml(f'<w:num {W} w:numId="10"><w:abstractNumId w:val="9"/>{extra}</w:num>')
        )


def level(number: int, kind: str, text: str, rest: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{rest}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def item(depth: int, text: str, num: int = 9) -> str:
    return f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr></w:pPr>{run(text)}'


def test_paragraphs_and_tables_in_document_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("前")
    document.add_table(1, 2).rows[0].cells[0].text = "格"
    document.add_paragraph("后")
    document.sections[0].header.paragraphs[0].text = "页眉"
    assert texts(saved(document, tmp_path)) == ["前", "格\t", "后"]


def test_changes_boxes_breaks_and_hidden_text(tmp_path: Path) -> None:
    document = docx.Document()
    deleted = '<w:del w:id="1" w:author="a"><w:r><w:delText>旧</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2" w:author="a">{run("新")}</w:ins>'
    paragraph(document, run("甲") + deleted + inserted + "<w:r><w:br/></w:r>" + run("乙"))
    paragraph(document, run("可见") + run("隐藏", "<w:vanish/>"))
    box = f"<w:txbxContent><w:p>{run('专栏1 项目')}</w:p></w:txbxContent>"
    names = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    paragraph(
        document,
        f"<w:r><mc:AlternateContent {names}><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>" + run("锚"),
    )
    assert texts(saved(document, tmp_path)) == ["甲新", "乙", "可见", "锚", "专栏1 项目"]


def test_automatic_numbers(tmp_path: Path) -> None:
    document = docx.Document()
    numbered(
        document,
        level(0, "chineseCounting", "第%1章")
        + level(1, "japaneseCounting", "（%2）")
        + level(2, "decimal", "%3.")
        + level(3, "bullet", "●"),
    )
    for depth, text in [
        (0, "甲"),
        (1, "乙"),
        (2, "丙"),
        (2, "丁"),
        (3, "点"),
        (1, "戊"),
        (2, "己"),
        (0, "庚"),
        (1, "辛"),
    ]:
        paragraph(document, item(depth, text))
    assert texts(saved(document, tmp_path)) == [
        "第一章甲",
        "（一）乙",
        "1. 丙",
        "2. 丁",
        "点",
        "（二）戊",
        "1. 己",
        "第二章庚",
        "（一）辛",
    ]


def test_numbers_that_run_on_and_begin_anew(tmp_path: Path) -> None:
    document = docx.Document()
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    never = '<w:lvlRestart w:val="0"/>'
    numbered(document, level(0, "decimal", "%1、") + level(1, "decimal", "（%2）", never), restart)
    for inner in (item(0, "甲"), item(1, "乙"), item(0, "丙"), item(1, "丁"), item(0, "戊", 10)):
        paragraph(document, inner)
    assert texts(saved(document, tmp_path)) == ["1、甲", "（1）乙", "2、丙", "（2）丁", "5、戊"]


def test_number_and_heading_from_the_style(tmp_path: Path) -> None:
    document = docx.Document()
    numbered(document, level(0, "chineseCounting", "%1、"))
    style = document.styles["Heading 1"].element.get_or_add_pPr()
    style.append(parse_xml(f'<w:numPr {W}><w:numId w:val="9"/></w:numPr>'))
    document.add_paragraph("总体要求", style="Heading 1")
    document.add_paragraph("正文。")
    lines = saved(document, tmp_path).lines
    assert [(line.text, line.kind) for line in lines] == [
        ("一、总体要求", "heading"),
        ("正文。", "text"),
    ]


def test_merged_cells_boxes_and_captions(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "专栏1 指标"
    for row, column, text in [(1, 0, "甲"), (1, 1, "1"), (2, 1, "2")]:
        table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    box = document.add_table(1, 1).cell(0, 0)
    box.text = "专栏2 项目"
    box.add_paragraph("1. 风电项目。")
    document = saved(document, tmp_path)
    assert texts(document) == ["专栏1 指标", "甲\t1", "2", "专栏2 项目", "1. 风电项目。"]
    assert [line.table for line in document.lines] == [1, 1, 1, 2, 2]
    assert [row.cells for row in document.tables[0]] == [("甲", "1"), ("甲", "2")]
