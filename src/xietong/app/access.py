"""Who may do what: roles × actions × scope, from ``rights.csv``; asked here and nowhere else.

Scopes: ``all``; ``region`` (the actor's region and what lies in it); ``below`` (what lies in it,
not itself); ``entity`` (the actor's own enterprise or park); ``own`` (what the actor started).
A local user of a workspace on their own machine may do everything.
"""

import csv
import functools
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from xietong.app.problems import problem

FOLDER = Path(__file__).parent
LOCAL = "local"


@dataclass(frozen=True)
class Actor:
    """The person or program that acts; ``name`` is what stands in the audit trail."""

    name: str
    role: str
    region: str | None = None  # adcode; None: the whole country
    entity: str | None = None
    user_id: int | None = None

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return asdict(self)


def may(
    actor: Actor,
    action: str,
    region: str | None = None,
    entity: str | None = None,
    owner: str | None = None,
) -> bool:
    """Whether the actor may do this to a subject of this region, entity or owner.

    >>> may(Actor("a", "city", "370200"), "plan.import", region="370202")
    True
    >>> may(Actor("a", "city", "370200"), "plan.import", region="370000")
    False
    """
    scope = scope_of(actor, action)
    if scope in (None, "all"):
        return scope == "all"
    if scope == "own":
        return owner == actor.name
    if scope == "entity":
        return bool(entity) and entity == actor.entity
    inside = within(region, actor.region)
    return inside and not (scope == "below" and region == actor.region)


def may_somewhere(actor: Actor, action: str) -> bool:
    """Whether there is any subject at all on which the actor may do this."""
    return scope_of(actor, action) is not None


def require(
    actor: Actor,
    action: str,
    region: str | None = None,
    entity: str | None = None,
    owner: str | None = None,
) -> None:
    """Raise ``AccessError`` unless the actor may do this here."""
    if may(actor, action, region, entity, owner):
        return
    raise _refusal(actor, action, entity or region)


def require_somewhere(actor: Actor, action: str) -> None:
    """Raise ``AccessError`` unless the actor may do this at least to some subjects."""
    if not may_somewhere(actor, action):
        raise _refusal(actor, action, None)


def scope_of(actor: Actor, action: str) -> str | None:
    """How far the actor's right to this action reaches; None: not at all."""
    if actor.role == LOCAL:
        return "all"
    return rights().get((actor.role, action))


def within(region: str | None, root: str | None) -> bool:
    """Whether an adcode lies in the subtree of another; an empty root is the whole country.

    >>> within("370202", "370000"), within("370000", "370200"), within(None, "370000")
    (True, False, False)
    """
    if not root or root == "100000":
        return True
    return bool(region) and str(region).startswith(prefix(root))


def prefix(adcode: str) -> str:
    """The leading digits that all places within this one share.

    >>> prefix("370000"), prefix("370200"), prefix("370202")
    ('37', '3702', '370202')
    """
    if adcode == "100000":
        return ""
    return (
        adcode[:2] if adcode.endswith("0000") else adcode[:4] if adcode.endswith("00") else adcode
    )


@functools.cache
def rights() -> dict[tuple[str, str], str]:
    """The table of rights: (role, action) → scope."""
    return {(row["role"], row["action"]): row["scope"] for row in _rows("rights.csv")}


@functools.cache
def roles() -> dict[str, dict[str, str]]:
    """All roles with their names: role → {zh, en}."""
    return {row.pop("role"): row for row in _rows("roles.csv")}


@functools.cache
def actions() -> dict[str, dict[str, str]]:
    """All actions with their names: action → {zh, en}."""
    return {row.pop("action"): row for row in _rows("actions.csv")}


def _refusal(actor: Actor, action: str, where: str | None) -> Exception:
    return problem(
        "forbidden",
        who=actor.name,
        role=roles().get(actor.role, {}).get("zh", actor.role),
        action_zh=actions()[action]["zh"],
        action_en=actions()[action]["en"],
        where=f"（{where}）" if where else "",
        where_en=f" ({where})" if where else "",
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
