"""Data that somebody hands in for a region and year, and what became of it."""

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from xietong.store.models.base import Base, Locked


class Submission(Locked, Base):
    """The data of one kind, region (or entity) and year: draft, submitted, accepted, returned."""

    __tablename__ = "submission"
    __table_args__ = (
        Index("uq_submission_subject", "kind", "region", "entity", "year", unique=True),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    region: Mapped[str] = mapped_column(String(12), index=True)
    entity: Mapped[str] = mapped_column(String(80), default="")
    year: Mapped[int] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(String(12), default="draft", index=True)
    sha256: Mapped[str | None] = mapped_column(String(64))
    updated_at: Mapped[str] = mapped_column(String(32))
    updated_by: Mapped[str] = mapped_column(String(120))
    events: Mapped[list["SubmissionEvent"]] = relationship(
        cascade="all, delete-orphan", order_by="SubmissionEvent.id"
    )


class SubmissionEvent(Base):
    """One step of a submission: who moved it from which state to which, and why."""

    __tablename__ = "submission_event"
    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(
        ForeignKey("submission.id", ondelete="CASCADE"), index=True
    )
    from_state: Mapped[str] = mapped_column(String(12))
    to_state: Mapped[str] = mapped_column(String(12))
    who: Mapped[str] = mapped_column(String(120))
    at: Mapped[str] = mapped_column(String(32))
    reason: Mapped[str] = mapped_column(Text)
