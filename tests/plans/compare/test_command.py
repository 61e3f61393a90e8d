"""``xietong plan compare``: JSON with the keys of the design, CSV, tables, and clear errors."""

import csv
import io
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from xietong.cli.compare import compare

APP = typer.Typer()
APP.command("compare")(compare)
PAIR = ["shandong-peak", "jinan-peak"]


def run(*words: str, code: int = 0) -> tuple[str, str]:
    result = CliRunner().invoke(APP, list(words))
    assert result.exit_code == code, result.output
    return result.stdout, result.stderr


def test_json_has_the_keys_of_the_design() -> None:
    data = json.loads(run(*PAIR, "--json")[0])
    assert {"alignment", "target_changes", "conflicts", "units"} <= data.keys()
    assert set(data["alignment"][0]) >= {"relation", "left", "right"}
    assert set(data["target_changes"][0]) >= {"relation", "indicator", "left", "right"}
    conflict = data["conflicts"][0]
    assert set(conflict) >= {"kind", "severity", "indicator", "year", "left", "right"}
    for side in ("left", "right"):
        assert set(conflict[side]) >= {"value", "unit", "quote", "clause"}


def test_csv_of_each_table_and_all_pairs() -> None:
    for table in ("conflicts", "changes", "alignment", "units"):
        rows = list(
            csv.DictReader(io.StringIO(run("--all", "--csv", "--table", table)[0].lstrip("\ufeff")))
        )
        assert rows and {row["left_plan"] for row in rows} >= {"shandong-peak"}, table


def test_tables_for_people_and_notes_on_stderr() -> None:
    out, err = run("shandong-synergy", "jinan-peak")
    assert "城镇建筑可再生能源替代率" in out and "没有正文" in err


def test_excel(tmp_path: Path) -> None:
    run(*PAIR, "--xlsx", str(tmp_path / "c.xlsx"))
    assert (tmp_path / "c.xlsx").read_bytes()[:2] == b"PK"


@pytest.mark.parametrize("words", [[], ["shandong-peak"], ["a", "b", "c"]])
def test_wrong_usage(words: list[str]) -> None:
    run(*words, code=2)


def test_unknown_names_are_all_told_at_once() -> None:
    _, err = run("没有.txt", "nothing", code=1)
    assert "没有.txt" in err and "nothing" in err and "shandong-peak" in err
