"""Long work: one row per job, which is the truth about it."""

from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from xietong.store.models.base import Base


class Job(Base):
    """One piece of long work: queued, running, done, failed, cancelled or lost."""

    __tablename__ = "job"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60), index=True)
    arguments: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(12), default="queued", index=True)
    progress: Mapped[float] = mapped_column(default=0.0)
    message: Mapped[str] = mapped_column(Text, default="")
    result: Mapped[dict[str, Any]]
    who: Mapped[str] = mapped_column(String(120), index=True)
    actor: Mapped[dict[str, Any]]
    cancel_asked: Mapped[bool] = mapped_column(default=False)
    queued_at: Mapped[str] = mapped_column(String(32))
    started_at: Mapped[str | None] = mapped_column(String(32))
    beat_at: Mapped[str | None] = mapped_column(String(32))
    ended_at: Mapped[str | None] = mapped_column(String(32))
    pid: Mapped[int | None]
    host: Mapped[str | None] = mapped_column(String(120))
