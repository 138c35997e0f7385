"""How an entry lies in its two tables, and how it is put there and read back.

Owns the columns. Never decides whether an entry may be written.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, NamedTuple

from plfacilitate.core.entry import Entry
from plfacilitate.core.wire import Content, Envelope

READ = """SELECT c.seq, e.id, e.device, e.number, e.recorded_at, c.event, c.kind, c.person, c.by, c.means,
    c.happened_at, c.replaces, c.content FROM content c JOIN entry e ON e.seq = c.entry WHERE c.seq > :since"""

# Nearly everything is a mark, and marks are asked for by their event: the index of kinds does without them.
MARKS = frozenset({"sign-in", "sign-out"})
READ_RARE = READ.replace("content c ", "content c INDEXED BY content_kind ") + (
    " AND c.kind NOT IN ('sign-in', 'sign-out')"
)

_SIZES = (128, 32, 8, 1)  # rows a statement: few enough shapes to stay prepared
_make = tuple.__new__


class EntryRow(NamedTuple):
    """A row of `entry`: the envelope, and copies of its words that `doctor` compares."""

    seq: int
    id: str
    device: str
    number: int
    previous: str | None
    digest: str
    recorded_at: str
    event: str | None
    envelope: bytes


class ContentRow(NamedTuple):
    """A row of `content`. `entry` = the seq of its envelope; `replaces` = ids with blanks between them."""

    seq: int
    entry: int
    event: str | None
    kind: str
    person: str | None
    by: str
    means: str
    happened_at: str
    replaces: str
    salt: bytes
    content: bytes


def entry_row(seq: int, words: Envelope, envelope: bytes) -> EntryRow:
    """The row of an envelope that was read."""
    return EntryRow(
        seq, words.id, words.device, words.number, words.previous, words.digest, words.recorded_at, words.event,
        envelope,
    )  # fmt: skip


def content_row(seq: int, entry: int, event: str | None, words: Content, salt: bytes, content: bytes) -> ContentRow:
    """The row of a content that was read."""
    return ContentRow(
        seq, entry, event, words.kind, words.person, words.by, words.means, words.happened_at,
        " ".join(words.replaces), salt, content,
    )  # fmt: skip


def insert_entries(connection: sqlite3.Connection, rows: Sequence[EntryRow]) -> None:
    """Put envelopes in; inside a transaction."""
    _insert(connection, "entry", EntryRow._fields, rows)


def insert_contents(connection: sqlite3.Connection, rows: Sequence[ContentRow]) -> None:
    """Put contents in; inside a transaction."""
    _insert(connection, "content", ContentRow._fields, rows)


def _insert(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert rows by many at a time: the greatest size as often as it fits, then the next.

    Each statement gives the interpreter to other threads and has to wait until it gets it back: in a busy door a
    statement a row is what a batch spends its time on.
    """
    at = 0
    one = "(" + ", ".join("?" * len(columns)) + ")"
    for size in _SIZES:
        if len(rows) - at < size:
            continue
        statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([one] * size)}"
        while len(rows) - at >= size:
            connection.execute(statement, tuple(chain.from_iterable(rows[at : at + size])))
            at += size


def newest(connection: sqlite3.Connection) -> tuple[int, int]:
    """The newest seq of `entry` and of `content`, 0 where there is none."""
    found: tuple[int, int] = connection.execute(
        "SELECT (SELECT coalesce(max(seq), 0) FROM entry), (SELECT coalesce(max(seq), 0) FROM content)"
    ).fetchone()
    return found


def erased_among(connection: sqlite3.Connection, ids: Iterable[str]) -> set[str]:
    """Those of the ids whose contents were erased for good."""
    asked = json.dumps(list(ids))
    return {
        row[0]
        for row in connection.execute(
            "SELECT id FROM erasure WHERE id IN (SELECT value FROM json_each(?))", (asked,)
        )
    }  # fmt: skip


def entry_of_row(row: tuple[Any, ...]) -> Entry:
    """An entry out of the columns of READ."""
    replaces = row[11]
    return _make(Entry, (*row[:11], tuple(replaces.split()) if replaces else (), row[12]))


def put_aside(
    connection: sqlite3.Connection,
    entry_id: str,
    reason: str,
    *,
    envelope: bytes | None,
    salt: bytes | None = None,
    content: bytes | None = None,
) -> None:
    """Keep bytes that can't be taken, for a decision; the same bytes are kept once. `envelope` None = a draft."""
    from hashlib import sha256

    digest = sha256(b"\x1f".join((envelope or b"", salt or b"", content or b""))).hexdigest()
    connection.execute(
        "INSERT INTO aside (id, digest, reason, envelope, salt, content) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (digest) DO NOTHING",
        (entry_id, digest, reason, envelope, salt, content),
    )
