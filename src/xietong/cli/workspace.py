"""``xietong init``, ``backup``, ``restore``: make a workspace, save it, bring it back."""

from pathlib import Path
from typing import Annotated

import typer

from xietong.cli.show import JsonOption, WorkspaceOption, show_json

init_app = typer.Typer(add_completion=False)
backup_app = typer.Typer(add_completion=False)
restore_app = typer.Typer(add_completion=False)


@init_app.command("init")
def init(
    folder: Annotated[Path, typer.Argument(help="新工作区的文件夹 · folder of the new workspace")],
    title: Annotated[str | None, typer.Option(help="名称 · title")] = None,
    example: Annotated[
        str | None,
        typer.Option(help="带示例：shandong、landfill、farm-county 等 · with an example"),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """xietong init 山东 --example shandong

    新建工作区：文件夹、设置、数据库 · make a workspace: folders, settings, database.
    """
    from xietong.app.workspace import create_workspace

    made = create_workspace(folder, title=title, example=example)
    if as_json:
        show_json(made)
        return
    counts = made["counts"]
    typer.echo(f"已建立工作区 · workspace made: {made['folder']} ({made['database']})")
    typer.echo(
        f"规划 {counts['document']} 条款 {counts['clause']} 目标 {counts['target']} "
        f"里程碑 {counts['milestone']} 项目 {counts['plan_project']}"
    )
    typer.echo(f"下一步 · next: cd {folder} && xietong plan import 方案.docx", err=True)


@backup_app.command("backup")
def backup(
    file: Annotated[Path, typer.Argument(help="备份文件 · the backup to write")],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """xietong backup 备份.zip

    整个工作区写成一个带校验的 zip · the whole workspace as one zip with checksums.
    """
    from xietong.app.backup import make_backup
    from xietong.app.workspace import open_desk

    made = make_backup(open_desk(workspace), file)
    if as_json:
        show_json(made)
        return
    total = sum(made["rows"].values())
    typer.echo(f"已备份 · saved: {made['file']}  {total} 行 rows, {made['files']} 个文件 files")
    typer.echo(f"审计链头 · head of the audit chain: {made['head']}")


@restore_app.command("restore")
def restore(
    file: Annotated[Path, typer.Argument(help="备份文件 · the backup")],
    folder: Annotated[Path, typer.Argument(help="新的空文件夹 · a new, empty folder")],
    database: Annotated[
        str | None, typer.Option(help="空的 PostgreSQL；默认 SQLite · an empty database")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """xietong restore 备份.zip 新文件夹

    恢复到新文件夹，并验证审计链 · restore to a new folder and verify the audit chain.
    """
    from xietong.app.backup import restore_backup

    made = restore_backup(file, folder, database)
    if as_json:
        show_json(made)
        return
    typer.echo(f"已恢复 · restored: {made['folder']}  {sum(made['rows'].values())} 行 rows")
    typer.echo("审计链完好 · audit chain whole" if made["audit"]["ok"] else "审计链有问题 · broken")
    if not made["audit"]["ok"]:
        raise typer.Exit(1)
