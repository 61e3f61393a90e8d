"""``xietong task …``: tasks of plans, reports with evidence, review, letters to the overdue."""

import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from xietong.cli.show import (
    CsvOption,
    JsonOption,
    WorkspaceOption,
    XlsxOption,
    show_json,
    show_rows,
)

app = typer.Typer(no_args_is_help=True, add_completion=False)

COLUMNS = ("id", "plan", "origin", "unit", "title", "due", "progress", "state")
Year = Annotated[int | None, typer.Option(help="年份 · year")]
Number = Annotated[int, typer.Argument(help="任务编号 · id")]
Reason = Annotated[str, typer.Option(help="理由 · reason")]


@app.callback()
def group() -> None:
    """xietong task list --unit 生态环境 --overdue

    任务调度：条款分解到年度和单位，填报、审核、催办。Tasks of plans, by year and unit.
    """


@app.command("split")
def split_command(
    plan: Annotated[str, typer.Argument(help="规划代号 · code of the plan")],
    year: Annotated[int, typer.Argument(help="年份 · year")],
    due: Annotated[str | None, typer.Option(help="应完成日期 2026-12-31 · due")] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """xietong task split 370200-synergy-2024 2026

    把规划的条款与专栏项目分解成各单位的年度任务。Clauses and projects become tasks of units.
    """
    from xietong.app.tasks.split import split
    from xietong.app.workspace import open_desk

    made = split(open_desk(workspace), plan, year, due=due)
    if as_json:
        show_json(made)
    else:
        typer.echo(f"{made['plan']} {year}: 新 new {made['new']}，共 in all {made['in_all']}")


@app.command("list")
def list_command(
    plan: Annotated[str | None, typer.Option(help="规划代号 · plan")] = None,
    unit: Annotated[str | None, typer.Option(help="单位名称的一部分 · part of a unit")] = None,
    year: Year = None,
    state: Annotated[str | None, typer.Option(help="open | reported | done")] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="只列逾期 · overdue only")] = False,
    limit: Annotated[int, typer.Option(help="最多几行 · at most this many rows")] = 100,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    xlsx: XlsxOption = None,
) -> None:
    """xietong task list --year 2026 --unit 生态环境

    列出任务，按应完成日期。Tasks by their due date.
    """
    from xietong.app.tasks.queries import tasks
    from xietong.app.workspace import open_desk

    found = tasks(
        open_desk(workspace),
        plan=plan,
        unit=unit,
        year=year,
        state=state,
        overdue_on=_today() if overdue else None,
        per_page=limit,
    )
    show_rows(found.items, COLUMNS, as_json=as_json, as_csv=as_csv, xlsx=xlsx, total=found.total)


@app.command("report")
def report_command(
    number: Number,
    progress: Annotated[float, typer.Argument(help="进展，0 到 1 · progress, 0 to 1")],
    text: Annotated[str, typer.Argument(help="进展情况 · what was done")],
    evidence: Annotated[
        list[Path] | None, typer.Option(help="佐证材料，可多次 · evidence files")
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """xietong task report 12 0.6 "完成 3 台机组改造" --evidence 验收意见.pdf

    填报进展与佐证材料。Report on a task, with evidence.
    """
    from xietong.app.tasks.reports import read_evidence, report
    from xietong.app.workspace import open_desk

    files = read_evidence(evidence or ())
    _say(report(open_desk(workspace), number, progress, text, files), as_json)


@app.command("milestone")
def milestone_command(
    number: Number,
    title: Annotated[str, typer.Argument(help="节点名称 · what is to be reached")],
    due: Annotated[str, typer.Argument(help="日期 2026-06-30 · date")],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """xietong task milestone 12 主体工程完工 2026-06-30

    给重点项目或任务加一个节点；节点同样填报、审核、催办。A milestone of a project, reported and reviewed as a task.
    """
    from xietong.app.tasks.milestones import add_milestone
    from xietong.app.workspace import open_desk

    _say(add_milestone(open_desk(workspace), number, title, due), as_json)


@app.command("accept")
def accept_command(
    number: Number,
    reason: Reason = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """xietong task accept 12

    审核通过最近一次填报。Accept the last report.
    """
    from xietong.app.tasks.reports import review
    from xietong.app.workspace import open_desk

    _say(review(open_desk(workspace), number, True, reason), as_json)


@app.command("return")
def return_command(
    number: Number,
    reason: Reason = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """xietong task return 12 --reason 缺验收意见

    退回最近一次填报，须写理由。Return the last report, with a reason.
    """
    from xietong.app.tasks.reports import review
    from xietong.app.workspace import open_desk

    _say(review(open_desk(workspace), number, False, reason), as_json)


@app.command("summary")
def summary_command(
    by: Annotated[str, typer.Option(help="unit | plan | region | year | origin | target")] = "unit",
    year: Year = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    xlsx: XlsxOption = None,
) -> None:
    """xietong task summary --by unit

    各单位的任务、逾期与进展。Tasks, overdue ones and progress of each unit.
    """
    from xietong.app.tasks.queries import roll_up
    from xietong.app.workspace import open_desk

    rows = roll_up(open_desk(workspace), by, year=year)
    counts = ("tasks", "open", "reported", "done", "overdue", "progress")
    columns = ("plan", "name", "year", *counts) if by == "target" else (by, *counts)
    show_rows(rows, columns, as_json=as_json, as_csv=as_csv, xlsx=xlsx)


@app.command("letters")
def letters_command(
    folder: Annotated[Path, typer.Argument(help="写到哪个文件夹 · folder")],
    sender: Annotated[str, typer.Option(help="落款 · who signs")],
    today: Annotated[str | None, typer.Option(help="日期，默认今天 · date")] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """xietong task letters 催办 --sender 市生态环境局

    为有逾期任务的单位各写一份 Word 催办函，不发送。A Word letter for each unit with overdue tasks.
    """
    from xietong.app.tasks.letters import write_letters
    from xietong.app.workspace import open_desk

    made = write_letters(open_desk(workspace), folder, today or _today(), sender)
    if as_json:
        show_json(made)
    else:
        show_rows(made, ("unit", "tasks", "file"))


def _today() -> str:
    return datetime.date.today().isoformat()


def _say(task: dict[str, Any], as_json: bool) -> None:
    if as_json:
        show_json(task)
    else:
        typer.echo(f"{task['id']} {task['title']}: {task['state']} {task['progress']:.0%}")
