"""10,000 targets × 20 years: the assessment against a plain loop over targets (baseline).

Run: ``python benchmarks/assessment.py``. Prints seconds of both and their ratio.
"""

import random
import statistics
import time

import polars as pl

from xietong.assessment.progress import TARGET_COLUMNS, assess

TARGETS, YEARS, FIRST = 10_000, 20, 2005


def tables() -> tuple[pl.DataFrame, pl.DataFrame]:
    draw = random.Random(1)
    keys = [(f"r{i % 100}", f"i{i // 100}") for i in range(TARGETS)]
    targets = [
        (f"t{i}", region, indicator, 2030, 20.0, True, "change", FIRST, False)
        for i, (region, indicator) in enumerate(keys)
    ]
    values = [
        (region, indicator, FIRST + k, 1 + draw.random())
        for region, indicator in keys
        for k in range(YEARS)
    ]
    return (
        pl.DataFrame(targets, schema=TARGET_COLUMNS, orient="row"),
        pl.DataFrame(values, schema=["region", "indicator", "year", "value"], orient="row"),
    )


def loop(targets: pl.DataFrame, values: pl.DataFrame) -> list[float]:
    """What people write: per target its rows, the drops, a line through them."""
    series: dict[tuple[str, str], list[tuple[int, float]]] = {}
    for region, indicator, year, value in values.iter_rows():
        series.setdefault((region, indicator), []).append((year, value))
    found = []
    for row in targets.iter_rows(named=True):
        points = series[row["region"], row["indicator"]]
        base = dict(points)[row["base_year"]]
        last = points[-10:]
        line = statistics.linear_regression(
            [year for year, _ in last], [(1 - value / base) * 100 for _, value in last]
        )
        found.append(line.intercept + line.slope * row["target_year"])
    return found


def main() -> None:
    targets, values = tables()
    seconds: dict[str, list[float]] = {"assess": [], "loop": []}
    for _ in range(5):
        start = time.perf_counter()
        ours = assess(targets, values, FIRST + YEARS - 1).sort("id")["forecast"].to_list()
        seconds["assess"].append(time.perf_counter() - start)
        start = time.perf_counter()
        theirs = loop(targets.sort("id"), values)
        seconds["loop"].append(time.perf_counter() - start)
    assert max(abs(a - b) for a, b in zip(ours, theirs, strict=True)) < 1e-6
    best = {name: statistics.median(times) for name, times in seconds.items()}
    print(f"{TARGETS} targets x {YEARS} years, median of 5")
    print(f"  assess          {best['assess']:.2f} s")
    print(f"  loop (baseline) {best['loop']:.2f} s, forecasts only")
    print(f"  ratio           {best['assess'] / best['loop']:.2f}")


if __name__ == "__main__":
    main()
