"""A desk: one person at one workspace. Every use case takes a desk first."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from xietong.app.access import LOCAL, Actor
from xietong.app.problems import problem
from xietong.errors import ConflictError
from xietong.store.audit import append
from xietong.store.heads import append_head
from xietong.store.models import Audit
from xietong.store.workspace import Workspace


@dataclass
class Change:
    """A transaction under way: its session, and what the audit trail will say of it."""

    session: Session
    entries: list[dict[str, Any]] = field(default_factory=list)

    def record(
        self,
        action: str,
        subject: str,
        before: Any = None,
        after: Any = None,
        reason: str | None = None,
    ) -> None:
        """Note one change for the audit trail; it is written with the change or not at all."""
        self.entries.append(
            {
                "action": action,
                "subject": subject,
                "before": before,
                "after": after,
                "reason": reason,
            }
        )


@dataclass(frozen=True)
class Desk:
    """One person at one workspace; ``language`` is that of file names and exports."""

    workspace: Workspace
    actor: Actor

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session to look things up."""
        with self.workspace.database.reading() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Change]:
        """One transaction with its audit rows; afterwards the head goes to the files outside."""
        head = None
        try:
            with self.workspace.database.writing() as session:
                change = Change(session)
                yield change
                session.flush()
                head = append(session, self.actor.name, change.entries)
        except StaleDataError as error:
            subject = change.entries[-1]["subject"] if change.entries else "?"
            raise self.conflict(subject) from error
        if head is not None:
            try:
                append_head(self.workspace.head_files, head)
            except OSError as error:
                files = "、".join(map(str, self.workspace.head_files))
                raise problem("head_not_written", files=files, reason=error) from error

    def conflict(self, subject: str) -> ConflictError:
        """The error that says who changed the subject, what and when."""
        with self.reading() as session:
            query = (
                select(Audit).where(Audit.subject == subject).order_by(Audit.seq.desc()).limit(1)
            )
            last = session.scalars(query).first()
        error = problem(
            "changed_meanwhile",
            subject=subject,
            who=last.who if last else "?",
            at=last.at if last else "?",
            action=last.action if last else "?",
            detail=(last.after or "") if last else "",
        )
        assert isinstance(error, ConflictError)
        return error


def local_actor() -> Actor:
    """The user of this machine, who needs no login on their own workspace."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name known to the system
        name = "user"
    return Actor(name=f"{LOCAL}:{name}", role=LOCAL)
