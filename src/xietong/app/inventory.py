"""Use cases of the inventory: run, explain, check, on the files of a workspace."""

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from xietong import params
from xietong.app.inventory_files import Loaded, find_folder, load, narrowed, read_settings
from xietong.engine import Engine, open_engine
from xietong.errors import TableError
from xietong.inventory import checks
from xietong.inventory.balance import burnt
from xietong.inventory.checks.completeness import matrix
from xietong.inventory.explain import explain
from xietong.inventory.landfill_cohorts import SHEET as LANDFILL
from xietong.inventory.landfill_cohorts import cohorts
from xietong.inventory.query import parse
from xietong.inventory.run import Inventory, by_species
from xietong.inventory.run import run as run_methods
from xietong.inventory.settings import Settings
from xietong.inventory.uncertainty import ranges
from xietong.inventory.wastewater_months import with_months

FUEL_USE = "fuel_use"
MOST_ROWS = 2_000_000  # of a Parquet table that explain, check and compare read into memory


def activity_tables(loaded: Loaded) -> dict[str, pl.DataFrame]:
    """The tables in memory; what the energy balance burns joins the fuel table, deposits get years."""
    tables = dict(loaded.tables)
    if loaded.balance is not None:
        made = burnt(loaded.balance, loaded.assignment)
        own = tables.get(FUEL_USE)
        tables[FUEL_USE] = made if own is None else pl.concat([own, made], how="diagonal_relaxed")
    if LANDFILL in tables:
        tables[LANDFILL] = cohorts(tables[LANDFILL])
    return with_months(tables)


def lazy_tables(loaded: Loaded, engine: Engine) -> dict[str, nw.LazyFrame[Any]]:
    """The tables as the engine sees them; Parquet stays on disk."""
    frames = {name: engine.frame(table) for name, table in activity_tables(loaded).items()}
    for name, path in loaded.parquet.items():
        if name in frames:
            raise TableError(
                f"{name}: 同时有 Parquet 与其他文件（in Parquet and in another file）。请只留一种"
            )
        whole = engine.scan(path)
        frames[name] = (
            whole
            if loaded.regions is None
            else whole.filter(nw.col("region").is_in(sorted(loaded.regions)))
        )
    return frames


def run_inventory(
    folder: Path | None = None,
    *,
    example: bool = False,
    changed: Mapping[str, Any] | None = None,
    engine: str = "polars",
    draws: int = 0,
    seed: int = 1,
    year: int | None = None,
    regions: Collection[str] | None = None,
    on_progress: Callable[[float, str], None] = lambda *_: None,
) -> dict[str, Any]:
    """Totals by region, sector and species; keys as in the design's interface.

    ``value_t`` in tonnes for every species, null where nothing could be estimated; ``low_t`` and
    ``high_t`` null unless ``draws`` were asked for and a value of the total has a stated uncertainty. ``sums`` holds the totals over sectors.
    """
    root, settings, loaded = opened(folder, example, changed, regions)
    computing = open_engine(engine)
    frames = lazy_tables(loaded, computing)
    if year is not None:
        there = _tables_of(loaded, year)
        frames = {
            name: frame.filter(nw.col("year") == year)
            for name, frame in frames.items()
            if name in there
        }
    inventory = run_methods(frames, computing, settings)
    limits: dict[tuple[Any, ...], tuple[float | None, float | None]] = {}
    if draws:
        held = in_memory(loaded, year)
        table = ranges(held, settings, draws, seed, on_progress)
        limits = {
            (r["region"], r["year"], r["sector"], r["species"]): (r["low"], r["high"])
            for r in table.iter_rows(named=True)
            if r["low"]
            != r["high"]  # no source states an uncertainty: no range, not a certain value
        }
    return {
        "workspace": root.name,
        "region": _one(inventory.totals, "region"),
        "year": _one(inventory.totals, "year"),
        "programme": settings.programme("combustion/carbon"),
        "pollutants": settings.programme("combustion/pollutants"),
        "fill": {name: list(value) for name, value in settings.fill.items()},
        "gwp": settings.gwp,
        "recovered": settings.recovered,
        "totals": _lines(inventory.totals, limits),
        "sums": _lines(
            by_species(inventory.totals).with_columns(region=pl.lit(None), sector=pl.lit("*")),
            _sum_limits(limits, inventory),
        ),
        "memo": _lines(inventory.memo, limits),
        "warnings": [caution.as_dict() for caution in inventory.warnings],
    }


