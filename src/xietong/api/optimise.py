"""Endpoints of the best mix: what can be chosen, runs as jobs, kept answers, two side by side."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from xietong.api.bodies import NewMix
from xietong.api.guard import DeskOf
from xietong.api.replies import FILES, UNCHANGED, PageOf, PagingOf, page_reply, reply
from xietong.app import pages_optimise as use
from xietong.app.jobs.desk import submit
from xietong.app.plans.queries import sliced

router = APIRouter(prefix="/optimise", tags=["optimise"])
Kept = Annotated[str, Path(max_length=60)]
Side = Annotated[str, Query(max_length=60)]


@router.get("/choices", responses=UNCHANGED)
def choices(
    request: Request,
    desk: DeskOf,
    year: Annotated[int | None, Query(ge=1900, le=2200)] = None,
    region: Annotated[str, Query(pattern=r"^(\d{6})?$")] = "",
) -> dict[str, Any]:
    """Quantities with their base year totals and reach, measures that take part, percentages of plans."""
    return reply(request, use.choices(desk, year, region))  # type: ignore[return-value]


@router.post("/runs", status_code=202)
def run(desk: DeskOf, body: NewMix) -> dict[str, Any]:
    """Queue the job ``optimise.run``; its answer is kept under ``name``."""
    arguments = body.model_dump()
    use.wanted_of(arguments)
    use.writable(desk, body.region)
    return submit(desk, "optimise.run", arguments)


@router.get("/results", responses=FILES, response_model=PageOf)
def results(request: Request, desk: DeskOf, paging: PagingOf) -> Response:
    """Answers that are kept, newest first."""
    return page_reply(request, sliced(use.kept(desk), **paging.window), paging, "optimise_results")


@router.get("/results/{name}", responses=UNCHANGED)
def result(request: Request, desk: DeskOf, name: Kept) -> dict[str, Any]:
    """One answer: mix, cost, totals, shadow prices, conflicts, strategies, front."""
    return reply(request, use.read(desk, name))  # type: ignore[return-value]


@router.get("/comparison", responses=UNCHANGED)
def comparison(request: Request, desk: DeskOf, left: Side, right: Side) -> dict[str, Any]:
    """Two kept answers side by side."""
    return reply(request, use.compared(desk, left, right))  # type: ignore[return-value]


@router.delete("/results/{name}", status_code=204)
def forget(desk: DeskOf, name: Kept) -> Response:
    """Remove a kept answer."""
    use.forget(desk, name)
    return Response(status_code=204)
