"""What the administration pages list: imports of plans, backups; and giving back an upload."""

import re
from pathlib import Path
from typing import Any

from sqlalchemy import select

from xietong.app.access import require, require_somewhere
from xietong.app.desk import Desk
from xietong.app.plans.uploads import ID
from xietong.app.problems import problem
from xietong.store.models import Document, DocumentVersion

BACKUP = re.compile(r"backup-\d{14}\.zip")


def imports(desk: Desk) -> list[dict[str, Any]]:
    """One row per edition that was stored, newest first, with its document's code and title."""
    require(desk.actor, "plan.read")
    query = select(DocumentVersion, Document).join(Document).order_by(DocumentVersion.id.desc())
    columns = ("number", "current", "source", "origin", "sha256", "imported_at", "imported_by")
    with desk.reading() as session:
        return [
            {"plan": document.code, "title": document.title, "difference": version.difference}
            | {name: getattr(version, name) for name in columns}
            for version, document in session.execute(query)
        ]


def backups(desk: Desk) -> list[dict[str, Any]]:
    """One row per backup in the workspace, newest first: ``name``, ``size_mb``, ``made_at``."""
    require(desk.actor, "backup.make")
    found = [path for path in _results(desk).glob("backup-*.zip") if BACKUP.fullmatch(path.name)]
    return [
        {
            "name": path.name,
            "size_mb": round(path.stat().st_size / 2**20, 2),
            "made_at": _time(path.name),
        }
        for path in sorted(found, key=lambda path: path.name, reverse=True)
    ]


def backup_file(desk: Desk, name: str) -> Path:
    """The file of a backup, to be given to who may make one."""
    require(desk.actor, "backup.make")
    path = _results(desk) / name
    if not BACKUP.fullmatch(name) or not path.is_file():
        raise problem("not_found", what="备份", what_en="backup", key=name, hint="", hint_en="")
    return path


def discard_upload(desk: Desk, upload_id: str) -> None:
    """Take back a file that was sent and looked at but not imported; an imported one stays."""
    require_somewhere(desk.actor, "plan.import")
    if not ID.fullmatch(upload_id):
        raise problem(
            "not_found", what="上传文件", what_en="upload", key=upload_id, hint="", hint_en=""
        )
    with desk.reading() as session:
        query = select(DocumentVersion.id).where(DocumentVersion.sha256 == upload_id).limit(1)
        if session.scalars(query).first() is not None:
            return
    for path in (desk.workspace.root / "plans" / "uploads").glob(f"{upload_id}.*"):
        path.unlink(missing_ok=True)


def _results(desk: Desk) -> Path:
    return desk.workspace.root / "results"


def _time(name: str) -> str:
    """The time that a backup's name tells.

    >>> _time("backup-20261121050900.zip")
    '2026-11-21T05:09:00'
    """
    d = re.sub(r"\D", "", name)
    return f"{d[:4]}-{d[4:6]}-{d[6:8]}T{d[8:10]}:{d[10:12]}:{d[12:14]}"
