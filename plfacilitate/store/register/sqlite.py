"""SQLite as a register's engine: one file, enough for an office.

Owns the file, how it is opened, made and brought up to date, and what only SQLite understands.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from plfacilitate.core.entry import Chance, new_id
from plfacilitate.core.refusal import Refused, disk_words
from plfacilitate.store.connection import as_refused, connect, is_mistake, set_up, wipe, writing
from plfacilitate.store.register.engine import Columns, Raced, Row
from plfacilitate.store.register.tables import COLUMNS, VERSION, brought, statements
from plfacilitate.store.register.views import KEY, Words, gone, laid, mark_of

APPLICATION_ID = 0x706C6672  # "plfr"
PATIENCE = 600.0  # seconds: another receiver may be in the middle of a large bundle
_DIALECT = {"text": "TEXT", "number": "INTEGER", "data": "BLOB", "end": " STRICT, WITHOUT ROWID", "heap": " STRICT"}
# JSON that is nested deeper than SQLite reads says nothing here, and keeps nobody else from being read; a text would end
# at a NUL, which is shown as what can't be shown.
_SAID = r"replace(CAST(c.content AS TEXT), '\u0000', '\ufffd')"
_TEXT = f"CASE WHEN json_valid({_SAID}) THEN {_SAID} ELSE '{{}}' END"
_WORDS = Words(
    body=f"CAST(json_extract({_TEXT}, '$.body.PATH') AS TEXT)",
    parents=f"json_each({_TEXT}, '$.replaces') p",
    fields=f"json_each({_TEXT}, '$.body.fields') f",
    lines="json_each(r.lines) l",
    cell="CAST(json_extract(l.value, '$[PATH]') AS TEXT)",
)
_OF_VERSION_1 = (
    "DROP VIEW link", "DROP INDEX entry_chain", "DROP INDEX content_person",
)  # fmt: skip
# Ids come by chance. Where whole rows stood in the order of their ids, each id that came to a large register had a page of
# its own written; of ids alone, three times as many share one.
_BEFORE_4 = (
    "ALTER TABLE id_seen RENAME TO id_by_order",
    "CREATE TABLE id_seen (id TEXT PRIMARY KEY, event TEXT NOT NULL, digest TEXT NOT NULL) STRICT",
    "INSERT INTO id_seen SELECT id, event, digest FROM id_by_order",
    "DROP TABLE id_by_order",
)


class SqliteEngine:
    """One file. SQLite lets one write at a time, so whoever is in a transaction is alone."""

    among = " IN (SELECT value FROM json_each(?))"
    alone = True

    def __init__(self, path: Path, chance: Chance, *, make: bool = True) -> None:
        """Open it, or `make` it."""
        self._path = path
        self._db = open_file(path, chance, make=make)

    def listed(self, values: Iterable[str]) -> object:
        """A JSON list."""
        return json.dumps(list(values))

    def rows(self, sql: str, *values: object) -> list[Row]:
        """What a question is answered with."""
        with self._refusing():
            found: list[Row] = self._db.execute(sql, values).fetchall()
        return found

    def run(self, sql: str, *values: object) -> int:
        """Do something; how many rows that was."""
        with self._refusing():
            return self._db.execute(sql, values).rowcount

    def lay(self, table: str, slices: Iterable[Columns]) -> None:
        """Put many rows down of which none is there yet."""
        insert = _insert(table)
        try:
            with self._refusing():
                for columns in slices:
                    self._db.executemany(insert, zip(*columns, strict=True))
        except sqlite3.IntegrityError as error:
            raise Raced from error

    def lay_new(self, table: str, rows: Sequence[Row]) -> int:
        """Put down those of many rows whose key is not there yet."""
        with self._refusing():
            return self._db.executemany(_insert(table) + " ON CONFLICT DO NOTHING", rows).rowcount if rows else 0

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction."""
        with writing(self._db, wait=PATIENCE):
            yield

    def lock(self, devices: Iterable[str], *, alone: bool) -> Mapping[str, tuple[int, str]]:
        """Nothing is left to be locked: how far the devices are known."""
        found = self.rows(
            f"SELECT device, number, digest FROM device_head WHERE device{self.among}", self.listed(devices)
        )
        return {device: (number, digest) for device, number, digest in found}

    def wipe(self) -> bool:
        """Write the file anew without what was deleted."""
        return wipe(self._db)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        """What the disk says is a "no" in words; a mistake of ours stays what it is."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError) or is_mistake(error):
                raise
            raise of_register(as_refused(error, self._path), self._path) from error


def _insert(table: str) -> str:
    names = COLUMNS[table]
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


def open_file(path: Path, chance: Chance, *, make: bool = True) -> sqlite3.Connection:
    """Open the register at `path`, or `make` it; without that it is opened to be read where nothing can be written.

    Refused: `register-foreign`, `register-newer`, `register-missing`, `register-damaged`, `not-written`, `wait`.
    """
    _see_to_place(path, make=make)
    try:
        db = connect(path)
    except Refused as no:
        if make or no.refusal.code != "not-written":
            raise of_register(no, path) from no
        return _open_to_read(path)
    try:
        if not check_owner(db, path):
            _check_made(db, path, make=make)
            set_up(db)
            with writing(db, wait=PATIENCE):
                if not check_owner(db, path):
                    _make(db, chance)
        else:
            set_up(db)
        if make:
            _lay_views(db)
    except BaseException as error:
        db.close()
        if isinstance(error, sqlite3.DatabaseError):
            raise of_register(as_refused(error, path), path) from error
        raise
    return db


def _check_made(db: sqlite3.Connection, path: Path, *, make: bool) -> None:
    """An empty file is no register for who may make none."""
    if not make and not db.execute("PRAGMA application_id").fetchone()[0]:
        raise Refused("register-missing", where=path)


def _see_to_place(path: Path, *, make: bool) -> None:
    """The folder of a register that may be made; the file of one that may not."""
    try:
        if make:
            path.parent.mkdir(parents=True, exist_ok=True)
        elif not path.exists():
            raise Refused("register-missing", where=path)
    except OSError as no:
        raise Refused("not-written", detail=f"{path.parent}: {disk_words(no)}") from no
    if path.is_dir():
        raise Refused("file-is-folder", file=path)


def _open_to_read(path: Path) -> sqlite3.Connection:
    """A register where nothing can be written; it must be one of this version."""
    try:
        db = connect(path, readonly=True)
    except Refused as no:
        raise of_register(no, path) from no
    try:
        ready = check_owner(db, path)
    except BaseException:
        db.close()
        raise
    if not ready:
        db.close()
        detail = "it is of an older version, and nothing can be written there to bring it up to date: copy it first."
        raise Refused("register-away", where=path, detail=detail)
    return db


def of_register(no: Refused, path: Path) -> Refused:
    """The same "no", said of a register."""
    if no.refusal.code == "ledger-foreign":
        return Refused("register-foreign", where=path)
    return Refused("register-damaged", where=path) if no.refusal.code == "content-damaged" else no


def check_owner(db: sqlite3.Connection, path: Path) -> bool:
    """Whether it is a register of this version; False where it is empty or older. Refused: `register-…`."""
    version = db.execute("PRAGMA user_version").fetchone()[0]
    owner = db.execute("PRAGMA application_id").fetchone()[0]
    if owner == APPLICATION_ID and version > VERSION:
        raise Refused("register-newer", where=path, found=version, known=VERSION)
    if owner not in (0, APPLICATION_ID) or (not owner and db.execute("SELECT 1 FROM sqlite_schema").fetchone()):
        raise Refused("register-foreign", where=path)
    return bool(owner == APPLICATION_ID and version == VERSION)


def _make(db: sqlite3.Connection, chance: Chance) -> None:
    """Make the tables, or bring those of an older version up to date."""
    version = db.execute("PRAGMA user_version").fetchone()[0]
    for statement in [
        *(gone() if version else ()),
        *(_OF_VERSION_1 if version == 1 else ()),
        *(_BEFORE_4 if 0 < version < 4 else ()),
        *statements(brought(version), **_DIALECT),
    ]:
        db.execute(statement)
    if not version:
        db.executemany("INSERT INTO register VALUES (?, ?)", [("id", new_id(chance)), ("epoch", new_id(chance))])
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {VERSION}")


def _lay_views(db: sqlite3.Connection) -> None:
    """See that the views for people are those of this program."""
    mark = mark_of(_WORDS)
    if _views(db) == mark:
        return
    with writing(db, wait=PATIENCE):
        if _views(db) != mark:
            for statement in laid(_WORDS):
                db.execute(statement)
            db.execute("INSERT OR REPLACE INTO register VALUES (?, ?)", (KEY, mark))


def _views(db: sqlite3.Connection) -> str | None:
    row = db.execute("SELECT value FROM register WHERE key = ?", (KEY,)).fetchone()
    return row[0] if row else None
