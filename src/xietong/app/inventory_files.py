"""Files of an inventory in a workspace: reading activity, importing it, templates."""

import csv
import datetime
import os
import tempfile
import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import polars as pl

from xietong.errors import TableError, WorkspaceError
from xietong.inventory.settings import Settings, settings_of
from xietong.io.sheet import FORMATS, Sheet, read_sheets
from xietong.io.template import write_template
from xietong.methods import METHODS
from xietong.tables import Problem, Schema, check, refuse, schema, schemas
from xietong.tables.problem import TableProblemsError

SETTINGS = "xietong.toml"
BALANCE, ASSIGNMENT, NOTATION = "energy_balance", "control_assignment", "notation"
WAIVED = "waived.csv"
EXAMPLE = "shandong"


@dataclass(frozen=True)
class Loaded:
    """Activity tables of a workspace: in memory, or Parquet files that stay on disk.

    ``regions`` limits what is read of Parquet; None is all (see ``narrowed``).
    """

    tables: Mapping[str, pl.DataFrame]
    parquet: Mapping[str, Path]
    balance: pl.DataFrame | None
    assignment: pl.DataFrame | None
    notation: pl.DataFrame | None
    regions: frozenset[str] | None = None

    def scan(self, name: str) -> pl.LazyFrame:
        """A Parquet table, of the regions that are looked at."""
        rows = pl.scan_parquet(self.parquet[name])
        return rows if self.regions is None else rows.filter(pl.col("region").is_in(self.regions))


def regions_of(loaded: Loaded) -> list[str]:
    """The regions that have activity."""
    tables = [*loaded.tables.values(), *([] if loaded.balance is None else [loaded.balance])]
    found = {r for t in tables if "region" in t.columns for r in t["region"].unique()}
    for name in loaded.parquet:
        found |= set(loaded.scan(name).select("region").unique().collect()["region"])
    return sorted(str(one) for one in found - {None})


def narrowed(loaded: Loaded, regions: Collection[str]) -> Loaded:
    """The same workspace as far as it speaks of some regions; a table without rows left is dropped."""

    def rows(table: pl.DataFrame | None) -> pl.DataFrame | None:
        if table is None or "region" not in table.columns:
            return table
        left = table.filter(pl.col("region").is_in(list(regions)))
        return left if left.height else None

    kept = {
        name: found for name, table in loaded.tables.items() if (found := rows(table)) is not None
    }
    balance, notation = rows(loaded.balance), rows(loaded.notation)
    own = frozenset(regions)
    parquet = {
        name: path
        for name, path in loaded.parquet.items()
        if pl.scan_parquet(path).filter(pl.col("region").is_in(own)).head(1).collect().height
    }
    return Loaded(kept, parquet, balance, loaded.assignment, notation, own)


def find_folder(start: Path | None = None, example: bool = False) -> Path:
    """The workspace at or above ``start``, or the example that is shipped."""
    if example:
        return Path(str(files("xietong"))) / "examples" / EXAMPLE
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / SETTINGS).is_file():
            return folder
    raise WorkspaceError(
        f"{here} 及其上级文件夹没有 {SETTINGS}。请用 --workspace 指定工作区，用 xietong init 新建，或用 --example 看示例。\n"
        f"  No {SETTINGS} in {here} or above. Name one with --workspace, make one, or try --example."
    )


def example_names() -> tuple[str, ...]:
    """The examples that are shipped, one folder each.

    >>> "landfill" in example_names()
    True
    """
    shipped = find_folder(example=True).parent
    return tuple(sorted(path.parent.name for path in shipped.glob(f"*/{SETTINGS}")))


def copy_example(folder: Path, name: str = EXAMPLE) -> None:
    """Put an example's activity, factors and problems into a workspace, its ``[inventory]`` settings into the file.

    What is there stays: files that exist are not touched, and settings only added where there are
    none.
    """
    source = find_folder(example=True).parent / name
    (folder / "activity").mkdir(parents=True, exist_ok=True)
    for path in sorted((source / "activity").glob("*.csv")):
        if not (folder / "activity" / path.name).exists():
            (folder / "activity" / path.name).write_bytes(path.read_bytes())
    for part in ("factors", "optimise"):
        for path in sorted((source / part).glob("*.*")):
            (folder / part).mkdir(exist_ok=True)
            if not (folder / part / path.name).exists():
                (folder / part / path.name).write_bytes(path.read_bytes())
    settings = (folder / SETTINGS).read_text(encoding="utf-8")
    if "[inventory]" not in settings:
        own = (source / SETTINGS).read_text(encoding="utf-8").partition("\n\n")[2]
        (folder / SETTINGS).write_text(f"{settings.rstrip()}\n\n{own}", encoding="utf-8")


