"""Use case: a filled-in template into the activity of a workspace, with right, lock and audit trail."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from xietong.app.access import require
from xietong.app.data_review import require_open
from xietong.app.desk import Desk
from xietong.app.inventory_files import import_file
from xietong.tables import Schema


def import_activity(
    desk: Desk, file: Path, *, waive: Sequence[str] = (), replace: bool = False, by: str = ""
) -> list[dict[str, Any]]:
    """Store the sheets of a file as ``activity/<table>.csv`` and note it in the audit trail.

    Nothing is stored while problems are left, where the right is missing for a region of the file, or where a
    place and year, of the file or of the table that it replaces, is under review or accepted.
    """
    root = desk.workspace.root
    with desk.writing() as change:

        def refuse_closed(one: Schema, table: pl.DataFrame) -> None:
            for region, year in {*_places(table), *_stored(root, one.name)}:
                require(desk.actor, "data.submit", region=region, entity=desk.actor.entity)
                require_open(change.session, one.name, region, year)

        before = {path.name: _digest(path) for path in (root / "activity").glob("*.csv")}
        done = import_file(file, root, waive=waive, replace=replace, by=by, before=refuse_closed)
        for one in done:
            name = f"{one['table']}.csv"
            change.record(
                "activity.import",
                f"activity:{one['table']}",
                {"sha256": before[name]} if name in before else None,
                {
                    "sha256": _digest(root / "activity" / name),
                    "rows": one["rows"],
                    "file": file.name,
                },
                "；".join(f"{by}: {p['code']}" for p in one["waived"]) or None,
            )
    return done


def _places(table: pl.DataFrame) -> set[tuple[str, int]]:
    if not {"region", "year"} <= set(table.columns):
        return set()
    return {(str(r), int(y)) for r, y in table.select("region", "year").drop_nulls().iter_rows()}


def _stored(root: Path, name: str) -> set[tuple[str, int]]:
    path = root / "activity" / f"{name}.csv"
    if not path.is_file():
        return set()
    return _places(pl.read_csv(path, schema_overrides={"region": pl.String}))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
