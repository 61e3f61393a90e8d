"""What the inventory page shows: totals, structure by sector and fuel, trend, checks, comparison.

Everything is computed on the regions that the person may read, so that no figure, warning or check
speaks of others.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import polars as pl

from xietong import params
from xietong.app.access import may, require, require_somewhere, within
from xietong.app.desk import Desk
from xietong.app.inventory import (
    activity_tables,
    check_inventory,
    explain_inventory,
    in_memory,
    opened,
    run_inventory,
)
from xietong.app.inventory_files import load, make_template, regions_of
from xietong.app.inventory_results import saved_results, saved_totals
from xietong.app.inventory_sides import compare_inventories
from xietong.errors import TableError
from xietong.inventory.compare import details_wide
from xietong.vocab import fuels, regions, sectors
from xietong.vocab.species import find_species, species

GASES = "co2e"
FEWEST_TONNES = 1e-9


@dataclass(frozen=True)
class View:
    """What is looked at: a year, a region with what lies in it ("" is all), settings other than the
    workspace's own ("" keeps them)."""

    year: int
    region: str = ""
    programme: str = ""
    gwp: str = ""

    @property
    def changed(self) -> dict[str, Any]:
        """The settings as the inventory takes them."""
        named = {"programme": self.programme, "gwp": self.gwp}
        return {key: value for key, value in named.items() if value}


def places(desk: Desk) -> dict[str, Any]:
    """``years`` with activity, latest first, and ``regions`` (adcode → name) that the person may read."""
    require_somewhere(desk.actor, "data.read")
    loaded = load(desk.workspace.root)
    seen = [one for one in regions_of(loaded) if may(desk.actor, "data.read", region=one)]
    if not seen:
        return {"years": [], "regions": {}}
    _, _, own = opened(desk.workspace.root, regions=seen)
    years = {
        int(year)
        for table in activity_tables(own).values()
        if "year" in table.columns
        for year in table["year"].drop_nulls().unique()
    }
    for name in own.parquet:
        years |= set(own.scan(name).select("year").unique().collect()["year"])
    return {
        "years": sorted(years, reverse=True),
        "regions": {one: regions.region(one).name for one in seen},
    }


def totals(desk: Desk, view: View) -> dict[str, Any]:
    """The run of one year: ``totals`` by region, sector and species, ``sums``, ``memo``, ``warnings``, settings."""
    found = run_inventory(
        desk.workspace.root,
        year=view.year,
        changed=view.changed,
        regions=seen(desk, view.region),
    )
    return named(found)


def kept_totals(desk: Desk, name: str) -> list[dict[str, Any]]:
    """Totals of a kept run with their ranges, of the regions that the person may read."""
    require_somewhere(desk.actor, "data.read")
    rows = saved_totals(desk.workspace.root, name)
    return [
        _with_names(row) for row in rows if may(desk.actor, "data.read", region=str(row["region"]))
    ]


def columns_of(found: dict[str, Any]) -> list[str]:
    """What can be chosen: the sum of gases first, then every species with a value in the year."""
    there = {row["species"] for row in (*found["sums"], *found["memo"]) if row["value_t"]}
    return [GASES, *(one.column for one in species() if one.column in there)]


def structure(desk: Desk, view: View, column: str) -> list[dict[str, Any]]:
    """Tonnes by region, sector, fuel and gas of one year: what treemap and Sankey are drawn from.

    ``column`` is a species, or ``co2e``: then each greenhouse gas by its potential, [t CO2 equivalents].
    Rows that could not be estimated are left out: the table names them.
    """
    return _tonnes(desk, view, column, view.year).sort("value", descending=True).to_dicts()


def trend(desk: Desk, view: View, column: str) -> list[dict[str, Any]]:
    """Tonnes by year and sector of a species, or of CO2 equivalents; years without data have no row."""
    return (
        _tonnes(desk, view, column, None)
        .group_by("year", "sector")
        .agg(pl.col("value").sum())
        .sort("year", "sector")
        .to_dicts()
    )


def gases(desk: Desk, view: View, sector: str = "", fuel: str = "") -> list[dict[str, Any]]:
    """What CO2 equivalents of a figure are made of: ``species``, ``value`` [t CO2e], ``gwp``; largest first."""
    table = _tonnes(desk, view, GASES, view.year)
    for name, value in (("sector", sector), ("fuel", fuel)):
        table = table.filter(pl.col(name) == value) if value else table
    _, settings, _ = opened(desk.workspace.root, changed=view.changed)
    potentials = dict(_gases(GASES, settings.gwp))
    sums = table.group_by("species").agg(pl.col("value").sum()).sort("value", descending=True)
    return [
        row | {"gwp": potentials[row["species"]], "gwp_set": settings.gwp}
        for row in sums.to_dicts()
    ]


def explained(
    desk: Desk, view: View, column: str, sector: str = "", fuel: str = ""
) -> dict[str, Any]:
    """One figure down to activity × factor × control with sources."""
    words = [f"species={column}", f"year={view.year}"]
    words += [f"{name}={value}" for name, value in (("sector", sector), ("fuel", fuel)) if value]
    return explain_inventory(
        words,
        desk.workspace.root,
        limit=20,
        changed=view.changed,
        regions=seen(desk, view.region),
    )