def read_settings(folder: Path, changed: Mapping[str, Any] | None = None) -> Settings:
    """The ``[inventory]`` settings of a workspace, some of them changed for this run."""
    try:
        content = tomllib.loads((folder / SETTINGS).read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WorkspaceError(f"{SETTINGS} 读不懂 cannot be read: {error}") from error
    own = dict(content.get("inventory", {}))
    for key, value in (changed or {}).items():
        own[key] = {**own.get("fill", {}), **value} if key == "fill" else value
    return settings_of(own, folder)


def load(folder: Path) -> Loaded:
    """All activity of a workspace, checked at the door; every problem of every file at once."""
    tables: dict[str, list[pl.DataFrame]] = {}
    parquet: dict[str, Path] = {}
    problems: list[Problem] = []
    waived = _waived(folder)
    for path in sorted((folder / "activity").glob("*")):
        if path.suffix.lower() == ".parquet":
            parquet[_table_of(path.stem, path.name).name] = path
        elif path.suffix.lower() in FORMATS and path.name != WAIVED:
            for sheet in read_sheets(path):
                one = _table_of(sheet.name, path.name)
                table, found = _checked(sheet, one, path.name)
                problems += [p for p in found if not (p.waivable and (p.code, one.name) in waived)]
                tables.setdefault(one.name, []).append(table)
    refuse("activity", problems)
    joined = {name: pl.concat(parts, how="diagonal_relaxed") for name, parts in tables.items()}
    aside = {name: joined.pop(name, None) for name in (BALANCE, ASSIGNMENT, NOTATION)}
    return Loaded(joined, parquet, aside[BALANCE], aside[ASSIGNMENT], aside[NOTATION])


def import_file(
    file: Path,
    folder: Path,
    *,
    waive: Sequence[str] = (),
    replace: bool = False,
    by: str = "",
    before: Callable[[Schema, pl.DataFrame], None] = lambda *_: None,
) -> list[dict[str, Any]]:
    """Store the sheets of a file as ``activity/<table>.csv``; nothing is stored while problems are left.

    ``waive`` names problems that the user answers for (they are kept in ``activity/waived.csv``
    with the name and the day). ``before`` is asked for each table before anything is written, and may
    refuse. Gives back table, rows and what was waived.
    """
    if not (folder / SETTINGS).is_file():
        raise WorkspaceError(
            f"{folder} 不是工作区（no {SETTINGS} in it）。请先运行 xietong init {folder}"
        )
    made: list[tuple[Schema, pl.DataFrame, tuple[Problem, ...]]] = []
    problems: list[Problem] = []
    for sheet in read_sheets(file):
        if sheet.cells.height == 0 and all(one.code == "empty-sheet" for one in sheet.problems):
            continue
        one = _table_of(sheet.name, file.name)
        table, found = _checked(sheet, one, sheet.name)
        kept = tuple(p for p in found if p.waivable and p.code in set(waive))
        problems += [p for p in found if p not in kept]
        target = folder / "activity" / f"{one.name}.csv"
        if target.exists() and not replace:
            problems.append(
                Problem(
                    "exists",
                    sheet.name,
                    None,
                    "",
                    target.name,
                    "工作区已有此表 already in the workspace",
                    "用 --replace 替换，原表备份为 .bak · use --replace",
                )
            )
        made.append((one, table, kept))
    refuse(file.name, problems)
    if not made:
        raise TableError(
            f"{file.name}: 没有可导入的行（nothing to import）。请在模板中填写 fill in the template"
        )
    for one, table, _ in made:
        before(one, table)
    for one, table, kept in made:
        target = folder / "activity" / f"{one.name}.csv"
        _write(target, table)
        note_waived(folder, file.name, one.name, kept, by)
    return [
        {
            "table": one.name,
            "title": one.title,
            "rows": table.height,
            "waived": [problem.as_dict() for problem in kept],
        }
        for one, table, kept in made
    ]


def make_template(path: Path, names: Sequence[str]) -> Path:
    """A template with the sheets named, else all kinds of activity."""
    chosen = [_named(name) for name in names] or [
        schema(name)
        for name in dict.fromkeys(
            [BALANCE, *(one.activity for one in METHODS), ASSIGNMENT, NOTATION]
        )
    ]
    return write_template(path, chosen)


def _named(name: str) -> Schema:
    return next(
        (one for one in schemas().values() if name in {one.name, one.title}), None
    ) or schema(name)


def _table_of(name: str, file: str) -> Schema:
    for one in schemas().values():
        if name in {one.name, one.title} or name.startswith(f"{one.name}."):
            return one
    listed = "、".join(f"{one.title}（{one.name}）" for one in schemas().values())
    raise TableError(
        f"{file}: 表名 {name!r} 不认识（sheet not known）。请改为下列之一 rename it to one of: {listed}"
    )


def _checked(sheet: Sheet, one: Schema, shown: str) -> tuple[pl.DataFrame, list[Problem]]:
    if sheet.cells.height == 0 or len(sheet.cells.columns) <= 1:
        return pl.DataFrame(), list(sheet.problems)
    made = check(sheet.cells, one, shown)
    return made.table, [*sheet.problems, *made.problems]


def _write(target: Path, table: pl.DataFrame) -> None:
    """Whole or not at all; what was there is kept as ``.bak``."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".tmp")
    os.close(handle)
    temporary = Path(name)
    try:
        kept = [column for column in table.columns if table[column].null_count() < table.height]
        table.select(kept).write_csv(temporary)
        if target.exists():
            backup = target.with_suffix(".csv.bak")
            backup.write_bytes(target.read_bytes())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def note_waived(folder: Path, file: str, table: str, kept: Sequence[Problem], by: str) -> None:
    """Keep in ``activity/waived.csv`` what somebody answers for: problem, table, row, name, day."""
    if not kept:
        return
    path = folder / "activity" / WAIVED
    fresh = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        if fresh:
            writer.writerow(["code", "table", "file", "row", "value", "by", "on"])
        for one in kept:
            today = datetime.date.today().isoformat()
            writer.writerow([one.code, table, file, one.row, one.value, by, today])


def _waived(folder: Path) -> set[tuple[str, str]]:
    """Problem and table of what somebody answers for."""
    path = folder / "activity" / WAIVED
    if not path.is_file():
        return set()
    with path.open(encoding="utf-8", newline="") as stream:
        return {(row["code"], row["table"]) for row in csv.DictReader(stream)}


__all__ = [
    "Loaded",
    "TableProblemsError",
    "copy_example",
    "example_names",
    "find_folder",
    "import_file",
    "load",
    "make_template",
    "read_settings",
]
