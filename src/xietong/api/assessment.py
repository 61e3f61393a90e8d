"""Endpoints of the assessment: indicators, their values, targets against facts, tasks of units."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from xietong.api.bodies import NewTasks, TaskReview, TaskWords
from xietong.api.guard import DeskOf
from xietong.api.replies import FILES, MAX_ID, UNCHANGED, PageOf, PagingOf, page_reply, reply
from xietong.app import assessment, statistics
from xietong.app.plans.queries import sliced
from xietong.app.tasks import queries, reports
from xietong.app.tasks.split import split

router = APIRouter(tags=["assessment"])
RowId = Annotated[int, Path(ge=1, le=MAX_ID)]
Words = Annotated[str | None, Query(max_length=200)]
Year = Annotated[int | None, Query(ge=1900, le=2200)]
Adcode = Annotated[str | None, Query(pattern=r"^[0-9]{6}$")]


@router.get("/indicators", responses=FILES, response_model=PageOf)
def indicators(request: Request, desk: DeskOf, paging: PagingOf, text: Words = None) -> Response:
    """The indicators, computed and reported."""
    assert desk
    rows = statistics.list_indicators(text or "")
    return page_reply(request, sliced(rows, **paging.window), paging, "indicators")


@router.get("/indicator_values", responses=FILES, response_model=PageOf)
def indicator_values(
    request: Request,
    desk: DeskOf,
    paging: PagingOf,
    indicator: Words = None,
    region: Adcode = None,
    year: Year = None,
    base_year: Annotated[int, Query(ge=1950, le=2200)] = statistics.BASE_YEAR,
) -> Response:
    """Values of indicators by region and year, each with how it was got and its sources."""
    rows = assessment.values_of(desk, indicator, region, year, base_year)
    return page_reply(request, sliced(rows, **paging.window), paging, "indicator_values")


@router.get("/assessment", responses=UNCHANGED)
def assess(
    request: Request,
    desk: DeskOf,
    year: Annotated[int, Query(ge=1990, le=2200)],
    region: Adcode = None,
    unit: Words = None,
) -> dict[str, Any]:
    """Every target against the facts up to a year, and scores by the rule books."""
    found = assessment.assess_desk(desk, year, region=region, unit=unit)
    return reply(request, found)  # type: ignore[return-value]


@router.get("/unit_tasks", responses=FILES, response_model=PageOf)
def unit_tasks(
    request: Request,
    desk: DeskOf,
    paging: PagingOf,
    plan: Words = None,
    unit: Words = None,
    year: Year = None,
    state: Words = None,
    overdue_on: Annotated[str | None, Query(pattern=r"^\d{4}-\d{2}-\d{2}$")] = None,
) -> Response:
    """Tasks of units, by their due date, each with its reports."""
    found = queries.tasks(
        desk, plan=plan, unit=unit, year=year, state=state, overdue_on=overdue_on, **paging.window
    )
    return page_reply(request, found, paging, "unit_tasks")


@router.post("/unit_tasks", status_code=201)
def split_plan(desk: DeskOf, body: NewTasks) -> dict[str, Any]:
    """Split a plan into tasks of a year; those that exist stay as they are."""
    return split(desk, body.plan, body.year, due=body.due)


@router.post("/unit_tasks/{row_id}/reports", status_code=201)
def report(desk: DeskOf, row_id: RowId, body: TaskWords) -> dict[str, Any]:
    """Report on a task (evidence is handed in on the command line)."""
    return reports.report(desk, row_id, body.progress, body.text)


@router.post("/unit_tasks/{row_id}/reviews", status_code=201)
def review(desk: DeskOf, row_id: RowId, body: TaskReview) -> dict[str, Any]:
    """Accept the last report of a task, or return it with a reason."""
    return reports.review(desk, row_id, body.accept, body.reason)
