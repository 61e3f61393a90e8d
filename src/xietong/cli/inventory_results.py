"""``xietong inventory results|keep``: results that are kept, to look at and to compare with."""

from pathlib import Path
from typing import Annotated

import typer

from xietong.cli.show import CsvOption, JsonOption, WorkspaceOption, show_rows


def results(
    *,
    workspace: WorkspaceOption = None,
    remove: Annotated[str | None, typer.Option(help="删去这一份 · forget this one")] = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """xietong inventory results --workspace W

    已存的清单结果：设置、年份、日期 · kept results, newest first.
    """
    from xietong.app.inventory_files import find_folder
    from xietong.app.inventory_results import remove_result, saved_results

    root = find_folder(workspace)
    if remove:
        remove_result(root, remove)
    rows = saved_results(root)
    if not rows and not (as_json or as_csv):
        typer.echo("还没有存过结果：xietong inventory run --save 名称 · nothing kept yet", err=True)
        return
    columns = ["name", "kind", "year", "region", "at", "by"]
    show_rows(rows, columns, as_json=as_json, as_csv=as_csv)


def keep(
    name: Annotated[str, typer.Argument(help="名称 · name")],
    file: Annotated[Path, typer.Argument(help="“他人清单”表 · a sheet inventory_table")],
    *,
    workspace: WorkspaceOption = None,
    replace: Annotated[bool, typer.Option("--replace", help="替换同名 · replace")] = False,
) -> None:
    """xietong inventory keep ceads-2014 other.xlsx --workspace W

    存一份他人的清单以便比较（模板 xietong inventory template other.xlsx inventory_table） · keep somebody else's inventory.
    """
    from xietong.app.inventory_results import keep_table

    made = keep_table(name, file, workspace, replace=replace)
    typer.echo(f"{made['name']}: {made['year']} {made['region']}")
