"""Taking a plan out of the library: what hangs on it is told first, and the audit trail keeps it."""

from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from xietong.app.access import require
from xietong.app.desk import Desk
from xietong.app.plans.queries import document
from xietong.app.plans.rows import REVIEWED
from xietong.app.problems import problem
from xietong.store.models import MODELS, Citation, Document, DocumentVersion, Review

TASK = "task"  # what units were told to do of a plan's clauses


def what_hangs_on(desk: Desk, key: str | int) -> dict[str, Any]:
    """What goes with a document, in figures.

    ``{"document", "plan", "title", "lock", "versions", "clauses", "targets", "milestones",
    "projects", "reviews", "cited_by", "tasks"}``: editions and rows of all of them, decisions of
    people, titles of other documents that cite it, tasks made of it (those must go first).
    """
    number = document(desk, key)["id"]
    with desk.reading() as session:
        found = session.get_one(Document, number)
        require(desk.actor, "plan.remove", region=found.adcode)
        return _told(session, found)


def remove_document(
    desk: Desk, key: str | int, reason: str, *, expected_lock: int | None = None
) -> dict[str, Any]:
    """Take a document with all its editions out of the library; what went with it.

    The files that were imported stay where they are. Refused: without a reason; while tasks hang on
    it; changed by somebody else since ``expected_lock`` was seen.
    """
    number = document(desk, key)["id"]
    with desk.writing() as change:
        session = change.session
        found = session.get_one(Document, number)
        require(desk.actor, "plan.remove", region=found.adcode)
        if not reason.strip():
            raise problem("reason_missing")
        if expected_lock is not None and expected_lock != found.lock:
            raise desk.conflict(f"document:{number}")
        told = _told(session, found)
        if told["tasks"]:
            raise problem("tasks_hang", plan=found.code, n=told["tasks"])
        digests = [version.sha256 for version in found.versions]
        for model, ids in _reviewed(found).items():
            session.execute(delete(Review).where(Review.row_table == model, Review.row_id.in_(ids)))
        session.delete(found)
        change.record(
            "plan.remove", f"document:{number}", before=told | {"sha256": digests}, reason=reason
        )
    return told


def _told(session: Session, found: Document) -> dict[str, Any]:
    counts = {table: sum(len(getattr(v, table)) for v in found.versions) for table in REVIEWED}
    reviews = sum(
        session.scalar(
            select(func.count())
            .select_from(Review)
            .where(Review.row_table == model, Review.row_id.in_(ids))
        )
        or 0
        for model, ids in _reviewed(found).items()
    )
    return {
        "document": found.id,
        "plan": found.code,
        "title": found.title,
        "lock": found.lock,
        "versions": len(found.versions),
        **counts,
        "reviews": reviews,
        "cited_by": _cited_by(session, found),
        "tasks": _tasks(session, found.code),
    }


def _reviewed(found: Document) -> dict[str, list[int]]:
    """The rows on which people may have decided: name of the table → numbers."""
    rows = [row for v in found.versions for table in REVIEWED for row in getattr(v, table)]
    names = dict.fromkeys(row.__tablename__ for row in rows)
    return {name: [row.id for row in rows if row.__tablename__ == name] for name in names}


def _cited_by(session: Session, found: Document) -> list[str]:
    """Titles of other documents whose present edition names this one."""
    named = (Citation.title == found.title) | (Citation.doc_number == (found.doc_number or "-"))
    query = (
        select(Document.title)
        .join(DocumentVersion, DocumentVersion.document_id == Document.id)
        .join(Citation, Citation.version_id == DocumentVersion.id)
        .where(named, DocumentVersion.current, Document.id != found.id)
        .order_by(Document.title)
    )
    return list(dict.fromkeys(session.scalars(query)))


def _tasks(session: Session, code: str) -> int:
    """How many tasks were made of the plan."""
    table = next((one.__table__ for one in MODELS if one.__tablename__ == TASK), None)
    if table is None:
        return 0
    query = select(func.count()).select_from(table).where(table.c.plan == code)
    return session.scalar(query) or 0
