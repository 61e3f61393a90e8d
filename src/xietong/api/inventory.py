"""Endpoints of the inventory: totals, structure, trend, explanation, checks, comparison, kept results."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response, UploadFile
from pydantic import BaseModel

from xietong.api.bodies import KeptRun
from xietong.api.guard import DeskOf
from xietong.api.replies import FILES, UNCHANGED, XLSX, PageOf, PagingOf, page_reply, reply
from xietong.app import inventory_keep as keeping
from xietong.app import pages_inventory as use
from xietong.app.plans.queries import sliced

router = APIRouter(prefix="/inventory", tags=["inventory"])
Name = Annotated[str, Query(max_length=60)]
Side = Annotated[str, Query(max_length=200)]
Kept = Annotated[str, Path(max_length=60)]


class Looked(BaseModel):
    """What is looked at: year, region, settings other than the workspace's own."""

    year: Annotated[int, Query(ge=1900, le=2200)]
    region: Annotated[str, Query(pattern=r"^(\d{6})?$")] = ""
    programme: Name = ""
    gwp: Name = ""

    @property
    def view(self) -> use.View:
        """As the use cases take it."""
        return use.View(**self.model_dump())


ViewOf = Annotated[Looked, Depends()]


@router.get("/totals", responses=FILES, response_model=PageOf)
def totals(
    request: Request, desk: DeskOf, paging: PagingOf, looked: ViewOf, species: Name = ""
) -> Response:
    """Totals of a year by region, sector and species, with weak share and rows not estimated."""
    found = use.totals(desk, looked.view)
    rows = [row for row in found["totals"] if species in ("", row["species"])]
    return page_reply(request, sliced(rows, **paging.window), paging, "inventory_totals")


@router.get("/structure", responses=FILES, response_model=PageOf)
def structure(
    request: Request, desk: DeskOf, paging: PagingOf, looked: ViewOf, species: Name = use.GASES
) -> Response:
    """Tonnes by region, sector, fuel and gas; ``co2e`` adds the greenhouse gases by their potentials."""
    rows = use.structure(desk, looked.view, species)
    return page_reply(request, sliced(rows, **paging.window), paging, "inventory_structure")


@router.get("/trend", responses=FILES, response_model=PageOf)
def trend(
    request: Request, desk: DeskOf, paging: PagingOf, looked: ViewOf, species: Name = use.GASES
) -> Response:
    """Tonnes by year and sector over all years with activity."""
    rows = use.trend(desk, looked.view, species)
    return page_reply(request, sliced(rows, **paging.window), paging, "inventory_trend")


@router.get("/explanation", responses=UNCHANGED)
def explanation(
    request: Request,
    desk: DeskOf,
    looked: ViewOf,
    species: Name,
    sector: Name = "",
    fuel: Name = "",
) -> dict[str, Any]:
    """One figure down to activity × factor × control with sources."""
    return reply(request, use.explained(desk, looked.view, species, sector, fuel))  # type: ignore[return-value]


@router.get("/checks", responses=UNCHANGED)
def checks(request: Request, desk: DeskOf) -> dict[str, Any]:
    """Findings of all checks and the matrix of completeness."""
    return reply(request, use.checked(desk))  # type: ignore[return-value]


@router.get("/comparison", responses=UNCHANGED)
def comparison(
    request: Request, desk: DeskOf, left: Side = "-", right: Side = "-", species: Name = "co2_t"
) -> dict[str, Any]:
    """Two sides of the inventory: ``year=2020,programme=ets-2024``, ``saved=NAME`` or ``-``, with a waterfall."""
    return reply(request, use.compared(desk, left, right, species))  # type: ignore[return-value]


@router.get("/results", responses=FILES, response_model=PageOf)
def results(request: Request, desk: DeskOf, paging: PagingOf) -> Response:
    """Results that are kept, newest first."""
    rows = use.results(desk)
    return page_reply(request, sliced(rows, **paging.window), paging, "inventory_results")


@router.get("/results/{name}", responses=FILES, response_model=PageOf)
def result(request: Request, desk: DeskOf, paging: PagingOf, name: Kept) -> Response:
    """The totals of a kept run, with ranges where they were drawn."""
    rows = use.kept_totals(desk, name)
    return page_reply(request, sliced(rows, **paging.window), paging, "inventory_result")


@router.post("/results", status_code=201)
def keep(desk: DeskOf, body: KeptRun) -> dict[str, Any]:
    """Run at once and keep under a name; with ranges it is the job ``inventory.save``."""
    view = use.View(body.year, body.region, body.programme, body.gwp)
    return {"name": keeping.keep_run(desk, body.name, view)["saved"]}


@router.post("/results/{name}/table", status_code=201)
async def keep_other(desk: DeskOf, name: Kept, file: UploadFile) -> dict[str, Any]:
    """Keep a filled-in sheet ``inventory_table`` of somebody else's inventory."""
    return keeping.keep_other(desk, name, file.filename or "table.csv", await file.read())


@router.delete("/results/{name}", status_code=204)
def forget(desk: DeskOf, name: Kept) -> Response:
    """Remove a kept result."""
    keeping.forget(desk, name)
    return Response(status_code=204)


@router.get("/template", responses={200: {"content": {XLSX: {"schema": {"type": "string"}}}}})
def template(desk: DeskOf) -> Response:
    """The workbook to fill in; it is handed in at ``POST /submissions``."""
    name = {"Content-Disposition": 'attachment; filename="inventory-template.xlsx"'}
    return Response(use.template(desk), headers=name, media_type=XLSX)
