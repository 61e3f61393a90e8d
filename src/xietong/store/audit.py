"""The audit trail: a chain of hashes, each row sealing all rows before it.

``hash = sha256(prev_hash + canonical JSON of the row)``. Who can write to the database could
recompute the chain; therefore its head is also kept outside (``store.heads``, printed reports),
and ``broken_links`` compares the rows with those heads.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from xietong.store.clock import now
from xietong.store.models import Audit

ROOT = "0" * 64
FIELDS = ("seq", "at", "who", "action", "subject", "before", "after", "reason")
LOCK = 0x7869_6574  # any number, the same in all processes


@dataclass(frozen=True)
class Head:
    """The end of the chain at one moment."""

    seq: int
    hash: str
    at: str


@dataclass(frozen=True)
class Break:
    """One place where the trail does not hold: kind, row, and what was found."""

    kind: str  # changed | removed | truncated | recomputed | foreign
    seq: int
    detail: str


def canonical(value: Any) -> str:
    """JSON with one spelling only.

    >>> canonical({"b": 1, "a": "碳"})
    '{"a":"碳","b":1}'
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def seal(prev_hash: str, row: dict[str, Any]) -> str:
    """The hash of one row on top of the chain before it."""
    body = canonical({field: row[field] for field in FIELDS})
    return hashlib.sha256((prev_hash + body).encode()).hexdigest()


def append(session: Session, who: str, entries: Iterable[dict[str, Any]]) -> Head | None:
    """Add rows to the trail within the session's transaction; the new head, or None for no rows.

    An entry has ``action``, ``subject`` and, where they apply, ``before``, ``after``, ``reason``.
    """
    entries = list(entries)
    if not entries:
        return None
    if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer anyhow
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    last = session.scalars(select(Audit).order_by(Audit.seq.desc()).limit(1)).first()
    seq, previous = (last.seq, last.hash) if last else (0, ROOT)
    for entry in entries:
        seq += 1
        row = {
            "seq": seq,
            "at": now(),
            "who": who,
            "action": entry["action"],
            "subject": entry["subject"],
            "before": _text(entry.get("before")),
            "after": _text(entry.get("after")),
            "reason": entry.get("reason"),
        }
        row_hash = seal(previous, row)
        session.add(Audit(**row, prev_hash=previous, hash=row_hash))
        previous = row_hash
    session.flush()
    return Head(seq, previous, row["at"])


def broken_links(session: Session, heads: Iterable[Head]) -> list[Break]:
    """Every place where the rows disagree with each other or with the heads kept outside."""
    breaks: list[Break] = []
    known = {}
    previous, expected, last = ROOT, 1, 0
    for audit in session.scalars(
        select(Audit).order_by(Audit.seq).execution_options(yield_per=1000)
    ):
        if audit.seq != expected:
            breaks.append(Break("removed", expected, f"{expected}–{audit.seq - 1}"))
        row = {field: getattr(audit, field) for field in FIELDS}
        if audit.hash != seal(audit.prev_hash, row):
            breaks.append(Break("changed", audit.seq, f"{audit.action} {audit.subject}"))
        elif audit.prev_hash != previous and audit.seq == expected:
            breaks.append(Break("changed", audit.seq, "prev_hash"))
        known[audit.seq] = audit.hash
        previous, expected, last = audit.hash, audit.seq + 1, audit.seq
    for head in heads:
        if head.seq > last:
            breaks.append(Break("truncated", head.seq, head.at))
        elif head.seq in known and known[head.seq] != head.hash:
            breaks.append(Break("recomputed", head.seq, head.at))
    return breaks


def _text(value: Any) -> str | None:
    return None if value is None else canonical(value)
