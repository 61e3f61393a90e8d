"""The command of the stock: what it prints can be imported as the sheet of fluorinated gases."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from xietong.app.inventory import run_inventory
from xietong.app.inventory_files import import_file
from xietong.app.inventory_gas_stock import report_gas_stock
from xietong.app.workspace import create_workspace
from xietong.cli.inventory import app
from xietong.errors import TableError

HEAD = "地区代码,年份,用途,物质,充注量,单位,充注损失份额,年泄漏率,寿命\n"
ROWS = "370200,2010,房间空调与热泵,R-410A,100,吨,0.01,0.03,12\n370200,2012,房间空调与热泵,R-410A,50,吨,0.01,0.03,12\n"


def filled(folder: Path, rows: str) -> Path:
    create_workspace(folder / "w")
    sheet = folder / "gas_charged.csv"
    sheet.write_text(HEAD + rows, encoding="utf-8")
    import_file(sheet, folder / "w")
    return folder / "w"


def test_rows_go_into_the_sheet(tmp_path: Path) -> None:
    root = filled(tmp_path, ROWS)
    call = ["gas-stock", "--workspace", str(root), "--last", "2023"]
    printed = CliRunner().invoke(app, [*call, "--csv"])
    assert printed.exit_code == 0
    sheet = tmp_path / "fluorinated_gases.csv"
    sheet.write_text(printed.stdout, encoding="utf-8")
    import_file(sheet, root)
    totals = run_inventory(root, year=2013)["totals"]
    found = {one["species"]: one["value_t"] for one in totals}
    left = 100 * 0.99 * 0.97**3 + 50 * 0.99 * 0.97
    assert found["hfc32_t"] == pytest.approx(left * 0.03 / 2)  # half of R-410A
    listed = json.loads(CliRunner().invoke(app, [*call, "--json"]).stdout)
    retired = [one for one in listed if one["stage"] == "retire"]
    assert [(one["year"], round(one["amount_t"], 6)) for one in retired] == [
        (2022, round(100 * 0.99 * 0.97**12, 6))
    ]
    assert "sheet" not in listed[0]


def test_the_last_charge_is_the_last_year(tmp_path: Path) -> None:
    rows = report_gas_stock(filled(tmp_path, ROWS))
    assert {row["year"] for row in rows} == {2010, 2011, 2012}


@pytest.mark.parametrize(
    ("rows", "last", "told"),
    [
        (ROWS.replace("0.03,12\n", "0.03,12.5\n"), None, "整数"),
        (ROWS.replace("50,吨,0.01,0.03", "50,吨,0.01,0.05"), None, "前后不一"),
        (ROWS, 2001, "早于"),
    ],
)
def test_what_cannot_be_is_told(tmp_path: Path, rows: str, last: int | None, told: str) -> None:
    root = filled(tmp_path, rows)
    with pytest.raises(TableError, match=told):
        report_gas_stock(root, last=last)


def test_an_empty_sheet_is_told(tmp_path: Path) -> None:
    create_workspace(tmp_path / "w")
    with pytest.raises(TableError, match="gas_charged"):
        report_gas_stock(tmp_path / "w")
