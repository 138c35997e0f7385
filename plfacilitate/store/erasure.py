"""Taking contents away for good.

Owns what is deleted and what is swept afterwards, so that nothing of it can be read out of the file. Envelopes stay.
Never erases what says that something was erased. Contents go for one of two reasons: `erased` is everybody's, and each
ledger and register that hears of it follows (`merge`, `register`); `cleared` is this ledger's own, and nobody follows it:
the office keeps for seven years what a laptop need not keep.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from plfacilitate.store.connection import patiently, wipe
from plfacilitate.store.derived import forget

DROPPING = frozenset({"erased", "cleared"})
"""Kinds whose writing here takes the contents away that they name in `ids`."""
_OWED = "sweep"  # in `local`: contents were deleted, and the file has not been swept since


def drop_contents(connection: sqlite3.Connection, erased_by: str, ids: Sequence[str]) -> None:
    """Delete the contents of these ids, now and whenever they come again; inside a transaction, then `sweep`."""
    connection.executemany("INSERT OR IGNORE INTO erasure VALUES (?, ?)", [(one, erased_by) for one in ids])
    here = [row for one in ids for row in connection.execute(
        "SELECT e.id, c.kind, c.person, c.event, c.entry FROM content c JOIN entry e ON e.seq = c.entry"
        " WHERE e.id = ? AND c.kind <> 'erased'", (one,)
    )]  # fmt: skip
    for *_, entry in here:
        connection.execute("DELETE FROM content WHERE entry = ?", (entry,))
    connection.executemany("UPDATE aside SET salt = NULL, content = NULL WHERE id = ?", [(one,) for one in ids])
    forget(connection, [(entry_id, kind, person, event) for entry_id, kind, person, event, _ in here])
    connection.execute("INSERT OR REPLACE INTO local VALUES (?, 'owed')", (_OWED,))


def is_owed(connection: sqlite3.Connection) -> bool:
    """Whether contents were deleted and the file could not be swept since (a crash, or somebody reading)."""
    return connection.execute("SELECT 1 FROM local WHERE key = ?", (_OWED,)).fetchone() is not None


def sweep(connection: sqlite3.Connection, *, wait: float | None = None) -> bool:
    """Let nothing of an erased content remain in the file: search, free pages, write-ahead log.

    False where somebody read for longer than `wait` seconds (None = WAIT_SECONDS), so that the write-ahead log could
    not be emptied: it is owed, and tried again when the ledger is opened next.
    """
    for table in ("person_words", "name_slips", "text_words"):
        patiently(connection, f"INSERT INTO {table}({table}) VALUES ('optimize')")
    if not wipe(connection, wait=wait):
        return False
    patiently(connection, f"DELETE FROM local WHERE key = '{_OWED}'")
    return True
