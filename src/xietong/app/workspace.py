"""Making and opening a workspace."""

from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from xietong.app.access import Actor
from xietong.app.desk import Desk, local_actor
from xietong.app.inventory_files import copy_example, example_names
from xietong.app.plans.example import EXAMPLES, import_example
from xietong.app.problems import problem
from xietong.app.statistics import copy_statistics
from xietong.store.models import Clause, Document, DocumentVersion, Milestone, PlanProject, Target
from xietong.store.workspace import create_folder, open_workspace

SETTINGS_TEXT = """\
# 工作区设置 · settings of this workspace
title = "{title}"

# 数据库：默认是本文件夹内的 SQLite。多人使用时改为 PostgreSQL：
# Database: SQLite in this folder by default; PostgreSQL for more than one person:
# database = "postgresql+psycopg://user:password@host/name"

# 审计链头另存之处（数据库之外），可写多个 · where the heads of the audit chain are kept:
# audit_heads = ["audit-head.jsonl", "/mnt/other-disk/audit-head.jsonl"]
"""


def open_desk(start: Path | str | None = None, actor: Actor | None = None) -> Desk:
    """The desk of a person (default: this machine's user) at the workspace at or above ``start``."""
    workspace = open_workspace(Path(start) if start is not None else None)
    return Desk(workspace, actor or local_actor())


def create_workspace(
    root: Path | str, title: str | None = None, example: str | None = None
) -> dict[str, Any]:
    """Make a workspace, with an example's activity and plans if one is named; says what is in it."""
    if example is not None and example not in example_names():
        raise problem("no_example", name=example, names="、".join(example_names()))
    root = Path(root)
    name = (title or root.resolve().name).replace("\\", "/").replace('"', "'")
    create_folder(root, SETTINGS_TEXT.format(title=name))
    desk = open_desk(root)
    try:
        with desk.writing() as change:
            change.record("workspace.create", "workspace", after={"title": name})
        if example is not None:
            copy_example(root, example)
        if example in EXAMPLES:
            import_example(desk, example)
            copy_statistics(root)
        return summary(desk)
    finally:
        desk.workspace.close()


def summary(desk: Desk) -> dict[str, Any]:
    """What the workspace holds: title, folder, database, counts of the current editions."""
    with desk.reading() as session:
        counts = {"document": session.scalar(select(func.count()).select_from(Document))}
        for table in (Clause, Target, Milestone, PlanProject):
            query = (
                select(func.count())
                .select_from(table)
                .join(DocumentVersion, table.version_id == DocumentVersion.id)
            )
            counts[table.__tablename__] = session.scalar(query.where(DocumentVersion.current))
    return {
        "title": desk.workspace.title,
        "folder": str(desk.workspace.root),
        "database": desk.workspace.database.engine.dialect.name,
        "user": desk.actor.as_dict(),
        "counts": counts,
    }
