"""Bringing a plan document into the library: preview, import, new edition."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from xietong.app.access import may, require, require_somewhere
from xietong.app.desk import Change, Desk
from xietong.app.plans.pairing import changes, difference, is_empty, pairs
from xietong.app.plans.rows import REVIEWED, plan_of, responsible, version_rows
from xietong.app.problems import problem
from xietong.errors import DocumentError
from xietong.plans.model import Meta, Plan
from xietong.store.clock import now
from xietong.store.models import Clause, Document, DocumentVersion, Review

TYPE_CODES = {"减污降碳": "synergy", "碳达峰": "peak"}


def import_file(desk: Desk, file: Path | str, reread: bool = False) -> dict[str, Any]:
    """Read a plan document and store it in one transaction; says what that did.

    ``{"status": "new" | "new_version" | "unchanged", "document", "plan", "version", "counts",
    "warnings", "difference"}``. The same file twice changes nothing; ``reread`` reads it again
    with today's program and stores a new version if that finds something else.
    """
    require_somewhere(desk.actor, "plan.import")
    return store_plan(desk, parse(Path(file)), reread=reread)


def preview_file(desk: Desk, file: Path | str) -> dict[str, Any]:
    """What ``import_file`` would do, with the parsed plan under ``parsed``; stores nothing."""
    require_somewhere(desk.actor, "plan.import")
    return preview_plan(desk, parse(Path(file)))


def preview_plan(desk: Desk, plan: Plan) -> dict[str, Any]:
    """What ``store_plan`` would do with a parsed plan; ``allowed``: whether the actor may."""
    _require_title(plan)
    with desk.reading() as session:
        document = find_document(session, plan.meta)
        status, found = _judge(session, document, plan, reread=False)
        known = {
            "document": document.id if document else None,
            "plan": document.code if document else None,
        }
    return {
        "status": status,
        **known,
        "counts": _counts(plan),
        "warnings": list(plan.warnings),
        "difference": found,
        "allowed": may(desk.actor, "plan.import", region=plan.meta.region.adcode),
        "parsed": plan.as_dict(),
    }


def parse(file: Path, source: str | None = None) -> Plan:
    """Read a document; ``source`` is its own name where it is kept under another one."""
    from xietong.plans.parse import parse_document

    try:
        plan = parse_document(file)
    except DocumentError as error:
        raise DocumentError(str(error).replace(file.name, source or file.name)) from error
    return replace(plan, source=source or plan.source)


def store_plan(
    desk: Desk,
    plan: Plan,
    *,
    origin: str = "file",
    code: str | None = None,
    reread: bool = False,
) -> dict[str, Any]:
    """Store a parsed plan wholly or not at all."""
    _require_title(plan)
    require(desk.actor, "plan.import", region=plan.meta.region.adcode)
    with desk.writing() as change:
        session = change.session
        document = find_document(session, plan.meta)
        status, found = _judge(session, document, plan, reread)
        if document is None:
            document = _new_document(session, plan.meta, code)
        if status != "unchanged":
            version = _new_version(desk, session, document, plan, origin=origin, difference=found)
            _record(change, document, version, status, plan)
            session.flush()
        current = _current(document)
        return {
            "status": status,
            "document": document.id,
            "plan": document.code,
            "version": current.number if current else None,
            "counts": _counts(plan),
            "warnings": list(plan.warnings),
            "difference": found,
        }


def find_document(session: Session, meta: Meta) -> Document | None:
    """The document of the same place with the same number or the same title."""
    keys = [Document.title_key == title_key(meta)]
    if number := number_key(meta):
        keys.append(Document.number_key == number)
    return session.scalars(select(Document).where(or_(*keys)).order_by(Document.id)).first()


def title_key(meta: Meta) -> str:
    """What makes a title the same: place and letters, without spaces and brackets' shapes."""
    return f"{meta.region.adcode or ''}|{_letters(meta.title or '')}"


def number_key(meta: Meta) -> str | None:
    """What makes a document number the same."""
    number = _letters(meta.doc_number or "")
    return f"{meta.region.adcode or ''}|{number}" if number else None


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _require_title(plan: Plan) -> None:
    if not _letters(plan.meta.title or ""):
        raise problem("no_title", source=plan.source or "?")


