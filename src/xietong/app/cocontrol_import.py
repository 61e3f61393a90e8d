"""Use cases of handing in data for synergy: template, check with a full list of errors, import."""

import hashlib
import io
from pathlib import Path
from typing import Any

import polars as pl

from xietong.app.access import require, require_somewhere
from xietong.app.cocontrol_files import read_bytes
from xietong.app.cocontrol_store import (
    PANELS,
    allowed,
    kept,
    own_system,
    panel_columns,
    place_of,
    stored,
    system_named,
    write,
    write_source,
)
from xietong.app.desk import Desk
from xietong.cocontrol.index_system import SHIPPED, IndexSystem, load_system
from xietong.cocontrol.index_system import template as empty_table
from xietong.cocontrol.panel import check_panel, refuse
from xietong.cocontrol.tracking import city_panel
from xietong.errors import TableError
from xietong.store.clock import now

LIMIT_MB = 5
KEYS = ("entity", "adcode", "year")


def explanation(name: str, root: Path | None = None) -> list[dict[str, Any]]:
    """What to fill in: one row per column with titles, unit, direction and subsystem."""
    if name in PANELS:
        return [
            {
                "column": row["column"],
                "title_zh": row["title_zh"],
                "title_en": row["title_en"],
                "unit": row["unit"],
                "direction": "",
                "subsystem_zh": "",
                "subsystem_en": "",
                "weight": None,
            }
            for row in panel_columns(name)
        ]
    system = _system(name, root)
    return [
        {
            "column": one.column,
            "title_zh": one.title_zh,
            "title_en": one.title_en,
            "unit": one.unit,
            "direction": one.direction,
            "subsystem_zh": system.subsystems[one.subsystem][0],
            "subsystem_en": system.subsystems[one.subsystem][1],
            "weight": one.weight,
        }
        for one in system.indicators
    ]


def template_csv(name: str, root: Path | None = None) -> str:
    """The empty table of an index system or panel as CSV text."""
    if name in PANELS:
        columns = [row["column"] for row in panel_columns(name)]
        return ",".join(["entity", "year", *columns]) + "\n"
    return empty_table(_system(name, root)).write_csv()


def template_xlsx(name: str, root: Path | None = None) -> bytes:
    """The same as an Excel file, with a second sheet that says what each column means."""
    import xlsxwriter

    out = io.BytesIO()
    rows = explanation(name, root)
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet(name[:31])
        page.freeze_panes(1, 2)
        page.write_row(0, 0, template_csv(name, root).strip().split(","))
        notes = book.add_worksheet("说明")
        notes.write_row(0, 0, list(rows[0]))
        for line, row in enumerate(rows, start=1):
            notes.write_row(line, 0, ["" if value is None else value for value in row.values()])
    return out.getvalue()


def check_table(desk: Desk, file: str, content: bytes, system: str) -> dict[str, Any]:
    """What importing a file would do, without doing it: rows, entities, years, columns, notes."""
    table, columns, notes, _ = _prepared(desk, file, content, system)
    years = table["year"].unique().sort().to_list()
    return {
        "rows": table.height,
        "entities": table["entity"].unique(maintain_order=True).to_list(),
        "years": years,
        "columns": columns,
        "notes": notes,
    }


def import_table(
    desk: Desk, path: Path, system: str, source: str | None = None, *, replace: bool = False
) -> dict[str, Any]:
    """Check a filled-in template from a file and keep it; see :func:`import_bytes`."""
    require_somewhere(desk.actor, "data.submit")
    if not path.is_file():
        raise TableError(f"{path}: 没有此文件 · no such file")
    return import_bytes(desk, str(path), path.read_bytes(), system, source, replace=replace)


def import_bytes(
    desk: Desk,
    file: str,
    content: bytes,
    system: str,
    source: str | None = None,
    *,
    replace: bool = False,
) -> dict[str, Any]:
    """Check a filled-in template against an index system or panel and keep it in ``statistics/``.

    ``system``: a name, ``city-panel``, ``province-panel``, or the path of an index system's TOML file, which
    is then kept as well. Who hands in rows must be allowed to for each entity in them. All rows of these
    entities are replaced, other entities stay; ``replace`` puts the table in the place of everything.
    The audit trail gets the file's name, SHA-256, rows and source.
    """
    table, columns, notes, name = _prepared(desk, file, content, system)
    root = desk.workspace.root
    before = kept(root, name)
    target = stored(root, name)
    table = table.cast(dict.fromkeys(table.columns, pl.String))
    if before is not None and replace:
        _refuse_strangers(desk, before)
    elif before is not None:
        stays = before.filter(~pl.col("entity").is_in(table["entity"].unique().to_list()))
        table = pl.concat([stays, table], how="diagonal")
    table = table.sort("entity", pl.col("year").cast(pl.Float64))
    shown = Path(file).name
    text = table.write_csv()
    digest = hashlib.sha256(text.encode()).hexdigest()
    facts = {"source": (source or "").strip() or shown, "file": shown, "rows": table.height}
    facts |= {"sha256": digest, "at": now(), "by": desk.actor.name, "notes": notes}
    old = hashlib.sha256(target.read_bytes()).hexdigest() if target.is_file() else None
    with desk.writing() as change:
        write(target, text)
        if name != system:
            write(own_system(root, name), Path(system).read_text(encoding="utf-8"))
        write_source(root, name, facts)
        after = {key: facts[key] for key in ("file", "rows", "sha256", "source")}
        change.record("cocontrol.import", f"statistics/{target.name}", before=old, after=after)
    return {"file": str(target), "rows": table.height, "columns": columns, "system": name} | {
        "source": facts["source"],
        "notes": notes,
    }


