"""A workspace with people and plans, and clients that ask as one of them."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from plans_by_hand import plan
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from xietong.api.server import create_api
from xietong.app.data_review import writing_data
from xietong.app.people.accounts import add_user
from xietong.app.plans.importing import store_plan
from xietong.app.workspace import create_workspace, open_desk

PASSWORD = "Qingdao-2026"
PEOPLE = {
    "province_admin": ("370000", None),
    "city": ("370200", None),
    "department": ("370200", None),
    "enterprise": ("370200", "E1"),
    "verifier": ("370000", None),
    "reader": ("370000", None),
}


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch):
    """Argon2 with little work: these tests sign in hundreds of times."""
    quick = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
    monkeypatch.setattr(PasswordHash, "recommended", classmethod(lambda _: quick))


@pytest.fixture
def desk(database_url, tmp_path, monkeypatch):
    """The local user's desk; nobody has an account yet."""
    if database_url:
        monkeypatch.setenv("XIETONG_DATABASE", database_url)
    create_workspace(tmp_path / "w", title="测试")
    desk = open_desk(tmp_path / "w")
    store_plan(desk, plan())
    with writing_data(desk, "fuel_use", "370200", 2024):
        pass
    yield desk
    desk.workspace.close()


@pytest.fixture
def client_of(desk) -> Callable[..., TestClient]:
    """A client at an address; ``local`` is this machine's browser, a role is signed in."""
    api = create_api(desk)
    made: set[str] = set()

    def client(who: str | None = "local", host: str = "127.0.0.1") -> TestClient:
        found = TestClient(api, base_url=f"http://{host}:8000", client=(host, 50000))
        if who in PEOPLE:
            if who not in made:
                region, entity = PEOPLE[who]
                add_user(
                    desk,
                    who,
                    who,
                    password=PASSWORD,
                    region=region,
                    entity=entity,
                    must_change=False,
                )
                made.add(who)
            answer = found.post("/api/v1/session", json={"name": who, "password": PASSWORD})
            assert answer.status_code == 201, answer.text
            found.headers["X-CSRF-Token"] = answer.json()["csrf"]
        return found

    return client
