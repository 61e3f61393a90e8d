"""Tasks (调度): a clause or a key project, broken down to year and unit, and what was reported on it."""

from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from xietong.store.models.base import Base, Locked


class Task(Locked, Base):
    """What one unit has to do of one clause or project by one date; ``origin`` is its printed place."""

    __tablename__ = "task"
    __table_args__ = (
        Index("uq_task_subject", "plan", "origin", "unit", "year", "title", unique=True),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    plan: Mapped[str] = mapped_column(String(120), index=True)
    kind: Mapped[str] = mapped_column(String(12))  # clause | project | milestone
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"))
    origin: Mapped[str] = mapped_column(String(200))
    region: Mapped[str] = mapped_column(String(12), index=True)
    unit: Mapped[str] = mapped_column(String(120), index=True)
    leads: Mapped[bool]
    year: Mapped[int] = mapped_column(index=True)
    due: Mapped[str] = mapped_column(String(10), index=True)  # YYYY-MM-DD
    title: Mapped[str] = mapped_column(String(300))
    state: Mapped[str] = mapped_column(String(12), default="open", index=True)
    progress: Mapped[float] = mapped_column(default=0.0)  # 0 to 1, of accepted reports
    reports: Mapped[list["TaskReport"]] = relationship(
        cascade="all, delete-orphan", order_by="TaskReport.id"
    )


class TaskReport(Base):
    """One report on a task: words, progress, evidence; and what became of it."""

    __tablename__ = "task_report"
    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    who: Mapped[str] = mapped_column(String(120))
    at: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)
    progress: Mapped[float]
    evidence: Mapped[list[dict[str, Any]]]  # name, sha256, bytes
    state: Mapped[str] = mapped_column(String(12), default="submitted")
    reviewer: Mapped[str | None] = mapped_column(String(120))
    reviewed_at: Mapped[str | None] = mapped_column(String(32))
    reason: Mapped[str | None] = mapped_column(Text)