def _judge(
    session: Session, document: Document | None, plan: Plan, reread: bool
) -> tuple[str, dict[str, Any]]:
    """New, a new edition with its difference, or nothing new."""
    current = _current(document) if document else None
    if current is None:
        return "new", {}
    known = {v.sha256 for v in current.document.versions if v.origin == "file" and v.sha256}
    if plan.sha256 in known and not reread:
        return "unchanged", {}
    found = difference(plan_of(current, as_extracted=True), plan)
    if is_empty(found) and current.origin == "file":
        return "unchanged", {}
    return "new_version", found


def _current(document: Document) -> DocumentVersion | None:
    return next((version for version in document.versions if version.current), None)


def _new_document(session: Session, meta: Meta, code: str | None) -> Document:
    document = Document(code=code or _free_code(session, meta), title_key=title_key(meta))
    _describe(document, meta)
    session.add(document)
    return document


def _describe(document: Document, meta: Meta) -> None:
    """What is known of the document: the newest edition says it, an unknown never overwrites."""
    document.number_key = number_key(meta) or document.number_key
    document.title = meta.title or document.title
    document.doc_number = meta.doc_number or document.doc_number
    document.issuers = list(meta.issuers) or document.issuers or []
    document.issue_date = meta.issue_date or document.issue_date
    document.adcode = meta.region.adcode or document.adcode
    document.region = meta.region.name or document.region
    document.level = meta.region.level or document.level
    document.plan_type = meta.plan_type


def _free_code(session: Session, meta: Meta) -> str:
    parts = (
        meta.region.adcode or "x",
        TYPE_CODES.get(meta.plan_type, "plan"),
        (meta.issue_date or "")[:4],
    )
    stem = "-".join(part for part in parts if part)
    taken = set(session.scalars(select(Document.code).where(Document.code.startswith(stem))))
    return next(c for c in (stem, *(f"{stem}-{n}" for n in range(2, 10**6))) if c not in taken)


def _new_version(
    desk: Desk,
    session: Session,
    document: Document,
    plan: Plan,
    **facts: Any,
) -> DocumentVersion:
    """The new edition becomes the current one; what people said of unchanged rows stays valid."""
    previous = _current(document)
    _describe(document, plan.meta)
    version = DocumentVersion(
        number=len(document.versions) + 1,
        current=True,
        sha256=plan.sha256,
        source=plan.source,
        imported_at=now(),
        imported_by=desk.actor.name,
        warnings=list(plan.warnings),
        **facts,
        **version_rows(plan),
    )
    document.versions.append(version)
    if previous is not None:
        previous.current = False
        session.flush()
        _carry_reviews(desk, session, previous, version, plan)
    return version


def _carry_reviews(
    desk: Desk, session: Session, old: DocumentVersion, new: DocumentVersion, plan: Plan
) -> None:
    """A row that reads as before keeps its status and correction, and a note that says so."""
    before = plan_of(old, as_extracted=True)
    for table in REVIEWED:
        old_rows, new_rows = getattr(old, table), getattr(new, table)
        for left, right in pairs(table, getattr(before, table), getattr(plan, table)):
            if left is None or right is None:
                continue
            was, row = old_rows[left], new_rows[right]
            if was.status == "extracted" or changes(
                getattr(before, table)[left], getattr(plan, table)[right]
            ):
                continue
            for key, read in was.extracted.items():
                if getattr(was, key) != read:
                    setattr(row, key, getattr(was, key))
            row.status = was.status
            if isinstance(row, Clause):
                row.responsible = responsible(row)
            session.add(
                Review(
                    row_table=row.__tablename__,
                    row_id=row.id,
                    action="carry",
                    before={"status": "extracted"},
                    after={"status": row.status},
                    reason=f"{was.__tablename__}:{was.id}",
                    who=desk.actor.name,
                    at=now(),
                )
            )


def _record(
    change: Change, document: Document, version: DocumentVersion, status: str, plan: Plan
) -> None:
    change.session.flush()
    change.record(
        "plan.import",
        f"document:{document.id}",
        before={"version": version.number - 1} if status == "new_version" else None,
        after={
            "version": version.number,
            "title": document.title,
            "source": version.source,
            "sha256": version.sha256,
            "counts": _counts(plan),
        },
    )


def _counts(plan: Plan) -> dict[str, int]:
    return {
        table: len(getattr(plan, table))
        for table in ("sections", "clauses", "targets", "milestones", "projects")
    } | {"cites": len(plan.meta.cites), "units": len({u for c in plan.clauses for u in c.units})}
