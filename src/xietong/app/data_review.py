"""Data on their way from who hands them in to who accepts them: one state per kind, place and year.

``draft → submitted → accepted | returned``, ``returned → submitted``. While submitted or accepted
the data are closed to writing; ``unlock`` takes an accepted year back to ``returned``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xietong.app.access import LOCAL, may, require
from xietong.app.desk import Change, Desk
from xietong.app.plans.queries import Page, sliced
from xietong.app.problems import problem
from xietong.store.clock import now
from xietong.store.models import Submission, SubmissionEvent

# Step → states it may start from, state it leads to, the right it needs, whether a reason is due.
STEPS: dict[str, tuple[tuple[str, ...], str, str, bool]] = {
    "submit": (("draft", "returned"), "submitted", "data.submit", False),
    "accept": (("submitted",), "accepted", "data.review", False),
    "return": (("submitted",), "returned", "data.review", True),
    "unlock": (("accepted",), "returned", "data.unlock", True),
}
CLOSED = ("submitted", "accepted")


@contextmanager
def writing_data(
    desk: Desk, kind: str, region: str, year: int, entity: str = "", *, sha256: str | None = None
) -> Iterator[Change]:
    """A transaction that may change the data of this kind, place and year, and notes that it did."""
    with desk.writing() as change:
        open_data(desk, change, kind, region, year, entity, sha256=sha256)
        yield change


def open_data(
    desk: Desk,
    change: Change,
    kind: str,
    region: str,
    year: int,
    entity: str = "",
    *,
    sha256: str | None = None,
) -> Submission:
    """Open the data of this kind, place and year for writing within a transaction.

    Every use case that writes such data goes through here: it asks for the right and refuses an
    accepted year, or one that is being reviewed. ``sha256`` is the digest of the data's file.
    """
    require(desk.actor, "data.submit", region=region, entity=entity)
    found = _find(change.session, kind, region, year, entity)
    _require_open(found)
    if found is None:
        found = Submission(kind=kind, region=region, year=year, entity=entity, state="draft")
        change.session.add(found)
    before = {"sha256": found.sha256} if found.sha256 else None
    found.sha256, found.updated_at, found.updated_by = sha256, now(), desk.actor.name
    change.session.flush()
    change.record("data.write", _name(found), before, {"sha256": sha256})
    return found


def require_open(session: Session, kind: str, region: str, year: int) -> None:
    """Refuse where anybody's data of this kind, place and year are under review or accepted."""
    query = select(Submission).filter_by(kind=kind, region=region, year=year)
    for found in session.scalars(query):
        _require_open(found)


def step(
    desk: Desk,
    submission_id: int,
    name: str,
    *,
    reason: str = "",
    expected_lock: int | None = None,
) -> dict[str, Any]:
    """Move a submission on: ``submit``, ``accept``, ``return``, ``unlock``; it afterwards.

    Who handed data in does not review them, except on a workspace of one person.
    """
    if name not in STEPS:
        raise problem("bad_value", field="step", value=name, possible="、".join(STEPS))
    allowed, to_state, right, needs_reason = STEPS[name]
    if needs_reason and not reason.strip():
        raise problem("reason_missing")
    with desk.writing() as change:
        found = change.session.get(Submission, submission_id)
        if found is None:
            raise _missing(submission_id)
        require(desk.actor, right, region=found.region, entity=found.entity)
        if expected_lock is not None and expected_lock != found.lock:
            raise desk.conflict(_name(found))
        if found.state not in allowed:
            raise problem("wrong_state", subject=_name(found), state=found.state, step=name)
        if name in ("accept", "return"):
            _require_other_eyes(desk, found)
        change.record(
            f"data.{name}",
            _name(found),
            {"state": found.state},
            {"state": to_state},
            reason or None,
        )
        found.events.append(
            SubmissionEvent(
                from_state=found.state,
                to_state=to_state,
                who=desk.actor.name,
                at=now(),
                reason=reason,
            )
        )
        found.state, found.updated_at, found.updated_by = to_state, now(), desk.actor.name
        change.session.flush()
        return _shown(found)


def submissions(
    desk: Desk,
    *,
    region: str | None = None,
    year: int | None = None,
    state: str | None = None,
    page: int = 1,
    per_page: int | None = None,
) -> Page:
    """The submissions that the actor may see, newest first, each with its events."""
    query = select(Submission).order_by(Submission.id.desc())
    for column, wanted in (
        (Submission.region, region),
        (Submission.year, year),
        (Submission.state, state),
    ):
        if wanted is not None:
            query = query.where(column == wanted)
    with desk.reading() as session:
        items = [
            _shown(found)
            for found in session.scalars(query)
            if may(desk.actor, "data.read", found.region, found.entity)
        ]
    return sliced(items, page, per_page)


def submission(desk: Desk, submission_id: int) -> dict[str, Any]:
    """One submission with its events."""
    with desk.reading() as session:
        found = session.get(Submission, submission_id)
        if found is None:
            raise _missing(submission_id)
        require(desk.actor, "data.read", found.region, found.entity)
        return _shown(found)


def possible_steps(desk: Desk, submission_id: int) -> dict[str, bool]:
    """What the actor may do with a submission now: step → whether it needs a reason."""
    with desk.reading() as session:
        found = session.get(Submission, submission_id)
        if found is None:
            raise _missing(submission_id)
        return {
            name: needs_reason
            for name, (states, _, right, needs_reason) in STEPS.items()
            if found.state in states
            and may(desk.actor, right, found.region, found.entity)
            and not (name in ("accept", "return") and _is_own(desk, found))
        }


def _find(session: Session, kind: str, region: str, year: int, entity: str) -> Submission | None:
    return session.scalars(
        select(Submission).filter_by(kind=kind, region=region, year=year, entity=entity)
    ).first()


def _require_open(found: Submission | None) -> None:
    if found is not None and found.state in CLOSED:
        raise problem(
            "data_closed",
            subject=_name(found),
            state=found.state,
            who=found.updated_by,
            at=found.updated_at,
        )


def _require_other_eyes(desk: Desk, found: Submission) -> None:
    if _is_own(desk, found):
        raise problem("own_submission", who=desk.actor.name)


def _is_own(desk: Desk, found: Submission) -> bool:
    """Whether the actor handed this in, on a workspace of more than one person."""
    last = next((e for e in reversed(found.events) if e.to_state == "submitted"), None)
    return desk.actor.role != LOCAL and last is not None and last.who == desk.actor.name


def _name(found: Submission) -> str:
    place = "/".join(part for part in (found.region, found.entity) if part)
    return f"data:{found.kind}:{place}:{found.year}"


def _missing(submission_id: int) -> Exception:
    return problem(
        "not_found",
        what="填报",
        what_en="submission",
        key=submission_id,
        hint="",
        hint_en="",
    )


def _shown(found: Submission) -> dict[str, Any]:
    return found.values() | {"events": [event.values() for event in found.events]}
