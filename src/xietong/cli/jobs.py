"""``xietong job``: long work, watched and cancelled from the command line."""

import json
from typing import Annotated

import typer

from xietong.cli.show import JsonOption, WorkspaceOption, show_json, show_rows

app = typer.Typer(no_args_is_help=True, add_completion=False)
COLUMNS = ("id", "kind", "state", "progress", "message", "who", "queued_at", "ended_at")
Number = Annotated[int, typer.Argument(help="任务号 · number of the job")]


@app.callback()
def job() -> None:
    """任务：提交、查看、取消 · long work."""


@app.command("list")
def list_jobs(
    state: Annotated[str | None, typer.Option(help="queued | running | done | failed …")] = None,
    limit: Annotated[int, typer.Option(help="最多几行 · at most this many rows")] = 50,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """xietong job list

    任务，最新在前 · jobs, newest first.
    """
    from xietong.app.jobs.desk import jobs
    from xietong.app.workspace import open_desk

    found = jobs(open_desk(workspace), state=state, per_page=limit)
    show_rows(found.items, COLUMNS, as_json=as_json, total=found.total)


@app.command("run")
def run(
    kind: Annotated[str, typer.Argument(help="种类，如 backup · kind")],
    arguments: Annotated[str, typer.Option(help="JSON 参数 · arguments as JSON")] = "{}",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """xietong job run backup

    提交任务，由 xietong worker 执行 · queue a job for `xietong worker`.
    """
    from xietong.app.jobs.desk import submit
    from xietong.app.workspace import open_desk

    try:
        given = json.loads(arguments)
    except ValueError as error:
        raise typer.BadParameter(f"JSON: {error}") from error
    show_rows([submit(open_desk(workspace), kind, given)], COLUMNS, as_json=as_json)


@app.command("show")
def show(number: Number, workspace: WorkspaceOption = None) -> None:
    """xietong job show 3

    一个任务的状态、进度和结果 · state, progress and result of one job.
    """
    from xietong.app.jobs import desk
    from xietong.app.workspace import open_desk

    show_json(desk.job(open_desk(workspace), number))


@app.command("cancel")
def cancel(number: Number, workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """xietong job cancel 3

    取消任务：排队的立即取消，执行中的结束其进程 · cancel a job; a running one ends.
    """
    from xietong.app.jobs import desk
    from xietong.app.workspace import open_desk

    show_rows([desk.cancel(open_desk(workspace), number)], COLUMNS, as_json=as_json)
