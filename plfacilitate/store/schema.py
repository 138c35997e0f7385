"""The tables of a ledger, made and changed by numbered migrations.

Owns tables, triggers and views. Never imports sqlite-utils unless something has to be made: a ledger that is up to
date opens with `sqlite3` alone, so that a screen starts fast.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from plfacilitate.core.refusal import Refused
from plfacilitate.store.connection import writing

APPLICATION_ID = 0x706C6661  # "plfa": what `file` and a careful reader see in the header
VERSION = 1
OLDEST_SQLITE = (3, 38, 0)  # strict tables, and JSON without asking for it

_TABLES = """
CREATE TABLE entry (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    device TEXT NOT NULL,
    number INTEGER NOT NULL,
    previous TEXT,
    digest TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    event TEXT,
    envelope BLOB NOT NULL
) STRICT;
CREATE INDEX entry_device ON entry(device, number);

CREATE TABLE content (
    seq INTEGER PRIMARY KEY,
    entry INTEGER NOT NULL UNIQUE REFERENCES entry(seq),
    event TEXT,
    kind TEXT NOT NULL,
    person TEXT,
    by TEXT NOT NULL,
    means TEXT NOT NULL,
    happened_at TEXT NOT NULL,
    replaces TEXT NOT NULL,
    salt BLOB NOT NULL,
    content BLOB NOT NULL
) STRICT;
CREATE INDEX content_event ON content(event, seq);
CREATE INDEX content_kind ON content(kind, event, seq) WHERE kind NOT IN ('sign-in', 'sign-out');
CREATE INDEX content_person ON content(person, seq) WHERE event IS NULL;