def _tables_of(loaded: Loaded, year: int) -> set[str]:
    """The tables with rows of a year; ``TableError`` where there is none."""
    found = {
        name
        for name, table in activity_tables(loaded).items()
        if "year" in table.columns and (table["year"] == year).any()
    }
    found |= {
        name
        for name in loaded.parquet
        if loaded.scan(name).filter(pl.col("year") == year).head(1).collect().height
    }
    if not found:
        raise TableError(f"{year} 年没有活动水平（no activity of that year）")
    return found


def explain_inventory(
    words: Sequence[str],
    folder: Path | None = None,
    *,
    example: bool = False,
    changed: Mapping[str, Any] | None = None,
    limit: int = 10,
    regions: Collection[str] | None = None,
) -> dict[str, Any]:
    """A total down to activity × factor × control with sources."""
    _, settings, loaded = opened(folder, example, changed, regions)
    answer = explain(in_memory(loaded), parse(words), settings, limit)
    if not answer["rows_in_all"]:
        raise TableError(
            f"没有符合 {' '.join(words)} 的活动水平（no activity row fits）。请放宽条件 ask for less"
        )
    return answer


def check_inventory(
    folder: Path | None = None,
    *,
    example: bool = False,
    changed: Mapping[str, Any] | None = None,
    regions: Collection[str] | None = None,
) -> dict[str, Any]:
    """Findings of all checks, and the completeness matrix with notation keys."""
    _, settings, loaded = opened(folder, example, changed, regions)
    engine = open_engine()
    tables = in_memory(loaded)
    inventory = run_methods(
        {name: engine.frame(table) for name, table in tables.items()}, engine, settings
    )
    material = checks.Material(inventory, tables, loaded.balance, loaded.notation)
    return {
        "findings": [finding.as_dict() for finding in checks.check(material)],
        "completeness": matrix(material)
        .select("region", "year", "sector", "species", "key", "reason")
        .to_dicts(),
    }


def compare_factors(fuel: str) -> list[dict[str, Any]]:
    """What each official programme says of a fuel, and by how much it exceeds the lowest."""
    return params.compare(fuel).to_dicts()


def opened(
    folder: Path | None = None,
    example: bool = False,
    changed: Mapping[str, Any] | None = None,
    regions: Collection[str] | None = None,
) -> tuple[Path, Settings, Loaded]:
    """A workspace's folder, its settings with some changed, its activity, of some regions or all."""
    root = find_folder(folder, example)
    loaded = load(root)
    return (
        root,
        read_settings(root, changed),
        loaded if regions is None else narrowed(loaded, regions),
    )


def in_memory(loaded: Loaded, year: int | None = None) -> dict[str, pl.DataFrame]:
    """All tables, Parquet included, of one year or all; ``TableError`` where they are too large."""
    tables = activity_tables(loaded)
    for name, path in loaded.parquet.items():
        rows = loaded.scan(name)
        count = rows.select(pl.len()).collect().item()
        if count > MOST_ROWS:
            raise TableError(
                f"{path.name}: {count} 行，过多（too many rows for this command）。请先按地区、年份筛成较小的表"
            )
        tables[name] = rows.collect()
    if year is None:
        return tables
    return {name: table.filter(pl.col("year") == year) for name, table in tables.items()}


def _one(table: pl.DataFrame, column: str) -> Any:
    values = table[column].unique().to_list()
    return values[0] if len(values) == 1 else sorted(values)


def _lines(
    table: pl.DataFrame, limits: Mapping[tuple[Any, ...], tuple[float | None, float | None]]
) -> list[dict[str, Any]]:
    lines = []
    for row in table.iter_rows(named=True):
        low, high = limits.get(
            (row["region"], row["year"], row["sector"], row["species"]), (None, None)
        )
        tonnes = 1e-3 if row["species"].endswith("_kg") else 1.0
        lines.append(
            {
                "region": row["region"],
                "year": row["year"],
                "sector": row["sector"],
                "species": row["species"],
                "value_t": _times(row["value"], tonnes),
                "low_t": _times(low, tonnes),
                "high_t": _times(high, tonnes),
                "weak_share": row["weak_share"],
                "extrapolated_share": 0.0 if row["value"] is not None else None,
                "not_estimated": row["not_estimated"],
                "rows": row["rows"],
            }
        )
    return lines


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor


def _sum_limits(
    limits: Mapping[tuple[Any, ...], tuple[float | None, float | None]], inventory: Inventory
) -> dict[tuple[Any, ...], tuple[float | None, float | None]]:
    regions = inventory.totals["region"].unique().to_list()
    if len(regions) != 1:
        return {}
    return {
        (None, year, sector, species): value
        for (_, year, sector, species), value in limits.items()
        if sector == "*"
    }
