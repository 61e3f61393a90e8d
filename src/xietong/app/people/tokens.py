"""Tokens for programs: shown once, stored as hashes, with an end."""

import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from xietong.app.access import Actor
from xietong.app.desk import Desk
from xietong.app.people.accounts import actor_of
from xietong.app.people.policy import policy
from xietong.app.people.sign_in import digest
from xietong.app.problems import problem
from xietong.store.clock import now
from xietong.store.models import ApiToken, User
from xietong.store.workspace import Workspace

PREFIX = "xt_"


def make_token(desk: Desk, label: str, days: int | None = None) -> dict[str, Any]:
    """A new token of the actor's own; ``token`` is given here and never again."""
    longest = policy(desk.workspace)["token_days"]
    if not label.strip() or len(label) > 120 or not 1 <= (days or longest) <= longest:
        raise problem("bad_value", field="days", value=days, possible=f"label, 1–{longest}")
    token = PREFIX + secrets.token_urlsafe(32)
    with desk.writing() as change:
        owner = change.session.get(User, desk.actor.user_id or -1)
        if owner is None:
            raise problem("no_account", who=desk.actor.name)
        row = ApiToken(
            user_id=owner.id,
            label=label,
            token_hash=digest(token),
            created_at=now(),
            expires_at=now(timedelta(days=days or longest)),
        )
        change.session.add(row)
        change.session.flush()
        change.record("token.make", f"token:{row.id}", after={"label": label})
        return _shown(row) | {"token": token}


def tokens(desk: Desk) -> list[dict[str, Any]]:
    """The actor's own tokens, without their secrets."""
    with desk.reading() as session:
        query = select(ApiToken).where(ApiToken.user_id == (desk.actor.user_id or -1))
        return [_shown(row) for row in session.scalars(query.order_by(ApiToken.id))]


def revoke_token(desk: Desk, token_id: int) -> None:
    """End one of the actor's own tokens."""
    with desk.writing() as change:
        row = change.session.get(ApiToken, token_id)
        if row is None or row.user_id != desk.actor.user_id:
            raise problem(
                "not_found", what="令牌", what_en="token", key=token_id, hint="", hint_en=""
            )
        row.revoked_at = row.revoked_at or now()
        change.record("token.revoke", f"token:{row.id}")


def actor_of_token(workspace: Workspace, token: str) -> Actor | None:
    """Whose token this is; None where it is unknown, revoked, over, or the account closed."""
    with workspace.database.reading() as session:
        query = (
            select(ApiToken, User)
            .join(User, ApiToken.user_id == User.id)
            .where(ApiToken.token_hash == digest(token), ApiToken.revoked_at.is_(None), User.active)
        )
        found: Any = session.execute(query).first()
        if found is None or (found[0].expires_at or "9") < now():
            return None
        actor = actor_of(found[1])
        stale = (found[0].last_used_at or "") < now(-timedelta(minutes=10))
        number = found[0].id
    if stale:
        with workspace.database.writing() as session:
            session.get_one(ApiToken, number).last_used_at = now()
    return actor


def _shown(row: ApiToken) -> dict[str, Any]:
    values = row.values()
    del values["token_hash"]
    over = (row.expires_at or "9") < now()
    return values | {"state": "revoked" if row.revoked_at else "expired" if over else "valid"}
