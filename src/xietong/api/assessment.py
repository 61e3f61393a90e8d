"""Endpoints of the assessment: indicators, their values, targets against facts, tasks of units."""

import asyncio
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, Path, Query, Request, Response, UploadFile

from xietong.api.bodies import Allocation, NewMilestone, NewTasks, TaskReview, TaskWords
from xietong.api.guard import DeskOf
from xietong.api.replies import FILES, MAX_ID, UNCHANGED, PageOf, PagingOf, page_reply, reply
from xietong.app import allocation, assessment, statistics
from xietong.app.access import require
from xietong.app.closing_measures import closing_measures
from xietong.app.plans.queries import sliced
from xietong.app.tasks import queries, reports
from xietong.app.tasks.milestones import add_milestone
from xietong.app.tasks.split import split
from xietong.assessment.standing import midterm

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


@router.get("/assessment/alerts", responses=FILES, response_model=PageOf)
def alerts(
    request: Request,
    desk: DeskOf,
    paging: PagingOf,
    year: Annotated[int, Query(ge=1990, le=2200)],
) -> Response:
    """Targets that stand worse than the year before."""
    rows = assessment.alerts_of_year(desk, year)
    return page_reply(request, sliced(rows, **paging.window), paging, "alerts")


@router.get("/assessment/measures", responses=UNCHANGED)
def measures_of_target(
    request: Request,
    desk: DeskOf,
    target: Annotated[str, Query(max_length=120)],
    year: Annotated[int, Query(ge=1990, le=2200)],
) -> dict[str, Any]:
    """The cheapest measures that close the gap of a target."""
    return reply(request, closing_measures(desk, target, year))  # type: ignore[return-value]


@router.get("/assessment/midterm", responses=FILES, response_model=PageOf)
def half_way(
    request: Request,
    desk: DeskOf,
    paging: PagingOf,
    year: Annotated[int, Query(ge=1990, le=2200)],
) -> Response:
    """Each plan in the middle of its term."""
    rows = midterm(assessment.assess_desk(desk, year)["targets"], year)
    return page_reply(request, sliced(rows, **paging.window), paging, "midterm")


@router.get("/indicators/{indicator}/ranking", responses=FILES, response_model=PageOf)
def rank(
    request: Request,
    desk: DeskOf,
    paging: PagingOf,
    indicator: Annotated[str, Path(max_length=60)],
    year: Annotated[int, Query(ge=1900, le=2200)],
    since: Annotated[int, Query(ge=1900, le=2200)] = 2020,
    within: Annotated[str, Query(pattern=r"^[0-9]{6}$")] = "370000",
) -> Response:
    """The regions below one by an indicator and its change."""
    require(desk.actor, "plan.read")
    root = desk.workspace.root
    rows = assessment.rank_regions(indicator, year, since, root, within=within)
    return page_reply(request, sliced(rows, **paging.window), paging, "ranking")


@router.post("/allocations")
def allocate(desk: DeskOf, body: Allocation) -> dict[str, Any]:
    """A target broken down to the regions below, in several ways; with ``adopt`` one is kept as targets."""
    require(desk.actor, "plan.read")
    found = allocation.allocate(
        body.indicator,
        body.target,
        body.year,
        kind=body.kind,
        base_year=body.base_year,
        ways=body.ways or allocation.DEFAULT_WAYS,
        weight=body.weight,
        within=body.within,
        folder=desk.workspace.root,
    )
    if body.adopt is not None:
        found["adopted"] = allocation.adopt(found, body.adopt, desk, body.path)
    return found


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
    """Report on a task, without evidence."""
    return reports.report(desk, row_id, body.progress, body.text)


@router.post("/unit_tasks/{row_id}/reports/with_evidence", status_code=201)
async def report_with_evidence(
    desk: DeskOf,
    row_id: RowId,
    progress: Annotated[float, Form()],
    text: Annotated[str, Form(max_length=4000)],
    evidence: list[UploadFile],
) -> dict[str, Any]:
    """Report on a task with files as evidence."""
    files = [(one.filename or "evidence", await one.read()) for one in evidence]
    return await asyncio.to_thread(reports.report, desk, row_id, progress, text, files)


@router.get(
    "/unit_tasks/{row_id}/evidence/{sha256}",
    responses={200: {"content": {"application/octet-stream": {"schema": {"type": "string"}}}}},
)
def evidence(
    desk: DeskOf, row_id: RowId, sha256: Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
) -> Response:
    """One piece of evidence, as a download."""
    name, data = reports.evidence_file(desk, row_id, sha256)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(data, headers=headers, media_type="application/octet-stream")


@router.post("/unit_tasks/{row_id}/milestones", status_code=201)
def milestone(desk: DeskOf, row_id: RowId, body: NewMilestone) -> dict[str, Any]:
    """A milestone of a task."""
    return add_milestone(desk, row_id, body.title, body.due)


@router.get("/task_summary", responses=FILES, response_model=PageOf)
def task_summary(
    request: Request,
    desk: DeskOf,
    paging: PagingOf,
    by: Annotated[str, Query(max_length=20)] = "unit",
    year: Year = None,
) -> Response:
    """How the tasks of each unit, plan, region, year, clause or target stand."""
    rows = queries.roll_up(desk, by, year=year)
    return page_reply(request, sliced(rows, **paging.window), paging, "task_summary")


@router.post("/unit_tasks/{row_id}/reviews", status_code=201)
def review(desk: DeskOf, row_id: RowId, body: TaskReview) -> dict[str, Any]:
    """Accept the last report of a task, or return it with a reason."""
    return reports.review(desk, row_id, body.accept, body.reason)
