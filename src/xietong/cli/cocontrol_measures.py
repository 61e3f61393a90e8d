"""``xietong cocontrol measures`` and ``measure``: the catalogue, and one measure's sheet."""

from typing import Annotated, Any

import typer

from xietong.app import measures as use
from xietong.cli.show import (
    CsvOption,
    JsonOption,
    WorkspaceOption,
    show_json,
    show_rows,
    show_table,
)

LISTED = ("measure", "name", "theme", "group", "unit", "potential_share", "has_cost", "own")
EDITS = ("step", "table", "where", "edit", "column", "of", "value", "to", "ratio")
VALUES = ("parameter", "value", "unit", "source", "locator", "confidence")


def add_to(app: typer.Typer) -> None:
    """Add the commands to the group."""
    app.command()(measures)
    app.command()(measure)


def measures(
    *,
    theme: Annotated[str, typer.Option(help="规划任务中的词 · a word of the theme")] = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """xietong cocontrol measures --theme 散煤

    措施目录：自带的与工作区 measures/ 的 · the catalogue, shipped and the workspace's own.
    """
    rows = use.measure_rows(use.workspace_of(workspace), theme=theme)
    show_rows(rows, LISTED, as_json=as_json, as_csv=as_csv)


def measure(
    name: Annotated[str, typer.Argument(metavar="ID", help="措施编号 · id of the measure")],
    *,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """xietong cocontrol measure residential-coal-to-gas

    一项措施：它的修改、数值与来源 · one measure with its edits, values and sources.
    """
    sheet = use.measure_sheet(name, use.workspace_of(workspace))
    if as_json:
        show_json(sheet)
        return
    _words(sheet)
    show_table(sheet["edits"], EDITS)
    for kind in ("effect", "cost"):
        if sheet[kind]:
            typer.echo(f"\n{kind}")
            show_table(sheet[kind], VALUES)
    if not sheet["cost"]:
        typer.echo("\n没有成本 · no cost", err=True)


def _words(sheet: dict[str, Any]) -> None:
    typer.echo(f"{sheet['measure']} {sheet['name_zh']} {sheet['name_en'] or ''}")
    for name in ("theme", "group", "sector", "unit", "note"):
        if sheet[name]:
            typer.echo(f"{name}: {sheet[name]}")
    typer.echo("")