CREATE TABLE erasure (id TEXT PRIMARY KEY, erased_by TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE fork (device TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (device, number)) STRICT, WITHOUT ROWID;
CREATE TABLE aside (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    digest TEXT NOT NULL UNIQUE,
    reason TEXT NOT NULL,
    envelope BLOB,
    salt BLOB,
    content BLOB
) STRICT;
CREATE TABLE local (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""

# Update and delete are not the only ways to change a row: INSERT OR REPLACE goes through both without a word.
_TRIGGERS = """
CREATE TRIGGER entry_stays BEFORE UPDATE ON entry
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER entry_kept BEFORE DELETE ON entry
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER entry_once BEFORE INSERT ON entry
    WHEN EXISTS (SELECT 1 FROM entry WHERE seq = NEW.seq) OR EXISTS (SELECT 1 FROM entry WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER content_stays BEFORE UPDATE ON content
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER content_kept BEFORE DELETE ON content
    WHEN NOT EXISTS (SELECT 1 FROM erasure JOIN entry ON entry.id = erasure.id WHERE entry.seq = OLD.entry)
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER content_once BEFORE INSERT ON content
    WHEN EXISTS (SELECT 1 FROM content WHERE seq = NEW.seq) OR EXISTS (SELECT 1 FROM content WHERE entry = NEW.entry)
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER content_gone BEFORE INSERT ON content
    WHEN NEW.kind <> 'erased' AND EXISTS (SELECT 1 FROM erasure JOIN entry ON entry.id = erasure.id WHERE entry.seq = NEW.entry)
    BEGIN SELECT RAISE(ABORT, 'an erased content never comes back'); END;
CREATE TRIGGER erasure_stays BEFORE UPDATE ON erasure
    BEGIN SELECT RAISE(ABORT, 'what was erased stays erased'); END;
CREATE TRIGGER erasure_kept BEFORE DELETE ON erasure
    BEGIN SELECT RAISE(ABORT, 'what was erased stays erased'); END;
CREATE TRIGGER aside_kept BEFORE DELETE ON aside
    BEGIN SELECT RAISE(ABORT, 'what stands aside waits for a decision'); END;
CREATE TRIGGER aside_stays BEFORE UPDATE ON aside
    WHEN NEW.id IS NOT OLD.id OR NEW.envelope IS NOT OLD.envelope OR NEW.content IS NOT NULL OR NEW.salt IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'what stands aside waits for a decision'); END;
"""

# For people, Datasette and tools: one column a fact. Never read by a screen's refresh.
_VIEWS = """
CREATE VIEW entries AS
    SELECT e.seq, e.id, e.device, e.number, e.recorded_at, e.event, c.kind, c.person, c.by, c.means, c.happened_at,
           c.replaces, json_extract(CAST(c.content AS TEXT), '$.body') AS body
    FROM entry e LEFT JOIN content c ON c.entry = e.seq;
CREATE VIEW attendance AS
    SELECT e.id, e.event, c.person, p.last_name, p.first_name, p.school, c.kind, c.means, c.by, c.happened_at,
           c.replaces, json_extract(CAST(c.content AS TEXT), '$.body.reason') AS reason,
           EXISTS (SELECT 1 FROM content u WHERE u.kind = 'undo'
                   AND json_extract(CAST(u.content AS TEXT), '$.body.undoes') = e.id) AS undone
    FROM entry e JOIN content c ON c.entry = e.seq LEFT JOIN person_now p ON p.id = c.person
    WHERE c.kind IN ('sign-in', 'sign-out');
CREATE VIEW events AS
    SELECT e.event, json_extract(CAST(c.content AS TEXT), '$.body.title') AS title,
           json_extract(CAST(c.content AS TEXT), '$.body.date') AS date,
           json_extract(CAST(c.content AS TEXT), '$.body.place') AS place,
           json_extract(CAST(c.content AS TEXT), '$.body.in_service') AS in_service
    FROM entry e JOIN content c ON c.entry = e.seq WHERE c.kind = 'event-scheduled';
CREATE VIEW notes AS
    SELECT e.id, e.event, c.happened_at, c.kind, c.by,
           coalesce(json_extract(CAST(c.content AS TEXT), '$.body.text'),
                    json_extract(CAST(c.content AS TEXT), '$.body.problem')) AS text,
           json_extract(CAST(c.content AS TEXT), '$.body.segment') AS segment
    FROM entry e JOIN content c ON c.entry = e.seq WHERE c.kind IN ('note', 'popup');
"""

# What a search needs, filled from the entries (store/search.py): derived, may be thrown away and made again.
_SEARCH = """
CREATE TABLE person_now (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, last_name TEXT NOT NULL, first_name TEXT NOT NULL,
    email TEXT NOT NULL, school TEXT NOT NULL, district TEXT NOT NULL, role TEXT NOT NULL, certificate TEXT NOT NULL,
    former_name TEXT NOT NULL, badge TEXT NOT NULL, doubtful TEXT NOT NULL, sort_key TEXT NOT NULL
) STRICT;
CREATE INDEX person_now_order ON person_now(sort_key);
CREATE INDEX person_now_badge ON person_now(badge) WHERE badge <> '';
CREATE VIRTUAL TABLE person_words USING fts5(words, prefix='1 2 3', detail=none, columnsize=0, tokenize=ascii);
CREATE TABLE name_word (n INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE) STRICT;
CREATE VIRTUAL TABLE name_slips USING fts5(slips, detail=none, columnsize=0, tokenize=ascii);
CREATE TABLE text_now (
    n INTEGER PRIMARY KEY, entry TEXT NOT NULL UNIQUE, root TEXT NOT NULL, event TEXT, kind TEXT NOT NULL,
    happened_at TEXT NOT NULL, text TEXT NOT NULL
) STRICT;
CREATE INDEX text_now_event ON text_now(event);
CREATE VIRTUAL TABLE text_words USING fts5(words, prefix='2 3', tokenize=ascii);
CREATE TABLE watermark (name TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
"""


def check_owner(connection: sqlite3.Connection, path: Path, *, must_hold: bool) -> None:
    """Refuse a newer ledger and a file of another program; with `must_hold` also one that holds nothing yet."""
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    if owner == APPLICATION_ID and found > VERSION:
        raise Refused("ledger-newer", file=path, found=found, known=VERSION)
    if owner != APPLICATION_ID and (owner or must_hold or _has_tables(connection)):
        raise Refused("ledger-foreign", file=path)


def prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables of a new file, change those of an older one. Two processes may try at once: one does it."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise Refused("sqlite-old", found=sqlite3.sqlite_version, needed=".".join(map(str, OLDEST_SQLITE)))
    if _is_current(connection):
        return
    with writing(connection):
        check_owner(connection, path, must_hold=False)
        if not _is_current(connection):
            _migrate(connection)


def _is_current(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("PRAGMA user_version").fetchone()[0] == VERSION)


def _has_tables(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0])


def _migrate(connection: sqlite3.Connection) -> None:
    import sqlite_utils
    from sqlite_utils.migrations import Migrations

    migrations = Migrations("plfacilitate-ledger")

    @migrations()
    def first_ledger(db: sqlite_utils.Database) -> None:
        for part in (_TABLES, _TRIGGERS, _SEARCH, _VIEWS):
            for statement in _statements(part):
                db.execute(statement)

    migrations.apply(sqlite_utils.Database(connection))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _statements(script: str) -> list[str]:
    statements, start = [], 0
    for end, char in enumerate(script, 1):
        if char == ";" and sqlite3.complete_statement(script[start:end]):
            statements.append(script[start:end])
            start = end
    return statements
