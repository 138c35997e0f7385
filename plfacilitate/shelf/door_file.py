"""What a running door says of itself, and the lock that proves that it runs.

Owns door.json and door.lock in the workspace's door folder: the desk and the door share these and nothing else. Never
starts or stops a process.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from plfacilitate.core.refusal import Refused, disk_words
from plfacilitate.shelf.write import write_bytes

NAME = "door.json"
LOCK = "door.lock"


@dataclass(frozen=True, slots=True)
class DoorFile:
    """A running door.

    `nonce` = what `/alive` gives back; `address` = what the QR begins with, `http://192.168.1.20:8100`;
    `started_at` = UTC, ISO.
    """

    pid: int
    port: int
    event: str
    nonce: str
    address: str
    started_at: str


def read(folder: Path) -> DoorFile | None:
    """What the last door said; None where there is nothing to read. A door that was killed leaves its file behind."""
    try:
        value = json.loads((folder / NAME).read_text("utf-8"))
        return DoorFile(
            int(value["pid"]), int(value["port"]), str(value["event"]), str(value["nonce"]), str(value["address"]),
            str(value["started_at"]),
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(folder: Path, door: DoorFile) -> None:
    """Say what this door is. Refused: `not-written`."""
    write_bytes(folder / NAME, json.dumps(asdict(door)).encode(), private=True)


def remove(folder: Path, nonce: str) -> None:
    """Take the file away where it is still this door's own."""
    found = read(folder)
    if found is not None and found.nonce == nonce:
        (folder / NAME).unlink(missing_ok=True)


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Held by the door as long as it lives; the system lets go of it however the process ends.

    Refused: `door-taken` where another door holds it, `not-written` where the folder takes no lock.
    """
    from filelock import FileLock, Timeout

    held = FileLock(folder / LOCK, timeout=0)
    try:
        held.acquire()
    except Timeout:
        other = read(folder)
        raise Refused("door-taken", address=other.address if other else "this workspace") from None
    except OSError as error:
        raise Refused("not-written", detail=f"{folder / LOCK}: {disk_words(error)}") from error
    try:
        yield
    finally:
        held.release()


def is_locked(folder: Path) -> bool:
    """Whether a door runs on this workspace."""
    try:
        with lock(folder):
            return False
    except Refused as no:
        return no.refusal.code == "door-taken"