def _prepared(
    desk: Desk, file: str, content: bytes, system: str
) -> tuple[pl.DataFrame, list[str], list[str], str]:
    """The checked table, its number columns, what had to be decided, and the name it is kept by."""
    require_somewhere(desk.actor, "data.submit")
    if len(content) > LIMIT_MB * 2**20:
        raise TableError(f"{file}: 大于 {LIMIT_MB} MB · larger than {LIMIT_MB} MB")
    try:
        raw = read_bytes(file, content)
        notes: list[str] = []
        if system in PANELS:
            name = system
            table, columns, notes = _panel(raw, system)
        else:
            name = Path(system).stem if system.endswith(".toml") else system
            chosen = load_system(system) if name != system else _system(name, desk.workspace.root)
            table, columns = _checked(raw, chosen, file)
    except TableError as error:
        raise TableError(str(error) if file in str(error) else f"{file}\n{error}") from error
    _refuse_strangers(desk, table)
    return table, columns, notes, name


def _panel(raw: pl.DataFrame, panel: str) -> tuple[pl.DataFrame, list[str], list[str]]:
    if panel == "city-panel" and "gdp_real2000_1e8cny" in raw.columns:
        table, said = city_panel(raw)
        columns = [row["column"] for row in panel_columns(panel)]
        return table, columns, list(said)
    rows = panel_columns(panel)
    needed = [row["column"] for row in rows if row["required"] == "1"]
    columns = [r["column"] for r in rows if r["column"] in needed or r["column"] in raw.columns]
    known = {*KEYS, *columns}
    problems = [
        f"缺少列 · missing column {k!r}" for k in ("entity", "year") if k not in raw.columns
    ]
    problems += [f"多余的列 · unknown column: {c!r}" for c in raw.columns if c not in known]
    refuse(problems, panel)
    table = check_panel(raw, columns, where=panel)
    low = [
        f"{name}: 第 {', '.join(str(i + 2) for i in lines[:5])} 行不大于 0 · not above 0"
        for name in columns
        if (lines := (table.get_column(name) <= 0).arg_true().to_list())
    ]
    refuse(low, panel)
    return _with_codes(table).select("entity", "adcode", "year", *columns), columns, []


def _checked(raw: pl.DataFrame, chosen: IndexSystem, where: str) -> tuple[pl.DataFrame, list[str]]:
    columns = [one.column for one in chosen.indicators if one.column in raw.columns]
    missing = [k for k in ("entity", "year") if k not in raw.columns]
    refuse([f"缺少列 · missing column {k!r}" for k in missing], where)
    checked = check_panel(raw, columns, where=where)
    known = {*KEYS, *(one.column for one in chosen.indicators)}
    problems = [
        f"不在体系中的列 · column not in the system: {c!r}" for c in raw.columns if c not in known
    ]
    for name in (n for n in columns if n.endswith("_share")):
        column = checked.get_column(name)
        wrong = ((column < 0) | (column > 1)).arg_true().to_list()
        if wrong:
            lines = ", ".join(str(i + 2) for i in wrong[:5])
            problems.append(
                f"{name}: 第 {lines} 行不在 0 到 1 之间（百分数请除以 100）· not on 0..1"
            )
    problems += [
        f"子系统 {key} 没有任何列 · no column for subsystem {key}"
        for key in chosen.subsystems
        if not any(one.column in columns for one in chosen.of(key))
    ]
    refuse(problems, where)
    return _with_codes(checked).select("entity", "adcode", "year", *columns), columns


def _with_codes(table: pl.DataFrame) -> pl.DataFrame:
    """``adcode`` of each row: given, or from the entity's name; empty where neither tells."""
    given = table["adcode"].to_list() if "adcode" in table.columns else [None] * table.height
    entities = table["entity"].to_list()
    empty = [
        f"第 {i + 2} 行没有 entity · line {i + 2}: entity is empty"
        for i, e in enumerate(entities)
        if not e
    ]
    refuse(empty[:5], "entity")
    codes = [
        place_of(e, None if c is None else str(c)) for e, c in zip(entities, given, strict=True)
    ]
    return table.with_columns(pl.Series("adcode", codes, dtype=pl.String))


def _refuse_strangers(desk: Desk, table: pl.DataFrame) -> None:
    """``AccessError`` unless the person may hand in the rows of every entity."""
    codes = table["adcode"].to_list() if "adcode" in table.columns else [None] * table.height
    for entity, given in sorted(set(zip(table["entity"].to_list(), codes, strict=True)), key=str):
        code = place_of(entity, given)
        if not allowed(desk.actor, "data.submit", entity, code):
            require(desk.actor, "data.submit", region=code, entity=entity)


def _system(name: str, root: Path | None) -> IndexSystem:
    if root is not None and not name.endswith(".toml"):
        return system_named(root, name)
    return load_system(name if name in SHIPPED else Path(name))
