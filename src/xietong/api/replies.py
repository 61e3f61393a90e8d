"""Pages, single rows and files as responses, with ETags."""

import hashlib
import json
import re
from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel

from xietong.app.export import to_csv, to_xlsx
from xietong.app.plans.queries import Page
from xietong.app.problems import problem

MAX_ID = 2**31 - 1
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PageOf(BaseModel):
    """Rows of one page, and how many there are in all."""

    items: list[dict[str, Any]]
    total: int
    page: int
    per_page: int | None


class Paging(BaseModel):
    """Which page, in what order, as what kind of file."""

    page: Annotated[int, Query(ge=1, le=10**6)] = 1
    per_page: Annotated[int, Query(ge=1, le=1000)] = 50
    sort: Annotated[str | None, Query(max_length=40, description="column, -column")] = None
    format: Annotated[Literal["json", "csv", "xlsx"], Query()] = "json"

    @property
    def window(self) -> dict[str, Any]:
        """As the use cases take it; a file holds all rows."""
        if self.format != "json":
            return {"page": 1, "per_page": None}
        return {"page": self.page, "per_page": self.per_page}


PagingOf = Annotated[Paging, Depends()]
FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "One page; with format=csv or xlsx all rows as a file",
        "content": {
            "text/csv": {"schema": {"type": "string"}},
            XLSX: {"schema": {"type": "string"}},
        },
    },
    304: {"description": "Not changed since the ETag that was sent"},
}
UNCHANGED: dict[int | str, dict[str, Any]] = {304: FILES[304]}


def page_reply(request: Request, found: Page, paging: Paging, name: str) -> Response:
    """A page as JSON, or all rows as a file."""
    if paging.format == "csv":
        body, media = to_csv(found.items).encode(), "text/csv; charset=utf-8"
    elif paging.format == "xlsx":
        body, media = to_xlsx(found.items, name), XLSX
    else:
        return reply(request, asdict(found))
    headers = {"Content-Disposition": f'attachment; filename="{name}.{paging.format}"'}
    return Response(body, 200, headers, media)


def reply(request: Request, content: Any, status: int = 200, lock: int | None = None) -> Response:
    """JSON with an ETag: the row's ``lock`` where it has one, else a digest of the content."""
    body = json.dumps(content, ensure_ascii=False, allow_nan=False).encode()
    tag = f'"{lock}"' if lock is not None else f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    if status == 200 and tag in re.findall(r'"[^"]*"', request.headers.get("if-none-match", "")):
        return Response(None, 304, {"ETag": tag})
    return Response(body, status, {"ETag": tag}, "application/json")


def expected_lock(request: Request) -> int | None:
    """The lock that ``If-Match`` names; None where it names none or any."""
    sent = request.headers.get("if-match", "").strip()
    if sent in ("", "*"):
        return None
    tag = sent.removeprefix("W/").strip('"')
    if not (tag.isascii() and tag.isdecimal() and len(tag) < 10):
        raise problem("bad_value", field="If-Match", value=sent[:80], possible='"3"')
    return int(tag)


LockOf = Annotated[int | None, Depends(expected_lock)]
