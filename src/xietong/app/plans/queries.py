"""Looking things up in the library: documents, clauses, tasks, targets, milestones, projects, units.

Every list takes the same ``Filter`` and gives a ``Page``: rows as dictionaries, keys as the tables'
columns, with the document's ``plan`` (its code), ``document`` (its id), ``region`` and ``adcode``.
Only current editions are listed. Unknown stays None.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from xietong.app.access import require
from xietong.app.desk import Desk
from xietong.app.plans.filters import (
    ALL,
    AnySelect,
    Filter,
    check_page,
    conditions,
    document_conditions,
    has_function,
    order_by,
    paged,
    sort_key,
)
from xietong.app.plans.rows import BOOKKEEPING, REVIEWED, Row, plan_of
from xietong.app.problems import problem
from xietong.plans.model import Plan
from xietong.store.models import ClauseUnit, Document, DocumentVersion, Review
from xietong.vocab.departments import function_of


@dataclass(frozen=True)
class Page:
    """Rows of one page, and how many there are in all."""

    items: list[dict[str, Any]]
    total: int
    page: int = 1
    per_page: int | None = None


def documents(
    desk: Desk,
    where: Filter = ALL,
    sort: str | None = None,
    page: int = 1,
    per_page: int | None = None,
) -> Page:
    """One row per document with its current edition and the counts of its rows."""
    require(desk.actor, "plan.read")
    query = (
        select(Document, DocumentVersion)
        .join(DocumentVersion)
        .where(DocumentVersion.current, *document_conditions(where))
    )
    if where.text:
        query = query.where(Document.title.contains(where.text, autoescape=True))
    columns = {name: getattr(Document, name) for name in DOCUMENT_COLUMNS}
    with desk.reading() as session:
        total = _count(session, query)
        ordered = paged(query.order_by(*order_by(sort, columns, Document.id)), page, per_page)
        found = session.execute(ordered).all()
        counts = _row_counts(session, [version.id for _, version in found])
        items = [document_row(d, v) | {"counts": counts[v.id]} for d, v in found]
    return Page(items, total, page, per_page)


def rows(
    desk: Desk,
    table: str,
    where: Filter = ALL,
    *,
    sort: str | None = None,
    page: int = 1,
    per_page: int | None = None,
) -> Page:
    """One row per clause, target, milestone or project (``table``), in the order of ``sort``."""
    require(desk.actor, "plan.read")
    model = REVIEWED[table]
    columns: dict[str, Any] = {
        attribute.key: getattr(model, attribute.key)
        for attribute in model.__mapper__.column_attrs
        if attribute.key not in BOOKKEEPING - {"id", "status"}
    } | {"plan": Document.code, "region": Document.adcode}
    with desk.reading() as session:
        names = _names(session, where.function) if where.function else []
        query = (
            select(model, Document)
            .join(DocumentVersion, model.version_id == DocumentVersion.id)
            .join(Document)
            .where(DocumentVersion.current, *document_conditions(where))
            .where(*conditions(table, where, names))
        )
        total = _count(session, query)
        order = order_by(sort, columns, Document.id, model.ordinal)
        found = session.execute(paged(query.order_by(*order), page, per_page)).all()
        items = [row_dict(row, document) for row, document in found]
    return Page(items, total, page, per_page)


def tasks(
    desk: Desk,
    where: Filter = ALL,
    *,
    sort: str | None = None,
    page: int = 1,
    per_page: int | None = None,
) -> Page:
    """One row per clause that names responsible units, without its text."""
    found = rows(desk, "clauses", where, sort=sort)
    items = [
        {key: value for key, value in item.items() if key != "text"}
        for item in found.items
        if item["units"]
    ]
    return sliced(items, page, per_page)


def units(
    desk: Desk,
    where: Filter = ALL,
    *,
    sort: str | None = None,
    page: int = 1,
    per_page: int | None = None,
) -> Page:
    """One row per responsible unit: how many clauses it stands in, how many it leads, where."""
    found = rows(desk, "clauses", where)
    load: dict[str, dict[str, Any]] = defaultdict(
        lambda: {"clauses": 0, "led": 0, "plans": [], "places": []}
    )
    for item in found.items:
        for unit in dict.fromkeys([*item["units"], *item["lead"]]):
            if where.unit and where.unit not in unit:
                continue
            if where.function and not has_function(unit, where.function):
                continue
            entry = load[unit]
            entry["clauses"] += 1
            entry["led"] += unit in item["lead"]
            entry["places"].append({"plan": item["plan"], "clause": item["clause"]})
            if item["plan"] not in entry["plans"]:
                entry["plans"].append(item["plan"])
    items = [{"unit": unit, "function": _function(unit), **entry} for unit, entry in load.items()]
    key, down = sort_key(sort or "-clauses", ("unit", "clauses", "led"))
    items.sort(key=lambda item: item["unit"])
    items.sort(key=lambda item: item[key], reverse=down)
    return sliced(items, page, per_page)


def document(desk: Desk, key: str | int) -> dict[str, Any]:
    """One document by id, code or title, with its editions, citations, sections, warnings."""
    require(desk.actor, "plan.read")
    with desk.reading() as session:
        found = _document(session, key)
        current = next(version for version in found.versions if version.current)
        return document_row(found, current) | {
            "counts": _row_counts(session, [current.id])[current.id],
            "warnings": current.warnings,
            "cites": [{"title": c.title, "doc_number": c.doc_number} for c in current.citations],
            "sections": [{"id": s.section, "heading": s.heading} for s in current.sections],
            "versions": [
                {
                    key: getattr(version, key)
                    for key in (
                        "number",
                        "current",
                        "source",
                        "origin",
                        "sha256",
                        "imported_at",
                        "imported_by",
                        "difference",
                    )
                }
                for version in found.versions
            ],
        }


def load_plan(desk: Desk, key: str | int, number: int | None = None) -> Plan:
    """The plan as people left it (rejected rows out, corrections in); ``number`` an older edition."""
    require(desk.actor, "plan.read")
    with desk.reading() as session:
        found = _document(session, key)
        for version in found.versions:
            if version.number == number or (number is None and version.current):
                return plan_of(version)
    raise problem("not_found", what="版本", what_en="version", key=number, hint="", hint_en="")


def row(desk: Desk, table: str, row_id: int) -> dict[str, Any]:
    """One row of a table by its id, with its review history, oldest first."""
    require(desk.actor, "plan.read")
    with desk.reading() as session:
        found = session.get(REVIEWED[table], row_id)
        if found is None:
            raise _missing("行", "row", f"{table}:{row_id}")
        version = session.get_one(DocumentVersion, found.version_id)
        history = session.scalars(
            select(Review)
            .where(Review.row_table == found.__tablename__, Review.row_id == row_id)
            .order_by(Review.id)
        )
        return row_dict(found, version.document) | {
            "extracted": found.extracted,
            "reviews": [review.values() for review in history],
        }


DOCUMENT_COLUMNS = (
    "id",
    "code",
    "title",
    "doc_number",
    "issue_date",
    "adcode",
    "region",
    "level",
    "plan_type",
)


def document_row(found: Document, version: DocumentVersion) -> dict[str, Any]:
    """A document as the API and the pages show it."""
    shown = {name: getattr(found, name) for name in DOCUMENT_COLUMNS}
    return shown | {
        "issuers": found.issuers,
        "version": version.number,
        "source": version.source,
        "origin": version.origin,
        "sha256": version.sha256,
        "imported_at": version.imported_at,
        "imported_by": version.imported_by,
    }


def row_dict(found: Row, of: Document) -> dict[str, Any]:
    """A row as the API and the pages show it; a range is a list of two numbers."""
    values = found.values()
    for hidden in ("version_id", "ordinal", "extracted"):
        values.pop(hidden)
    if "value_high" in values:
        high = values.pop("value_high")
        values["value"] = values["value"] if high is None else [values["value"], high]
    return {
        "id": values.pop("id"),
        "plan": of.code,
        "document": of.id,
        "region": of.region,
        "adcode": of.adcode,
        **values,
    }


def sliced(items: list[dict[str, Any]], page: int, per_page: int | None) -> Page:
    """One page of a list that is already in memory."""
    check_page(page, per_page)
    start = (page - 1) * (per_page or 0)
    chosen = items[start : start + per_page] if per_page else items
    return Page(chosen, len(items), page, per_page)


def _document(session: Session, key: str | int) -> Document:
    text = str(key)
    matches: list[ColumnElement[bool]] = [Document.code == text, Document.title == text]
    if text.isascii() and text.isdecimal() and len(text) < 10:
        matches.append(Document.id == int(text))
    found = session.scalars(select(Document).where(or_(*matches)).order_by(Document.id)).first()
    if found is None:
        raise _missing("规划", "plan", text)
    return found


def _missing(what: str, what_en: str, key: str) -> Exception:
    return problem(
        "not_found",
        what=what,
        what_en=what_en,
        key=key,
        hint="请用 xietong plan list 查看已入库的规划。",
        hint_en="`xietong plan list` shows what is there.",
    )


def _function(unit: str) -> str | None:
    found = function_of(unit)
    return found.function if found else None


def _names(session: Session, function: str) -> list[str]:
    """The units of the library that serve a function of government."""
    every = session.scalars(select(ClauseUnit.unit).distinct())
    return [name for name in every if has_function(name, function)]


def _row_counts(session: Session, versions: list[int]) -> dict[int, dict[str, int]]:
    counts = {version: dict.fromkeys(REVIEWED, 0) for version in versions}
    for table, model in REVIEWED.items():
        query = (
            select(model.version_id, func.count())
            .where(model.version_id.in_(versions))
            .group_by(model.version_id)
        )
        for version, number in session.execute(query):
            counts[version][table] = number
    return counts


def _count(session: Session, query: AnySelect) -> int:
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0
