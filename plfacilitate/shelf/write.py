"""How a file comes into being: under a temporary name in the same folder, synced, then put in place in one step.

Owns the atomic replace and the sentence when it can't be done. Never leaves half a file under the real name, and
never touches what stood there before the new bytes are safe on the disk.
"""

from __future__ import annotations

import errno
import itertools
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain

_counter = itertools.count()
_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_CLOSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_DISK = _FULL | {errno.EIO}  # what a full or broken disk answers in the middle of writing


def write_bytes(path: Path, data: bytes, *, private: bool = False) -> None:
    """Put `data` under `path` in one step; `private` = readable by this user only. Refused: `not-written`."""
    with writing(path, private=private) as file:
        file.write(data)


@contextmanager
def writing(path: Path, *, private: bool = False) -> Iterator[IO[bytes]]:
    """A file to write bytes to; it stands under `path` when the block ends well, and nothing does when it doesn't.

    Refused: `not-written` for a full disk, a read-only or missing folder, a file that another program holds.
    """
    try:
        file, temporary = _open_beside(path, private=private)
    except OSError as no:
        raise _refused(path, no) from no
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _replace(temporary, path)
    except OSError as no:
        if no.errno in _DISK:
            raise _refused(path, no) from no
        raise
    finally:
        temporary.unlink(missing_ok=True)


def _open_beside(path: Path, *, private: bool) -> tuple[IO[bytes], Path]:
    """A new file in the folder of `path`, under a name nobody has: a leftover of a killed run is passed over."""
    while True:
        temporary = path.parent / f".plf-{os.getpid()}-{next(_counter)}.part"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        try:
            return os.fdopen(os.open(temporary, flags, 0o600 if private else 0o666), "wb"), temporary
        except FileExistsError:
            continue


def _replace(temporary: Path, path: Path) -> None:
    try:
        temporary.replace(path)
    except OSError as no:
        raise _refused(path, no) from no
    if sys.platform != "win32":  # Windows can't open a folder, and its rename is durable with the file
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name durable too; some network folders can't, and then the file itself must do."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        return
    finally:
        os.close(descriptor)


def _refused(path: Path, no: OSError) -> Refused:
    return Refused("not-written", detail=_detail(path, no))


def _detail(path: Path, no: OSError) -> str:
    file, folder = plain(str(path)), plain(str(path.parent))
    if no.errno in _FULL:
        return f"the disk that holds {folder} is full: make room there, or choose another folder."
    if path.is_dir():
        return f"{file} is a folder: give the file another name."
    if no.errno in _CLOSED:
        if path.exists() and sys.platform == "win32":
            return f"{file} is open in another program or write-protected: close it there and try again."
        return f"{folder} can't be written to: choose another folder, or ask for the right to write there."
    if no.errno in (errno.ENOENT, errno.ENOTDIR):
        return f"the folder {folder} is not there: make it first, or choose another one."
    if no.errno == errno.ENAMETOOLONG:
        return f"the name {file[:60]}… is too long: choose a shorter one."
    return f"{file} could not be written ({no.strerror or no})."
