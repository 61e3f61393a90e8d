"""A letter to a unit whose tasks are overdue (催办函), as a Word file."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

COLUMNS = (("title", "任务"), ("plan", "规划"), ("origin", "条款"), ("due", "应完成"))
FONT = "SimSun"


def reminder_letter(unit: str, tasks: Sequence[Mapping[str, Any]], date: str, sender: str) -> bytes:
    """The letter as bytes of a .docx: who is asked, what is overdue with its place in the plan, by whom.

    ``tasks``: one per overdue task with ``title, plan, origin, due, progress``. ``date`` as YYYY-MM-DD.
    """
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    letter = Document()
    _fonts(letter)
    heading = letter.add_heading("工作任务催办函", level=0)
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    letter.add_paragraph(f"{unit}：")
    letter.add_paragraph(
        f"截至 {_day(date)}，贵单位承担的下列 {len(tasks)} 项任务已过应完成日期而未完成或未经审核。"
        "请填报进展并附佐证材料；确有困难的，请说明原因和拟完成日期。"
    )
    table = letter.add_table(rows=1, cols=len(COLUMNS) + 1, style="Table Grid")
    for cell, (_, title) in zip(table.rows[0].cells, [*COLUMNS, ("progress", "进展")], strict=True):
        cell.text = title
    for task in tasks:
        cells = table.add_row().cells
        for cell, (name, _) in zip(cells, COLUMNS, strict=False):
            cell.text = str(task[name])
        cells[-1].text = f"{task['progress']:.0%}"
    letter.add_paragraph()
    for line in (sender, _day(date)):
        letter.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    stream = BytesIO()
    letter.save(stream)
    return stream.getvalue()


def _day(date: str) -> str:
    year, month, day = date.split("-")
    return f"{year}年{int(month)}月{int(day)}日"


def _fonts(letter: Any) -> None:
    """Chinese characters in a Chinese font: Word takes the East Asian font from its own attribute."""
    from docx.oxml.ns import qn

    for name in ("Normal", "Title"):
        style = letter.styles[name]
        style.font.name = FONT
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("w:eastAsia", "w:ascii", "w:hAnsi"):
            fonts.set(qn(attribute), FONT)
