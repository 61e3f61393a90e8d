"""Backup and restore: one zip with the workspace's files and the database as JSON lines.

The dump knows no database product: what was saved from SQLite can be restored to PostgreSQL and
back. Every file has its checksum in ``manifest.json``. Browser sessions are not saved.
"""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from xietong.app import audit
from xietong.app.access import require
from xietong.app.desk import Desk, local_actor
from xietong.app.jobs.kinds import Progress
from xietong.app.problems import problem
from xietong.errors import WorkspaceError
from xietong.store.clock import now
from xietong.store.database import Database, open_database
from xietong.store.heads import read_heads
from xietong.store.models import MODELS, Base, LoginSession, SignInAttempt, WorkspaceInfo
from xietong.store.workspace import SETTINGS, Workspace, database_url, open_workspace

FORMAT = 1
PASSING = (LoginSession, SignInAttempt, WorkspaceInfo)
SAVED = tuple(model for model in MODELS if model not in PASSING)
LEFT_OUT = re.compile(r"(xietong|queue)\.db(-\w+)?|.*\.(lock|tmp)")
BATCH = 1000


def make_backup(desk: Desk, file: Path | str) -> dict[str, Any]:
    """Write a backup; ``{"file", "rows": {table: n}, "files", "head"}``. An old one is kept safe
    until the new one is whole."""
    require(desk.actor, "backup.make")
    file = Path(file)
    with desk.writing() as change:
        change.record("backup.make", file.name)
    unfinished = file.with_name(file.name + ".tmp")
    sums: dict[str, str] = {}
    rows: dict[str, int] = {}
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
        with _snapshot(desk) as session:
            for model in SAVED:
                lines = [json.dumps(row, ensure_ascii=False) for row in _rows(session, model)]
                rows[model.__tablename__] = len(lines)
                _put(
                    archive,
                    sums,
                    f"database/{model.__tablename__}.jsonl",
                    "\n".join(lines).encode(),
                )
        last = rows["audit"]
        heads = [head for head in read_heads(desk.workspace.head_files) if head.seq <= last]
        lines = [json.dumps({"seq": h.seq, "hash": h.hash, "at": h.at}) + "\n" for h in heads]
        _put(archive, sums, "heads.jsonl", "".join(lines).encode())
        files = 0
        for path in _files(desk.workspace, file):
            name = path.relative_to(desk.workspace.root).as_posix()
            _put(archive, sums, f"files/{name}", path.read_bytes())
            files += 1
        manifest = {"format": FORMAT, "made_at": now(), "rows": rows, "sha256": sums}
        archive.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1))
    unfinished.replace(file)
    return {"file": str(file), "rows": rows, "files": files, "head": audit.head(desk)}


