"""Endpoints of the library of plans: documents, rows, review, uploads, imports."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response, UploadFile
from pydantic import BaseModel

from xietong.api.bodies import Decision, Decisions, Import
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
from xietong.app.plans import queries, removal
from xietong.app.plans import review as reviewing
from xietong.app.plans.filters import Filter
from xietong.app.plans.uploads import import_upload, keep_upload, preview_upload

router = APIRouter(tags=["plans"])
RowId = Annotated[int, Path(ge=1, le=MAX_ID)]
UploadId = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]
Words = Annotated[str | None, Query(max_length=200)]

# Path of the endpoint → table of the use cases.
TABLES = {
    "clauses": "clauses",
    "targets": "targets",
    "milestones": "milestones",
    "plan_projects": "projects",
}


class Where(BaseModel):
    """What to list, as in ``app.plans.filters.Filter``."""

    region: Words = None
    year: Annotated[int | None, Query(ge=1900, le=2200)] = None
    indicator: Words = None
    unit: Words = None
    clause: Words = None
    plan: Words = None
    plan_type: Words = None
    level: Words = None
    text: Words = None
    status: Words = None
    lead: Annotated[bool | None, Query()] = None
    function: Words = None


WhereOf = Annotated[Where, Query()]


@router.get("/documents", responses=FILES, response_model=PageOf)
def documents(
    request: Request,
    desk: DeskOf,
    paging: PagingOf,
    region: Words = None,
    plan: Words = None,
    plan_type: Words = None,
    level: Words = None,
    text: Words = None,
) -> Response:
    """The plans of the library."""
    where = Filter(region=region, plan=plan, plan_type=plan_type, level=level, text=text)
    found = queries.documents(desk, where, paging.sort, **paging.window)
    return page_reply(request, found, paging, "documents")


@router.get("/documents/{key}", responses=UNCHANGED)
def document(
    request: Request, desk: DeskOf, key: Annotated[str, Path(max_length=200)]
) -> dict[str, Any]:
    """One plan by id, code or title, with its editions."""
    return reply(request, queries.document(desk, key))  # type: ignore[return-value]


@router.get("/documents/{key}/dependents")
def dependents(desk: DeskOf, key: Annotated[str, Path(max_length=200)]) -> dict[str, Any]:
    """What would go with a plan if it were removed."""
    return removal.what_hangs_on(desk, key)


@router.delete("/documents/{key}")
def remove(
    desk: DeskOf,
    key: Annotated[str, Path(max_length=200)],
    lock: LockOf,
    reason: Annotated[str, Query(max_length=2000)] = "",
) -> dict[str, Any]:
    """Take a plan out of the library, for a reason; what went with it."""
    return removal.remove_document(desk, key, reason, expected_lock=lock)


@router.get("/tasks", responses=FILES, response_model=PageOf)
def tasks(
    request: Request,
    desk: DeskOf,
    paging: PagingOf,
    region: Words = None,
    unit: Words = None,
    clause: Words = None,
    plan: Words = None,
    text: Words = None,
    lead: bool | None = None,
    function: Words = None,
) -> Response:
    """Clauses with their responsible units."""
    where = Filter(region=region, unit=unit, clause=clause, plan=plan, text=text)
    where = replace(where, lead=lead, function=function)
    found = queries.tasks(desk, where, sort=paging.sort, **paging.window)
    return page_reply(request, found, paging, "tasks")


@router.get("/units", responses=FILES, response_model=PageOf)
def units(
    request: Request,
    desk: DeskOf,
    paging: PagingOf,
    region: Words = None,
    unit: Words = None,
    plan: Words = None,
    function: Words = None,
) -> Response:
    """Responsible units with the number of their clauses."""
    where = Filter(region=region, unit=unit, plan=plan, function=function)
    found = queries.units(desk, where, sort=paging.sort, **paging.window)
    return page_reply(request, found, paging, "units")


@router.get("/review_queue", response_model=PageOf, responses=FILES)
def review_queue(
    request: Request, desk: DeskOf, paging: PagingOf, region: Words = None, plan: Words = None
) -> Response:
    """What still waits for a person."""
    found = reviewing.queue(desk, Filter(region=region, plan=plan), **paging.window)
    return page_reply(request, found, paging, "review_queue")


@router.get("/reviews", response_model=PageOf, responses=FILES)
def reviews(request: Request, desk: DeskOf, paging: PagingOf) -> Response:
    """All decisions, newest first."""
    found = reviewing.history(desk, **paging.window)
    return page_reply(request, found, paging, "reviews")


@router.post("/reviews", status_code=201)
def review_many(desk: DeskOf, body: Decisions) -> dict[str, int]:
    """The same decision on several rows, all or none."""
    number = reviewing.review_many(
        desk, body.table, body.ids, body.action, values=body.values, reason=body.reason
    )
    return {"reviewed": number}


@router.post("/uploads", status_code=201)
def upload(desk: DeskOf, file: UploadFile) -> dict[str, Any]:
    """Send a plan document; nothing is stored in the library yet."""
    return keep_upload(desk, file.filename or "", file.file.read())


@router.get("/uploads/{upload}/preview")
def preview(desk: DeskOf, upload: UploadId) -> dict[str, Any]:
    """What importing it would do."""
    return preview_upload(desk, upload)


@router.post("/imports", status_code=201)
def imports(desk: DeskOf, body: Import) -> dict[str, Any]:
    """Store an upload in the library, wholly or not at all."""
    return import_upload(desk, body.upload, reread=body.reread)


def _add_table(path: str, table: str) -> None:
    """List, single row and review of one table."""

    def rows(request: Request, desk: DeskOf, paging: PagingOf, where: WhereOf) -> Response:
        wanted = Filter(**where.model_dump())
        found = queries.rows(desk, table, wanted, sort=paging.sort, **paging.window)
        return page_reply(request, found, paging, path)

    def row(request: Request, desk: DeskOf, row_id: RowId) -> dict[str, Any]:
        found = queries.row(desk, table, row_id)
        return reply(request, found, lock=found["lock"])  # type: ignore[return-value]

    def decide(
        request: Request, desk: DeskOf, row_id: RowId, body: Decision, lock: LockOf
    ) -> dict[str, Any]:
        found = reviewing.review(
            desk,
            table,
            row_id,
            body.action,
            values=body.values,
            reason=body.reason,
            expected_lock=lock,
        )
        return reply(request, found, 201, lock=found["lock"])  # type: ignore[return-value]

    router.get(f"/{path}", responses=FILES, response_model=PageOf, name=path)(rows)
    router.get(f"/{path}/{{row_id}}", responses=UNCHANGED, name=f"{path}_row")(row)
    router.post(f"/{path}/{{row_id}}/reviews", status_code=201, name=f"{path}_review")(decide)


for _path, _table in TABLES.items():
    _add_table(_path, _table)
