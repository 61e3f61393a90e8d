"""Endpoints of trust and work: audit, submissions, jobs, the workspace itself."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response, UploadFile

from xietong.api.bodies import NewJob, Step
from xietong.api.guard import DeskOf
from xietong.api.replies import (
    FILES,
    MAX_ID,
    UNCHANGED,
    LockOf,
    PageOf,
    PagingOf,
    page_reply,
    reply,
)
from xietong.app import audit as trail
from xietong.app import data_review, data_review_files
from xietong.app.jobs import desk as work
from xietong.app.workspace import summary

router = APIRouter(tags=["trust"])
RowId = Annotated[int, Path(ge=1, le=MAX_ID)]
Words = Annotated[str | None, Query(max_length=200)]


@router.get("/workspace")
def workspace(request: Request, desk: DeskOf) -> dict[str, Any]:
    """What the workspace holds."""
    found = summary(desk)
    del found["folder"]
    return reply(request, found)  # type: ignore[return-value]


@router.get("/audit", responses=FILES, response_model=PageOf)
def audit(
    request: Request,
    desk: DeskOf,
    paging: PagingOf,
    who: Words = None,
    action: Words = None,
    subject: Words = None,
    since: Words = None,
    until: Words = None,
) -> Response:
    """The audit trail, newest first."""
    where = trail.AuditFilter(who=who, action=action, subject=subject, since=since, until=until)
    return page_reply(request, trail.entries(desk, where, **paging.window), paging, "audit")


@router.get("/audit/verification")
def verification(
    desk: DeskOf, head: Annotated[list[str] | None, Query(max_length=20)] = None
) -> dict[str, Any]:
    """Whether the trail holds; ``head`` as printed in the foot of a report."""
    return trail.verify(desk, head)


@router.get("/submissions", responses=FILES, response_model=PageOf)
def submissions(
    request: Request,
    desk: DeskOf,
    paging: PagingOf,
    region: Words = None,
    year: Annotated[int | None, Query(ge=1900, le=2200)] = None,
    state: Words = None,
) -> Response:
    """Data handed in, with what became of them."""
    found = data_review.submissions(desk, region=region, year=year, state=state, **paging.window)
    return page_reply(request, found, paging, "submissions")


@router.post("/submissions", status_code=201)
def hand_in(desk: DeskOf, file: UploadFile) -> list[dict[str, Any]]:
    """Hand in a filled-in template: one draft per table, place and year, all or none."""
    return data_review_files.hand_in(desk, file.filename or "", file.file.read())


@router.get("/submissions/{row_id}/data")
def data(desk: DeskOf, row_id: RowId) -> dict[str, Any]:
    """The rows that were handed in, and whether their file is still the same."""
    return data_review_files.data_of(desk, row_id)


@router.get("/submissions/{row_id}", responses=UNCHANGED)
def submission(request: Request, desk: DeskOf, row_id: RowId) -> dict[str, Any]:
    """One submission with its events."""
    found = data_review.submission(desk, row_id)
    return reply(request, found, lock=found["lock"])  # type: ignore[return-value]


@router.post("/submissions/{row_id}/steps", status_code=201)
def step(request: Request, desk: DeskOf, row_id: RowId, body: Step, lock: LockOf) -> dict[str, Any]:
    """Submit, accept, return or unlock."""
    found = data_review.step(desk, row_id, body.step, reason=body.reason, expected_lock=lock)
    return reply(request, found, 201, lock=found["lock"])  # type: ignore[return-value]


@router.get("/jobs", responses=FILES, response_model=PageOf)
def jobs(
    request: Request, desk: DeskOf, paging: PagingOf, state: Words = None, kind: Words = None
) -> Response:
    """Long work, newest first."""
    found = work.jobs(desk, state=state, kind=kind, **paging.window)
    return page_reply(request, found, paging, "jobs")


@router.post("/jobs", status_code=202)
def submit(desk: DeskOf, body: NewJob) -> dict[str, Any]:
    """Queue long work."""
    return work.submit(desk, body.kind, body.arguments)


@router.get("/jobs/{row_id}", responses=UNCHANGED)
def job(request: Request, desk: DeskOf, row_id: RowId) -> dict[str, Any]:
    """One job: state, progress, message, result."""
    return reply(request, work.job(desk, row_id))  # type: ignore[return-value]


@router.post("/jobs/{row_id}/cancellation", status_code=202)
def cancel(desk: DeskOf, row_id: RowId) -> dict[str, Any]:
    """Cancel a job; a running one ends within seconds."""
    return work.cancel(desk, row_id)
