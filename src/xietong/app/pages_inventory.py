"""What the inventory page shows: totals, structure by sector and fuel, trend, checks, comparison."""

from typing import Any

import polars as pl

from xietong import params
from xietong.app.access import may, require, require_somewhere
from xietong.app.desk import Desk
from xietong.app.inventory import (
    activity_tables,
    check_inventory,
    compare_inventories,
    explain_inventory,
    in_memory,
    run_inventory,
    settings_text,
)
from xietong.app.inventory_files import load, make_template, read_settings
from xietong.errors import TableError
from xietong.inventory.compare import compare, details, waterfall
from xietong.vocab import fuels, sectors
from xietong.vocab.species import find_species, species

GASES = "co2e"
FEWEST_TONNES = 1e-9


def years(desk: Desk) -> list[int]:
    """Years of which the workspace has activity, latest first; none where there is none."""
    _require_any(desk)
    loaded = load(desk.workspace.root)
    found = {
        int(year)
        for table in activity_tables(loaded).values()
        if "year" in table.columns
        for year in table["year"].drop_nulls().unique()
    }
    found |= {
        int(year)
        for path in loaded.parquet.values()
        for year in pl.scan_parquet(path).select("year").unique().collect()["year"]
    }
    return sorted(found, reverse=True)


def totals(desk: Desk, year: int) -> dict[str, Any]:
    """The run of one year: ``totals`` by sector and species, ``sums``, ``memo``, ``warnings``, settings."""
    _require_any(desk)
    found = run_inventory(desk.workspace.root, year=year)
    for name in ("totals", "memo"):
        found[name] = [row for row in found[name] if _sees(desk, row["region"])]
    if any(not _sees(desk, region) for region in _regions(desk)):
        found["sums"] = _summed(found["totals"])
        found["warnings"] = []  # they speak of all regions
    for row in (*found["totals"], *found["memo"]):
        row["sector_name"] = sector_names()["zh"].get(row["sector"], row["sector"])
        row["sector_name_en"] = sector_names()["en"].get(row["sector"], row["sector"])
    return found


def columns_of(found: dict[str, Any]) -> list[str]:
    """What can be chosen: the sum of gases first, then every species with a value in the year."""
    seen = {row["species"] for row in found["sums"] if row["value_t"]}
    return [GASES, *(one.column for one in species() if one.column in seen)]


def structure(desk: Desk, year: int, column: str) -> list[dict[str, Any]]:
    """Tonnes by region, sector, fuel and gas of one year: what treemap and Sankey are drawn from.

    ``column`` is a species, or ``co2e``: then each greenhouse gas by its potential, [t CO2 equivalents].
    Rows that could not be estimated are left out: the table names them.
    """
    _require_any(desk)
    root = desk.workspace.root
    settings = read_settings(root)
    activity = in_memory(load(root), year)
    parts = []
    for name, potential in _gases(column, settings.gwp):
        table = details(activity, settings, name)
        parts.append(
            table.with_columns(
                value=pl.col("value") * potential * (1e-3 if name.endswith("_kg") else 1.0),
                species=pl.lit(name),
            )
        )
    table = pl.concat(parts).filter(pl.col("value").abs() > FEWEST_TONNES)
    rows = table.sort("value", descending=True).to_dicts()
    return [row for row in rows if _sees(desk, row["region"])]


def trend(desk: Desk, column: str, span: list[int]) -> list[dict[str, Any]]:
    """Tonnes by year and sector of a species, or of CO2 equivalents; years without data have no row."""
    _require_any(desk)
    rows: dict[tuple[int, str], float] = {}
    for year in sorted(span):
        for row in structure(desk, year, column):
            key = (year, row["sector"])
            rows[key] = rows.get(key, 0.0) + row["value"]
    return [
        {"year": year, "sector": sector, "value": value}
        for (year, sector), value in sorted(rows.items())
    ]


def explained(
    desk: Desk, year: int, column: str, sector: str = "", fuel: str = ""
) -> dict[str, Any]:
    """One figure down to activity × factor × control with sources."""
    _require_any(desk)
    words = [f"species={column}", f"year={year}"]
    if any(not _sees(desk, region) for region in _regions(desk)):
        require(desk.actor, "data.read", region=desk.actor.region)
        words.append(f"region={desk.actor.region}")
    words += [f"{name}={value}" for name, value in (("sector", sector), ("fuel", fuel)) if value]
    return explain_inventory(words, desk.workspace.root, limit=20)


def checked(desk: Desk) -> dict[str, Any]:
    """Findings of all checks and the matrix of completeness."""
    _require_all(desk)
    return check_inventory(desk.workspace.root)


def compared(desk: Desk, left: str, right: str, column: str) -> dict[str, Any]:
    """Two sides of the workspace's inventory: ``year=2020``, ``programme=ets-2024``, or ``-`` as it is.

    Rows by sector and fuel and the waterfall between; ``not_comparable`` counts what a side cannot estimate.
    """
    _require_all(desk)
    for side in (left, right):
        if side != "-" and "=" not in side:
            raise TableError(f"{side!r}: 应为设置，如 a setting such as programme=ets-2024, or -")
    if any(side.startswith("year=") for side in (left, right)):
        by = ("sector", "fuel")
        table = compare(_side(desk, left, column), _side(desk, right, column), by)
        return {
            "rows": table.to_dicts(),
            "waterfall": waterfall(table, by),
            "not_comparable": table.filter(pl.col("change").is_null()).height,
        }
    return compare_inventories(left, right, column, folder=desk.workspace.root)


def _side(desk: Desk, text: str, column: str) -> pl.DataFrame:
    root = desk.workspace.root
    year = text.removeprefix("year=") if text.startswith("year=") else None
    settings = read_settings(root, settings_text("-" if year else text))
    table = details(in_memory(load(root)), settings, column)
    if year is None:
        return table
    if not year.isdecimal():
        raise TableError(f"{text!r}: 应为年份，如 a year such as year=2020")
    return table.filter(pl.col("year") == int(year))


def template(desk: Desk) -> bytes:
    """The workbook to fill in, all sheets."""
    import tempfile
    from pathlib import Path

    _require_any(desk)
    with tempfile.TemporaryDirectory() as folder:
        return make_template(Path(folder) / "template.xlsx", ()).read_bytes()


def programmes() -> tuple[str, ...]:
    """The official sets of fuel factors one can compare."""
    return params.programmes("combustion/carbon")


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


def _require_any(desk: Desk) -> None:
    require_somewhere(desk.actor, "data.read")


def _require_all(desk: Desk) -> None:
    _require_any(desk)
    for region in _regions(desk):
        require(desk.actor, "data.read", region=region)


def _sees(desk: Desk, region: str) -> bool:
    return may(desk.actor, "data.read", region=region)


def _regions(desk: Desk) -> list[str]:
    loaded = load(desk.workspace.root)
    tables = activity_tables(loaded).values()
    found = {r for t in tables if "region" in t.columns for r in t["region"].unique() if r}
    for path in loaded.parquet.values():
        found |= set(pl.scan_parquet(path).select("region").unique().collect()["region"])
    return sorted(found - {None})


def _summed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Totals over what a person may see; null where nothing of a species is estimated."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        one = found.setdefault(
            row["species"], {"species": row["species"], "value_t": None, "not_estimated": 0}
        )
        one["not_estimated"] += row["not_estimated"]
        if row["value_t"] is not None:
            one["value_t"] = (one["value_t"] or 0.0) + row["value_t"]
    return list(found.values())


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
