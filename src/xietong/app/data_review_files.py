"""Handing in data: a filled-in template is checked whole, then kept per table, place and year.

Each part is a file ``activity/<table>.<region>.<year>.csv`` (an enterprise's with its code as well),
which the inventory reads with the others; its digest stands in the submission.
"""

import csv
import hashlib
import io
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from xietong.app.access import require, require_somewhere
from xietong.app.data_review import open_data, submission
from xietong.app.desk import Desk
from xietong.app.inventory_files import note_waived
from xietong.app.plans.uploads import LIMIT_MB, own_name
from xietong.app.problems import problem
from xietong.io.sheet import FORMATS, read_sheets
from xietong.tables import Problem, Schema, check, refuse, schemas

PLACE = {"region", "year"}


@dataclass(frozen=True)
class Part:
    """The rows of one table for one place and year."""

    schema: Schema
    region: str
    year: int
    table: pl.DataFrame
    waived: tuple[Problem, ...] = ()

    def csv(self) -> bytes:
        """As it is kept: columns that hold something."""
        rows = self.table
        kept = [name for name in rows.columns if rows[name].null_count() < rows.height]
        return rows.select(kept).write_csv().encode()


def hand_in(
    desk: Desk, name: str, data: bytes, *, waive: Sequence[str] = (), reason: str = ""
) -> list[dict[str, Any]]:
    """Check a filled-in template and keep it wholly or not at all; one draft per part.

    Refused with every problem at once: values that do not fit, rows that other files of the
    workspace hold already, places that are not the actor's, years under review or accepted.
    ``waive`` names problems that the actor answers for, with a reason; who, what and why stand in
    ``activity/waived.csv`` and in the audit trail.
    """
    require_somewhere(desk.actor, "data.submit")
    if waive and not reason.strip():
        raise problem("reason_missing")
    shown = own_name(name)
    if len(data) > LIMIT_MB * 2**20:
        raise problem("upload_too_large", size_mb=round(len(data) / 2**20), limit_mb=LIMIT_MB)
    if Path(shown).suffix.lower() not in FORMATS or not data:
        raise problem("data_type", name=shown, possible=" ".join(FORMATS))
    entity = desk.actor.entity or "" if desk.actor.role == "enterprise" else ""
    parts = _parts(shown, data, set(waive))
    for part in parts:
        require(desk.actor, "data.submit", region=part.region, entity=entity)
    targets = [
        (part, _file(desk, part.schema.name, part.region, part.year, entity)) for part in parts
    ]
    refuse(shown, [found for part, target in targets for found in _elsewhere(part, target)])
    made: list[dict[str, Any]] = []
    with desk.writing() as change:
        for part, _ in targets:
            digest = hashlib.sha256(part.csv()).hexdigest()
            found = open_data(
                desk, change, part.schema.name, part.region, part.year, entity, sha256=digest
            )
            made.append(
                found.values()
                | {"rows": part.table.height, "waived": [p.as_dict() for p in part.waived]}
            )
            if part.waived:
                codes = "、".join(sorted({p.code for p in part.waived}))
                place = f"{part.schema.name}.{part.region}.{part.year}"
                change.record("data.waive", f"activity:{place}", None, {"codes": codes}, reason)
        for part, target in targets:  # after everything that can be refused, before the commit
            _write(target, part.csv())
            note_waived(desk.workspace.root, shown, part.schema.name, part.waived, desk.actor.name)
    return made


def data_of(desk: Desk, submission_id: int) -> dict[str, Any]:
    """The rows of a submission, and whether its file is still the one that was handed in.

    ``{"columns": [{"name", "heading"}], "rows", "intact"}``; ``intact`` is None without a file.
    """
    found = submission(desk, submission_id)
    file = _file(desk, found["kind"], found["region"], found["year"], found["entity"])
    if not file.is_file() or found["sha256"] is None:
        return {"columns": [], "rows": [], "intact": None}
    data = file.read_bytes()
    table = pl.read_csv(io.BytesIO(data), infer_schema=False)
    headings = {column.name: column.heading for column in schemas()[found["kind"]].columns}
    return {
        "columns": [{"name": one, "heading": headings.get(one, one)} for one in table.columns],
        "rows": table.to_dicts(),
        "intact": hashlib.sha256(data).hexdigest() == found["sha256"],
    }


