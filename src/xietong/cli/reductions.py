"""``xietong reductions``: 主要污染物总量减排核算 from a sheet of projects."""

from pathlib import Path
from typing import Annotated

import typer

from xietong.cli.show import CsvOption, JsonOption, XlsxOption, show_json, show_rows

app = typer.Typer(add_completion=False)


@app.command()
def reductions(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help=".xlsx 或 .csv")],
    sums: Annotated[bool, typer.Option("--sums", help="只列合计 · sums only")] = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    xlsx: XlsxOption = None,
) -> None:
    """xietong reductions 减排项目.xlsx

    主要污染物总量减排核算：逐项目减排量与分地区、年份、污染物合计。
    Pollution reduction accounting (template: xietong inventory template projects.xlsx reduction_project).
    """
    from xietong.app.reductions import reduction_account

    found = reduction_account(file)
    if as_json:
        show_json(found)
        return
    if not sums:
        named = ("project", "region", "year", "pollutant", "kind", "reduced_t", "why")
        show_rows(found["projects"], named, as_csv=as_csv, xlsx=xlsx)
    if sums or not (as_csv or xlsx):
        totals = ("region", "year", "pollutant", "projects", "unknown", "reduced_t")
        show_rows(found["sums"], totals, as_csv=as_csv, xlsx=xlsx if sums else None)
