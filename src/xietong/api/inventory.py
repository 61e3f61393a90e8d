"""Endpoints of the inventory: totals, structure, explanation, checks, comparison, template."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from xietong.api.guard import DeskOf
from xietong.api.replies import FILES, UNCHANGED, XLSX, PageOf, PagingOf, page_reply, reply
from xietong.app import pages_inventory as use
from xietong.app.plans.queries import sliced

router = APIRouter(prefix="/inventory", tags=["inventory"])
Year = Annotated[int, Query(ge=1900, le=2200)]
Name = Annotated[str, Query(max_length=60)]


@router.get("/totals", responses=FILES, response_model=PageOf)
def totals(
    request: Request, desk: DeskOf, paging: PagingOf, year: Year, species: Name = ""
) -> Response:
    """Totals of a year by region, sector and species, with ranges, weak share and rows not estimated."""
    rows = [row for row in use.totals(desk, year)["totals"] if species in ("", row["species"])]
    return page_reply(request, sliced(rows, **paging.window), paging, "inventory_totals")


@router.get("/structure", responses=FILES, response_model=PageOf)
def structure(
    request: Request, desk: DeskOf, paging: PagingOf, year: Year, species: Name = use.GASES
) -> Response:
    """Tonnes by sector, fuel and gas; ``co2e`` adds the greenhouse gases by their potentials."""
    rows = use.structure(desk, year, species)
    return page_reply(request, sliced(rows, **paging.window), paging, "inventory_structure")


@router.get("/explanation", responses=UNCHANGED)
def explanation(
    request: Request, desk: DeskOf, year: Year, species: Name, sector: Name = "", fuel: Name = ""
) -> dict[str, Any]:
    """One figure down to activity × factor × control with sources."""
    return reply(request, use.explained(desk, year, species, sector, fuel))  # type: ignore[return-value]


@router.get("/checks", responses=UNCHANGED)
def checks(request: Request, desk: DeskOf) -> dict[str, Any]:
    """Findings of all checks and the matrix of completeness."""
    return reply(request, use.checked(desk))  # type: ignore[return-value]


@router.get("/comparison", responses=UNCHANGED)
def comparison(
    request: Request, desk: DeskOf, left: Name = "-", right: Name = "-", species: Name = "co2_t"
) -> dict[str, Any]:
    """Two sides of the inventory, ``year=2020`` or ``programme=ets-2024``, with the waterfall between."""
    return reply(request, use.compared(desk, left, right, species))  # type: ignore[return-value]


@router.get("/template", responses={200: {"content": {XLSX: {"schema": {"type": "string"}}}}})
def template(desk: DeskOf) -> Response:
    """The workbook to fill in; it is handed in at ``POST /submissions``."""
    name = {"Content-Disposition": 'attachment; filename="inventory-template.xlsx"'}
    return Response(use.template(desk), headers=name, media_type=XLSX)