def kinds() -> dict[str, dict[str, str]]:
    """The tables that can be handed in: name → {zh, en}."""
    return {
        name: {"zh": one.title, "en": one.title_en}
        for name, one in schemas().items()
        if {column.name for column in one.columns} >= PLACE
    }


def _parts(shown: str, data: bytes, waive: set[str]) -> list[Part]:
    """What the file holds, table by table, place by place, year by year; every problem at once."""
    parts: list[Part] = []
    problems: list[Problem] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (Path(shown).stem[:60] + Path(shown).suffix.lower())
        path.write_bytes(data)
        try:
            sheets = read_sheets(path)
        except (csv.Error, UnicodeDecodeError) as error:
            raise problem("data_type", name=shown, possible=" ".join(FORMATS)) from error
    for sheet in sheets:
        if sheet.cells.height == 0 and all(one.code == "empty-sheet" for one in sheet.problems):
            continue
        one = _schema_of(sheet.name)
        if one is None:
            possible = "、".join(words["zh"] for words in kinds().values())
            raise problem("data_sheet", name=shown, sheet=sheet.name, possible=possible)
        made = check(sheet.cells, one, sheet.name)
        kept = tuple(p for p in made.problems if p.waivable and p.code in waive)
        left = [p for p in made.problems if p not in kept]
        problems += [*sheet.problems, *left]
        if not left:
            parts += [
                Part(one, str(key[0]), int(str(key[1])), rows, kept)
                for key, rows in made.table.group_by("region", "year", maintain_order=True)
            ]
    refuse(shown, problems)
    if not parts:
        raise problem("data_empty", name=shown)
    return parts


def _schema_of(sheet: str) -> Schema | None:
    for name in kinds():
        if sheet in (name, schemas()[name].title) or sheet.startswith(f"{name}."):
            return schemas()[name]
    return None


def _elsewhere(part: Part, target: Path) -> Iterator[Problem]:
    """Rows of the same place and year in another file would be counted twice."""
    for path in sorted(target.parent.glob(f"{part.schema.name}*")):
        if path.suffix.lower() not in FORMATS or path == target or not _same(path, part, target):
            continue
        yield Problem(
            "exists",
            part.schema.title,
            None,
            "",
            f"{part.region} {part.year}",
            f"{path.name} 已有这一地区和年份 holds this place and year already",
            "先从那个文件删去这些行 · take these rows out of that file first",
        )


def _same(path: Path, part: Part, target: Path) -> bool:
    """Whether a file of the table holds this place and year, other enterprises' parts aside."""
    stem = f"{part.schema.name}.{part.region}."
    if path.name.startswith(stem) and path.name.count(".") == target.name.count(".") == 4:
        return False
    for sheet in read_sheets(path):
        if _schema_of(sheet.name) is not part.schema or not sheet.cells.height:
            continue
        rows = check(sheet.cells, part.schema, path.name).table
        if (
            set(rows.columns) >= PLACE
            and rows.filter(
                (pl.col("region").cast(pl.String) == part.region)
                & (pl.col("year").cast(pl.Int64) == part.year)
            ).height
        ):
            return True
    return False


def _file(desk: Desk, kind: str, region: str, year: int, entity: str) -> Path:
    """Where a part is kept; an enterprise's code becomes letters that any file system takes."""
    code = re.sub(r"[^\w-]", "_", entity)[:40]
    digest = f"-{hashlib.sha256(entity.encode()).hexdigest()[:8]}" if code != entity else ""
    parts = [kind, region, *([code + digest] if entity else []), str(year), "csv"]
    return desk.workspace.root / "activity" / ".".join(parts)


def _write(target: Path, data: bytes) -> None:
    """Whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_suffix(".tmp")
    temporary.write_bytes(data)
    temporary.replace(target)
