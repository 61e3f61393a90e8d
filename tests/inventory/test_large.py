"""Speed and memory, held for make test-long: the benchmark's promises."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "inventory.py"


def measured(*words: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, str(BENCHMARK), "--json", *words],
        capture_output=True,
        text=True,
        check=True,
        timeout=1800,
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.mark.long
def test_beside_a_plain_wide_join() -> None:
    ratios = {
        row["keys"]: row["ratio"] for row in measured() if row["method"] == "xietong inventory"
    }
    assert ratios["distinct"] <= 1.5
    assert ratios["repeating"] < 1.0


@pytest.mark.long
def test_fifty_million_rows_out_of_core() -> None:
    small, big = measured("--large")
    assert big["rows"] == 50_000_000 and big["peak_gib"] < 4
    assert big["seconds_per_million"] < 2.5 * small["seconds_per_million"]
