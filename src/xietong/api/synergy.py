"""Endpoints of synergy: degree and ranking of imported tables, tracking, templates, import."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response, UploadFile
from pydantic import BaseModel, Field

from xietong.api.bodies import Body
from xietong.api.guard import DeskOf
from xietong.api.replies import FILES, UNCHANGED, XLSX, PageOf, Paging, PagingOf, page_reply, reply
from xietong.app import cocontrol_import as importing
from xietong.app import cocontrol_ranking as ranked
from xietong.app import pages_measures as on_inventory
from xietong.app import pages_synergy as shown
from xietong.app.access import require_somewhere
from xietong.app.cocontrol_import import LIMIT_MB
from xietong.app.plans.queries import sliced

router = APIRouter(prefix="/synergy", tags=["synergy"])

System = Annotated[str, Query(pattern=r"^[A-Za-z0-9_-]{1,40}$")]
SystemPath = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,40}$")]
Year = Annotated[int | None, Query(ge=1900, le=2200)]
Weighting = Literal["equal", "given", "entropy", "standard-deviation", "maximum-deviation"]
Variant = Literal[
    "standard", "power", "modified-2021", "unnormalised", "pairwise", "pairwise-unnormalised"
]
Scheme = Literal[
    "ten-class", "five-class-zhangye", "three-class-0.6", "three-class-0.7", "four-class"
]
Exponent = Annotated[float, Field(ge=0.1, le=10)]
Cell = str | float | int | None
COLUMNS = 60


class SynergyPage(PageOf):
    """Rows of one page, and how they were made; ``empty`` while nobody has imported anything."""

    state: Literal["empty", "ready"]
    formula: str | None = None
    variant: str | None = None
    scheme: str | None = None
    source: str | None = None
    warnings: list[str] = Field(default_factory=list)
    years: list[int] = Field(default_factory=list)
    details: dict[str, Any] = Field(default_factory=dict)


class Choices(BaseModel):
    """How the degree is computed."""

    weighting: Weighting = "equal"
    variant: Variant = "standard"
    exponent: Annotated[float, Query(ge=0.1, le=10)] = 2.0
    scheme: Scheme = "ten-class"


ChoicesOf = Annotated[Choices, Query()]


class Evaluation(Body):
    """A table to evaluate: rows with ``entity``, ``year`` and columns of indicators or indices."""

    rows: Annotated[
        list[Annotated[dict[str, Cell], Field(max_length=COLUMNS)]],
        Field(min_length=1, max_length=5000),
    ]
    system: Annotated[str | None, Field(pattern=r"^[A-Za-z0-9_-]{1,40}$")] = None
    subsystems: list[str] = Field(default_factory=list, max_length=10)
    weighting: Weighting = "equal"
    variant: Variant = "standard"
    exponent: Exponent = 2.0
    scheme: Scheme = "ten-class"


@router.get("/systems", responses=UNCHANGED)
def systems(request: Request, desk: DeskOf) -> dict[str, Any]:
    """The index systems of the workspace with their indicators."""
    return reply(request, {"items": shown.index_systems(desk)})  # type: ignore[return-value]


@router.get("/ranking", responses=FILES, response_model=SynergyPage)
def ranking(
    request: Request,
    desk: DeskOf,
    paging: PagingOf,
    choices: ChoicesOf,
    system: System = "city",
    year: Year = None,
) -> Response:
    """Rank, C, T, D and level of one year, the latest by default; rows within one's rights."""
    found = ranked.ranking(desk, system, year, **choices.model_dump())
    return _page(request, found, paging, "synergy-ranking")


@router.get("/degrees", responses=FILES, response_model=SynergyPage)
def degrees(
    request: Request, desk: DeskOf, paging: PagingOf, choices: ChoicesOf, system: System = "city"
) -> Response:
    """The same for all years."""
    found = ranked.degrees(desk, system, **choices.model_dump())
    return _page(request, found, paging, "synergy-degrees")


