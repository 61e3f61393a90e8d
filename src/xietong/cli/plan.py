"""``xietong plan``: read plan documents, keep them, compare them."""

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from xietong.cli.compare import compare
from xietong.cli.library import register
from xietong.cli.show import CsvOption, JsonOption, show_json, show_rows

app = typer.Typer(no_args_is_help=True, add_completion=False)

Table = Literal["targets", "clauses", "milestones", "projects", "sections"]

COLUMNS: dict[str, tuple[str, ...]] = {
    "targets": ("clause", "year", "indicator", "subject", "subjects", "operator", "value", "unit",
                "baseline_year", "direction", "measure", "hedge", "quote"),
    "clauses": ("id", "id_positional", "heading", "units", "lead", "open_list"),
    "milestones": ("clause", "year", "kind", "indicator", "quote"),
    "projects": ("box", "group", "name"),
    "sections": ("id", "heading"),
}  # fmt: skip
HEADINGS = {
    "clause": "条款", "year": "年份", "indicator": "指标", "subject": "主体", "subjects": "主体（并列）",
    "operator": "算子", "value": "数值", "unit": "单位", "baseline_year": "基年", "direction": "方向",
    "measure": "量", "hedge": "措辞", "quote": "原文", "id": "编号", "id_positional": "章内编号",
    "heading": "标题", "units": "责任单位", "lead": "牵头", "open_list": "等", "kind": "类型",
    "box": "专栏", "group": "组", "name": "项目",
}  # fmt: skip


register(app)
app.command()(compare)


@app.callback()
def plan() -> None:
    """规划文件：解析、入库、比较 · plan documents."""


@app.command()
def parse(
    files: Annotated[list[Path], typer.Argument(help="规划文件 .txt .docx .pdf .html")],
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    table: Annotated[Table, typer.Option(help="要看的表格")] = "targets",
) -> None:
    """xietong plan parse 方案.docx --json

    读取规划文件，给出条款、责任单位、目标、里程碑和专栏项目 · Read plan documents into clauses,
    responsible units, targets, milestones and projects.
    """
    from xietong.app.documents import parse_files

    parsed = parse_files(files) if as_json or as_csv or len(files) < 4 else _with_progress(files)
    if as_json:
        data = [plan.as_dict() for plan in parsed.plans]
        if data or len(files) > 1:
            show_json(data if len(files) > 1 else data[0])
    elif as_csv:
        rows = [{"plan": plan.source, **row} for plan in parsed.plans for row in _rows(plan, table)]
        show_rows(rows, (), as_csv=True)
    else:
        for one in parsed.plans:
            _show(one, table)
    if parsed.problems:
        for problem in parsed.problems:
            typer.echo(problem, err=True)
        raise typer.Exit(1)


def _with_progress(files: list[Path]) -> Any:
    from rich.progress import Progress

    from xietong.app.documents import parse_files

    with Progress(transient=True) as bar:
        task = bar.add_task("读取", total=len(files))

        def advance(name: str) -> None:
            bar.update(task, advance=1, description=name)

        return parse_files(files, advance)


def _show(plan: Any, table: str) -> None:
    meta = plan.meta
    typer.echo(f"\n{meta.title or plan.source}  {meta.doc_number or ''}  {meta.issue_date or ''}")
    typer.echo(
        f"{meta.region.name or '地区未识别'} · {meta.plan_type} · 条款 {len(plan.clauses)} · "
        f"目标 {len(plan.targets)} · 里程碑 {len(plan.milestones)} · 项目 {len(plan.projects)}"
    )
    for warning in plan.warnings:
        typer.echo(f"  注意 {warning}", err=True)
    rows = _rows(plan, table)
    shown = [column for column in COLUMNS[table] if any(row[column] for row in rows)]
    show_rows(rows, shown, titles=HEADINGS)


def _rows(plan: Any, table: str) -> list[dict[str, Any]]:
    return [{c: getattr(row, c) for c in COLUMNS[table]} for row in getattr(plan, table)]
