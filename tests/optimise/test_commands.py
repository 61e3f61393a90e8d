"""The commands on the example: what a person sees, what a program reads, what is kept."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import xietong
from xietong.app import optimise as use
from xietong.cli.optimise import app
from xietong.errors import InputError, NotFoundError, TableError
from xietong.optimise.from_measures import MeasureEffect, tables_of
from xietong.optimise.read import problem_of
from xietong.optimise.run import run

EXAMPLE = Path(xietong.__path__[0]) / "examples" / "least-cost" / "optimise"
KEYS = {
    "status",
    "bound",
    "objective",
    "gap",
    "choices",
    "totals",
    "cost",
    "shadow_prices",
    "conflicts",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "example"))


def command(*words: str):
    return CliRunner().invoke(app, list(words), catch_exceptions=True)


def test_run_prints_the_keys_of_the_design(folder: Path) -> None:
    done = command("run", str(folder / "problem.toml"), "--json")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert set(told) >= KEYS
    assert {"source", "option", "share"} <= set(told["choices"][0])
    assert {"target", "value", "unit"} <= set(told["shadow_prices"][0])
    assert told["status"] == "optimal"
    assert told["totals"]["nox_t"]["remaining"] == pytest.approx(14800 * 0.65, rel=1e-6)


def test_run_as_table_csv_and_words(folder: Path) -> None:
    done = command("run", str(folder / "problem.toml"), "--csv")
    assert done.stdout.lstrip("\ufeff").startswith("source,option,name")
    assert "最低成本" in done.stderr
    assert "Least cost" in done.stderr


def test_infeasible_is_explained(folder: Path) -> None:
    done = command("run", str(folder / "infeasible.toml"), "--json", "--save", "tight")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert told["status"] == "infeasible"
    assert {one["target"] for one in told["conflicts"] if one["in_conflict"]} >= {"CO2e-18%"}
    assert told["nearest"]["cost"] <= 2e8 * (1 + 1e-5)
    again = command("explain", "tight", "--workspace", str(folder))
    assert "互相冲突" in again.stderr


def test_strategies_front_and_explanation(folder: Path) -> None:
    told = json.loads(command("strategies", str(folder / "problem.toml"), "--json").stdout)
    ways = {one["strategy"]: one for one in told["strategies"]}
    assert set(ways) == {"joint", "carbon-first", "pollution-first", "greedy"}
    assert ways["joint"]["cost"] < min(
        ways["carbon-first"]["cost"], ways["pollution-first"]["cost"]
    )
    assert command("strategies", str(folder / "problem.toml"), "--csv").exit_code == 0
    front = command(
        "pareto", str(folder / "problem.toml"), "--goals", "cost,co2e", "--points", "3", "--json"
    )
    assert len(json.loads(front.stdout)["points"]) == 3
    told = json.loads(command("explain", str(folder / "problem.toml"), "--json").stdout)
    assert told["sensitivity"]


def test_kept_by_name_once(folder: Path) -> None:
    done = command("run", str(folder / "problem.toml"), "--save", "基准")
    assert done.exit_code == 0
    assert [one["kept"] for one in use.kept(folder)] == ["基准"]
    assert use.read_kept(folder, "基准")["kind"] == "run"
    with pytest.raises(InputError, match="--replace"):
        use.run_file(folder / "problem.toml", None, "基准")
    with pytest.raises(InputError, match="名称"):
        use.keep(folder, "../x", "run", {})
    with pytest.raises(NotFoundError, match="基准"):
        use.read_kept(folder, "other")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("x = ", TableError),
        ('tables = "a"', TableError),
        ("[tables]\nsources = 'none.csv'", TableError),
    ],
)
def test_files_that_cannot_be_used(folder: Path, text: str, error: type) -> None:
    (folder / "bad.toml").write_text(text, encoding="utf-8")
    with pytest.raises(error):
        use.load(folder / "bad.toml")
    with pytest.raises(InputError):
        use.load(folder / "absent.toml")


def test_measures_of_a_group_exclude_each_other() -> None:
    """Two on one plant, 10 t each, and one elsewhere: 15 t need the other plant."""
    measures = [
        MeasureEffect("a", {"NOx": 10.0}, 100.0, group="plant", payer="firm"),
        MeasureEffect("b", {"NOx": 10.0, "CO2": None}, 110.0, group="plant"),
        MeasureEffect("c", {"NOx": 10.0}, 300.0),
        MeasureEffect("d", {"NOx": 10.0}, None),
    ]
    content = {"name": "m", "years": [2030], "target": [{"what": "NOx", "reduce": 15}]}
    problem = problem_of(content, tables_of(measures))
    assert any("d" in one for one in problem.warnings)
    assert run(problem)["cost"] == pytest.approx(100 + 150)
