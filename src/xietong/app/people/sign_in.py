"""Signing in and out: sessions live on the server, the browser holds a token, we only its hash."""

import functools
import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from xietong.app.access import Actor
from xietong.app.desk import Desk
from xietong.app.people.accounts import actor_of, hashed
from xietong.app.people.attempts import begin_attempt, forget_attempt
from xietong.app.people.policy import policy
from xietong.app.problems import problem
from xietong.store.clock import now
from xietong.store.models import LoginSession, User
from xietong.store.workspace import Workspace

NOBODY = Actor("anonymous", "reader")


@dataclass(frozen=True)
class SignedIn:
    """A session: the token for the browser's cookie, the token against forged requests, the actor."""

    token: str
    csrf: str
    actor: Actor
    must_change: bool = False


def sign_in(workspace: Workspace, name: str, password: str, address: str = "") -> SignedIn:
    """Open a session for a name and password; locks the account after repeated failures.

    Unknown name, wrong password and locked account give the same answer in the same time. Too many
    failures from one ``address``, whatever the names, must wait (``RateLimitError``).
    """
    rules = policy(workspace)
    attempt = begin_attempt(workspace, address) if address else None
    with Desk(workspace, NOBODY).reading() as session:
        user = session.scalars(select(User).where(User.name == name)).first()
        stored = user.password_hash if user else None
    fits = password_fits(password, stored)
    signed: SignedIn | None = None
    who = Actor(user.name, user.role) if user else NOBODY
    with Desk(workspace, who).writing() as change:
        user = change.session.scalars(select(User).where(User.name == name)).first()
        subject = f"user:{user.name}" if user else "user:?"
        if user is None or not user.active or (user.locked_until or "") > now():
            change.record("sign_in.refused", subject)
        elif not fits or user.password_hash != stored:
            user.failures += 1
            if user.failures >= rules["failures"]:
                user.locked_until = now(timedelta(minutes=rules["lock_minutes"]))
                user.failures = 0
                change.record("sign_in.locked", subject, after={"until": user.locked_until})
            else:
                change.record("sign_in.failed", subject)
        else:
            signed = open_session(workspace, change.session, user)
            change.record("sign_in", subject)
    if signed is None:
        raise problem("sign_in_failed", minutes=rules["lock_minutes"])
    if attempt is not None:
        forget_attempt(workspace, attempt)
    return signed


def open_session(workspace: Workspace, session: Session, user: User) -> SignedIn:
    """A new session for a person whose identity has been proved."""
    token, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(24)
    user.failures, user.locked_until, user.last_login_at = 0, None, now()
    session.execute(delete(LoginSession).where(LoginSession.expires_at < now()))
    session.add(
        LoginSession(
            user_id=user.id,
            token_hash=digest(token),
            csrf=csrf,
            created_at=now(),
            seen_at=now(),
            expires_at=now(timedelta(hours=policy(workspace)["session_hours"])),
        )
    )
    return SignedIn(token, csrf, actor_of(user), user.must_change)


def who_is(workspace: Workspace, token: str) -> SignedIn | None:
    """Whose session this is; None where it is unknown, over, idle too long, or the account closed."""
    idle = timedelta(minutes=policy(workspace)["idle_minutes"])
    with workspace.database.reading() as session:
        found = _open(session, token)
        if found is None or found[0].seen_at < now(-idle):
            return None
        signed = SignedIn(token, found[0].csrf, actor_of(found[1]), found[1].must_change)
        fresh = found[0].seen_at > now(-timedelta(minutes=1))
    if not fresh:
        with workspace.database.writing() as session:
            again = _open(session, token)
            if again is not None:
                again[0].seen_at = now()
    return signed


def renew(workspace: Workspace, token: str) -> SignedIn:
    """Exchange a session's token for a new one; the old one is worthless from then on."""
    if who_is(workspace, token) is None:
        raise problem("not_signed_in")
    with workspace.database.writing() as session:
        found = _open(session, token)
        if found is None:
            raise problem("not_signed_in")
        row, user = found
        signed = SignedIn(
            secrets.token_urlsafe(32), secrets.token_urlsafe(24), actor_of(user), user.must_change
        )
        row.token_hash, row.csrf, row.seen_at = digest(signed.token), signed.csrf, now()
    return signed


def sign_out(workspace: Workspace, token: str) -> None:
    """End a session; an unknown one is no error."""
    signed = who_is(workspace, token)
    if signed is None:
        return
    with Desk(workspace, signed.actor).writing() as change:
        change.session.execute(delete(LoginSession).where(LoginSession.token_hash == digest(token)))
        change.record("sign_out", f"user:{signed.actor.name}")


def password_fits(password: str, stored: str | None) -> bool:
    """Whether the password belongs to the hash; takes as long where there is no hash."""
    from pwdlib import PasswordHash

    fits = PasswordHash.recommended().verify(password[:1024], stored or _decoy())
    return fits and stored is not None


def digest(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _open(session: Session, token: str) -> tuple[LoginSession, User] | None:
    query = (
        select(LoginSession, User)
        .join(User, LoginSession.user_id == User.id)
        .where(LoginSession.token_hash == digest(token), LoginSession.expires_at > now())
        .where(User.active)
    )
    row: Any = session.execute(query).first()
    return (row[0], row[1]) if row else None


@functools.cache
def _decoy() -> str:
    return hashed(secrets.token_urlsafe(16))
