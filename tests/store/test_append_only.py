"""Nobody changes what was written, not even by hand: a plain connection from outside is refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from tests.store.kit import Laptop


@pytest.fixture
def outside(laptop: Laptop) -> Iterator[sqlite3.Connection]:
    """A connection of some other tool, with SQLite's own settings."""
    ledger = laptop.open()
    ledger.append([laptop.sign_in("ada", entry_id="a"), laptop.sign_in("ben", entry_id="b")])
    ledger.append([laptop.sign_in("cy", entry_id="t")])
    ledger.append([laptop.sign_in("dan", entry_id="t")])  # kept aside
    ledger.erase(["b"], reason="asked for", by="Ruth")
    connection = sqlite3.connect(laptop.path, isolation_level=None)
    yield connection
    connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET number = 99 WHERE id = 'a'",
        "DELETE FROM entry WHERE id = 'a'",
        "DELETE FROM entry",
        "INSERT OR REPLACE INTO entry SELECT 2, 'other', device, 9, NULL, digest, recorded_at, event, x'00' FROM entry",
        "INSERT OR REPLACE INTO entry SELECT 999, id, device, 9, NULL, digest, recorded_at, event, x'00' FROM entry",
        "REPLACE INTO entry SELECT * FROM entry",
        "INSERT INTO entry SELECT * FROM entry WHERE true ON CONFLICT DO UPDATE SET number = 99",
        "UPDATE OR REPLACE entry SET id = 'b' WHERE id = 'a'",
        "UPDATE content SET person = 'eve'",
        "DELETE FROM content",
        "INSERT OR REPLACE INTO content SELECT * FROM content",
        "INSERT OR REPLACE INTO content SELECT 999, entry, event, kind, 'eve', '', '', '', '', salt, x'00' FROM content",
        "INSERT INTO content SELECT 999, seq, event, 'note', NULL, '', '', '', '', x'00', x'00' FROM entry WHERE id = 'b'",
        "DELETE FROM erasure",
        "UPDATE erasure SET id = 'a'",
        "DELETE FROM aside",
        "UPDATE aside SET reason = 'x', content = x'00'",
        "UPDATE aside SET id = 'x'",
    ],
)
def test_no_statement_changes_what_was_written(outside: sqlite3.Connection, statement: str) -> None:
    """Update, delete, replace, upsert: each is answered by a trigger."""
    tables = ("entry", "content", "erasure", "aside")
    before = [outside.execute(f"SELECT * FROM {table}").fetchall() for table in tables]
    with pytest.raises(sqlite3.IntegrityError, match=r"append-only|erased|stands aside"):
        outside.execute(statement)
    assert [outside.execute(f"SELECT * FROM {table}").fetchall() for table in tables] == before


def test_a_column_takes_only_its_own_sort(outside: sqlite3.Connection) -> None:
    """Tables are strict: a text in the place of a number is refused by SQLite itself."""
    with pytest.raises(sqlite3.IntegrityError, match="INTEGER"):
        outside.execute("INSERT INTO entry VALUES (999, 'x', 'd', 'seven', NULL, 'd', 'r', NULL, x'00')")


@pytest.mark.parametrize("view", ["entries", "attendance", "events", "notes"])
def test_people_may_look_through_views(outside: sqlite3.Connection, view: str) -> None:
    """One column a fact, for Datasette and other tools."""
    rows = outside.execute(f"SELECT * FROM {view}").fetchall()
    assert len(rows) == {"entries": 5, "attendance": 2, "events": 0, "notes": 0}[view]


def test_the_view_of_attendance_names_people_and_says_what_was_undone(laptop: Laptop) -> None:
    """As a person would ask for it."""
    ledger = laptop.open()
    came = ledger.append_one(laptop.sign_in("ada", body={"reason": "keyed in"}))
    ledger.append([laptop.undo(came), laptop.sign_in("ben"), laptop.person("ada", last_name="Lovelace")])
    from plfacilitate.store.search import catch_up

    catch_up(ledger.connection)
    rows = ledger.connection.execute("SELECT person, last_name, kind, reason, undone FROM attendance ORDER BY person")
    assert rows.fetchall() == [("ada", "Lovelace", "sign-in", "keyed in", 1), ("ben", None, "sign-in", None, 0)]
