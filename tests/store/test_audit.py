"""The audit trail: what the database refuses, and what is noticed when somebody gets past it."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from xietong.store.audit import FIELDS, ROOT, append, broken_links, seal
from xietong.store.database import Database, open_database
from xietong.store.heads import append_head, read_heads


@pytest.fixture
def database(database_url, tmp_path):
    database = open_database(database_url or f"sqlite:///{tmp_path}/x.db")
    yield database
    database.close()


@pytest.fixture
def heads(database, tmp_path):
    """Five commits of one row each, their heads kept outside."""
    file = tmp_path / "heads.jsonl"
    for number in range(5):
        with database.writing() as session:
            entry = {"action": "test", "subject": f"row:{number}", "after": {"值": number}}
            head = append(session, "张三", [entry])
        append_head([file], head)
    return file


def verify(database: Database, file):
    with database.reading() as session:
        return broken_links(session, read_heads([file]))


def unguard(database: Database, statement: str, **values) -> None:
    """Somebody with full rights on the database takes the guards away first."""
    with database.writing() as session:
        if database.is_sqlite:
            for verb in ("update", "delete"):
                session.execute(text(f"DROP TRIGGER IF EXISTS audit_no_{verb}"))
        else:
            session.execute(text("ALTER TABLE audit DISABLE TRIGGER ALL"))
        session.execute(text(statement), values)


def test_an_honest_chain_holds(database, heads):
    assert verify(database, heads) == []


@pytest.mark.parametrize(
    "statement", ["UPDATE audit SET who = 'x'", "DELETE FROM audit WHERE seq = 5"]
)
def test_the_database_refuses_changes(database, heads, statement):
    with pytest.raises(DBAPIError, match="append-only"), database.writing() as session:
        session.execute(text(statement))
    assert verify(database, heads) == []


def test_postgres_refuses_truncate(postgres_url):
    database = open_database(postgres_url)
    with pytest.raises(DBAPIError, match="append-only"), database.writing() as session:
        session.execute(text("TRUNCATE audit"))
    database.close()


@pytest.mark.parametrize("column", ["who", "action", "subject", "after", "reason", "at"])
def test_a_changed_row_is_found(database, heads, column):
    unguard(database, f"UPDATE audit SET {column} = 'x' WHERE seq = 3")
    assert [(b.kind, b.seq) for b in verify(database, heads)] == [("changed", 3)]


def test_a_removed_row_is_found(database, heads):
    unguard(database, "DELETE FROM audit WHERE seq = 2")
    assert [(b.kind, b.seq) for b in verify(database, heads)] == [("removed", 2)]


def test_a_truncated_tail_is_found(database, heads):
    unguard(database, "DELETE FROM audit WHERE seq >= 4")
    assert {(b.kind, b.seq) for b in verify(database, heads)} == {
        ("truncated", 4),
        ("truncated", 5),
    }


def test_an_emptied_trail_is_found(database, heads):
    unguard(database, "DELETE FROM audit")
    assert len(verify(database, heads)) == 5


def test_a_whole_chain_recomputed_is_found_by_the_heads(database, heads):
    with database.reading() as session:
        rows = [
            dict(row._mapping) for row in session.execute(text("SELECT * FROM audit ORDER BY seq"))
        ]
    previous = ROOT
    for row in rows:
        if row["seq"] == 2:
            row["who"] = "李四"
        row["prev_hash"] = previous
        row["hash"] = previous = seal(previous, {field: row[field] for field in FIELDS})
        unguard(
            database,
            "UPDATE audit SET who = :who, prev_hash = :prev_hash, hash = :hash WHERE seq = :seq",
            **{key: row[key] for key in ("who", "prev_hash", "hash", "seq")},
        )
    with database.reading() as session:
        assert broken_links(session, []) == []  # the chain alone looks whole
    assert [(b.kind, b.seq) for b in verify(database, heads)] == [
        ("recomputed", seq) for seq in (2, 3, 4, 5)
    ]


def test_a_row_slipped_in_at_the_end_without_the_chain_is_found(database, heads):
    with database.writing() as session:
        session.execute(
            text(
                "INSERT INTO audit (seq, at, who, action, subject, prev_hash, hash) "
                "VALUES (6, 'x', 'x', 'x', 'x', 'x', 'x')"
            )
        )
    assert [(b.kind, b.seq) for b in verify(database, heads)] == [("changed", 6)]
