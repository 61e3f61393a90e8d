"""How commands print: JSON and CSV on stdout, tables for people, messages on stderr."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import typer


def print_json(data: Any) -> None:
    """UTF-8 JSON, two spaces deep."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n")


def print_csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """A header and one line per row; lists are joined by ``|``."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(row.get(column)) for column in columns])
    sys.stdout.write(buffer.getvalue())


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """A table for people; the last word on the width has the terminal."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold", justify="right" if column in _NUMBERS else "left")
    for row in rows:
        table.add_row(*(cell(value) for value in row))
    Console(highlight=False).print(table)


_NUMBERS = {"数值", "年份", "条款数", "目标数", "value", "year"}


def cell(value: Any) -> str:
    """One value as text: nothing is empty, lists are joined, whole numbers lose their point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e15 else str(value)
    if isinstance(value, (list, tuple)):
        return "|".join(cell(item) for item in value)
    return str(value)


def fail(messages: Iterable[str]) -> None:
    """Print what the user can mend and leave with exit status 1."""
    for message in messages:
        typer.echo(message, err=True)
    raise typer.Exit(1)
