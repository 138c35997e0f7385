"""Whose file it is: ours of this version, ours of another one, or somebody else's."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.store import schema
from plfacilitate.store.connection import begin, connect
from tests.store.kit import Laptop


@pytest.mark.parametrize("readonly", [False, True])
def test_a_newer_ledger_is_refused_and_left_as_it_is(laptop: Laptop, readonly: bool) -> None:
    """It says so, and that an update helps."""
    laptop.open()
    laptop.close()
    with closing(sqlite3.connect(laptop.path)) as connection:
        connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    before = laptop.path.read_bytes()
    with pytest.raises(Refused, match="newer plfacilitate") as no:
        laptop.open(readonly=readonly)
    assert no.value.refusal.code == "ledger-newer"
    assert laptop.path.read_bytes() == before


@pytest.mark.parametrize("readonly", [False, True])
@pytest.mark.parametrize("owner", [0, 12345])
def test_a_database_of_another_program_is_refused_and_left_as_it_is(laptop: Laptop, readonly: bool, owner: int) -> None:
    """Not even its journal is changed."""
    with closing(sqlite3.connect(laptop.path)) as connection:
        connection.execute("CREATE TABLE cats (name TEXT)")
        connection.execute(f"PRAGMA application_id = {owner}")
    before = laptop.path.read_bytes()
    with pytest.raises(Refused, match="not a plfacilitate ledger"):
        laptop.open(readonly=readonly)
    assert laptop.path.read_bytes() == before
    assert [path.name for path in laptop.folder.iterdir()] == ["ledger.db"]


@pytest.mark.parametrize("readonly", [False, True])
def test_a_file_that_is_no_database_is_refused(laptop: Laptop, readonly: bool) -> None:
    """A letter that somebody saved under that name."""
    laptop.path.write_text("Dear Ruth, " * 200)
    with pytest.raises(Refused, match="not a plfacilitate ledger"):
        laptop.open(readonly=readonly)
    assert laptop.path.read_text().startswith("Dear Ruth")


@pytest.mark.parametrize("readonly", [False, True])
def test_an_empty_file_becomes_a_ledger_but_is_none(laptop: Laptop, readonly: bool) -> None:
    """Whoever may write makes one of it; whoever may only read is told that it is none."""
    laptop.path.touch()
    if readonly:
        with pytest.raises(Refused, match="not a plfacilitate ledger"):
            laptop.open(readonly=True)
    else:
        assert laptop.open().count() == 1


def test_an_old_sqlite_is_said_in_one_sentence(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rather than a fault in some statement."""
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 31, 1))
    with pytest.raises(Refused, match="newer Python"):
        laptop.open()


def test_a_damaged_ledger_says_what_to_do(laptop: Laptop) -> None:
    """It is ours, but pages are gone."""
    ledger = laptop.open()
    ledger.append([laptop.note("x" * 500) for _ in range(300)])
    laptop.close()
    whole = laptop.path.read_bytes()
    laptop.path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    with pytest.raises(Refused) as no:
        laptop.open().append([laptop.note("x")])
    assert no.value.refusal.code == "content-damaged"
    assert "restore the last backup" in str(no.value)


def test_a_ledger_whose_making_broke_off_is_made_again(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables, version and owner come in one transaction: half of them is none."""
    monkeypatch.setattr(schema, "_VIEWS", "CREATE VIEW broken AS SELEKT;")
    with pytest.raises(Refused) as no:
        laptop.open()
    assert no.value.refusal.code == "not-written"
    monkeypatch.undo()
    assert laptop.open().append_one(laptop.note("x")).number == 2


def test_a_ledger_that_is_up_to_date_opens_without_sqlite_utils(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the first frame of a screen comes soon."""
    laptop.open()
    laptop.close()
    monkeypatch.setitem(__import__("sys").modules, "sqlite_utils", None)
    assert laptop.open().count() == 1


def test_migrations_are_written_down(laptop: Laptop) -> None:
    """By name, once."""
    for _ in range(2):
        names = laptop.open().connection.execute("SELECT migration_set, name FROM _sqlite_migrations").fetchall()
        assert names == [("plfacilitate-ledger", "first_ledger")]


def test_whoever_waits_too_long_for_the_lock_is_told(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing was written; when the other is done, it goes on."""
    monkeypatch.setattr("plfacilitate.store.connection.WAIT_SECONDS", 0.05)
    ledger = laptop.open()
    with closing(connect(laptop.path)) as other:
        begin(other)
        with pytest.raises(Refused, match="Another program holds the ledger") as no:
            ledger.append([laptop.note("x")])
        assert no.value.refusal.code == "wait"
        assert list(ledger.entries(event="e")) == []
        other.execute("ROLLBACK")
    assert ledger.append_one(laptop.note("x")).number == 2