@router.post("/degree")
def degree(request: Request, desk: DeskOf, body: Evaluation) -> dict[str, Any]:
    """C, T, D of a table that is sent along; nothing is stored."""
    words = body.model_dump()
    rows, system, parts = words.pop("rows"), words.pop("system"), words.pop("subsystems")
    result = ranked.evaluate(desk, rows, system, tuple(parts), **words)
    return reply(request, result.to_dict())  # type: ignore[return-value]


@router.get("/tracking/{what}", responses=FILES, response_model=SynergyPage)
def tracking(
    request: Request,
    desk: DeskOf,
    paging: PagingOf,
    what: Literal["tapio", "lmdi", "kaya", "moran", "synergy"],
    mode: Literal["periods", "span", "chain", "fixed"] = "periods",
    first: Year = None,
    last: Year = None,
    form: Literal["additive", "multiplicative"] = "additive",
    bounds: Literal["stretched", "sample"] = "stretched",
) -> Response:
    """Decoupling, decomposition, Moran's I of the cities; synergy degree of the province."""
    found = shown.tracking(desk, what, mode, first, last, form=form, bounds=bounds)
    return _page(request, found, paging, f"synergy-{what}")


@router.get("/templates/{name}", responses=FILES)
def template(desk: DeskOf, name: SystemPath, format: Literal["csv", "xlsx"] = "csv") -> Response:
    """The empty table of an index system or panel."""
    require_somewhere(desk.actor, "plan.read")
    root = desk.workspace.root
    headers = {"Content-Disposition": f'attachment; filename="{name}.{format}"'}
    if format == "xlsx":
        return Response(importing.template_xlsx(name, root), 200, headers, XLSX)
    content = importing.template_csv(name, root)
    return Response(content, 200, headers, "text/csv; charset=utf-8")


@router.post("/imports", status_code=201)
def imports(
    desk: DeskOf,
    file: UploadFile,
    source: Annotated[str, Query(min_length=1, max_length=500)],
    system: System = "city",
    check: bool = False,
    replace: bool = False,
) -> dict[str, Any]:
    """Check a filled-in template and store it; with ``check`` nothing is stored."""
    content, name = file.file.read(LIMIT_MB * 2**20 + 1), shown.file_name(file.filename)
    if check:
        return importing.check_table(desk, name, content, system)
    made = importing.import_bytes(desk, name, content, system, source, replace=replace)
    return made | {"file": made["file"].rsplit("/", 1)[-1]}


def _page(request: Request, found: dict[str, Any], paging: Paging, name: str) -> Response:
    page = shown.page_of(found["rows"], paging.sort, **paging.window)
    if paging.format != "json":
        return page_reply(request, page, paging, name)
    made = {key: value for key, value in found.items() if key in SynergyPage.model_fields}
    made |= {"items": page.items, "total": page.total, "page": page.page, "per_page": page.per_page}
    return reply(request, made)


@router.get("/measures", responses=FILES, response_model=PageOf)
def measures(request: Request, desk: DeskOf, paging: PagingOf) -> Response:
    """The catalogue of measures, shipped and own."""
    return page_reply(
        request, sliced(on_inventory.listed(desk), **paging.window), paging, "measures"
    )


@router.get("/measures/{measure}", responses=UNCHANGED)
def measure(
    request: Request, desk: DeskOf, measure: Annotated[str, Path(max_length=80)]
) -> dict[str, Any]:
    """One measure: its edits, its values, the source of each."""
    return reply(request, on_inventory.sheet(desk, measure))  # type: ignore[return-value]


@router.get("/measure_effects", responses=UNCHANGED)
def measure_effects(
    request: Request,
    desk: DeskOf,
    year: Year = None,
    region: Annotated[str | None, Query(pattern=r"^[0-9]{6}$")] = None,
    ghg: Annotated[str, Query(max_length=20)] = "co2e",
    x: Literal["pollutant", "ghg"] = "pollutant",
    curve: Annotated[str, Query(max_length=20)] = "co2e",
) -> dict[str, Any]:
    """The catalogue on the inventory of a year: effects, quadrants, costs, curve, overlaps."""
    found = on_inventory.evaluated(desk, year=year, region=region, ghg=ghg, x=x, curve=curve)
    return reply(request, found)  # type: ignore[return-value]
