"""What measures do to all species: the inventory without them minus the inventory with them.

Methods are linear in their amounts, so only the rows that a measure touches are computed, before
and after, each distinct key once for all measures together.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from xietong.cocontrol.measure_bases import bases as bases_of
from xietong.cocontrol.measure_bases import regions_of
from xietong.cocontrol.measure_changes import changes
from xietong.inventory.settings import Settings
from xietong.measures.apply import State, applied
from xietong.measures.blocks import Base
from xietong.measures.measure import Measure

Scenario = tuple[str, Sequence[Measure]]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Effects:
    """``table``: one row per scenario, region and species with ``reduction`` (positive is less; null
    where it cannot be said), ``known`` and ``unknown`` (sources whose change could and could not be
    estimated), ``silent`` (sources with a device whose own carbon is not known). ``states`` by scenario: units, warnings, what was not found."""

    table: pl.DataFrame
    states: Mapping[str, State]

    def of(self, scenario: str, region: str | None = None) -> dict[str, float | None]:
        """Reductions of a scenario by species, all regions or one [t; mercury kg]."""
        rows = self.table.filter(pl.col("scenario") == scenario)
        if region is not None:
            rows = rows.filter(pl.col("region") == region)
        found: dict[str, float | None] = {}
        for name, value in rows.select("species", "reduction").iter_rows():
            before = found.get(name)
            found[name] = value if before is None else before + (value or 0.0)
        return found

    def unknown(self, scenario: str) -> dict[str, int]:
        """Sources whose change could not be estimated, by species."""
        rows = self.table.filter((pl.col("scenario") == scenario) & (pl.col("unknown") > 0))
        made = rows.group_by("species", maintain_order=True).agg(pl.col("unknown").sum())
        return dict(made.iter_rows())

    def silent(self, scenario: str) -> int:
        """Sources with a device whose own carbon (power, reagents) is not known."""
        rows = self.table.filter(pl.col("scenario") == scenario)
        return int(rows.group_by("region").agg(pl.col("silent").max())["silent"].sum())


def effects(
    scenarios: Sequence[Scenario],
    tables: Mapping[str, pl.DataFrame],
    settings: Settings,
    year: int,
    *,
    scale: float = 1.0,
    progress: Progress = lambda *_: None,
) -> Effects:
    """Effects of scenarios (a name and the measures in order) on the inventory of a year.

    ``tables`` are the activity tables as methods read them. A source whose emission is not estimated
    on one side only, before or after, is left out on both and counted in ``unknown``: no reduction is
    claimed because a factor is missing.
    """
    names = [e.table for _, all_ in scenarios for one in all_ for e in one.edits]
    names += [e.to_table or e.table for _, all_ in scenarios for one in all_ for e in one.edits]
    held = bases_of(tables, names, year, settings)
    return effects_on(
        scenarios, held, settings, regions=regions_of(tables, year), year=year, scale=scale,
        progress=progress,
    )  # fmt: skip


def effects_on(
    scenarios: Sequence[Scenario],
    bases: Mapping[str, Base],
    settings: Settings,
    *,
    regions: Sequence[str] = (),
    year: int | None = None,
    scale: float = 1.0,
    progress: Progress = lambda *_: None,
) -> Effects:
    """The same on bases that are at hand."""
    states = {}
    for number, (name, measures) in enumerate(scenarios):
        states[name] = applied(measures, bases, scale, regions=regions, year=year)
        progress(number + 1, len(scenarios))
    return Effects(changes(states, settings), states)
