"""Use cases of statistics and indicators: import, read, compute, with what inventory and balance give."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from xietong.app.access import require
from xietong.app.desk import Desk
from xietong.app.inventory import activity_tables
from xietong.app.inventory_files import (
    SETTINGS,
    find_folder,
    load,
    read_settings,
)
from xietong.engine import open_engine
from xietong.errors import TableError, WorkspaceError
from xietong.indicators import (
    compute,
    definition,
    definitions,
    from_balance,
    from_inventory,
    missing,
    read_statistics,
)
from xietong.inventory.run import run
from xietong.io.sheet import FORMATS, read_sheets
from xietong.tables import Problem, check, refuse, schema

FOLDER, SHEET = "statistics", "statistic"
BASE_YEAR = 2020


def copy_statistics(folder: Path) -> None:
    """Put the example's statistics into a workspace; files that are there stay."""
    source = find_folder(example=True) / FOLDER
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    for path in sorted(source.glob("*.csv")):
        target = folder / FOLDER / path.name
        if not target.exists():
            target.write_bytes(path.read_bytes())


def import_statistics(desk: Desk, file: Path) -> dict[str, Any]:
    """Store a sheet of statistics; nothing is stored while a problem is left, older files stay.

    A value that another file of the workspace gives differently for the same year is a problem too. It stands
    in the audit trail; the right is asked for every region of the file.
    """
    root = desk.workspace.root
    made = _read(file)
    for region in made["region"].unique().sort():
        require(desk.actor, "data.submit", region=str(region), entity=desk.actor.entity)
    target = root / FOLDER / f"{SHEET}_{file.stem}.csv"
    others = [path for path in _files(root) if path != target]
    read_statistics(pl.concat([made, *(_read(path) for path in others)]))
    before = _digest(target)
    with desk.writing() as change:
        target.parent.mkdir(exist_ok=True)
        temporary = target.with_suffix(".tmp")
        made.write_csv(temporary)
        temporary.replace(target)
        after = {"sha256": _digest(target), "rows": made.height, "file": file.name}
        change.record(
            "statistics.import",
            f"statistics:{target.stem}",
            {"sha256": before} if before else None,
            after,
        )
    return {"file": target.name, "rows": made.height}


def load_statistics(
    folder: Path | None = None, *, example: bool = False, year: int | None = None
) -> pl.DataFrame:
    """All statistics of a workspace, what its balance and inventory give among them.

    What is reported stands before what balance and inventory give. ``TableError`` where there is none.
    """
    root = find_folder(folder, example)
    tables = [_read(path) for path in _files(root)]
    parts = [read_statistics(pl.concat(tables))] if tables else []
    parts += _from_activity(root)
    if not parts:
        raise TableError(
            "没有统计数据（no statistics）。请运行 xietong inventory template statistic，填好后 "
            "xietong indicator import FILE"
        )
    whole = pl.concat(parts).unique(
        ["region", "indicator", "year"], keep="first", maintain_order=True
    )
    return whole if year is None else whole.filter(pl.col("year") <= year)


def list_indicators(text: str = "") -> list[dict[str, Any]]:
    """The indicators whose id or name holds a text, computed ones first."""
    found = [one for one in definitions().values() if not text or text in one.id or text in one.zh]
    found.sort(key=lambda one: one.how)
    return [
        {
            "id": one.id,
            "name": one.zh,
            "name_en": one.en,
            "unit": one.unit,
            "how": one.how,
            "needs": list(one.needs),
            "direction": one.direction,
        }
        for one in found
    ]


def show_indicator(
    indicator: str, folder: Path | None = None, *, example: bool = False
) -> dict[str, Any]:
    """One indicator: its definition, its values in the workspace, and which series are missing."""
    one = definition(indicator)
    answer: dict[str, Any] = {
        "id": one.id,
        "name": one.zh,
        "name_en": one.en,
        "unit": one.unit,
        "how": one.how,
        "formula": one.formula,
        "needs": list(one.needs),
        "convention": one.convention,
        "source": one.source,
        "locator": one.locator,
        "confidence": one.confidence,
    }
    try:
        statistics = load_statistics(folder, example=example)
    except (TableError, WorkspaceError):
        return answer | {"values": [], "missing": []}
    values = compute(statistics, BASE_YEAR).filter(pl.col("indicator") == one.id)
    gaps = missing(statistics, one.id).group_by("series").agg(years=pl.len()).sort("series")
    return answer | {"values": values.to_dicts(), "missing": gaps.to_dicts()}


def compute_indicators(
    wanted: Sequence[str] = (),
    folder: Path | None = None,
    *,
    example: bool = False,
    base_year: int = BASE_YEAR,
    region: str | None = None,
    year: int | None = None,
) -> list[dict[str, Any]]:
    """Indicator values of a workspace, filtered on wish; ids that do not exist are refused."""
    for name in wanted:
        definition(name)
    table = compute(
        load_statistics(folder, example=example), base_year, list(wanted) if wanted else None
    )
    if region is not None:
        table = table.filter(pl.col("region") == region)
    if year is not None:
        table = table.filter(pl.col("year") == year)
    return table.to_dicts()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _files(root: Path) -> list[Path]:
    folder = root / FOLDER
    names = sorted(folder.glob(f"{SHEET}*")) if folder.is_dir() else []
    return [path for path in names if path.suffix.lower() in FORMATS]


def _read(path: Path) -> pl.DataFrame:
    one = schema(SHEET)
    problems: list[Problem] = []
    tables: list[pl.DataFrame] = []
    for sheet in read_sheets(path):
        problems += sheet.problems
        if sheet.cells.height:
            made = check(sheet.cells, one, path.name)
            problems += [each for each in made.problems if each.code != "duplicate"]
            tables.append(made.table)
    refuse(path.name, problems)
    if not tables:
        raise TableError(f"{path.name}: 没有行（no rows）")
    return pl.concat(tables)


def _from_activity(root: Path) -> list[pl.DataFrame]:
    if not (root / "activity").is_dir() or not (root / SETTINGS).is_file():
        return []
    loaded = load(root)
    parts = [from_balance(loaded.balance)] if loaded.balance is not None else []
    energy = {
        name: table
        for name, table in activity_tables(loaded).items()
        if name in ("fuel_use", "power_units")
    }
    if energy:
        engine = open_engine()
        inventory = run(
            {name: engine.frame(table) for name, table in energy.items()},
            engine,
            read_settings(root),
        )
        parts.append(from_inventory(inventory.totals))
    return parts
