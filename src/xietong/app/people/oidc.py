"""The bureau's own login: OpenID Connect, authorisation code with PKCE, by Authlib.

``[oidc]`` in xietong.toml names ``issuer``, ``client_id``, ``client_secret`` and, if wanted,
``claim`` (default ``sub``): what an account's ``oidc_subject`` is compared with. Accounts are made
by an administrator beforehand; a login never makes one.
"""

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from xietong.app.desk import Desk
from xietong.app.people.accounts import actor_of
from xietong.app.people.sign_in import NOBODY, SignedIn, open_session
from xietong.app.problems import problem
from xietong.store.models import User
from xietong.store.workspace import Workspace

TIMEOUT_SECONDS = 10
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384"]


@dataclass(frozen=True)
class Ticket:
    """What the browser keeps while it is away at the provider."""

    state: str
    nonce: str
    verifier: str


def is_configured(workspace: Workspace) -> bool:
    """Whether this workspace has a provider."""
    return bool(workspace.settings.get("oidc"))


def begin(workspace: Workspace, redirect_uri: str) -> tuple[str, Ticket]:
    """Where to send the browser, and the ticket it must bring back."""
    ticket = Ticket(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48))
    with _client(workspace, redirect_uri) as client:
        provider = _provider(workspace)
        url, _ = client.create_authorization_url(
            provider["authorization_endpoint"],
            state=ticket.state,
            nonce=ticket.nonce,
            code_verifier=ticket.verifier,
        )
    return str(url), ticket


def finish(
    workspace: Workspace, redirect_uri: str, ticket: Ticket, *, state: str, code: str
) -> SignedIn:
    """Exchange the code, verify the identity, open a session for the account of that subject."""
    if not secrets.compare_digest(state.encode(), ticket.state.encode()):
        raise problem("oidc_failed", reason="state")
    claims = _claims(workspace, redirect_uri, ticket, code)
    name = workspace.settings["oidc"].get("claim", "sub")
    subject = str(claims.get(name) or "")
    with Desk(workspace, NOBODY).reading() as session:
        found = session.scalars(select(User).where(User.oidc_subject == subject)).first()
        actor = actor_of(found) if found and found.active and subject else None
    if actor is None:
        raise problem("oidc_unknown", subject=subject)
    with Desk(workspace, actor).writing() as change:
        user = change.session.get_one(User, actor.user_id)
        signed = open_session(workspace, change.session, user)
        change.record("sign_in.oidc", f"user:{user.name}")
    return signed


def _claims(workspace: Workspace, redirect_uri: str, ticket: Ticket, code: str) -> dict[str, Any]:
    """The verified claims of the identity token: signature, issuer, audience, times, nonce."""
    from authlib.common.errors import AuthlibBaseError
    from httpx import HTTPError
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    settings = workspace.settings["oidc"]
    try:
        with _client(workspace, redirect_uri) as client:
            provider = _provider(workspace)
            token = client.fetch_token(
                provider["token_endpoint"], code=code, code_verifier=ticket.verifier
            )
            keys = KeySet.import_key_set(_fetch(provider["jwks_uri"]))
        claims = dict(jwt.decode(token["id_token"], keys, algorithms=ALGORITHMS).claims)
        jwt.JWTClaimsRegistry(
            leeway=60,
            iss={"essential": True, "value": settings["issuer"]},
            aud={"essential": True, "value": settings["client_id"]},
            nonce={"essential": True, "value": ticket.nonce},
            exp={"essential": True},
            iat={"essential": True},
        ).validate(claims)
    except (AuthlibBaseError, HTTPError, JoseError, KeyError, ValueError) as error:
        raise problem("oidc_failed", reason=f"{type(error).__name__}: {error}") from error
    return claims


def _client(workspace: Workspace, redirect_uri: str) -> Any:
    from authlib.integrations.httpx_client import OAuth2Client

    settings = workspace.settings.get("oidc") or {}
    if not {"issuer", "client_id", "client_secret"} <= settings.keys():
        raise problem("oidc_failed", reason="[oidc] issuer, client_id, client_secret")
    return OAuth2Client(
        client_id=settings["client_id"],
        client_secret=settings["client_secret"],
        scope="openid profile",
        redirect_uri=redirect_uri,
        code_challenge_method="S256",
        timeout=TIMEOUT_SECONDS,
    )


def _provider(workspace: Workspace) -> dict[str, Any]:
    """The provider's own description, which must speak for the issuer that the settings name."""
    from httpx import HTTPError

    issuer = workspace.settings["oidc"]["issuer"]
    try:
        found: dict[str, Any] = _fetch(issuer.rstrip("/") + "/.well-known/openid-configuration")
    except (HTTPError, ValueError) as error:
        raise problem("oidc_failed", reason=f"{type(error).__name__}: {error}") from error
    if found.get("issuer") != issuer:
        raise problem("oidc_failed", reason=f"issuer {found.get('issuer')!r} ≠ {issuer!r}")
    return found


def _fetch(url: str) -> Any:
    import httpx

    return httpx.get(url, timeout=TIMEOUT_SECONDS).raise_for_status().json()
