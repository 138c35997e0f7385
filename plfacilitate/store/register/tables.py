"""The file of a register: its tables, and how it is opened.

Owns the shape, which an engine of PostgreSQL's protocol can hold too: entries by (event, id), one row a device for its
head, no query across events on a hot path. Never reads or writes an entry.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from plfacilitate.core.entry import Chance, new_id
from plfacilitate.core.refusal import Refused, disk_words
from plfacilitate.store.connection import as_refused, connect, set_up, writing

APPLICATION_ID = 0x706C6672  # "plfr"
VERSION = 1
NOWHERE = "00000000-0000-0000-0000-000000000000"  # the event of entries that belong to none

_TABLES = """
CREATE TABLE register (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE entry (
    event TEXT NOT NULL, id TEXT NOT NULL, device TEXT NOT NULL, number INTEGER NOT NULL, previous TEXT,
    digest TEXT NOT NULL, recorded_at TEXT NOT NULL, envelope BLOB NOT NULL, PRIMARY KEY (event, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_chain ON entry(device, number, digest);
CREATE TABLE content (
    event TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, person TEXT, by TEXT NOT NULL, means TEXT NOT NULL,
    happened_at TEXT NOT NULL, replaces TEXT NOT NULL, salt BLOB NOT NULL, content BLOB NOT NULL,
    PRIMARY KEY (event, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX content_person ON content(event, person);
CREATE TABLE id_seen (id TEXT PRIMARY KEY, event TEXT NOT NULL, digest TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE series (series TEXT NOT NULL, event TEXT NOT NULL, PRIMARY KEY (series, event)) STRICT, WITHOUT ROWID;
CREATE TABLE device_head (device TEXT PRIMARY KEY, number INTEGER NOT NULL, digest TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE erasure (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE bundle (
    bundle TEXT PRIMARY KEY, sha256 TEXT NOT NULL, file TEXT NOT NULL, device TEXT NOT NULL, parcel TEXT NOT NULL,
    verdict TEXT NOT NULL, reason TEXT NOT NULL, packed_at TEXT NOT NULL, received_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE aside (
    digest TEXT PRIMARY KEY, id TEXT NOT NULL, device TEXT NOT NULL, number INTEGER NOT NULL, previous TEXT,
    bundle TEXT NOT NULL, reason TEXT NOT NULL, envelope BLOB NOT NULL, salt BLOB, content BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX aside_chain ON aside(device, number);
CREATE VIEW link AS
    SELECT device, number, digest, previous FROM entry UNION ALL SELECT device, number, digest, previous FROM aside
"""


def open_file(path: Path, chance: Chance) -> sqlite3.Connection:
    """Open or make the register at `path`. Refused: `ledger-newer`, `ledger-foreign`, `not-written`, `wait`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as no:
        raise Refused("not-written", detail=f"{path.parent}: {disk_words(no)}") from no
    db = connect(path)
    try:
        if not _is_ready(db, path):
            set_up(db)
            with writing(db):
                if not _is_ready(db, path):
                    _make(db, chance)
        else:
            set_up(db)
    except BaseException as error:
        db.close()
        if isinstance(error, sqlite3.DatabaseError):
            raise as_refused(error, path) from error
        raise
    return db


def _is_ready(db: sqlite3.Connection, path: Path) -> bool:
    version = db.execute("PRAGMA user_version").fetchone()[0]
    owner = db.execute("PRAGMA application_id").fetchone()[0]
    if owner == APPLICATION_ID and version > VERSION:
        raise Refused("ledger-newer", file=path, found=version, known=VERSION)
    if owner not in (0, APPLICATION_ID) or (not owner and db.execute("SELECT 1 FROM sqlite_schema").fetchone()):
        raise Refused("ledger-foreign", file=path)
    return bool(owner == APPLICATION_ID and version == VERSION)


def _make(db: sqlite3.Connection, chance: Chance) -> None:
    for statement in _TABLES.split(";\n"):
        db.execute(statement)
    db.executemany("INSERT INTO register VALUES (?, ?)", [("id", new_id(chance)), ("epoch", new_id(chance))])
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {VERSION}")
