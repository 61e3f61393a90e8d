"""Use case: gas in equipment by year, from the sheet of what was charged."""

from pathlib import Path
from typing import Any

import polars as pl

from xietong.app.inventory_files import find_folder, load
from xietong.errors import TableError
from xietong.inventory.gas_stock import gas_stock
from xietong.tables import schema

SHEET = "gas_charged"
KIND = ("application", "refrigerant")
BEHAVIOUR = ("charge_loss_share", "leak_share", "life_years")


def report_gas_stock(
    folder: Path | None = None, *, last: int | None = None
) -> list[dict[str, Any]]:
    """Rows for the sheet ``fluorinated_gases``: charge, stock and retirement of each year to ``last``.

    Grain: one row per region, year, application, stage, refrigerant; ``amount_t`` [t], ``released_share``
    [1], and ``sheet``: the row under the headings of that sheet. ``last`` is by itself the last year of
    a charge. ``TableError`` where the sheet is not filled, its behaviour contradicts itself, a life is no
    whole number or ``last`` lies before every charge.
    """
    charged = load(find_folder(folder)).tables.get(SHEET)
    if charged is None or not charged.height:
        raise TableError(
            f"没有填 {SHEET}（{schema(SHEET).title}）。请先 xietong inventory template 再导入 the sheet is empty"
        )
    behaviour = charged.select(*KIND, *BEHAVIOUR).unique(maintain_order=True)
    _refuse_contradictions(behaviour)
    first, end = _years(charged)
    until = end if last is None else last
    if until < first:
        raise TableError(
            f"{until} 年早于第一次充注 {first}（before the first charge）。请改 --last"
        )
    whole = behaviour.with_columns(pl.col("life_years").cast(pl.Int64))
    rows = gas_stock(charged.drop(BEHAVIOUR), whole, until)
    return [{**row, "sheet": _as_sheet(row)} for row in rows.iter_rows(named=True)]


def _years(charged: pl.DataFrame) -> tuple[int, int]:
    years = charged["year"].cast(pl.Int64).to_list()
    return min(years), max(years)


def _refuse_contradictions(behaviour: pl.DataFrame) -> None:
    twice = (
        behaviour.filter(pl.struct(KIND).is_duplicated()).select(KIND).unique(maintain_order=True)
    )
    broken = behaviour.filter(pl.col("life_years") != pl.col("life_years").round(0))
    told = [
        f"{a}/{b}: 充注损失、泄漏率或寿命前后不一 not the same in all rows" for a, b in twice.rows()
    ]
    told += [
        f"{a}/{b}: 寿命 {life:g} 不是整数 a life in whole years"
        for a, b, life in broken.select(*KIND, "life_years").rows()
    ]
    if told:
        raise TableError(f"{SHEET}: {len(told)} 个问题 problems\n  - " + "\n  - ".join(told))


def _as_sheet(row: dict[str, Any]) -> dict[str, Any]:
    """The row as a person writes it into ``fluorinated_gases``."""
    sheet = schema("fluorinated_gases")

    def word(column: str) -> str:
        known = dict(choice.split("=", 1) for choice in sheet.column(column).choices)
        return known[row[column]]

    return {
        sheet.column("region").heading: row["region"],
        sheet.column("year").heading: row["year"],
        **{
            sheet.column(name).heading: word(name)
            for name in ("application", "stage", "refrigerant")
        },
        sheet.column("amount").heading: row["amount_t"],
        sheet.column("unit").heading: "吨",
        sheet.column("released_share").heading: row["released_share"],
    }
