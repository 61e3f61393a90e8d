"""Use cases of ranking: template, import with a full list of errors, and the empty state before."""

import hashlib
from pathlib import Path
from typing import Any

import polars as pl

from xietong.app.access import require, require_somewhere
from xietong.app.cocontrol import read_table
from xietong.app.desk import Desk
from xietong.cocontrol.coupling import coupling_coordination
from xietong.cocontrol.index_system import IndexSystem, load_system, subsystem_indices, template
from xietong.cocontrol.panel import check_panel, refuse
from xietong.cocontrol.result import Result

NOTHING_YET = (
    "尚未导入数据：xietong cocontrol template {system} > 表.csv，填好后 xietong cocontrol import 表.csv · "
    "nothing imported yet: fill in the template and import it. No series is made up."
)


def template_csv(system: str) -> str:
    """The empty table of an index system as CSV text."""
    return template(load_system(system)).write_csv()


def import_table(desk: Desk, path: Path, system: str) -> dict[str, Any]:
    """Check a filled-in template against an index system and keep it in ``statistics/``.

    A table of many entities is handed in by someone who may do so everywhere. The audit trail
    gets the file's name, its SHA-256 and its size; an earlier table of the system is replaced.
    """
    require(desk.actor, "data.submit")
    chosen = load_system(system)
    checked, columns = _checked(path, chosen)
    target = _stored(desk, system)
    target.parent.mkdir(parents=True, exist_ok=True)
    before = _digest(target)
    with desk.writing() as change:
        checked.select("entity", "year", *columns).write_csv(target)
        after = {"file": path.name, "rows": checked.height, "sha256": _digest(target)}
        change.record("cocontrol.import", f"statistics/{target.name}", before=before, after=after)
    return {"file": str(target), "rows": checked.height, "columns": columns, "system": chosen.name}


def ranking(
    desk: Desk, system: str, year: int | None = None, weighting: str = "equal"
) -> dict[str, Any]:
    """Synergy ranking of imported data; an empty state with the next step when there is none.

    ``{state: "empty"|"ready", rows[], …}``; ready rows are those of one year (the latest by default)
    with ``rank``, the indices, ``c``, ``t``, ``d`` and the level; unknown is not ranked.
    """
    require_somewhere(desk.actor, "data.read")
    stored = _stored(desk, system)
    if not stored.is_file():
        return {"state": "empty", "rows": [], "message": NOTHING_YET.format(system=system)}
    chosen = load_system(system)
    indices = subsystem_indices(read_table(stored), chosen, weighting=weighting)
    result = coupling_coordination(indices.table, list(chosen.subsystems))
    years = result.table["year"].to_list()
    shown = max(years) if year is None else year
    if shown not in years:
        refuse([f"没有 {shown} 年 · no year {shown}; 有 found: {sorted(set(years))}"], stored.name)
    rows = result.table.filter(pl.col("year") == shown)
    rows = rows.sort(["d", "entity"], descending=[True, False], nulls_last=True)
    place = pl.when(pl.col("d").is_not_null()).then(pl.int_range(1, pl.len() + 1))
    details = {
        "system": chosen.name,
        "year": shown,
        "years": sorted(set(years)),
        "weighting": weighting,
        "weights": indices.details["weights"],
    }
    ranked = Result(
        f"{indices.formula}; {result.formula}",
        result.variant,
        rows.with_columns(rank=place),
        result.scheme,
        details,
        tuple(dict.fromkeys((*indices.warnings, *result.warnings))),
    )
    return {"state": "ready", **ranked.to_dict()}


def _checked(path: Path, chosen: IndexSystem) -> tuple[pl.DataFrame, list[str]]:
    table = read_table(path)
    columns = [one.column for one in chosen.indicators if one.column in table.columns]
    missing = [k for k in ("entity", "year") if k not in table.columns]
    refuse([f"缺少列 · missing column {k!r}" for k in missing], str(path))
    checked = check_panel(table, columns, where=str(path))
    known = {"entity", "year", *(one.column for one in chosen.indicators)}
    problems = [
        f"不在体系中的列 · column not in the system: {c!r}" for c in table.columns if c not in known
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
    refuse(problems, str(path))
    return checked, columns


def _stored(desk: Desk, system: str) -> Path:
    return desk.workspace.root / "statistics" / f"synergy_{Path(system).stem}.csv"


def _digest(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
