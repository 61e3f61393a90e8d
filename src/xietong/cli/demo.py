"""``xietong demo``: the main job on the documents at hand, or on the sample plan."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xietong.cli.show import JsonOption, show_json, show_rows

if TYPE_CHECKING:
    from xietong.app.demo import Demo

app = typer.Typer(add_completion=False)

COUNTS = ("clauses", "targets", "milestones", "projects")
TITLES = {
    "file": "文件", "status": "结果", "plan": "规划", "code": "规划", "title": "标题",
    "doc_number": "文号", "region": "地区", "clauses": "条款", "targets": "目标",
    "milestones": "里程碑", "projects": "项目",
}  # fmt: skip
STATUS = {"new": "新文件", "new_version": "新版本", "unchanged": "无变化"}


@app.command("demo")
def demo(
    files: Annotated[list[Path] | None, typer.Argument(help="规划文件；不给则用内置示例")] = None,
    folder: Annotated[Path, typer.Option(help="工作区文件夹")] = Path("demo"),
    as_json: JsonOption = False,
) -> None:
    """xietong demo 方案.docx

    新建工作区，读取规划文件，与内置文件库一起写成一份 HTML 报告 · Make a workspace, read plan
    documents together with the compiled library, and write one HTML report.
    """
    from rich.console import Console

    from xietong.app.demo import run_demo

    console = Console(stderr=True)
    with console.status("准备") as status:
        done = run_demo(folder, files or [], progress=status.update)
    if as_json:
        show_json({**asdict(done), "folder": str(done.folder), "report": str(done.report)})
    else:
        _show(done)
    for problem in done.problems:
        typer.echo(problem, err=True)
    if done.problems:
        raise typer.Exit(1)


def _show(done: "Demo") -> None:
    read = [
        {**row, **row["counts"], "status": STATUS.get(row["status"], row["status"])}
        for row in done.imports
    ]
    show_rows(read, ("file", "status", "plan", *COUNTS), titles=TITLES)
    typer.echo("")
    held = [{**row, **row["counts"]} for row in done.plans]
    show_rows(held, ("code", "title", "doc_number", "region", *COUNTS), titles=TITLES)
    typer.echo(f"\n报告 · report: {done.report}")
    typer.echo(f"在浏览器中打开 · open in the browser: xietong serve --workspace {done.folder}")
