"""From the records of a parsed plan to rows of the database, and back."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from xietong.plans import model
from xietong.store.models import (
    Citation,
    Clause,
    ClauseUnit,
    Document,
    DocumentVersion,
    Milestone,
    PlanProject,
    Section,
    Target,
)

# Table of a plan → model of its rows, name in the database and in the API.
REVIEWED: dict[str, Any] = {
    "clauses": Clause,
    "targets": Target,
    "milestones": Milestone,
    "projects": PlanProject,
}
Row = Clause | Target | Milestone | PlanProject
BOOKKEEPING = {"id", "version_id", "ordinal", "lock", "status", "extracted"}


def version_rows(plan: model.Plan) -> dict[str, list[Any]]:
    """All rows of one edition, ready to be added to a ``DocumentVersion``."""
    return {
        "citations": [
            Citation(ordinal=i, title=c.title, doc_number=c.doc_number)
            for i, c in enumerate(plan.meta.cites)
        ],
        "sections": [
            Section(ordinal=i, section=s.id, heading=s.heading, text=s.text)
            for i, s in enumerate(plan.sections)
        ],
        **{
            table: [row_of(table, record, i) for i, record in enumerate(getattr(plan, table))]
            for table in REVIEWED
        },
    }


def row_of(table: str, record: Any, ordinal: int) -> Row:
    """One extracted record as a row."""
    columns = columns_of(table, record)
    row: Row = REVIEWED[table](ordinal=ordinal, status="extracted", extracted=columns, **columns)
    if isinstance(row, Clause):
        row.responsible = responsible(row)
    return row


def columns_of(table: str, record: Any) -> dict[str, Any]:
    """The columns that hold a record: tuples become lists, a range two numbers."""
    columns = {key: _plain(value) for key, value in asdict(record).items()}
    if table == "clauses":
        columns["clause"] = columns.pop("id")
    if table == "targets":
        low_high = columns["value"] if isinstance(columns["value"], list) else [columns["value"]]
        columns["value"], *rest = map(float, low_high)
        columns["value_high"] = rest[0] if rest else None
    return columns


def responsible(clause: Clause) -> list[ClauseUnit]:
    """One row per responsible unit of a clause."""
    units = list(dict.fromkeys([*clause.units, *clause.lead]))
    return [
        ClauseUnit(ordinal=i, unit=unit, lead=unit in clause.lead) for i, unit in enumerate(units)
    ]


def record_of(table: str, columns: dict[str, Any]) -> Any:
    """The record behind columns: the reverse of ``columns_of``."""
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in columns.items()
    }
    if table == "clauses":
        values["id"] = values.pop("clause")
        return model.Clause(**values)
    if table == "targets":
        high = values.pop("value_high")
        if high is not None:
            values["value"] = (values["value"], high)
        return model.Target(**values)
    return (model.Milestone if table == "milestones" else model.Project)(**values)


def current_columns(row: Row) -> dict[str, Any]:
    """The columns of a row as they are valid now, without the bookkeeping."""
    return {key: value for key, value in row.values().items() if key not in BOOKKEEPING}


def plan_of(version: DocumentVersion, as_extracted: bool = False) -> model.Plan:
    """The plan of one edition: as people left it (rejected rows are out), or as it was read."""
    document = version.document
    tables = {
        table: tuple(
            record_of(table, row.extracted if as_extracted else current_columns(row))
            for row in _rows(version, table)
            if as_extracted or row.status != "rejected"
        )
        for table in REVIEWED
    }
    return model.Plan(
        meta=meta_of(document, version),
        sections=tuple(model.Section(s.section, s.heading, s.text) for s in version.sections),
        warnings=tuple(version.warnings),
        source=version.source,
        sha256=version.sha256,
        **tables,
    )


def meta_of(document: Document, version: DocumentVersion) -> model.Meta:
    """Who issued what, when, for which place."""
    return model.Meta(
        title=document.title,
        doc_number=document.doc_number,
        issuers=tuple(document.issuers),
        issue_date=document.issue_date,
        region=model.Region(document.adcode, document.region, document.level),
        plan_type=document.plan_type,
        cites=tuple(model.Citation(c.title, c.doc_number) for c in version.citations),
    )


def _rows(version: DocumentVersion, table: str) -> Iterable[Row]:
    rows: Iterable[Row] = getattr(version, table)
    return rows


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
