"""Use cases of ranking: synergy degree of imported tables by year, and the empty state before."""

from dataclasses import replace
from typing import Any

import polars as pl

from xietong.app.access import require_somewhere
from xietong.app.cocontrol import degree_of
from xietong.app.cocontrol_store import kept, place_name, readable, source_of, system_named
from xietong.app.desk import Desk
from xietong.cocontrol.index_system import IndexSystem
from xietong.cocontrol.panel import refuse
from xietong.cocontrol.result import Result

NOTHING_YET = (
    "尚未导入数据：xietong cocontrol template {system} > 表.csv，填好后 xietong cocontrol import 表.csv · "
    "nothing imported yet: fill in the template and import it. No series is made up."
)


def degrees(
    desk: Desk,
    system: str,
    weighting: str = "equal",
    *,
    variant: str = "standard",
    exponent: float = 2.0,
    scheme: str = "ten-class",
) -> dict[str, Any]:
    """C, T, D, level and rank within the year of every row of an imported table.

    ``{state: "empty"|"ready", rows[], source, …}``. The degrees are computed on the whole table, since
    normalisation and ranks depend on everybody in it; shown are the rows that the person may read,
    and ``hidden`` counts the others. Unknown is not ranked.
    """
    require_somewhere(desk.actor, "data.read")
    root = desk.workspace.root
    chosen = system_named(root, system)
    table = kept(root, system)
    if table is None:
        return {"state": "empty", "rows": [], "message": NOTHING_YET.format(system=system)}
    codes = table["adcode"] if "adcode" in table.columns else None
    result = degree_of(
        table.drop("adcode", strict=False),
        chosen,
        weighting=weighting,
        variant=variant,
        exponent=exponent,
        scheme=scheme,
    )
    rows = result.table.with_columns(
        rank=pl.col("d").rank("min", descending=True).over("year").cast(pl.Int64)
    )
    if codes is not None:
        rows = rows.with_columns(adcode=codes)
        names = {code: place_name(code) for code in codes.unique().to_list()}
        rows = rows.with_columns(place=pl.Series([names[c] for c in codes], dtype=pl.String))
    may = readable(desk, rows)
    shown = rows.filter(pl.Series(may)).sort(["year", "rank", "entity"], nulls_last=True)
    told = replace(result, table=shown)
    return {
        "state": "ready",
        **told.to_dict(),
        "system": _named(system, chosen),
        "years": sorted(set(rows["year"].to_list())),
        "source": source_of(root, system),
        "hidden": len(may) - sum(may),
    }


def ranking(
    desk: Desk,
    system: str,
    year: int | None = None,
    weighting: str = "equal",
    *,
    variant: str = "standard",
    exponent: float = 2.0,
    scheme: str = "ten-class",
) -> dict[str, Any]:
    """Synergy ranking of one year (the latest by default); see :func:`degrees`."""
    found = degrees(desk, system, weighting, variant=variant, exponent=exponent, scheme=scheme)
    if found["state"] == "empty":
        return found
    shown = max(found["years"]) if year is None else year
    if shown not in found["years"]:
        refuse([f"没有 {shown} 年 · no year {shown}; 有 found: {found['years']}"], system)
    rows = [row for row in found["rows"] if row["year"] == shown]
    return found | {"rows": rows, "year": shown}


def evaluate(
    desk: Desk,
    rows: list[dict[str, Any]],
    system: str | None = None,
    subsystems: tuple[str, ...] = (),
    **choices: Any,
) -> Result:
    """C, T, D of rows that somebody sends, through an index system or as indices; nothing is kept."""
    require_somewhere(desk.actor, "plan.read")
    chosen = system_named(desk.workspace.root, system) if system else None
    cells = [{str(k): None if v is None else str(v) for k, v in row.items()} for row in rows]
    names = list(dict.fromkeys(name for row in cells for name in row))
    table = pl.DataFrame(
        {name: [row.get(name) for row in cells] for name in names},
        schema=dict.fromkeys(names, pl.String),
    )
    return degree_of(table, chosen, subsystems=subsystems, **choices)


def _named(name: str, system: IndexSystem) -> dict[str, Any]:
    return {
        "name": name,
        "version": system.version,
        "id": system.id,
        "zh": system.title_zh,
        "en": system.title_en,
        "note": system.note,
        "subsystems": {key: {"zh": zh, "en": en} for key, (zh, en) in system.subsystems.items()},
    }
