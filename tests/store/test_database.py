"""The database: one migration makes what the models say, on both databases."""

import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select, text

from xietong.errors import WorkspaceError
from xietong.store.audit import append, broken_links
from xietong.store.database import open_database
from xietong.store.models import Audit, Base


@pytest.fixture
def url(database_url, tmp_path):
    return database_url or f"sqlite:///{tmp_path}/x.db"


def test_the_migration_makes_what_the_models_say(url):
    database = open_database(url)
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    database.close()


def test_opening_twice_is_the_same_as_once(url):
    open_database(url).close()
    open_database(url).close()


def test_a_database_of_another_state_is_refused(url):
    database = open_database(url)
    with database.writing() as session:
        session.execute(text("UPDATE workspace_info SET value = 'older' WHERE key = 'schema'"))
    database.close()
    with pytest.raises(WorkspaceError, match="xietong restore"):
        open_database(url)


def test_writers_at_the_same_time_keep_one_chain(url):
    database = open_database(url)

    def work(name: str) -> None:
        for number in range(5):
            with database.writing() as session:
                append(session, name, [{"action": "t", "subject": str(number)}])

    threads = [threading.Thread(target=work, args=(f"w{i}",)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert list(session.scalars(select(Audit.seq).order_by(Audit.seq))) == list(range(1, 21))
        assert broken_links(session, []) == []
    database.close()


def test_what_fails_in_a_transaction_leaves_nothing(url):
    database = open_database(url)
    with pytest.raises(ZeroDivisionError), database.writing() as session:
        append(session, "x", [{"action": "t", "subject": "s"}])
        raise ZeroDivisionError
    with database.reading() as session:
        assert session.scalars(select(Audit)).all() == []
    database.close()


@pytest.mark.parametrize("wrong", ["", "nonsense", "mysql://u@h/d"])
def test_a_wrong_setting_says_what_is_possible(wrong):
    with pytest.raises(WorkspaceError, match="postgresql"):
        open_database(wrong or " ")
