"""How ``xietong cocontrol`` prints a result: table, JSON or CSV; formula and warnings always with it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from xietong.cli.show import show_json, show_table
from xietong.cocontrol.result import Result
from xietong.errors import TableError

OutOption = Annotated[
    Path | None,
    typer.Option(
        "--out", help="写入 .json、.csv 或 .xlsx 文件 · write a .json, .csv or .xlsx file"
    ),
]
TableArgument = Annotated[
    Path,
    typer.Argument(help="CSV：entity, year 与数值列 · CSV with entity, year and number columns"),
]


def show(result: Result, as_json: bool, as_csv: bool, out: Path | None = None) -> None:
    """Print a result, or write it; messages go to stderr."""
    if out is not None:
        _write(result, out)
        typer.echo(f"已写入 · written: {out}", err=True)
    elif as_json:
        show_json(result.to_dict())
        return
    elif as_csv:
        typer.echo(result.table.write_csv(), nl=False)
    else:
        _pretty(result)
    show_account(result.formula, result.variant, result.scheme, result.warnings)


def split(text: str | None) -> list[str]:
    """Names of a comma-separated option."""
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def numbers(text: str | None) -> dict[str, float] | None:
    """``a=0.6,b=0.4`` as a mapping; None when nothing was given."""
    if not text:
        return None
    out = {}
    for part in split(text):
        name, _, value = part.partition("=")
        try:
            out[name.strip()] = float(value)
        except ValueError as error:
            raise TableError(f"{part!r}: 写作 名称=数 · write name=number") from error
    return out


def spans(text: str | None) -> list[tuple[int, int]]:
    """``2005-2010,2010-2015`` as pairs of years."""
    out = []
    for part in split(text):
        first, _, last = part.partition("-")
        if not (first.strip().isdigit() and last.strip().isdigit()):
            raise TableError(f"{part!r}: 写作 2005-2010 · write 2005-2010")
        out.append((int(first), int(last)))
    return out


def _write(result: Result, out: Path) -> None:
    if out.suffix == ".json":
        text = json.dumps(result.to_dict(), ensure_ascii=False, indent=2, allow_nan=False)
        out.write_text(text + "\n", encoding="utf-8")
    elif out.suffix == ".csv":
        out.write_text("\ufeff" + result.table.write_csv(), encoding="utf-8")
    elif out.suffix == ".xlsx":
        from xietong.app.export import to_xlsx

        out.write_bytes(to_xlsx(result.table.to_dicts()))
    else:
        raise TableError(
            f"{out}: 后缀应为 .json、.csv 或 .xlsx · the name must end in .json, .csv or .xlsx"
        )


def show_account(formula: str, variant: str, scheme: str | None, warnings: Sequence[str]) -> None:
    """How a result was made, on stderr."""
    typer.echo(f"公式 formula: {formula}", err=True)
    typer.echo(f"变体 variant: {variant}{f'; {scheme}' if scheme else ''}", err=True)
    for warning in warnings:
        typer.echo(f"注意 warning: {warning}", err=True)


def _pretty(result: Result) -> None:
    show_table(result.table.to_dicts(), result.table.columns)
    for name in ("weights", "summary"):
        details = result.details.get(name)
        if isinstance(details, pl.DataFrame):
            typer.echo(details.write_csv(), err=True)
