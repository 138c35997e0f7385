"""Copies of a ledger, and a copy put back in its place.

Owns how a copy is made while the ledger is in use, how it is checked, and where the ledger goes that it replaces.
Never deletes a ledger. A copy says of itself that it is one: whoever writes to it begins a new device.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from plfacilitate.core.refusal import Refused, disk_words
from plfacilitate.store.connection import as_refused, connect, patiently, writing
from plfacilitate.store.device import mark_restored
from plfacilitate.store.doctor import examine
from plfacilitate.store.schema import check_owner
from plfacilitate.store.workspace import Workspace

_SIDES = ("", "-wal", "-shm", "-journal")  # what SQLite lays beside a database
_PATIENCE = 1.0  # seconds in which a program that has just been closed lets go of the ledger


def backup(source: Path, target: Path) -> None:
    """Copy the ledger `source` to the file `target` and check the copy; others may write to `source` meanwhile.

    An older backup of that name is replaced. Refused: `file-missing`, `ledger-foreign`, `file-in-the-way` (`target` is
    something else), `not-written`; `content-damaged` when the copy was made and shows what is wrong with the ledger.
    """
    with closing(_open(source)) as ledger:
        check_target(source, target, _open)
        copy_file(ledger, target, mark_restored)
    with closing(_open(target)) as copy:
        _check(copy, target)


def restore(backup: Path, workspace: Workspace, stamp: str) -> Path | None:
    """Put a backup in place of the workspace's ledger; what stood there is kept beside it, named with `stamp`.

    Returns where it is kept, None where there was none. Refused: `file-missing`, `ledger-foreign`, `ledger-newer`,
    `content-damaged` (the backup is), `wait` (another program has the ledger open), `not-written`.
    """
    fresh = workspace.ledger.with_name(f"{workspace.ledger.name}.{stamp}.new")
    with closing(_open(backup)) as copy:
        _check(copy, backup)
        copy_file(copy, fresh, mark_restored)
    try:
        kept = set_aside(workspace.ledger, stamp) if workspace.ledger.exists() else None
        fresh.replace(workspace.ledger)
    except OSError as error:
        raise Refused("not-written", detail=f"{workspace.root}: {disk_words(error)}") from error
    finally:
        fresh.unlink(missing_ok=True)
    return kept


def _open(path: Path) -> sqlite3.Connection:
    if path.is_dir():
        raise Refused("file-is-folder", file=path)
    connection = connect(path, readonly=True)
    try:
        check_owner(connection, path, must_hold=True)
    except BaseException:
        connection.close()
        raise
    return connection


def _check(connection: sqlite3.Connection, path: Path) -> None:
    findings = examine(connection).findings
    if findings:
        raise Refused("content-damaged", detail=f"{path} is a copy of a damaged ledger. {findings[0]}")


def check_target(source: Path, target: Path, opened: Callable[[Path], sqlite3.Connection]) -> None:
    """Let a copy of `source` replace an older copy only: what `opened` opens.

    Refused: `file-is-folder`, `file-in-the-way`.
    """
    if target.is_dir():
        raise Refused("file-is-folder", file=target)
    if target.exists():
        if target.samefile(source):
            raise Refused("file-in-the-way", file=target)
        try:
            opened(target).close()
        except Refused as no:
            raise Refused("file-in-the-way", file=target) from no


def copy_file(source: sqlite3.Connection, target: Path, finish: Callable[[sqlite3.Connection], object]) -> None:
    """One consistent picture of the source, in one file, under its name only when it is whole.

    `finish` writes into the copy what makes it one. Refused: `not-written`, `content-damaged`.
    """
    part = target.with_name(target.name + ".part")
    try:
        part.unlink(missing_ok=True)
        with closing(connect(part)) as copy:
            source.backup(copy)
            patiently(copy, "PRAGMA journal_mode = DELETE")
            with writing(copy):
                finish(copy)
        part.replace(target)
    except OSError as error:
        raise Refused("not-written", detail=f"{target}: {disk_words(error)}") from error
    except sqlite3.Error as error:
        raise as_refused(error, target) from error
    finally:
        for side in _SIDES:
            part.with_name(part.name + side).unlink(missing_ok=True)


def set_aside(ledger: Path, stamp: str) -> Path:
    """Give a database that is ours, whole or damaged, another name beside it; gives that. Refused: `wait`."""
    _let_go(ledger)
    kept = ledger.with_name(f"{ledger.stem}-{stamp}{ledger.suffix}")
    count = 1
    while kept.exists():
        count += 1
        kept = ledger.with_name(f"{ledger.stem}-{stamp}-{count}{ledger.suffix}")
    for side in _SIDES:
        part = ledger.with_name(ledger.name + side)
        if part.exists():
            part.replace(kept.with_name(kept.name + side))
    return kept


def _let_go(ledger: Path) -> None:
    """Make sure that nobody has the ledger open: who wrote on would write into the one that is kept aside."""
    try:
        connection = connect(ledger)
    except Refused:
        return  # damaged or foreign: nobody can have it open as a ledger
    try:
        patiently(connection, "PRAGMA journal_mode = DELETE", wait=_PATIENCE)
    except sqlite3.DatabaseError:
        return
    finally:
        connection.close()
