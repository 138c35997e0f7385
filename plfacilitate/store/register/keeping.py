"""Copies of a register, and one put back in its place.

Owns how a file is copied while others use it, and that whatever was put back gets a new epoch: laptops see from it that
what was receipted before may be missing. Never deletes a register. A server's own tools copy what a server keeps.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from plfacilitate.core.entry import Chance, new_id
from plfacilitate.core.refusal import Refused, disk_words
from plfacilitate.store.backup import check_target, copy_file, set_aside
from plfacilitate.store.connection import as_refused, connect
from plfacilitate.store.register import file_of, open_register, readable
from plfacilitate.store.register.sqlite import APPLICATION_ID, check_owner, of_register

_SIDES = ("", "-wal", "-shm", "-journal")  # what SQLite lays beside a database


def backup_register(url: str, target: Path) -> None:
    """Copy a register that is a file to `target`, while others may write to it; an older copy there is replaced.

    Refused: `register-elsewhere` (it is no file), `file-missing`, `register-foreign`, `register-newer`,
    `file-in-the-way` (`target` is something else), `not-written`, `register-damaged`.
    """
    path = _file(url, "back it up with `pg_dump --format=custom --schema=plfacilitate`.")
    with closing(_opened(path)) as register:
        check_target(path, target, _opened)
        copy_file(register, target, lambda copy: None)


def restore_register(url: str, backup: Path, chance: Chance, stamp: str) -> Path | None:
    """Put a copy in place of a register that is a file, with a new epoch; what stood there is kept beside it.

    Returns where it is kept, named with `stamp`; None where there was none. Refused: as `backup_register`, and `wait`
    (another program has the register open).
    """
    path = _file(url, "put it back with `pg_restore`, then run `plfacilitate office register epoch`.")
    fresh = path.with_name(f"{path.name}.{stamp}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(_opened(backup)) as copy:
            copy_file(copy, fresh, lambda db: None)
        new_epoch(f"sqlite:///{fresh}", chance)
        kept = set_aside(path, stamp) if path.exists() else None
        fresh.replace(path)
    except OSError as error:
        raise Refused("not-written", detail=f"{path.parent}: {disk_words(error)}") from error
    finally:
        for side in _SIDES:
            fresh.with_name(fresh.name + side).unlink(missing_ok=True)
    return kept


def copies_beside(url: str) -> list[Path]:
    """The copies of registers that lie in the folder of one that is a file; what is read is their first bytes."""
    path = file_of(url)
    if path is None or not path.parent.is_dir():
        return []
    mark = APPLICATION_ID.to_bytes(4, "big")
    files = sorted(one for one in path.parent.iterdir() if one.is_file() and one != path)
    return [one for one in files if not one.name.endswith(_SIDES[1:]) and _header(one)[68:72] == mark]


def _header(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(100)
    except OSError:
        return b""


def new_epoch(url: str, chance: Chance) -> str:
    """Give a register that was put back by other means a new epoch; gives it. Refused: as `open_register`."""
    with closing(open_register(url, chance, make=False)) as register:
        register.begin_epoch(new_id(chance))
        return register.epoch


def _file(url: str, otherwise: str) -> Path:
    path = file_of(url)
    if path is None:
        raise Refused("register-elsewhere", where=readable(url), detail=otherwise)
    return path


def _opened(path: Path) -> sqlite3.Connection:
    if path.is_dir():
        raise Refused("file-is-folder", file=path)
    try:
        connection = connect(path, readonly=True)
    except Refused as no:
        raise of_register(no, path) from no
    try:
        _check(connection, path)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise of_register(as_refused(error, path), path) from error
    except BaseException:
        connection.close()
        raise
    return connection


def _check(connection: sqlite3.Connection, path: Path) -> None:
    check_owner(connection, path)
    if (
        connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID
    ):  # an older one is brought up to date
        raise Refused("register-foreign", where=path)
    damage = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if damage != "ok":
        raise Refused("register-damaged", where=path)
