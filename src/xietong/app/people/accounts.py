"""Accounts: made, changed and closed by those who may manage people in that region."""

import re
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from xietong.app.access import LOCAL, Actor, may, require, require_somewhere, rights, roles
from xietong.app.desk import Change, Desk
from xietong.app.people.policy import check_password, policy
from xietong.app.plans.queries import Page, sliced
from xietong.app.problems import problem
from xietong.store.clock import now
from xietong.store.models import ApiToken, LoginSession, User
from xietong.store.workspace import Workspace

NAME = re.compile(r"[\w][\w.@-]{1,79}")
CHANGEABLE = ("display_name", "role", "region", "entity", "active", "oidc_subject")


def needs_login(workspace: Workspace) -> bool:
    """Whether people must sign in: ``login`` in xietong.toml, else on PostgreSQL, else with users."""
    if "login" in workspace.settings:
        return bool(workspace.settings["login"])
    if not workspace.database.is_sqlite:
        return True
    with workspace.database.reading() as session:
        return bool(session.scalar(select(func.count()).select_from(User).where(User.active)))


def add_user(
    desk: Desk,
    name: str,
    role: str,
    *,
    password: str | None = None,
    region: str | None = None,
    entity: str | None = None,
    display_name: str | None = None,
    oidc_subject: str | None = None,
    must_change: bool = True,
) -> dict[str, Any]:
    """Make an account; without a password only the bureau's own login opens it."""
    facts = {"role": role, "region": region, "entity": entity}
    if not NAME.fullmatch(name) or name.startswith(LOCAL):
        raise problem("bad_value", field="name", value=name, possible="2–80 × A–Z 0–9 汉字 . _ - @")
    _check_facts(desk, facts)
    if password is not None:
        check_password(policy(desk.workspace), name, password)
    with desk.writing() as change:
        if change.session.scalars(select(User).where(User.name == name)).first():
            raise problem("user_exists", name=name)
        user = User(
            name=name,
            display_name=display_name,
            password_hash=hashed(password) if password is not None else None,
            oidc_subject=oidc_subject,
            must_change=must_change and password is not None,
            created_at=now(),
            active=True,
            failures=0,
            **facts,
        )
        change.session.add(user)
        change.session.flush()
        change.record("user.add", f"user:{name}", after=facts)
        return shown(user)


def change_user(
    desk: Desk, user_id: int, values: dict[str, Any], *, expected_lock: int | None = None
) -> dict[str, Any]:
    """Change role, region, entity, display name, or close an account; its sessions end."""
    with desk.writing() as change:
        user = _managed(desk, change.session, user_id)
        if expected_lock is not None and expected_lock != user.lock:
            raise desk.conflict(f"user:{user.name}")
        unknown = [key for key in values if key not in CHANGEABLE]
        if unknown:
            raise problem(
                "bad_value", field="user", value=unknown[0], possible="、".join(CHANGEABLE)
            )
        after = {key: values.get(key, getattr(user, key)) for key in ("role", "region", "entity")}
        _check_facts(desk, after)
        before = {key: getattr(user, key) for key in values}
        for key, value in values.items():
            setattr(user, key, value)
        end_sessions(change.session, user)
        change.record("user.change", f"user:{user.name}", before, dict(values))
        change.session.flush()
        return shown(user)


def set_password(desk: Desk, user_id: int, password: str) -> None:
    """Give somebody a new first password, which they must change; opens a locked account."""
    with desk.writing() as change:
        user = _managed(desk, change.session, user_id)
        store_password(desk.workspace, change, user, password)
        user.must_change = True


def change_own_password(desk: Desk, old: str, new: str) -> None:
    """Change the actor's own password; all their sessions end."""
    from xietong.app.people.sign_in import password_fits

    with desk.writing() as change:
        user = change.session.get(User, desk.actor.user_id or -1)
        if user is None or not password_fits(old, user.password_hash):
            raise problem("sign_in_failed", minutes=policy(desk.workspace)["lock_minutes"])
        if old == new:
            raise problem("same_password")
        store_password(desk.workspace, change, user, new)
        user.must_change = False


def users(desk: Desk, *, page: int = 1, per_page: int | None = None) -> Page:
    """The accounts that the actor may manage."""
    require_somewhere(desk.actor, "user.manage")
    with desk.reading() as session:
        items = [
            shown(user)
            for user in session.scalars(select(User).order_by(User.id))
            if may(desk.actor, "user.manage", user.region)
        ]
    return sliced(items, page, per_page)


def user(desk: Desk, user_id: int) -> dict[str, Any]:
    """One account."""
    with desk.reading() as session:
        return shown(_managed(desk, session, user_id))


def find_user(desk: Desk, name: str) -> dict[str, Any]:
    """One account by its name."""
    for item in users(desk).items:
        if item["name"] == name:
            return item
    raise _missing(name)


def actor_of(user: User) -> Actor:
    """The actor behind an account."""
    return Actor(user.name, user.role, user.region, user.entity, user.id)


def shown(user: User) -> dict[str, Any]:
    """An account as others see it: no hash of anything."""
    values = user.values()
    values["has_password"] = values.pop("password_hash") is not None
    return values


def hashed(password: str) -> str:
    """The argon2id hash of a password."""
    from pwdlib import PasswordHash

    return PasswordHash.recommended().hash(password)


def store_password(workspace: Workspace, change: Change, user: User, password: str) -> None:
    """Set a password by the rules; every session of the account ends."""
    check_password(policy(workspace), user.name, password)
    user.password_hash = hashed(password)
    user.failures, user.locked_until = 0, None
    end_sessions(change.session, user)
    change.record("user.password", f"user:{user.name}")


def end_sessions(session: Session, user: User) -> None:
    """Sign an account out everywhere; a closed account loses its tokens as well."""
    session.execute(delete(LoginSession).where(LoginSession.user_id == user.id))
    if not user.active:
        session.execute(delete(ApiToken).where(ApiToken.user_id == user.id))


def _managed(desk: Desk, session: Session, user_id: int) -> User:
    found = session.get(User, user_id)
    if found is None:
        require_somewhere(desk.actor, "user.manage")
        raise _missing(user_id)
    require(desk.actor, "user.manage", region=found.region)
    _require_not_higher(desk, found.role)
    return found


def _check_facts(desk: Desk, facts: dict[str, Any]) -> None:
    """Known role and region; nobody gives away a right that they do not have themselves."""
    role, region = facts["role"], facts["region"]
    possible = [name for name in roles() if name != LOCAL]
    if role not in possible:
        raise problem("bad_value", field="role", value=role, possible="、".join(possible))
    if region is not None and not re.fullmatch(r"\d{6}", str(region)):
        raise problem("bad_value", field="region", value=region, possible="370000、370200 …")
    if role == "enterprise" and not facts["entity"]:
        raise problem("bad_value", field="entity", value="", possible="企业/园区代码 code")
    require(desk.actor, "user.manage", region=region)
    _require_not_higher(desk, role)


def _require_not_higher(desk: Desk, role: str) -> None:
    """The role holds no right that the actor does not have."""
    mine = {action for who, action in rights() if who == desk.actor.role}
    if desk.actor.role != LOCAL and {action for who, action in rights() if who == role} - mine:
        raise problem("role_too_high", role=roles()[role]["zh"], role_en=roles()[role]["en"])


def _missing(key: Any) -> Exception:
    return problem(
        "not_found",
        what="用户",
        what_en="user",
        key=key,
        hint="请用 xietong user list 查看。",
        hint_en="`xietong user list` shows who is there.",
    )
