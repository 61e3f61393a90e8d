"""The shipped catalogue on the shipped examples: the quick way equals two whole runs, measure by measure."""

import polars as pl
import pytest
from measure_tables import totals

from xietong.app.inventory import in_memory
from xietong.app.inventory_files import example_names, find_folder, load, read_settings
from xietong.cocontrol.measure_bases import bases, regions_of
from xietong.cocontrol.measure_effects import effects
from xietong.inventory.settings import Settings
from xietong.measures.apply import applied, table_of
from xietong.measures.measure import Measure
from xietong.measures.shipped import catalogue

Tables = dict[str, pl.DataFrame]
QUICK = "landfill"


def _with(one: Measure, tables: Tables, year: int, settings: Settings) -> Tables:
    names = {name for edit in one.edits for name in (edit.table, edit.to_table or edit.table)}
    held = bases(tables, names, year, settings)
    state = applied([one], held, regions=regions_of(tables, year), year=year)
    changed = {**tables, **{name: table_of(state, name) for name in names}}
    return {name: table for name, table in changed.items() if table.height}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(one, marks=() if one == QUICK else pytest.mark.long)
        for one in example_names()
    ],
)  # fmt: skip
def test_the_quick_way_equals_two_whole_runs(name: str) -> None:
    """Where a source cannot be estimated the quick way leaves it out, so those species are not asked."""
    folder = find_folder(example=True).parent / name
    settings = read_settings(folder, {"control_carbon": True})
    every = in_memory(load(folder))
    year = max(one for table in every.values() for one in table["year"].drop_nulls())
    tables = {key: table.filter(pl.col("year") == year) for key, table in every.items()}
    known = catalogue()
    made = effects([(key, [one]) for key, one in known.items()], tables, settings, year)
    without = totals({key: table for key, table in tables.items() if table.height}, settings)
    compared = 0
    for key, one in known.items():
        if made.states[key].missed:
            continue
        found = totals(_with(one, tables, year, settings), settings)
        for species, value in made.of(key).items():
            if value is not None and species not in made.unknown(key):
                change = (without.get(species) or 0) - (found.get(species) or 0)
                slack = 1e-9 * abs(without.get(species) or 0) + 1e-9
                assert value == pytest.approx(change, rel=1e-6, abs=slack), (key, species)
                compared += 1
    assert compared
