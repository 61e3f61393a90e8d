"""The command line: keys as designed, data on stdout, status 1 for wrong input."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from xietong.app.inventory import run_inventory
from xietong.errors import TableError


def xietong(*words: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(Path(sys.executable).parent / "xietong"), *words],
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
        encoding="utf-8",
    )


def loaded(*words: str) -> Any:
    done = xietong(*words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_run_has_the_keys_of_the_design() -> None:
    result = loaded("inventory", "run", "--example")
    assert {"region", "year", "programme", "gwp", "totals", "memo", "warnings"} <= set(result)
    assert (result["region"], result["year"], result["programme"], result["gwp"]) == (
        "370000",
        2014,
        "provincial-2011",
        "AR5",
    )
    line = result["totals"][0]
    assert {
        "region",
        "sector",
        "species",
        "value_t",
        "low_t",
        "high_t",
        "weak_share",
        "extrapolated_share",
        "not_estimated",
    } <= set(line)
    assert any(one["species"] == "co2e_ar5_t" for one in result["totals"])


def test_changing_the_gwp_set_recomputes() -> None:
    def sums(name: str) -> dict[str, float]:
        result = loaded("inventory", "run", "--example", "--gwp", name)
        return {one["species"]: one["value_t"] for one in result["sums"]}

    old, new = sums("AR5"), sums("AR6")
    assert old["ch4_t"] == new["ch4_t"]
    change = new["n2o_t"] * (273 - 265) + new["ch4_t"] * (27.9 - 28)
    assert new["co2e_ar6_t"] - old["co2e_ar5_t"] == pytest.approx(change, rel=1e-6)
    result = xietong("inventory", "run", "--example", "--gwp", "AR7")
    assert result.returncode == 1 and "AR6" in result.stderr and result.stdout == ""


def test_explain_check_compare() -> None:
    rows = loaded("inventory", "explain", "火力发电", "原煤", "CO2", "--example")["rows"]
    assert {"activity", "factors", "controls"} <= set(rows[0])
    assert {one["severity"] for one in loaded("inventory", "check", "--example")["findings"]} == {
        "note"
    }
    steps = loaded("inventory", "compare", "-", "recovered=count", "--example")["waterfall"]
    assert steps[-1]["value"] - steps[0]["value"] == pytest.approx(48.62e6, rel=1e-3)


def test_no_workspace_is_wrong_input(tmp_path: Path) -> None:
    done = xietong("inventory", "run", folder=tmp_path)
    assert done.returncode == 1 and "--example" in done.stderr and "Traceback" not in done.stderr


def test_factors_of_a_fuel_side_by_side() -> None:
    rows = loaded("inventory", "factors", "液化天然气")
    carbon = {
        one["programme"]: one["value"] for one in rows if one["parameter"] == "carbon_kg_per_gj"
    }
    assert carbon == {"provincial-2025": 15.3, "enterprise-24": 15.3, "ets-2024": 17.2}


def test_the_example_copied_into_a_workspace_gives_the_same(tmp_path: Path) -> None:
    from xietong.app.inventory import run_inventory
    from xietong.app.inventory_files import copy_example

    (tmp_path / "xietong.toml").write_text('title = "w"\n', encoding="utf-8")
    copy_example(tmp_path)
    copied, shipped = run_inventory(tmp_path), run_inventory(example=True)
    assert copied["totals"] == shipped["totals"] and copied["programme"] == "provincial-2011"


def test_a_year_without_activity_is_said() -> None:
    with pytest.raises(TableError, match="1999"):
        run_inventory(example=True, year=1999)
