"""The database of a workspace: SQLite by default, PostgreSQL by one setting; the same tables."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event, insert, inspect, make_url, select
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.orm import Session

from xietong.errors import WorkspaceError
from xietong.store.models import Base, WorkspaceInfo

BUSY_SECONDS = 30
MIGRATIONS = Path(__file__).with_name("migrations")


class Database:
    """One database: ``reading()`` and ``writing()`` give a session within one transaction."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)
        self._writer = self.engine.execution_options(write=True)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a file of one person."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session to look things up; whatever it changes is dropped."""
        with Session(self.engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose changes are stored together or not at all."""
        with Session(self._writer) as session, session.begin():
            yield session

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """The database behind ``url``, made or brought up to date where needed."""
    database = Database(url)
    try:
        _migrate(database)
    except OperationalError as error:
        database.close()
        shown = make_url(url).render_as_string(hide_password=True)
        raise WorkspaceError(
            f"数据库打不开：{shown}（{error.orig}）。请检查 xietong.toml 的 database 设置和网络。\n"
            f"  The database cannot be opened. Check `database` in xietong.toml and the network."
        ) from error
    return database


def fingerprint() -> str:
    """A short hash of all tables and columns: two states of the models differ in it."""
    lines = [
        f"{table.name}.{column.name} {column.type!r} {column.nullable}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def _migrate(database: Database) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database._writer.begin() as connection:
        fresh = not inspect(connection).has_table(WorkspaceInfo.__tablename__)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if fresh:
            connection.execute(insert(WorkspaceInfo).values(key="schema", value=fingerprint()))
            return
        found = connection.scalar(select(WorkspaceInfo.value).where(WorkspaceInfo.key == "schema"))
    if found != fingerprint():
        raise WorkspaceError(
            "数据库由另一版本的 xietong 建立。请用该版本执行 xietong backup，再用本版本执行 xietong restore。\n"
            "  The database was made by another version of xietong: run `xietong backup` with that "
            "version, then `xietong restore` with this one."
        )


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise WorkspaceError(
            f"database 设置不是数据库地址：{url!r}。例如 sqlite:///xietong.db 或 postgresql+psycopg://…\n"
            "  `database` is not the address of a database."
        ) from error
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed, connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _sqlite_settings)
        event.listen(engine, "begin", _sqlite_begin)
        return engine
    if parsed.get_backend_name() != "postgresql":
        raise WorkspaceError(
            f"不支持的数据库：{parsed.get_backend_name()}。可用 sqlite 或 postgresql+psycopg。\n"
            "  Unknown database: use sqlite or postgresql+psycopg."
        )
    return create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True)


def _sqlite_settings(connection: Any, _record: Any) -> None:
    """Readers beside one writer; foreign keys hold; transactions begin when we say so."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _sqlite_begin(connection: Any) -> None:
    """A writer takes the write lock at once, so that it never fails half-way for want of it."""
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
