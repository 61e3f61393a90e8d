"""Bad input: every problem with its place and remedy, and the previous state intact."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from xietong.app.inventory_files import TableProblemsError, import_file, load, make_template
from xietong.errors import TableError, WorkspaceError
from xietong.io import sheet as sheets
from xietong.methods import METHODS
from xietong.tables import check, schema, schemas

HEADER = ["地区代码", "年份", "行业", "燃料", "燃烧技术", "治理设施", "数量", "单位"]
GOOD = ["370000", "2024", "钢铁", "焦炭", "", "无治理", "120", "万吨"]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "w"
    (folder / "activity").mkdir(parents=True)
    (folder / "xietong.toml").write_text('title = "w"\n', encoding="utf-8")
    return folder


def csv_file(
    folder: Path, *rows: list[str], name: str = "fuel_use.csv", header: list[str] = HEADER
) -> Path:
    path = folder.parent / name
    path.write_text("\n".join(",".join(row) for row in [header, *rows]) + "\n", encoding="utf-8")
    return path


def book(folder: Path, change: Callable[[Any], None], *rows: list[Any]) -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "燃料燃烧"
    for row in [HEADER, *rows]:
        sheet.append(row)
    change(sheet)
    path = folder.parent / "a.xlsx"
    made.save(path)
    return path


def problems(path: Path, folder: Path, **named: Any) -> list[tuple[str, int | None]]:
    with pytest.raises(TableProblemsError) as caught:
        import_file(path, folder, **named)
    assert all(one.cause and one.remedy and one.sheet for one in caught.value.problems)
    return [(one.code, one.row) for one in caught.value.problems]


def test_a_good_file_is_stored_in_the_units_of_the_house(workspace: Path) -> None:
    path = csv_file(
        workspace, GOOD, ["371500", "2024", "火力发电", "天然气", "", "", "3", "亿立方米"]
    )
    assert import_file(path, workspace)[0]["rows"] == 2
    table = load(workspace).tables["fuel_use"]
    assert table["fuel"].to_list() == ["coke", "natural_gas"]
    assert table["fuel_t"].to_list() == [1_200_000, None]
    assert table["gas_1e4m3"].to_list() == [None, 30_000]
    assert table["control"].to_list() == ["none", "unknown"]


def test_every_problem_of_a_file_at_once(workspace: Path) -> None:
    path = csv_file(
        workspace,
        GOOD,
        ["370000", "2024", "钢铁", "焦碳", "", "无治理", "1", "万吨"],  # no such fuel
        ["370000", "2024", "钢铁", "原煤", "", "无治理", "-5", "万吨"],  # negative
        ["370000", "2024", "钢铁", "柴油", "", "无治理", "9e9", "万吨"],  # absurd
        ["370000", "2024", "钢铁", "天然气", "", "无治理", "3", "吨"],  # mixed units
        GOOD,  # the same key again
        ["370000", "2024", "钢铁", "汽油", "", "水膜", "#REF!", "公担"],  # device, formula, unit
        ["999999", "24", "凤凰", "煤油", "", "", "", "吨"],
    )
    found = problems(path, workspace)
    assert ("unknown-word", 3) in found
    assert ("negative", 4) in found and ("absurd", 5) in found and ("mixed-units", 6) in found
    assert ("duplicate", 7) in found
    assert {("formula-error", 8), ("unknown-unit", 8), ("unknown-word", 8)} <= set(found)
    assert {("year", 9), ("missing", 9), ("unknown-word", 9)} <= set(found)
    assert list((workspace / "activity").iterdir()) == []


def test_what_is_waived_is_waived_by_name_and_kept(workspace: Path) -> None:
    path = csv_file(workspace, GOOD, GOOD)
    assert problems(path, workspace) == [("duplicate", 3)]
    assert problems(path, workspace, waive=["absurd"]) == [("duplicate", 3)]
    done = import_file(path, workspace, waive=["duplicate"], by="张三")
    assert [one["code"] for one in done[0]["waived"]] == ["duplicate"]
    assert "张三" in (workspace / "activity" / "waived.csv").read_text(encoding="utf-8")
    assert load(workspace).tables["fuel_use"].height == 2


def test_what_cannot_be_waived_stays(workspace: Path) -> None:
    bad = csv_file(workspace, [*GOOD[:6], "-1", "万吨"])
    assert problems(bad, workspace, waive=["negative"]) == [("negative", 2)]


def test_the_previous_state_stays_intact(workspace: Path) -> None:
    import_file(csv_file(workspace, GOOD), workspace)
    before = (workspace / "activity" / "fuel_use.csv").read_bytes()
    assert ("exists", None) in problems(csv_file(workspace, GOOD), workspace)
    problems(csv_file(workspace, [*GOOD[:6], "x", "吨"]), workspace, replace=True)
    assert (workspace / "activity" / "fuel_use.csv").read_bytes() == before
    import_file(csv_file(workspace, [*GOOD[:6], "7", "吨"]), workspace, replace=True)
    assert (workspace / "activity" / "fuel_use.csv.bak").read_bytes() == before
    assert load(workspace).tables["fuel_use"]["fuel_t"].to_list() == [7]


def test_merged_cells_and_formulas(workspace: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.merge_cells("C2:C3")
        sheet["G3"] = "=1/0"

    found = problems(book(workspace, change, GOOD, GOOD), workspace)
    assert ("merged-cells", 2) in found and ("formula-not-computed", 3) in found


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"", "0 字节"),
        ("a.xlsx", b"PK no zip", "不是 .xlsx"),
        ("a.xls", b"x", ".xlsx"),
        ("a.csv", b"", "0 字节"),
        ("a.csv", b"\xff\xfe\x00\xd8\xff\xff", "UTF-8"),
    ],
)
def test_files_that_are_no_tables(workspace: Path, name: str, content: bytes, said: str) -> None:
    path = workspace.parent / name
    path.write_bytes(content)
    with pytest.raises(TableError, match=said):
        import_file(path, workspace)


def test_a_workbook_of_200_mb_is_refused_before_it_is_opened(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workspace.parent / "big.xlsx"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    monkeypatch.setitem(sheets.FORMATS, ".xlsx", lambda _: pytest.fail("opened"))
    with pytest.raises(TableError, match="200 MB"):
        import_file(path, workspace)


def test_wrong_names_of_sheets_and_headings(workspace: Path) -> None:
    with pytest.raises(TableError, match="fuel_use"):
        import_file(csv_file(workspace, GOOD, name="煤.csv"), workspace)
    header = [*HEADER[:6], "数 量", "单位"]
    codes = {code for code, _ in problems(csv_file(workspace, GOOD, header=header), workspace)}
    assert {"missing-column", "unknown-heading"} <= codes
    with pytest.raises(WorkspaceError):
        import_file(csv_file(workspace, GOOD), workspace.parent / "nowhere")


@pytest.mark.parametrize("name", sorted(schemas()))
def test_the_example_of_every_template_is_itself_right(name: str, tmp_path: Path) -> None:
    """Take the mark off the example row and import it: no problem may be left."""
    one = schema(name)
    path = make_template(tmp_path / "t.csv", [name])
    sheet = sheets.read_sheets(path)[0]
    assert sheet.cells.height == 0
    text = path.read_text(encoding="utf-8-sig").replace("示例：", "")
    path.write_text(text, encoding="utf-8")
    made = check(sheets.read_sheets(path)[0].cells, one)
    assert made.problems == ()
    assert made.table.height == 1


def test_the_workbook_has_a_sheet_for_every_method_with_drop_downs(tmp_path: Path) -> None:
    path = make_template(tmp_path / "t.xlsx", [])
    made = openpyxl.load_workbook(path)
    titles = set(made.sheetnames)
    assert {schema(one.activity).title for one in METHODS} <= titles
    sheet = made["燃料燃烧"]
    lists = {str(one.sqref).split(":")[0] for one in sheet.data_validations.dataValidation}
    assert {"C2", "E2", "F2", "I2"} <= lists
    with pytest.raises(TableError, match="exists"):
        make_template(path, [])


def test_a_filled_workbook_comes_back(workspace: Path) -> None:
    path = make_template(workspace.parent / "t.xlsx", ["fuel_use", "electricity_exchange"])
    made = openpyxl.load_workbook(path)
    made["燃料燃烧"].append(
        ["370000", 2024, "钢铁", "1 号高炉", "焦炭", None, "布袋", 12.5, "万吨"]
    )
    made["外购外送电力"].append(["370000", 2024, "工业合计", "购入", 125000])
    made.save(path)
    assert {one["table"] for one in import_file(path, workspace)} == {
        "fuel_use",
        "electricity_exchange",
    }
    tables = load(workspace).tables
    assert tables["fuel_use"].row(0, named=True)["fuel_t"] == 125_000
    assert tables["electricity_exchange"]["direction"].to_list() == ["in"]
