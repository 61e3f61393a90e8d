"""The sample plan, in each of its formats, is read as a person reads it."""

from pathlib import Path

import pytest
from plans_written import COLUMNS, differences, folder_tables, misquoted, rows_of, squeeze, written

from xietong.io.documents import read_document
from xietong.plans.parse import parse_document

SAMPLE = Path(__file__).parents[2] / "src/xietong/plans/sample"
FILES = sorted(path for path in SAMPLE.iterdir() if path.stem == "sample")
EXPECTED = folder_tables(Path(__file__).parent / "sample_expected")


def test_there_are_four_formats() -> None:
    assert {path.suffix for path in FILES} == {".txt", ".docx", ".pdf", ".html"}


def test_expected_quotes_stand_in_the_text() -> None:
    text = squeeze(read_document(SAMPLE / "sample.txt").text)
    for table in ("targets", "milestones"):
        assert [row["quote"] for row in EXPECTED[table] if row["quote"] not in text] == []


@pytest.mark.parametrize("table", COLUMNS)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.suffix)
def test_table_is_as_read_by_a_person(path: Path, table: str) -> None:
    wrong = differences(EXPECTED[table], rows_of(parse_document(path), table))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.suffix)
def test_meta(path: Path) -> None:
    meta = parse_document(path).as_dict()["meta"]
    found = meta | {"region": meta["region"]["name"], "level": meta["region"]["level"]}
    expected = EXPECTED["meta"][0]
    assert {key: written(found[key]) for key in expected} == expected


@pytest.mark.parametrize("table", ["targets", "milestones"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.suffix)
def test_quotes(path: Path, table: str) -> None:
    text = read_document(path).text
    assert misquoted(EXPECTED[table], rows_of(parse_document(path), table), text) == []


def broken(text: str, width: int, blank: bool) -> str:
    """The text as a copied page has it: lines of a fixed width, page numbers between."""
    lines: list[str] = []
    for line in text.split("\n"):
        whole = (
            [line] if "\t" in line else [line[at : at + width] for at in range(0, len(line), width)]
        )
        for piece in whole:
            lines.append(piece + ("\n" if blank and "\t" not in line else ""))
            if len(lines) % 25 == 0 and "\t" not in line:
                lines.append(f"— {len(lines) // 25} —")
    return "\n".join(lines)


@pytest.mark.parametrize("blank", [False, True], ids=["close", "blank-lines-between"])
@pytest.mark.parametrize("width", [30, 37, 44])
def test_broken_lines_and_page_numbers_change_nothing(
    tmp_path: Path, width: int, blank: bool
) -> None:
    path = tmp_path / "broken.txt"
    text = (SAMPLE / "sample.txt").read_text(encoding="utf-8")
    path.write_text(broken(text, width, blank), encoding="utf-8")
    plan = parse_document(path)
    wrong = [
        line for table in COLUMNS for line in differences(EXPECTED[table], rows_of(plan, table))
    ]
    assert not wrong, "\n".join(wrong)
