"""Speed of the inventory beside what a user would write instead.

python benchmarks/inventory.py [--rows 1000000] [--large] [--json]

Times are the best of several runs in a warm process. The inventory goes through its public function
(checks, null counts and weak shares included); the others join a finished wide or long table of
factors and count nothing.
"""

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from inventory_data import names, wide_factors, write_activity

from xietong.engine import open_engine
from xietong.inventory.settings import Settings
from xietong.inventory.totals import totals
from xietong.methods import find_method

SPECIES = tuple(
    name for name in find_method("stationary_combustion").species if name != "co2_bio_t"
)
KEYS = ["sector", "fuel", "technology", "control"]
BY = ["region", "sector"]
SETTINGS = Settings(
    {"combustion/carbon": "provincial-2011", "combustion/pollutants": "literature-cn"},
    {"combustion/carbon": ("enterprise-24",), "combustion/pollutants": ("emep-eea", "defra-2020")},
)


def ours(path: Path) -> float:
    """The public function: Parquet to totals by region, sector, species."""
    engine = open_engine()
    made = totals(find_method("stationary_combustion"), engine.scan(path), engine, SETTINGS)
    return float(made.table["value"].sum())


def plain_join(path: Path, factors: pl.DataFrame) -> float:
    """Plain wide Polars: join, multiply, group."""
    made = (
        pl.scan_parquet(path)
        .join(factors.lazy(), on=KEYS, how="left")
        .with_columns((pl.col("fuel_t") * pl.col(name)).alias(name) for name in SPECIES)
        .group_by(BY)
        .agg(pl.col(name).sum() for name in SPECIES)
        .collect(engine="streaming")
    )
    return float(made.select(pl.sum_horizontal(pl.col(name).sum() for name in SPECIES)).item())


def numpy_gather(path: Path, factors: pl.DataFrame) -> float:
    """NumPy: codes, gather, bincount in chunks."""
    words = names()
    table = pl.read_parquet(path)
    codes = {
        name: table[name].cast(pl.Enum(listed)).to_physical().to_numpy().astype(np.int64)
        for name, listed in words.items()
    }
    key = codes["sector"]
    for name in KEYS[1:]:
        key = key * len(words[name]) + codes[name]
    group = codes["region"] * len(words["sector"]) + codes["sector"]
    values = factors.select(SPECIES).to_numpy()
    amount = table["fuel_t"].to_numpy()
    size = len(words["region"]) * len(words["sector"])
    found = np.zeros((len(SPECIES), size))
    for start in range(0, len(amount), 65_536):
        part = slice(start, start + 65_536)
        made = values[key[part]] * amount[part, None]
        for place in range(len(SPECIES)):
            found[place] += np.bincount(group[part], made[:, place], minlength=size)
    return float(found.sum())


def pandas_long(path: Path, factors: pl.DataFrame) -> float:
    """pandas, long form: what people write."""
    import pandas as pd

    long = factors.unpivot(index=KEYS, on=list(SPECIES), variable_name="species", value_name="ef")
    table = pd.read_parquet(path).merge(long.to_pandas(), on=KEYS, how="left")
    table["value"] = table["fuel_t"] * table["ef"]
    return float(table.groupby([*BY, "species"], observed=True)["value"].sum().sum())


def timed(works: dict[str, Callable[[], float]], runs: int) -> dict[str, float]:
    """Best times, the works taken in turn so that a busy machine slows all alike."""
    for work in works.values():
        work()
    best = dict.fromkeys(works, float("inf"))
    for _ in range(runs):
        for name, work in works.items():
            start = time.perf_counter()
            work()
            best[name] = min(best[name], time.perf_counter() - start)
    return best


def measure(folder: Path, rows: int, runs: int) -> list[dict[str, Any]]:
    """All comparisons on one file whose keys do not repeat and one whose keys do."""
    factors = wide_factors(SPECIES)
    results = []
    for label, distinct in (("distinct", None), ("repeating", 20_000)):
        path = write_activity(folder / f"{label}.parquet", rows, distinct)
        works: dict[str, Callable[[], float]] = {
            "plain wide Polars join": lambda path=path: plain_join(path, factors),
            "xietong inventory": lambda path=path: ours(path),
            "NumPy gather": lambda path=path: numpy_gather(path, factors),
        }
        times = timed(works, runs)
        times |= (
            {}
            if runs < 0
            else timed({"pandas long form": lambda path=path: pandas_long(path, factors)}, 1)
        )
        base = times["plain wide Polars join"]
        results += [
            {
                "keys": label,
                "rows": rows,
                "species": len(SPECIES),
                "method": name,
                "seconds": round(s, 3),
                "ratio": round(s / base, 2),
            }
            for name, s in times.items()
        ]
    return results


def large(folder: Path, sizes: tuple[int, ...] = (5_000_000, 50_000_000)) -> list[dict[str, Any]]:
    """Growth to 50 million rows, with the peak memory of the process."""
    results = []
    for rows in sizes:
        path = write_activity(folder / "large.parquet", rows)
        start = time.perf_counter()
        ours(path)
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
        results.append(
            {
                "keys": "distinct",
                "rows": rows,
                "species": len(SPECIES),
                "method": "xietong inventory",
                "seconds": round(seconds, 2),
                "seconds_per_million": round(seconds / rows * 1e6, 3),
                "peak_gib": round(peak, 2),
            }
        )
        path.unlink()
    return results


def main() -> None:
    """Print a table or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        results = (
            large(folder) if arguments.large else measure(folder, arguments.rows, arguments.runs)
        )
    if arguments.json:
        print(json.dumps(results, indent=2))
        return
    for row in results:
        print("  ".join(f"{key} {value}" for key, value in row.items()))


if __name__ == "__main__":
    main()
