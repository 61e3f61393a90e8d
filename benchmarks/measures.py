"""Time of evaluating measures beside one run of the inventory, in the same process.

python benchmarks/measures.py [--measures 100] [--repeat 5] [--json]

The inventory is the provincial example. ``cold`` forgets the factors of earlier runs first, ``warm``
does not: both sides alike. The measures are those of the catalogue that apply, repeated under other
names with other potentials until there are enough. Own carbon of devices is counted on both sides.
"""

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import replace

import polars as pl

from xietong.app.inventory import activity_tables
from xietong.app.inventory_files import find_folder, load, read_settings
from xietong.cocontrol import measure_bases, measure_changes, measure_control
from xietong.cocontrol.measure_effects import Scenario, effects
from xietong.engine import open_engine
from xietong.inventory import factors
from xietong.inventory.run import run
from xietong.inventory.settings import Settings
from xietong.measures.shipped import catalogue

YEAR = 2014


def scenarios(
    count: int, tables: dict[str, pl.DataFrame], settings: Settings
) -> tuple[list[Scenario], int]:
    """So many measures, and how many of them differ by more than their potential."""
    known = catalogue()
    tried = effects([(name, [one]) for name, one in known.items()], tables, settings, YEAR)
    apply = [one for name, one in known.items() if not tried.states[name].missed]
    made: list[Scenario] = []
    for number in range(count):
        one = apply[number % len(apply)]
        shrunk = {
            name: replace(value, value=value.value * (1 - 0.01 * (number // len(apply))))
            if name.startswith("potential_")
            else value
            for name, value in one.effect.items()
        }
        made.append((f"{number}-{one.id}", [replace(one, effect=shrunk)]))
    return made, min(count, len(apply))


def best(work: Callable[[], object], repeat: int, *, cold: bool) -> float:
    """The shortest of some times [s]."""
    times = []
    for _ in range(repeat):
        if cold:
            factors._memory.clear()
            measure_control._memory.clear()
            measure_changes._memory.clear()
            measure_bases._memory.clear()
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measures", type=int, default=100)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    folder = find_folder(example=True)
    tables = activity_tables(load(folder))
    settings = read_settings(folder, {"control_carbon": True})
    engine = open_engine()
    chosen, distinct = scenarios(asked.measures, tables, settings)
    rows = []
    for own, label in ((True, "with own carbon of devices"), (False, "without")):
        held = replace(settings, control_carbon=own)
        for cold in (True, False):
            single = best(
                lambda held=held: run(
                    {name: engine.frame(table) for name, table in tables.items()}, engine, held
                ),
                asked.repeat,
                cold=cold,
            )
            many = best(
                lambda held=held: effects(chosen, tables, held, YEAR), asked.repeat, cold=cold
            )
            rows.append(
                {
                    "case": f"{label}, {'cold' if cold else 'warm'}",
                    "single_run_s": round(single, 4),
                    "measures_s": round(many, 4),
                    "ratio": round(many / single, 2),
                }
            )
    if asked.json:
        print(
            json.dumps({"measures": asked.measures, "distinct": distinct, "cases": rows}, indent=2)
        )
        return
    print(f"{asked.measures} measures ({distinct} distinct) on the example of {YEAR}")
    for row in rows:
        print(
            "{case:36} run {single_run_s:.4f} s   measures {measures_s:.4f} s   ratio {ratio}".format(
                **row
            )
        )


if __name__ == "__main__":
    main()
