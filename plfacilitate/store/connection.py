"""Connections to a database of ours, and the transaction in which everything is written.

Owns how a file is opened, how long a writer tries to get the lock, and what SQLite's "no" means in words. Never knows
what is in a table. A connection belongs to the thread that opened it.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plfacilitate.core.refusal import Refused

WAIT_SECONDS = 10.0  # how long a writer tries to get the lock before it says so
PAUSE_SECONDS = 0.0007  # SQLite's own busy handler sleeps far longer than a commit takes

_WORDS = {
    sqlite3.SQLITE_FULL: "the disk is full.",
    sqlite3.SQLITE_READONLY: "the place is open to read only.",
    sqlite3.SQLITE_PERM: "writing is not allowed there.",
    sqlite3.SQLITE_CANTOPEN: "the file can't be opened there.",
    sqlite3.SQLITE_IOERR: "the disk gave an error, or is full.",
}
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


def connect(path: Path, *, readonly: bool = False, check_same_thread: bool = True) -> sqlite3.Connection:
    """A plain connection: no transaction begins by itself, and SQLite never waits for a lock by itself.

    Refused: `file-missing` (to read only), `not-written` where the disk says no.
    """
    if readonly and not path.exists():
        raise Refused("file-missing", file=path)
    _check_header(path)
    try:
        return _opened(path, "mode=ro" if readonly else "mode=rwc", check_same_thread=check_same_thread)
    except sqlite3.DatabaseError as error:
        if not readonly or _code(error) in _DAMAGED or _holds(_beside(path, "-wal")):
            raise as_refused(error, path) from error
    try:  # a closed ledger on a place that can't be written has no room there for the shared memory of WAL
        return _opened(path, "mode=ro&immutable=1", check_same_thread=check_same_thread)
    except sqlite3.DatabaseError as error:
        raise as_refused(error, path) from error


def _check_header(path: Path) -> None:
    """Refuse a file that is no database: SQLite would throw away the log beside one whose beginning is damaged.

    SQLite itself is asked, without the log. No file of a ledger may ever be opened and closed by other means in a process
    that has it open: POSIX takes away all locks of the process with the first close, and whoever ends next believes that
    it was the last and deletes the log under the others.
    """
    try:
        if path.stat().st_size == 0:
            return
        probe = sqlite3.connect(f"{_address(path)}?mode=ro&immutable=1", uri=True, isolation_level=None, timeout=0)
    except (OSError, sqlite3.DatabaseError):
        return  # not there, or not to be read: the opening itself says it
    try:
        probe.execute("PRAGMA schema_version").fetchone()
    except sqlite3.DatabaseError as error:
        if _code(error) == sqlite3.SQLITE_NOTADB:
            raise Refused("ledger-foreign", file=path) from error
    finally:
        probe.close()


def _address(path: Path) -> str:
    address = path.resolve().as_uri()
    # a share of Windows: SQLite takes the name of its server for something else
    return address if address.startswith("file:///") else address.replace("file://", "file:////", 1)


def _opened(path: Path, mode: str, *, check_same_thread: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{_address(path)}?{mode}",
        uri=True,
        isolation_level=None,
        timeout=0,
        check_same_thread=check_same_thread,
        cached_statements=256,
    )
    try:
        if not mode.startswith("mode=rwc"):
            connection.execute("PRAGMA query_only = ON")
        patiently(connection, "SELECT count(*) FROM sqlite_schema")
    except BaseException:
        connection.close()
        raise
    return connection


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _holds(log: Path) -> bool:
    try:
        return log.stat().st_size > 0
    except FileNotFoundError:
        return False


def log_of(path: Path) -> int | None:
    """Which file the write-ahead log beside a ledger is now; None where there is none."""
    try:
        return _beside(path, "-wal").stat().st_ino
    except OSError:
        return None


def set_up(connection: sqlite3.Connection) -> None:
    """Make a connection that may write one of ours: WAL, every commit on the disk, nothing deleted left readable."""
    patiently(connection, "PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = ON")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -8000")
    connection.execute("PRAGMA wal_autocheckpoint = 4000")  # pages; fewer commits have to wait for a second fsync


def patiently(connection: sqlite3.Connection, statement: str, *, wait: float | None = None) -> None:
    """Run a statement, tried again every 0.7 ms while another holds the lock.

    Refused("wait") after `wait` seconds; None = WAIT_SECONDS.
    """
    wait = WAIT_SECONDS if wait is None else wait
    started = time.monotonic()
    while True:
        try:
            connection.execute(statement).fetchall()
            return
        except sqlite3.OperationalError as error:
            if not is_busy(error):
                raise
            if time.monotonic() - started > wait:
                raise Refused("wait", seconds=int(wait)) from error
            time.sleep(PAUSE_SECONDS)


def wipe(connection: sqlite3.Connection, *, wait: float | None = None) -> bool:
    """Leave nothing of what was deleted in the file or its write-ahead log.

    False where that could not be done now: somebody reads for longer than `wait` seconds (None = WAIT_SECONDS), or
    there is no room for a second copy of the file.
    """
    try:
        patiently(connection, "VACUUM")
    except (Refused, sqlite3.OperationalError):
        return False
    started = time.monotonic()
    while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        if time.monotonic() - started > (WAIT_SECONDS if wait is None else wait):
            return False
        time.sleep(PAUSE_SECONDS)
    return True


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another connection holds what this one wants."""
    return _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def is_mistake(error: sqlite3.Error) -> bool:
    """Whether it is a mistake of ours, not a word of the disk's."""
    return _code(error) == sqlite3.SQLITE_ERROR


def begin(connection: sqlite3.Connection, *, wait: float | None = None) -> None:
    """BEGIN IMMEDIATE. Refused: `wait` when another writes for too long, `not-written` when it can't be."""
    try:
        patiently(connection, "BEGIN IMMEDIATE", wait=wait)
    except sqlite3.DatabaseError as error:
        raise as_refused(error) from error


@contextmanager
def writing(connection: sqlite3.Connection, *, wait: float | None = None) -> Iterator[None]:
    """One transaction: all of it or nothing, on the disk when the block ends. Refused as `begin` and `as_refused`."""
    begin(connection, wait=wait)
    try:
        yield
        connection.execute("COMMIT")
    except sqlite3.DatabaseError as error:
        _roll_back(connection)
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError) or is_mistake(error):
            raise
        raise as_refused(error) from error
    except BaseException:
        _roll_back(connection)
        raise


def give_way() -> None:
    """Between two pages of a long work: nobody hands a lock over, so whoever waits for it needs a moment to take it."""
    time.sleep(4 * PAUSE_SECONDS)


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def as_refused(error: sqlite3.Error, path: Path | None = None) -> Refused:
    """What SQLite says, in words for people: `not-written`, `content-damaged`, or `ledger-foreign` for a `path`."""
    code = _code(error)
    if path is not None and code == sqlite3.SQLITE_NOTADB:
        return Refused("ledger-foreign", file=path)
    where = f"{path}: " if path is not None else ""
    if code in _DAMAGED:
        return Refused("content-damaged", detail=f"{where}the file is damaged ({error}).")
    return Refused("not-written", detail=where + _WORDS.get(code, f"{error}."))


def _code(error: sqlite3.Error) -> int:
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) or 0) & 0xFF
