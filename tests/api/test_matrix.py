"""Roles × endpoints: who gets in where; no endpoint may be missing from the table."""

import csv
import json
from pathlib import Path

import pytest

from xietong.api.server import PREFIX, create_api

with Path(__file__).with_name("matrix.csv").open(encoding="utf-8", newline="") as file:
    MATRIX = list(csv.DictReader(file))
ROLES = ["province_admin", "city", "department", "enterprise", "verifier", "reader", "nobody"]
OPEN = {("POST", "/session"), ("GET", "/session/oidc"), ("GET", "/session/oidc/callback")}
UPLOADS = {("POST", "/uploads"), ("POST", "/submissions")}  # tested apart: their bodies are no JSON


@pytest.mark.parametrize("role", ROLES)
def test_every_role_at_every_endpoint(client_of, desk, role):
    if not desk.workspace.database.is_sqlite and role not in ("province_admin", "nobody"):
        pytest.skip("the rights are the same on both databases")
    client_of("province_admin")  # number 1, and from now on people must sign in
    wrong = []
    for line in MATRIX:
        client = client_of(role)
        if role == "province_admin" and line["path"] == "/users/1/password":
            continue  # would end the session of the one who asks; tested with people
        answer = client.request(
            line["method"],
            PREFIX + line["path"].replace("UPLOAD", "0" * 64),
            json=json.loads(line["body"].replace("UPLOAD", "0" * 64)) if line["body"] else None,
        )
        if answer.status_code != int(line[role]):
            wrong.append((line["method"], line["path"], line[role], answer.status_code))
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json"
        if line["path"] == "/session/password" and role != "nobody":
            reset(desk, role)
        if line["body"].startswith('{"name": "new-one"'):
            rename(desk)
        if line["body"] == '{"step": "submit"}':
            reopen(desk)
    assert not wrong


def test_the_table_names_every_endpoint(desk):
    paths = create_api(desk).openapi()["paths"]
    real = {
        (method.upper(), path.removeprefix(PREFIX))
        for path, methods in paths.items()
        for method in methods
    }

    def pattern(path):
        return list(path.strip("/").split("/"))

    def fits(named, template):
        return len(named) == len(template) and all(
            b.startswith("{") or a == b for a, b in zip(named, template, strict=True)
        )

    listed = {(line["method"], line["path"]) for line in MATRIX} | OPEN | UPLOADS
    same_as = {"milestones", "plan_projects"}  # made by the same lines as targets and clauses
    missing = [
        (method, path)
        for method, path in real
        if not any(m == method and fits(pattern(p), pattern(path)) for m, p in listed)
        and pattern(path)[0] not in same_as | {"clauses"}
    ]
    assert not missing


def reset(desk, role):
    """Give the old password back."""
    from xietong.app.people.accounts import find_user, hashed
    from xietong.store.models import User

    number = find_user(desk, role)["id"]
    with desk.workspace.database.writing() as session:
        session.get(User, number).password_hash = hashed("Qingdao-2026")


def rename(desk):
    """Let the next role make a user of the same name."""
    from sqlalchemy import delete

    from xietong.store.models import User

    with desk.workspace.database.writing() as session:
        session.execute(delete(User).where(User.name == "new-one"))


def reopen(desk):
    """Take a submission back to its beginning."""
    from xietong.store.models import Submission

    with desk.workspace.database.writing() as session:
        session.get(Submission, 1).state = "draft"
