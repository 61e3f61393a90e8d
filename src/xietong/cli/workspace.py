"""``xietong init``: make a workspace."""

from pathlib import Path
from typing import Annotated

import typer

from xietong.cli.show import JsonOption, show_json

init_app = typer.Typer(add_completion=False)


@init_app.command("init")
def init(
    folder: Annotated[Path, typer.Argument(help="新工作区的文件夹 · folder of the new workspace")],
    title: Annotated[str | None, typer.Option(help="名称 · title")] = None,
    example: Annotated[str | None, typer.Option(help="带示例：shandong · with an example")] = None,
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
