"""The audit trail for people: look through it, verify it, quote its head."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import func, select

from xietong.app.access import require
from xietong.app.desk import Desk
from xietong.app.plans.filters import check_page
from xietong.app.plans.queries import Page
from xietong.app.problems import problem
from xietong.store.audit import Head, broken_links
from xietong.store.heads import read_heads
from xietong.store.models import Audit


@dataclass(frozen=True)
class AuditFilter:
    """What to list: parts of names; ``since`` and ``until`` as ISO dates or times in UTC."""

    who: str | None = None
    action: str | None = None
    subject: str | None = None
    since: str | None = None
    until: str | None = None


EVERYTHING = AuditFilter()


def entries(
    desk: Desk, where: AuditFilter = EVERYTHING, *, page: int = 1, per_page: int | None = None
) -> Page:
    """One row per change, newest first; ``before`` and ``after`` as objects."""
    require(desk.actor, "audit.read")
    check_page(page, per_page)
    query = select(Audit)
    for name in ("who", "action", "subject"):
        if wanted := getattr(where, name):
            query = query.where(getattr(Audit, name).contains(wanted, autoescape=True))
    if where.since:
        query = query.where(Audit.at >= where.since)
    if where.until:
        query = query.where(Audit.at < where.until + "~")  # the whole of that day or second
    with desk.reading() as session:
        total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
        query = query.order_by(Audit.seq.desc())
        if per_page:
            query = query.limit(per_page).offset((page - 1) * per_page)
        items = [_shown(row) for row in session.scalars(query)]
    return Page(items, total, page, per_page)


def verify(desk: Desk, printed: list[str] | None = None) -> dict[str, Any]:
    """Whether the trail holds: within itself, against the files outside, against printed heads.

    A printed head is ``"SEQ:HASH"`` as in the foot of a report; the hash may be shortened to its
    first 16 digits. ``{"ok", "rows", "heads", "head", "breaks": [{"kind", "seq", "detail"}]}``.
    """
    require(desk.actor, "audit.read")
    heads = read_heads(desk.workspace.head_files)
    with desk.reading() as session:
        hashes = {row.seq: row.hash for row in session.execute(select(Audit.seq, Audit.hash))}
        found = broken_links(session, heads + [_printed(text, hashes) for text in printed or []])
    latest = max(hashes, default=0)
    return {
        "ok": not found and (bool(heads) or not hashes),
        "rows": len(hashes),
        "heads": len(heads),
        "head": f"{latest}:{hashes[latest]}" if hashes else None,
        "breaks": [asdict(one) for one in found]
        + ([{"kind": "no_heads", "seq": latest, "detail": ""}] if hashes and not heads else []),
    }


def head(desk: Desk) -> str | None:
    """The head of the chain for the foot of a report: ``"SEQ:first 16 digits of the hash"``."""
    with desk.reading() as session:
        last = session.scalars(select(Audit).order_by(Audit.seq.desc()).limit(1)).first()
        return f"{last.seq}:{last.hash[:16]}" if last else None


def _printed(text: str, hashes: dict[int, str]) -> Head:
    seq, _, digits = text.partition(":")
    if not seq.isdecimal() or len(digits) < 16 or set(digits) - set("0123456789abcdef"):
        raise problem("bad_value", field="head", value=text, possible="12:0123456789abcdef")
    full = hashes.get(int(seq), "")
    return Head(int(seq), full if full.startswith(digits) else digits, "printed")


def _shown(row: Audit) -> dict[str, Any]:
    values = row.values()
    for column in ("before", "after"):
        values[column] = json.loads(values[column]) if values[column] else None
    return values
