"""A plan document, from a file to its clauses, people, targets, milestones and projects."""

from collections.abc import Sequence
from pathlib import Path

from xietong.errors import DocumentError
from xietong.io.documents import Document, read_document
from xietong.plans.clauses import Entry, read_entries, to_clause, to_section
from xietong.plans.lines import clean_lines, typical_width
from xietong.plans.meta import earliest_year, read_meta
from xietong.plans.milestones import read_milestones
from xietong.plans.model import Clause, Milestone, Plan, Target
from xietong.plans.outline import build_outline
from xietong.plans.projects import read_projects
from xietong.plans.tables import has_task_table, read_target_rows, read_task_rows
from xietong.plans.targets import read_targets
from xietong.plans.years import year_marks


def parse_document(path: str | Path) -> Plan:
    """Read a ``.txt``, ``.docx``, ``.pdf`` or ``.html`` plan document.

    Returns
    -------
    A ``Plan``: clauses with responsible units, targets, milestones, projects, and warnings of what
    was repaired or doubtful. Rules only, no language model: the same file gives the same plan.

    Raises
    ------
    DocumentError
        The file cannot be read (empty, binary, scanned, encrypted, wrong encoding, too large), or
        it has no outline of a plan. The message names the file and the remedy.
    """
    return parse(read_document(path))


def parse(document: Document) -> Plan:
    """The plan within a document that has been read."""
    lines = clean_lines(
        (line.text, line.cells if line.kind == "table_row" else ()) for line in document.lines
    )
    outline = build_outline(lines)
    entries = read_entries(outline, typical_width(lines), tasks_in_table=has_task_table(outline))
    tasks = read_task_rows(outline, entries)
    if len(entries) < 3 and not tasks:
        raise DocumentError(_not_a_plan(document, lines))
    clauses = [to_clause(entry) for entry in entries if entry.role == "clause"] + tasks
    body = "".join(entry.heading + entry.text for entry in entries)
    meta = read_meta(outline.front, body, outline.tail)
    issued = earliest_year(meta, body)
    targets, milestones = _requirements(entries, tasks, issued)
    more_targets, more_milestones = read_target_rows(outline, entries, issued)
    targets += more_targets
    milestones += more_milestones
    warnings = [*document.warnings, *outline.warnings, *_doubts(entries, clauses)]
    return Plan(
        meta=meta,
        sections=tuple(to_section(entry) for entry in entries if entry.role == "section"),
        clauses=tuple(clauses),
        targets=tuple(targets),
        milestones=tuple(milestones),
        projects=tuple(project for box in outline.boxes for project in read_projects(box)),
        warnings=tuple(warnings),
        source=document.name,
        sha256=document.sha256,
    )


def _requirements(
    entries: list[Entry], tasks: list[Clause], issued: int | None
) -> tuple[list[Target], list[Milestone]]:
    """Targets and milestones of all clauses and sections, in the order of the document."""
    targets: list[Target] = []
    milestones: list[Milestone] = []
    pieces = [
        (entry.id, entry.whole_text(), False, None)
        if entry.role == "clause"
        else (entry.heading, entry.text, True, _year_above(entry))
        for entry in entries
        if entry.role != "item" and not entry.background
    ]
    for clause, text, goals, year in pieces + [(t.id, t.text, False, None) for t in tasks]:
        found = list(read_targets(text, clause, goals=goals, issued=issued, year=year))
        targets += found
        milestones += read_milestones(text, clause, found, goals=goals, year=year)
    return targets, milestones


def _year_above(entry: Entry) -> int | None:
    """The year under which a list of goals stands: 到2025年，实现以下目标：1.…"""
    above = entry.parent.text if entry.parent and entry.parent.role == "section" else ""
    if not above.rstrip("。").endswith(("：", ":")) and not above.endswith("目标。"):
        return None
    governing = [mark.year for mark in year_marks(above) if mark.by]
    return governing[-1] if governing else None


def _doubts(entries: list[Entry], clauses: list[Clause]) -> list[str]:
    """What a person should look at."""
    doubts = [
        f"{entry.id} {entry.heading}: 责任单位疑似排印重复，已修正 {slip} · doubled characters mended"
        for entry in entries
        for duty in entry.duty
        for slip in duty.repaired
    ]
    seen: set[str] = set()
    for clause in clauses:
        if clause.id in seen:
            doubts.append(f"{clause.id}: 编号重复 · the number is used twice")
        seen.add(clause.id)
    return doubts


def _not_a_plan(document: Document, lines: Sequence[object]) -> str:
    return (
        f"{document.name}: 未识别出规划文件的层级标题（如 一、／（一）／1.），读到 {len(lines)} 行文字。\n"
        "  请确认是实施方案、规划等正文而非新闻或表格；若标题为图片或自动编号丢失，请另存为 .docx 或 .txt 后重试。\n"
        "  Not a plan document: no outline of numbered headings was found. Check that the file holds the plan's own text."
    )
