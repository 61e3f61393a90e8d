"""How commands print rows: a table for people, JSON, CSV or an Excel file for programs."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace", help="工作区文件夹，默认向上找 xietong.toml · folder of the workspace"
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON · JSON on stdout")]
CsvOption = Annotated[bool, typer.Option("--csv", help="输出 CSV · CSV on stdout")]
XlsxOption = Annotated[
    Path | None, typer.Option("--xlsx", help="写入 Excel 文件 · write an Excel file")
]
LONGEST_CELL = 60


def show_rows(
    items: list[dict[str, Any]],
    columns: Sequence[str],
    *,
    as_json: bool = False,
    as_csv: bool = False,
    xlsx: Path | None = None,
    total: int | None = None,
    titles: dict[str, str] | None = None,
) -> None:
    """Print rows as wanted; the table for people has only ``columns``, everything else has all."""
    from xietong.app.export import to_csv, to_xlsx

    if as_json:
        show_json(items)
    elif as_csv:
        sys.stdout.write(to_csv(items).replace("\r\n", "\n"))
    elif xlsx is not None:
        xlsx.write_bytes(to_xlsx(items))
        typer.echo(f"已写入 · written: {xlsx}", err=True)
    else:
        show_table(items, columns, titles)
    if total is not None and total > len(items):
        typer.echo(f"共 {total} 行，显示 {len(items)} 行 · {len(items)} of {total} rows", err=True)


def show_json(content: Any) -> None:
    """UTF-8 JSON on stdout, Chinese as it is."""
    typer.echo(json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False))


def show_table(
    items: list[dict[str, Any]], columns: Sequence[str], titles: dict[str, str] | None = None
) -> None:
    """Rows as a table for people: numbers to the right, long cells cut, unknown as a dash."""
    from rich.console import Console
    from rich.table import Table

    if not items:
        typer.echo("没有符合条件的行 · no rows", err=True)
        return
    table = Table(show_edge=False, pad_edge=False)
    for name in columns:
        number = all(isinstance(item.get(name), int | float | None) for item in items)
        table.add_column(
            (titles or {}).get(name, name), justify="right" if number else "left", overflow="fold"
        )
    for item in items:
        table.add_row(*(_cell(item.get(name)) for name in columns))
    console = Console()
    (console if console.is_terminal else Console(width=160)).print(table)


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, list | tuple):
        return "、".join(map(_cell, value))
    if isinstance(value, float):
        return f"{value:g}"
    text = str(value)
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"
