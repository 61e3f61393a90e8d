"""People's word on what was extracted: confirm, correct, reject, reopen; nothing is forgotten."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from xietong.app.access import require, require_somewhere
from xietong.app.desk import Change, Desk
from xietong.app.plans.filters import ALL, Filter
from xietong.app.plans.queries import Page, row, rows, sliced
from xietong.app.plans.rows import REVIEWED, Row, responsible
from xietong.app.problems import problem
from xietong.store.clock import now
from xietong.store.models import Clause, DocumentVersion, Review

# What a person does → what the row is afterwards.
ACTIONS = {
    "confirm": "confirmed",
    "correct": "corrected",
    "reject": "rejected",
    "reopen": "extracted",
}


@dataclass(frozen=True)
class Decision:
    """What a person decides about rows of one table."""

    table: str
    action: str
    values: dict[str, Any]
    reason: str


def review(
    desk: Desk,
    table: str,
    row_id: int,
    action: str,
    *,
    values: dict[str, Any] | None = None,
    reason: str | None = None,
    expected_lock: int | None = None,
) -> dict[str, Any]:
    """One decision on one row; the row as it is afterwards, with its history.

    ``values`` are the corrected columns (only with ``correct``). ``expected_lock`` is the ``lock``
    that the person saw: ``ConflictError`` says who changed the row since then. ``reopen`` takes
    everything back to what was extracted.
    """
    review_many(desk, table, [row_id], action, values=values, reason=reason, locks=[expected_lock])
    return row(desk, table, row_id)


def review_many(
    desk: Desk,
    table: str,
    row_ids: Sequence[int],
    action: str,
    *,
    values: dict[str, Any] | None = None,
    reason: str | None = None,
    locks: Sequence[int | None] | None = None,
) -> int:
    """The same decision on several rows, all or none; how many."""
    require_somewhere(desk.actor, "plan.review")
    _check_table(table)
    if action not in ACTIONS:
        raise problem("bad_value", field="action", value=action, possible="、".join(ACTIONS))
    if action in ("correct", "reject") and not (reason or "").strip():
        raise problem("reason_missing")
    decision = Decision(table, action, values or {}, (reason or "").strip())
    with desk.writing() as change:
        for row_id, lock in zip(row_ids, locks or [None] * len(row_ids), strict=True):
            _decide(desk, change, decision, row_id, lock)
    return len(row_ids)


def queue(desk: Desk, where: Filter = ALL, *, page: int = 1, per_page: int | None = None) -> Page:
    """What still waits for a person, over all tables; each row names its ``table``."""
    waiting = Filter(**{**vars(where), "status": where.status or "extracted"})
    items = [
        {"table": table, **item} for table in REVIEWED for item in rows(desk, table, waiting).items
    ]
    return sliced(items, page, per_page)


def history(desk: Desk, *, page: int = 1, per_page: int | None = None) -> Page:
    """All decisions, newest first."""
    require(desk.actor, "plan.read")
    with desk.reading() as session:
        found = session.scalars(select(Review).order_by(Review.id.desc()))
        return sliced([entry.values() for entry in found], page, per_page)


def correctable(table: str) -> tuple[str, ...]:
    """The columns that a person may correct.

    >>> correctable("milestones")
    ('clause', 'year', 'kind', 'indicator', 'quote')
    """
    _check_table(table)
    hidden = {"id", "version_id", "ordinal", "status", "lock", "extracted"}
    columns = REVIEWED[table].__table__.columns
    return tuple(column.key for column in columns if column.key not in hidden)


def _check_table(table: str) -> None:
    if table not in REVIEWED:
        raise problem("bad_value", field="table", value=table, possible="、".join(REVIEWED))


def _decide(desk: Desk, change: Change, decision: Decision, row_id: int, lock: int | None) -> None:
    table, action = decision.table, decision.action
    session = change.session
    found: Row | None = session.get(REVIEWED[table], row_id)
    subject = f"{REVIEWED[table].__tablename__}:{row_id}"
    if found is None:
        raise problem("not_found", what="行", what_en="row", key=subject, hint="", hint_en="")
    document = session.get_one(DocumentVersion, found.version_id).document
    require(desk.actor, "plan.review", region=document.adcode)
    if lock is not None and lock != found.lock:
        raise desk.conflict(subject)
    new = found.extracted if action == "reopen" else {}
    if action == "correct":
        new = _checked(table, decision.values)
    before = {"status": found.status} | {key: getattr(found, key) for key in new}
    for key, value in new.items():
        setattr(found, key, value)
    found.status = ACTIONS[action]
    if isinstance(found, Clause) and {"units", "lead"} & new.keys():
        found.responsible = responsible(found)
    after = {"status": found.status} | new
    session.add(
        Review(
            row_table=found.__tablename__,
            row_id=row_id,
            action=action,
            before=before,
            after=after,
            reason=decision.reason,
            who=desk.actor.name,
            at=now(),
        )
    )
    change.record(f"plan.{action}", subject, before, after, decision.reason or None)


def _checked(table: str, values: dict[str, Any]) -> dict[str, Any]:
    """Corrected columns in the type of their column; a range is a list of two numbers."""
    columns = {column.key: column for column in REVIEWED[table].__table__.columns}
    allowed = correctable(table)
    if not values:
        raise problem("nothing_to_correct", columns="、".join(allowed))
    checked: dict[str, Any] = {}
    for key, value in values.items():
        if key not in allowed:
            raise problem("bad_value", field=table, value=key, possible="、".join(allowed))
        if table == "targets" and key == "value" and isinstance(value, list) and len(value) == 2:
            low, high = (_typed(key, columns[key], part) for part in value)
            checked |= {"value": low, "value_high": high}
        else:
            checked[key] = _typed(key, columns[key], value)
    return checked


def _typed(key: str, column: Any, value: Any) -> Any:
    kind: type = list if column.type.__visit_name__ == "JSON" else column.type.python_type
    checks: dict[type, Callable[[Any], bool]] = {
        list: lambda v: isinstance(v, list) and all(isinstance(part, str) for part in v),
        float: lambda v: isinstance(v, int | float) and not isinstance(v, bool) and abs(v) < 1e300,
        int: lambda v: isinstance(v, int) and not isinstance(v, bool) and abs(v) < 10**6,
        bool: lambda v: isinstance(v, bool),
        str: lambda v: isinstance(v, str) and bool(v.strip()) and "\x00" not in v,
    }
    fits = checks[kind]
    limit = getattr(column.type, "length", None)
    too_long = isinstance(value, str) and limit is not None and len(value) > limit
    if (value is None and column.nullable) or (fits(value) and not too_long):
        return float(value) if kind is float and value is not None else value
    raise problem("bad_value", field=key, value=value, possible=kind.__name__)