def checked(desk: Desk, region: str = "") -> dict[str, Any]:
    """Findings of all checks and the matrix of completeness."""
    return check_inventory(desk.workspace.root, regions=seen(desk, region))


def compared(desk: Desk, left: str, right: str, column: str, region: str = "") -> dict[str, Any]:
    """Two sides of the workspace's inventory: ``year=2020,programme=ets-2024``, ``saved=NAME``, ``-`` as it is.

    Rows by sector and fuel and the waterfall between; ``not_comparable`` counts what a side cannot estimate.
    """
    for side in (left, right):
        words = [part.partition("=") for part in side.split(",")]
        if side != "-" and any(
            not middle or not name.isidentifier() or "/" in value or "\\" in value
            for name, middle, value in words
        ):
            raise TableError(f"{side!r}: 应为设置，如 a setting such as programme=ets-2024, or -")
    return compare_inventories(
        left, right, column, folder=desk.workspace.root, regions=seen(desk, region)
    )


def results(desk: Desk) -> list[dict[str, Any]]:
    """Results kept in the workspace that speak of regions the person may read."""
    require_somewhere(desk.actor, "data.read")
    found = []
    for one in saved_results(desk.workspace.root):
        of = one["region"] if isinstance(one["region"], list) else [one["region"]]
        if any(may(desk.actor, "data.read", region=str(region)) for region in of):
            found.append(one)
    return found


def template(desk: Desk, *sheets: str) -> bytes:
    """The workbook to fill in, all sheets or those named."""
    import tempfile
    from pathlib import Path

    require_somewhere(desk.actor, "data.read")
    with tempfile.TemporaryDirectory() as folder:
        return make_template(Path(folder) / "template.xlsx", sheets).read_bytes()


def programmes() -> tuple[str, ...]:
    """The official sets of fuel factors one can compare."""
    return params.programmes("combustion/carbon")


def gwp_sets() -> tuple[str, ...]:
    """The sets of warming potentials."""
    return params.programmes("gwp/gwp100")


def seen(desk: Desk, region: str = "") -> Collection[str]:
    """The regions with activity that the person may read, within one region or all.

    ``AccessError`` where there is activity and none of it may be read.
    """
    require_somewhere(desk.actor, "data.read")
    there = regions_of(load(desk.workspace.root))
    own = [one for one in there if may(desk.actor, "data.read", region=one)]
    if there and not own:
        require(desk.actor, "data.read", region=there[0])
    found = [one for one in own if not region or within(one, region)]
    if not found:
        raise TableError(f"没有活动水平（no activity）{region}")
    return found


def sector_names() -> dict[str, dict[str, str]]:
    """Names of sectors by language."""
    return {
        "zh": {one.sector: one.name_zh for one in sectors.sectors()},
        "en": {one.sector: one.name_en for one in sectors.sectors()},
    }


def fuel_names() -> dict[str, dict[str, str]]:
    """Names of fuels by language."""
    return {
        "zh": {one.fuel: one.name_zh for one in fuels.fuels()},
        "en": {one.fuel: one.name_en for one in fuels.fuels()},
    }


def named(found: dict[str, Any]) -> dict[str, Any]:
    """A run with the names of sectors and regions in its rows."""
    return found | {kind: [_with_names(row) for row in found[kind]] for kind in ("totals", "memo")}


def _with_names(row: dict[str, Any]) -> dict[str, Any]:
    zh, en = sector_names().values()
    return row | {
        "sector_name": zh.get(row["sector"], row["sector"]),
        "sector_name_en": en.get(row["sector"], row["sector"]),
        "region_name": regions.region(row["region"]).name if row["region"] else "",
    }


def _tonnes(desk: Desk, view: View, column: str, year: int | None) -> pl.DataFrame:
    """Rows by region, year, sector, fuel and species with ``value`` in tonnes (of CO2e for ``co2e``)."""
    own = seen(desk, view.region)
    _, settings, loaded = opened(desk.workspace.root, changed=view.changed, regions=own)
    wanted = dict(_gases(column, settings.gwp))
    wide = details_wide(in_memory(loaded, year), settings, list(wanted))
    scale = {one: wanted[one] * (1e-3 if one.endswith("_kg") else 1.0) for one in wanted}
    long = wide.with_columns(pl.col(one) * factor for one, factor in scale.items()).unpivot(
        index=["region", "year", "sector", "fuel"],
        on=list(wanted),
        variable_name="species",
        value_name="value",
    )
    return long.filter(pl.col("value").abs() > FEWEST_TONNES)


def _gases(column: str, gwp_set: str) -> list[tuple[str, float]]:
    if column != GASES:
        return [(find_species(column).column, 1.0)]
    wide = params.load("gwp/gwp100", programme=gwp_set).wide
    potentials: dict[str, float] = dict(wide.select("gas", "gwp100").drop_nulls().iter_rows())
    return [
        (one.column, potentials[one.gwp_gas])
        for one in species()
        if one.kind == "ghg" and one.gwp_gas in potentials
    ]
