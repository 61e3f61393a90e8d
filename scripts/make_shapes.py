"""Make the Word and web files of tests/plans/shapes: tables in merged cells, automatic numbers.

python scripts/make_shapes.py
"""

from datetime import datetime
from pathlib import Path

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

FOLDER = Path(__file__).parent.parent / "tests/plans/shapes"
INVENTED = "（示例文本，虚构）"

TASKS_TITLE = "海岚市减污降碳协同增效重点任务分工方案"
TASKS_HEAD = ("领域", "序号", "重点任务", "责任单位")
TASKS = (
    (
        "工业",
        "1",
        "推进工业炉窑清洁能源替代。依法依规淘汰落后产能。",
        "市工业和信息化局牵头，市生态环境局参与",
    ),
    ("", "2", "培育绿色制造体系。到2025年，建成绿色工厂20家。", "市工业和信息化局"),
    (
        "交通",
        "3",
        "推广新能源汽车。到2030年，新能源汽车新车销售占比达到45%左右。",
        "市交通运输局、市商务局、市财政局等",
    ),
)

GOALS_TITLE = "岚川省碳达峰实施方案"
GOALS_HEAD = ("指标", "单位", "2020年", "2025年", "2030年")
GOALS = (
    ("能源与碳排放", None, None, None, None),
    ("非化石能源消费比重", "%", "15.9", "20", "25左右"),
    ("单位地区生产总值能源消耗", "—", "—", "完成国家下达任务", "完成国家下达任务"),
    ("生态环境", None, None, None, None),
    ("森林蓄积量", "亿立方米", "1.42", "≥1.6", "≥1.8"),
    ("细颗粒物年均浓度", "微克/立方米", "38", "≤33", "≤30"),
)

AUTOMATIC = (  # level of the list (None: no number), text
    (None, "海岚市碳达峰工作方案"),
    (None, INVENTED),
    (0, "总体要求"),
    (None, "坚持稳中求进，确保安全降碳。"),
    (0, "重点任务"),
    (1, "能源领域"),
    (2, "发展光伏发电。到2030年，光伏发电装机规模达到320万千瓦。（市能源局负责）"),
    (2, "控制煤炭消费。严格控制新增煤电项目。（市发展改革委、市能源局按职责分工负责）"),
    (1, "工业领域"),
    (2, "推进节能改造。开展节能诊断。（市工业和信息化局负责）"),
    (0, "保障措施"),
    (1, "加强组织领导。健全工作机制。（市发展改革委牵头负责）"),
)
LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))


def main() -> None:
    """Write the four files."""
    tasks_docx(FOLDER / "03-task-table.docx")
    (FOLDER / "03-task-table.html").write_text(tasks_html(), encoding="utf-8")
    goals_docx(FOLDER / "04-target-table.docx")
    automatic_docx(FOLDER / "15-automatic.docx")


def tasks_docx(path: Path) -> None:
    """A table of tasks; the field is one cell for its two tasks."""
    document = start(TASKS_TITLE, "一、总体要求", "坚持协同增效，压实各方责任。", "二、重点任务")
    table = fill(document, (TASKS_HEAD, *TASKS))
    table.cell(1, 0).merge(table.cell(2, 0))
    save(document, path)


def tasks_html() -> str:
    """The same as a page with a menu and a foot that are no part of the plan."""
    rows = []
    for row in TASKS:
        field = f'<td rowspan="{2 if row[0] == "工业" else 1}">{row[0]}</td>' if row[0] else ""
        rows.append(f"<tr>{field}{''.join(f'<td>{cell}</td>' for cell in row[1:])}</tr>")
    head = "".join(f"<th>{cell}</th>" for cell in TASKS_HEAD)
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{TASKS_TITLE}</title><script>var menu = "三、不是正文";</script></head>
<body><nav>首页 政务公开 一、通知公告</nav>
<h1>{TASKS_TITLE}</h1><p>{INVENTED}</p>
<h2>一、总体要求</h2><p>坚持协同增效，压实各方责任。</p>
<h2>二、重点任务</h2>
<table><tr>{head}</tr>
{chr(10).join(rows)}
</table>
<footer>主办：某某网站 备案号00000000</footer></body></html>
"""


def goals_docx(path: Path) -> None:
    """A table of targets with rows that only name a group."""
    document = start(GOALS_TITLE, "一、总体要求", "坚持节约优先，确保安全降碳。", "二、主要目标")
    document.add_paragraph("碳达峰主要指标见下表。")
    table = fill(document, (GOALS_HEAD, *GOALS))
    for number, row in enumerate(GOALS, start=1):
        if row[1] is None:
            table.cell(number, 0).merge(table.cell(number, len(row) - 1))
    for text in (
        "三、重点任务",
        "（一）发展非化石能源。推动可再生能源高质量发展。（省能源局负责）",
        "（二）推进节能降碳。实施节能改造。（省发展改革委负责）",
    ):
        document.add_paragraph(text)
    save(document, path)


def automatic_docx(path: Path) -> None:
    """Headings whose numbers Word makes."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, (kind, text) in enumerate(LEVELS)
    )
    names = nsdecls("w")
    kind = parse_xml(
        f'<w:abstractNum {names} w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    numbering.insert(0, kind)
    numbering.append(
        parse_xml(f'<w:num {names} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    )
    for level, text in AUTOMATIC:
        paragraph = document.add_paragraph(text)
        if level is not None:
            paragraph._p.get_or_add_pPr().append(
                parse_xml(
                    f'<w:numPr {names}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
                )
            )
    save(document, path)


def start(title: str, *texts: str):
    """A document with its title and first paragraphs."""
    document = docx.Document()
    for text in (title, INVENTED, *texts):
        document.add_paragraph(text)
    return document


def fill(document, rows):
    """A table with these cells."""
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if text:
                table.cell(number, column).text = text
    return table


def save(document, path: Path) -> None:
    """The same bytes' worth of dates at every run."""
    document.core_properties.created = document.core_properties.modified = datetime(2026, 11, 21)
    document.core_properties.author = "xietong"
    document.save(str(path))


if __name__ == "__main__":
    main()
