"""One desk a workspace writes: an operating system's lock, held open as long as the desk lives.

Owns `desk.lock` and the moment beside it since when it is held. A desk that was killed leaves no lock behind, because
the system drops it with the process.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from plfacilitate.core.entry import utc_moment, utc_text
from plfacilitate.core.refusal import Refused
from plfacilitate.store.surroundings import Surroundings


class DeskLock:
    """The lock of one workspace; `held` says whether this desk got it, `why_not` one sentence where it did not."""

    def __init__(self, handle: int | None, why_not: str = "") -> None:
        """Use `DeskLock.take`."""
        self._handle = handle
        self.why_not = why_not

    @property
    def held(self) -> bool:
        """This desk may write."""
        return self._handle is not None

    @classmethod
    def take(cls, around: Surroundings) -> DeskLock:
        """Take the lock if it is free."""
        folder = around.workspace.root
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(folder / "desk.lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            detail = f"{folder}: {error.strerror or error}."
            return cls(None, str(Refused("not-written", detail=detail)))
        if not _lock(handle):
            os.close(handle)
            return cls(None, str(Refused("workspace-taken", time=_since(folder, around.tz))))
        _say_since(folder, utc_text(around.clock()))
        return cls(handle)

    def release(self) -> None:
        """Let another desk write."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _lock(handle: int) -> bool:
    """An exclusive lock that nobody waits for. Dropped by the system when the process ends, however it ends."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _say_since(folder: Path, text: str) -> None:
    """Beside the lock, not in it: a locked file can't be read on every system."""
    try:
        (folder / "desk.since").write_text(text, "utf-8")
    except OSError:
        return


def _since(folder: Path, tz: str) -> str:
    from zoneinfo import ZoneInfo

    try:
        moment = utc_moment((folder / "desk.since").read_text("utf-8"))
    except (OSError, ValueError):
        return "some time ago"
    return moment.astimezone(ZoneInfo(tz)).strftime("%H:%M")
