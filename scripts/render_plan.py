"""A plan's plain text set as Word and as a web page, with real headings, tables and boxes.

The text is read block by block (blocks stand apart by blank lines): tabs make a table, 专栏 a box,
一、 a chapter, two full-width blanks a paragraph; all else is centred, as in the front matter.
"""

import html
import re
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

CHAPTER = re.compile("[一二三四五六七八九十]+、")
RUN_IN = re.compile(r"(?:（[一二三四五六七八九十]+）|\d+\. ?)[^。]*。")
LEFT = re.compile("[^　]*：$|抄送：|（联系电话|.*印发$")
INDENT = "　　"

STYLE = """
@page { size: A4; margin: 30mm 26mm 28mm 28mm; @bottom-center { content: "— " counter(page) " —"; font-size: 11pt } }
body { font-family: "Noto Serif CJK SC", SimSun, serif; font-size: 12pt; line-height: 1.7; text-align: justify;
  max-width: 46em; margin: 0 auto }
p { margin: 0; text-indent: 2em } h2 { font-size: 13pt; margin: 0; text-indent: 2em }
.centre { text-align: center; text-indent: 0 } .left { text-indent: 0 } h1 { font-size: 17pt; text-align: center; margin: .6em 0 0 }
table { border-collapse: collapse; margin: .5em auto; width: 100%; break-inside: avoid } td, th { border: 1px solid #333; padding: 2px 6px; text-indent: 0; text-align: left }
.box p { text-indent: 0 }
"""


class Block(NamedTuple):
    """``kind``: title, chapter, paragraph, left, centre, table, box."""

    kind: str
    lines: list[str]


def blocks(text: str, title: str) -> list[Block]:
    """The text taken apart; the plan's ``title`` is set as a title."""
    found = []
    for part in re.split(r"\n\s*\n", text.strip("\n")):
        lines = part.split("\n")
        if lines[0].startswith("专栏"):
            found.append(Block("box", lines))
            continue
        rows = [line for line in lines if "\t" in line]
        for line in lines:
            if line not in rows:
                found.append(Block(_kind(line, title), [line.removeprefix(INDENT)]))
        if rows:
            found.append(Block("table", rows))
    return found


def _kind(line: str, title: str) -> str:
    if line == title:
        return "title"
    if CHAPTER.match(line):
        return "chapter"
    if line.startswith(INDENT):
        return "paragraph"
    return "left" if LEFT.match(line) else "centre"


def split_run_in(text: str) -> tuple[str, str]:
    """（一）heading。 and the rest."""
    found = RUN_IN.match(text)
    return (found[0], text[found.end() :]) if found else ("", text)


def to_html(parts: list[Block], title: str) -> str:
    """A web page."""
    body = "\n".join(_html(block) for block in parts)
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _html(block: Block) -> str:
    lines = [html.escape(line, quote=False) for line in block.lines]
    if block.kind == "table":
        rows = (line.split("\t") for line in lines)
        return (
            "<table>\n"
            + "\n".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in rows)
            + "\n</table>"
        )
    if block.kind == "box":
        inner = "\n".join(f"<p>{line}</p>" for line in lines)
        return f'<table class="box"><tr><td>\n{inner}\n</td></tr></table>'
    tag = {"title": "h1", "chapter": "h2"}.get(block.kind, "p")
    bold, rest = split_run_in(lines[0]) if block.kind == "paragraph" else ("", lines[0])
    mark = f' class="{block.kind}"' if block.kind in {"left", "centre"} else ""
    return f"<{tag}{mark}>" + (f"<b>{bold}</b>" if bold else "") + f"{rest}</{tag}>"


def to_docx(parts: list[Block], path: Path) -> None:
    """A Word file with heading styles and real tables."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    document = docx.Document()
    document.core_properties.created = document.core_properties.modified = datetime(2026, 11, 21)
    document.core_properties.author = "xietong"
    for style in ("Normal", "Title", "Heading 1"):
        _east_asian(document.styles[style], "SimSun" if style == "Normal" else "SimHei")
    _page_number(document.sections[0].footer.paragraphs[0])
    for block in parts:
        if block.kind in {"table", "box"}:
            _docx_table(document, block)
            continue
        style = {"title": "Title", "chapter": "Heading 1"}.get(block.kind)
        paragraph = document.add_paragraph(style=style)
        bold, rest = (
            split_run_in(block.lines[0]) if block.kind == "paragraph" else ("", block.lines[0])
        )
        if bold:
            paragraph.add_run(bold).bold = True
        paragraph.add_run(rest)
        if block.kind in {"title", "centre"}:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if block.kind == "paragraph":
            paragraph.paragraph_format.first_line_indent = Pt(24)
    document.save(str(path))


def _docx_table(document, block: Block) -> None:
    rows = [line.split("\t") for line in block.lines] if block.kind == "table" else [[""]]
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    if block.kind == "box":
        cell = table.rows[0].cells[0]
        cell.text = block.lines[0]
        for line in block.lines[1:]:
            cell.add_paragraph(line)


def _page_number(paragraph) -> None:
    """— 1 — at the foot of each page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    page = OxmlElement("w:fldSimple")
    page.set(qn("w:instr"), "PAGE")
    paragraph._p.append(page)
    paragraph.add_run(" —")


def _east_asian(style, font: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name = font
    style.font.color.rgb = RGBColor(0, 0, 0)
    style.font.size = Pt(12 if style.name == "Normal" else 15)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
