"""Plan documents in other shapes than the real five (see shapes/README.md)."""

from pathlib import Path
from typing import Any

import pytest
from plans_written import COLUMNS, differences, misquoted, rows_of, shape_tables, squeeze, written

from xietong.io.documents import read_document
from xietong.plans.parse import parse_document

FOLDER = Path(__file__).parent / "shapes"
SHAPES = {path.stem: shape_tables(path) for path in sorted(FOLDER.glob("*.toml"))}
FILES = [(shape, name) for shape, (about, _) in SHAPES.items() for name in about["files"]]


def test_each_file_belongs_to_a_shape() -> None:
    given = {path.name for path in FOLDER.iterdir() if path.suffix not in {".toml", ".md"}}
    assert given == {name for _, name in FILES}


@pytest.mark.parametrize(("shape", "name"), FILES)
def test_expected_quotes_stand_in_the_text(shape: str, name: str) -> None:
    text = squeeze(read_document(FOLDER / name).text)
    tables = SHAPES[shape][1]
    quotes = [row["quote"] for table in ("targets", "milestones") for row in tables[table]]
    assert [quote for quote in quotes if quote not in text] == []


@pytest.mark.parametrize("table", COLUMNS)
@pytest.mark.parametrize(("shape", "name"), FILES)
def test_table_is_as_read_by_a_person(shape: str, name: str, table: str) -> None:
    expected = SHAPES[shape][1]
    if table in expected:  # cites are given where the shape is about them
        found = rows_of(parse_document(FOLDER / name), table)
        wrong = differences(expected[table], found)
        assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("shape", "name"), FILES)
def test_meta(shape: str, name: str) -> None:
    meta: dict[str, Any] = parse_document(FOLDER / name).as_dict()["meta"]
    region = meta["region"]
    found = meta | {"region": region["name"], "level": region["level"], "adcode": region["adcode"]}
    expected = SHAPES[shape][0]["meta"]
    assert {key: written(found[key]) for key in expected} == expected


@pytest.mark.parametrize("table", ["targets", "milestones"])
@pytest.mark.parametrize(("shape", "name"), FILES)
def test_quotes(shape: str, name: str, table: str) -> None:
    text = read_document(FOLDER / name).text
    found = rows_of(parse_document(FOLDER / name), table)
    assert misquoted(SHAPES[shape][1][table], found, text) == []
