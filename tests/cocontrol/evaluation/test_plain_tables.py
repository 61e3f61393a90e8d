"""The door of plain tables: what is wrong is said at once; and the command on real files."""

import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from xietong.cli.main import app
from xietong.cocontrol.plain_tables import measure_rows
from xietong.errors import TableError

BASE = {"SO2": ["100"], "NOx": ["80"], "CO2": ["50000"]}


def refused(baseline: object, reductions: object, costs: object = None) -> str:
    frames = [pl.DataFrame(one) if one else None for one in (baseline, reductions, costs)]
    with pytest.raises(TableError) as caught:
        measure_rows(*frames)  # type: ignore[arg-type]
    return str(caught.value)


def test_all_problems_at_once() -> None:
    text = refused(
        BASE | {"PM2.5_kt": ["3"]},
        {"measure": ["a", "b", "b"], "SO2": ["101", "x", "1"], "sox": ["1", "1", "1"]},
        {
            "measure": ["a", "c"],
            "investment_cny": ["-1", "5"],
            "life_years": ["-3", "0"],
            "om_cny_per_year": ["", ""],
        },
    )
    for part in (
        "unit mismatch: t expected",
        "reduction 101 above its baseline 100: not possible",
        "not a number: 'x'",
        "comes twice: b",
        "no such species: 'sox'",
        "no such measure in reductions: 'c'",
        "life must be above 0: -3",
        "life must be above 0: 0",
        "below 0: -1",
    ):
        assert part in text


def test_negative_baseline_unknown_column_and_empty_tables() -> None:
    assert "baseline below 0" in refused({"SO2": ["-1"]}, {"measure": ["a"], "SO2": ["-2"]})
    assert "did you mean 'life_years'" in refused(
        BASE, {"measure": ["a"], "SO2": ["1"]}, {"measure": ["a"], "life_year": ["3"]}
    )
    assert "missing column 'measure'" in refused(BASE, {"SO2": ["1"]})
    assert "no measures" in refused(BASE, {"measure": [], "SO2": []})
    assert "no baseline row" in refused(
        {"measure": ["b"], "SO2": ["5"]}, {"measure": ["a", "b"], "SO2": ["1", "1"]}
    )


def test_empty_is_unknown_and_each_measure_may_have_its_baseline() -> None:
    rows = measure_rows(
        pl.DataFrame({"measure": ["a", "b"], "so2_t": ["10", "20"]}),
        pl.DataFrame({"measure": ["a", "b"], "so2_t": ["", "-0"]}),
    )
    assert [row.reductions["so2_t"] for row in rows] == [None, 0.0]
    assert [row.baseline["so2_t"] for row in rows] == [10.0, 20.0]


@pytest.fixture
def tables(tmp_path: Path) -> list[str]:
    texts = {
        "baseline": "SO2,NOx,CO2\n100,80,50000\n",
        "reductions": "measure,group,SO2,NOx,CO2\nfgd,boilers,50,0,-120\nsaving,boilers,10,8,5000\n",
        "costs": "measure,investment_cny,life_years,om_cny_per_year,saving_cny_per_year\n"
        "saving,1000,10,0,300\n",
    }
    options = []
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        options += [f"--{name}", str(tmp_path / f"{name}.csv")]
    return options


def test_command_gives_the_keys_of_the_design(tables: list[str]) -> None:
    done = CliRunner().invoke(
        app, ["cocontrol", "evaluate", *tables, "--interest", "0", "--json"], catch_exceptions=False
    )
    made = json.loads(done.stdout)
    keys = {
        "measure",
        "reductions",
        "elasticity",
        "quadrant",
        "equivalents",
        "unit_cost",
        "warnings",
    }
    assert all(keys <= set(measure) for measure in made["measures"])
    fgd, saving = made["measures"]
    assert fgd["quadrant"]["so2_t"]["quadrant"] == "IV"
    assert saving["elasticity"]["so2_t"]["pollutant_over_ghg"] == pytest.approx(1)
    assert saving["unit_cost"]["so2_t"] == pytest.approx(-20)
    bundle = {one["species"]: one for one in made["bundles"]}["so2_t"]
    assert bundle["bundle_t"] == pytest.approx(55)
    assert sum(bundle["shapley"].values()) == pytest.approx(55)


def test_health_must_state_its_sensitivity(tables: list[str], tmp_path: Path) -> None:
    case = tmp_path / "health.toml"
    case.write_text("concentration_ugm3 = 40\ndeaths_per_year = 1000\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["cocontrol", "evaluate", *tables, "--health", str(case)])
    assert done.exit_code == 1
    assert "sensitivity_source" in str(done.output) + str(done.exception)
    case.write_text(
        'concentration_ugm3 = 40\ndeaths_per_year = 1000\nsensitivity_source = "model run 7"\n'
        "[sensitivity]\nso2 = 0.001\n",
        encoding="utf-8",
    )
    done = CliRunner().invoke(
        app, ["cocontrol", "evaluate", *tables, "--health", str(case), "--json"]
    )
    health = json.loads(done.stdout)["measures"][0]["benefits"]["health"]
    assert health["concentration_change_ugm3"] == pytest.approx(-0.05)
    assert health["sensitivity_source"] == "model run 7"


def test_damage_costs_come_with_a_source(tables: list[str], tmp_path: Path) -> None:
    own = tmp_path / "damage.csv"
    own.write_text("species,weight,unit,source\nSO2,20000,CNY,\n", encoding="utf-8")
    command = ["cocontrol", "evaluate", *tables, "--weights", str(own), "--json"]
    done = CliRunner().invoke(app, command)
    assert "source missing" in str(done.output) + str(done.exception)
    own.write_text("species,weight,unit,source\nSO2,20000,CNY,report 3\n", encoding="utf-8")
    made = json.loads(CliRunner().invoke(app, command).stdout)["measures"][0]["equivalents"]
    assert made["damage-cost"]["total"] == pytest.approx(1_000_000)
    assert made["damage-cost"]["sources"] == ["report 3"]
