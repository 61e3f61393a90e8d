"""The library of plans: documents, their versions, and what was read from each."""

from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from xietong.store.models.base import Base, Locked, Reviewed

CASCADE = "all, delete-orphan"


class Document(Locked, Base):
    """One plan document; ``code`` is its short name (``370200-synergy-2024``)."""

    __tablename__ = "document"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(80), unique=True)
    title_key: Mapped[str] = mapped_column(String(400), unique=True)
    number_key: Mapped[str | None] = mapped_column(String(200), index=True)
    title: Mapped[str] = mapped_column(Text)
    doc_number: Mapped[str | None] = mapped_column(String(120))
    issuers: Mapped[list[str]]
    issue_date: Mapped[str | None] = mapped_column(String(10))
    adcode: Mapped[str | None] = mapped_column(String(12), index=True)
    region: Mapped[str | None] = mapped_column(String(80))
    level: Mapped[str | None] = mapped_column(String(20))
    plan_type: Mapped[str] = mapped_column(String(20))
    versions: Mapped[list["DocumentVersion"]] = relationship(
        back_populates="document", cascade=CASCADE, order_by="DocumentVersion.number"
    )


class DocumentVersion(Base):
    """One edition of a document, as read from one file; one of them is ``current``."""

    __tablename__ = "document_version"
    __table_args__ = (Index("uq_document_version_number", "document_id", "number", unique=True),)
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"))
    number: Mapped[int]
    current: Mapped[bool] = mapped_column(default=True, index=True)
    sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    source: Mapped[str | None] = mapped_column(Text)
    origin: Mapped[str] = mapped_column(String(12))  # file | library
    imported_at: Mapped[str] = mapped_column(String(32))
    imported_by: Mapped[str] = mapped_column(String(120))
    warnings: Mapped[list[str]]
    difference: Mapped[dict[str, Any]]
    document: Mapped[Document] = relationship(back_populates="versions")
    citations: Mapped[list["Citation"]] = relationship(cascade=CASCADE, order_by="Citation.ordinal")
    sections: Mapped[list["Section"]] = relationship(cascade=CASCADE, order_by="Section.ordinal")
    clauses: Mapped[list["Clause"]] = relationship(cascade=CASCADE, order_by="Clause.ordinal")
    targets: Mapped[list["Target"]] = relationship(cascade=CASCADE, order_by="Target.ordinal")
    milestones: Mapped[list["Milestone"]] = relationship(
        cascade=CASCADE, order_by="Milestone.ordinal"
    )
    projects: Mapped[list["PlanProject"]] = relationship(
        cascade=CASCADE, order_by="PlanProject.ordinal"
    )


class OfVersion:
    """A row that belongs to one edition, at one place in its order."""

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(
        ForeignKey("document_version.id", ondelete="CASCADE"), index=True
    )
    ordinal: Mapped[int]


class Citation(OfVersion, Base):
    """Another document that this one names."""

    __tablename__ = "citation"
    title: Mapped[str] = mapped_column(Text)
    doc_number: Mapped[str | None] = mapped_column(String(120))


class Section(OfVersion, Base):
    """A heading that is not a clause, and the text below it."""

    __tablename__ = "section"
    section: Mapped[str] = mapped_column(String(80))
    heading: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)


class Clause(OfVersion, Reviewed, Base):
    """The leaf heading that carries the responsibility bracket; ``clause`` is the printed number."""

    __tablename__ = "clause"
    clause: Mapped[str] = mapped_column(String(80), index=True)
    id_positional: Mapped[str] = mapped_column(String(80))
    heading: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    units: Mapped[list[str]]
    lead: Mapped[list[str]]
    open_list: Mapped[bool]
    responsible: Mapped[list["ClauseUnit"]] = relationship(
        cascade=CASCADE, order_by="ClauseUnit.ordinal"
    )


class ClauseUnit(Base):
    """One responsible unit of one clause, in printed order."""

    __tablename__ = "clause_unit"
    id: Mapped[int] = mapped_column(primary_key=True)
    clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id", ondelete="CASCADE"), index=True)
    ordinal: Mapped[int]
    unit: Mapped[str] = mapped_column(String(120), index=True)
    lead: Mapped[bool]


class Target(OfVersion, Reviewed, Base):
    """One printed number that is to be reached; a range fills ``value_high`` too."""

    __tablename__ = "target"
    clause: Mapped[str] = mapped_column(String(200), index=True)
    year: Mapped[int | None] = mapped_column(index=True)
    indicator: Mapped[str] = mapped_column(Text)
    indicator_id: Mapped[str | None] = mapped_column(String(80), index=True)
    subject: Mapped[str | None] = mapped_column(Text)
    subjects: Mapped[list[str]]
    operator: Mapped[str] = mapped_column(String(8))
    value: Mapped[float]
    value_high: Mapped[float | None]
    unit: Mapped[str] = mapped_column(String(40))
    baseline_year: Mapped[int | None]
    direction: Mapped[str | None] = mapped_column(String(12))
    measure: Mapped[str | None] = mapped_column(String(20))
    hedge: Mapped[list[str]]
    quote: Mapped[str] = mapped_column(Text)


class Milestone(OfVersion, Reviewed, Base):
    """A requirement without a number."""

    __tablename__ = "milestone"
    clause: Mapped[str] = mapped_column(String(200), index=True)
    year: Mapped[int | None] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(20))
    indicator: Mapped[str] = mapped_column(Text)
    quote: Mapped[str] = mapped_column(Text)


class PlanProject(OfVersion, Reviewed, Base):
    """One entry of a 专栏 box."""

    __tablename__ = "plan_project"
    box: Mapped[str] = mapped_column(Text)
    group: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)


class Review(Base):
    """What a person said of one extracted row: never changed, only added to."""

    __tablename__ = "review"
    __table_args__ = (Index("ix_review_row", "row_table", "row_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    row_table: Mapped[str] = mapped_column(String(20))
    row_id: Mapped[int]
    action: Mapped[str] = mapped_column(String(12))
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    reason: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(String(120), index=True)
    at: Mapped[str] = mapped_column(String(32))
