"""``xietong inventory gas-stock``: gas in equipment by year, from what was charged."""

from typing import Annotated

import typer

from xietong.cli.show import CsvOption, JsonOption, WorkspaceOption, show_json, show_rows

COLUMNS = ("year", "region", "application", "stage", "refrigerant", "amount_t", "released_share")


def gas_stock(
    *,
    workspace: WorkspaceOption = None,
    last: Annotated[
        int | None, typer.Option(help="推算到哪一年，默认最后充注年 · last year of the series")
    ] = None,
    year: Annotated[int | None, typer.Option(help="只列一年 · one year only")] = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """xietong inventory gas-stock --workspace W --last 2024

    由历年充注推算含氟气体的充注、在用、报废量；--csv 的列就是“含氟气体与消耗臭氧层物质”表 · stock from charges.
    """
    from xietong.app.inventory_gas_stock import report_gas_stock

    rows = [row for row in report_gas_stock(workspace, last=last) if year in (None, row["year"])]
    if as_json:
        show_json([{name: cell for name, cell in row.items() if name != "sheet"} for row in rows])
    elif as_csv:
        show_rows([row["sheet"] for row in rows], (), as_csv=True)
    else:
        shown = [{**row, "amount_t": float(f"{row['amount_t']:.4g}")} for row in rows]
        show_rows(shown, COLUMNS)
