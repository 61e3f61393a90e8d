"""A small OpenID provider on loopback: it checks the code, the secret and the PKCE verifier."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlparse

from joserfc import jwt
from joserfc.jwk import RSAKey


class Provider:
    """Its key, its one client, and the codes it gave out; ``claims`` overrides what it asserts."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "k1"})
        self.foreign_key: RSAKey | None = None
        self.claims: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.issuer = ""
        self.people: tuple[str, ...] = ("S-1", "S-2")

    def authorize(self, url: str, subject: str) -> tuple[str, str]:
        """What the browser does there: sign in as ``subject``, come back with state and code."""
        query = {key: values[0] for key, values in parse_qs(urlparse(url).query).items()}
        assert query["response_type"] == "code" and query["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes)}"
        self.codes[code] = query | {"sub": subject}
        return query["state"], code

    def token(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """An identity token for a code that is used for the first time, with its verifier."""
        wanted = self.codes.pop(form.get("code", ""), None)
        secret = base64.b64encode(b"client:secret").decode()
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            wanted is None
            or authorization != f"Basic {secret}"
            or wanted["code_challenge"] != challenge
            or wanted["redirect_uri"] != form.get("redirect_uri")
        ):
            return None
        moment = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": "client",
            "sub": wanted["sub"],
            "nonce": wanted["nonce"],
            "iat": moment,
            "exp": moment + 300,
        } | self.claims
        key = self.foreign_key or self.key
        signed = jwt.encode({"alg": "RS256", "kid": "k1"}, claims, key)
        return {"access_token": "a", "token_type": "Bearer", "id_token": signed}


@contextmanager
def running() -> Iterator[Provider]:
    """The provider, listening on a free port of this machine."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

        def reply(self, body: Any, status: int = 200) -> None:
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def ask(self) -> None:
            """The provider's own login page, where a person says who they are."""
            page = "<title>统一登录</title>" + "".join(
                f'<a href="/choose?sub={quote(name)}&url={quote(self.path)}">{name}</a> '
                for name in provider.people
            )
            data = page.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def send_back(self) -> None:
            """Back to where the browser came from, with a code."""
            query = {key: values[0] for key, values in parse_qs(urlparse(self.path).query).items()}
            asked = parse_qs(urlparse(query["url"]).query)
            state, code = provider.authorize(query["url"], query["sub"])
            back = asked["redirect_uri"][0] + "?" + urlencode({"state": state, "code": code})
            self.send_response(302)
            self.send_header("Location", back)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_GET(self) -> None:
            if self.path == "/.well-known/openid-configuration":
                self.reply(
                    {
                        "issuer": provider.issuer,
                        "authorization_endpoint": provider.issuer + "/authorize",
                        "token_endpoint": provider.issuer + "/token",
                        "jwks_uri": provider.issuer + "/keys",
                    }
                )
            elif self.path.startswith("/authorize"):
                self.ask()
            elif self.path.startswith("/choose"):
                self.send_back()
            else:
                self.reply({"keys": [provider.key.as_dict(private=False)]})

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            form = {k: v[0] for k, v in parse_qs(self.rfile.read(length).decode()).items()}
            found = provider.token(form, self.headers.get("Authorization", ""))
            self.reply(found or {"error": "invalid_grant"}, 200 if found else 400)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