def run_backup(desk: Desk, arguments: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The same as a job; the file gets its name from the time and lies under ``results``."""
    progress(0.0, "backup")
    stamp = re.sub(r"\D", "", now())[:14]
    return make_backup(desk, desk.workspace.root / "results" / f"backup-{stamp}.zip")


def restore_backup(
    file: Path | str, folder: Path | str, database: str | None = None
) -> dict[str, Any]:
    """Make a workspace from a backup, in a new folder and an empty database (default: SQLite).

    Everything is checked before anything is written; afterwards the audit chain is verified.
    """
    file, folder = Path(file), Path(folder)
    if (folder / SETTINGS).exists() or (folder.exists() and any(folder.iterdir())):
        raise WorkspaceError(
            f"{folder} 不是空文件夹。请换一个。\n  {folder} is not empty: take another folder."
        )
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _checked(file, archive)
            url = database or database_url(_made(folder), {})
            target = open_database(url)
            try:
                _require_empty(target)
                rows = _load(file, archive, target)
            finally:
                target.close()
            _unpack(archive, folder, database)
            heads = archive.read("heads.jsonl")
    except (zipfile.BadZipFile, OSError, KeyError, ValueError) as error:
        raise problem("bad_backup", file=file, reason=f"{type(error).__name__}: {error}") from error
    workspace = open_workspace(folder, url)
    try:
        for head_file in workspace.head_files:
            head_file.write_bytes(heads)
        desk = Desk(workspace, local_actor())
        verified = audit.verify(desk)
        with desk.writing() as change:
            change.record("backup.restore", file.name, after={"made_at": manifest["made_at"]})
        return {"folder": str(folder), "rows": rows, "audit": verified}
    finally:
        workspace.close()


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _snapshot(desk: Desk) -> Session:
    """A session that sees one moment of the database, whatever others write meanwhile."""
    engine = desk.workspace.database.engine
    if not desk.workspace.database.is_sqlite:
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    return Session(engine)


def _rows(session: Session, model: type[Base]) -> Iterator[dict[str, Any]]:
    columns = model.__table__.columns
    query = select(*columns).order_by(*(c for c in columns if c.primary_key))
    for row in session.execute(query):
        yield dict(zip(columns.keys(), row, strict=True))


def _put(archive: zipfile.ZipFile, sums: dict[str, str], name: str, data: bytes) -> None:
    archive.writestr(name, data)
    sums[name] = hashlib.sha256(data).hexdigest()


def _files(workspace: Workspace, backup: Path) -> Iterator[Path]:
    """The workspace's files, without its database, its queue, the heads and earlier backups."""
    heads = {path.resolve() for path in workspace.head_files}
    for path in sorted(workspace.root.rglob("*")):
        if (
            path.is_file()
            and not path.is_symlink()
            and not LEFT_OUT.fullmatch(path.name)
            and path.resolve() not in heads
            and path.resolve() != backup.resolve()
            and not (path.parent.name == "results" and path.match("backup-*.zip"))
        ):
            yield path


def _checked(file: Path, archive: zipfile.ZipFile) -> dict[str, Any]:
    """The manifest, after every entry was found to be what it says, at a place inside the folder."""
    manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
    if manifest.get("format") != FORMAT:
        raise problem("bad_backup", file=file, reason=f"format {manifest.get('format')}")
    names = set(archive.namelist()) - {"manifest.json"}
    if names != manifest["sha256"].keys():
        odd = sorted(names ^ manifest["sha256"].keys())
        raise problem("bad_backup", file=file, reason="、".join(odd[:5]))
    for name, expected in manifest["sha256"].items():
        parts = PurePosixPath(name)
        unsafe = parts.is_absolute() or ".." in parts.parts or "\\" in name or ":" in name
        if unsafe or hashlib.sha256(archive.read(name)).hexdigest() != expected:
            raise problem("bad_backup", file=file, reason=name)
    return manifest


def _require_empty(target: Database) -> None:
    with target.reading() as session:
        if any(session.scalar(select(func.count()).select_from(model)) for model in SAVED):
            raise WorkspaceError(
                "目标数据库不是空的。请指定一个空数据库。\n"
                "  The target database is not empty: name an empty one."
            )


def _load(file: Path, archive: zipfile.ZipFile, target: Database) -> dict[str, int]:
    """All tables in one transaction; numbering on PostgreSQL goes on after the highest number."""
    counts = {}
    with target.writing() as session:
        for model in SAVED:
            name = model.__tablename__
            lines = archive.read(f"database/{name}.jsonl").decode().split("\n")
            rows = [json.loads(line) for line in lines if line]
            unknown = {key for row in rows for key in row} - set(model.__table__.columns.keys())
            if unknown:
                raise problem("bad_backup", file=file, reason=f"{name}: {sorted(unknown)}")
            for start in range(0, len(rows), BATCH):
                session.execute(insert(Base.metadata.tables[name]), rows[start : start + BATCH])
            counts[name] = len(rows)
            if not target.is_sqlite and "id" in model.__table__.columns:
                session.execute(
                    text(
                        f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), "
                        f"GREATEST((SELECT MAX(id) FROM {name}), 1), "
                        f"(SELECT COUNT(*) > 0 FROM {name}))"
                    )
                )
    return counts


def _unpack(archive: zipfile.ZipFile, folder: Path, database: str | None) -> None:
    """The files; the settings name the database that was restored to."""
    for name in archive.namelist():
        if name.startswith("files/"):
            path = folder / PurePosixPath(name).relative_to("files")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(archive.read(name))
    settings = folder / SETTINGS
    kept = re.sub(r"(?m)^database\s*=.*\n?", "", settings.read_text("utf-8"))
    line = f"database = {json.dumps(database)}\n" if database else ""
    settings.write_text(line + kept, "utf-8")
