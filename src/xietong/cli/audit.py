"""``xietong audit``: look through the audit trail, verify it."""

from typing import Annotated

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

KINDS = {
    "changed": "内容被改动 · row changed",
    "removed": "记录被删除 · rows removed",
    "truncated": "尾部被截去 · tail cut off",
    "recomputed": "整条链被重算 · chain recomputed",
    "no_heads": "库外没有链头文件 · no heads outside the database",
}


@app.callback()
def audit() -> None:
    """审计记录：查看与验证 · the audit trail."""


@app.command("list")
def list_entries(
    who: Annotated[str | None, typer.Option(help="谁 · who")] = None,
    action: Annotated[str | None, typer.Option(help="动作 · action")] = None,
    subject: Annotated[str | None, typer.Option(help="对象 · subject")] = None,
    since: Annotated[str | None, typer.Option(help="起 2026-01-01 · from")] = None,
    until: Annotated[str | None, typer.Option(help="止 2026-12-31 · until")] = None,
    limit: Annotated[int, typer.Option(help="最多几行 · at most this many rows")] = 100,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    xlsx: XlsxOption = None,
) -> None:
    """xietong audit list --since 2026-11-01

    谁在何时改了什么、为什么，最新在前 · who changed what, when and why, newest first.
    """
    from xietong.app.audit import AuditFilter, entries
    from xietong.app.workspace import open_desk

    where = AuditFilter(who=who, action=action, subject=subject, since=since, until=until)
    found = entries(open_desk(workspace), where, per_page=limit)
    columns = ("seq", "at", "who", "action", "subject", "before", "after", "reason")
    show_rows(found.items, columns, as_json=as_json, as_csv=as_csv, xlsx=xlsx, total=found.total)


@app.command("verify")
def verify(
    head: Annotated[
        list[str] | None, typer.Option(help="报告页脚的链头 序号:摘要 · head printed on a report")
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """xietong audit verify

    验证审计链：与自身、与库外链头、与报告页脚核对；有问题时退出码为 1 · verify the chain of the audit trail.
    """
    from xietong.app import audit as subject
    from xietong.app.workspace import open_desk

    found = subject.verify(open_desk(workspace), head)
    if as_json:
        show_json(found)
    elif found["ok"]:
        typer.echo(
            f"完好 · whole: {found['rows']} 行 rows, {found['heads']} 个库外链头 heads outside"
        )
        typer.echo(f"链头 · head: {found['head']}")
    else:
        for one in found["breaks"]:
            typer.echo(f"{KINDS[one['kind']]}: {one['seq']} {one['detail']}", err=True)
    if not found["ok"]:
        raise typer.Exit(1)
