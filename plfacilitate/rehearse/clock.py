"""The clock of a played day.

Owns the moment that it stands at, which the rehearsal and its door process share.
"""

from __future__ import annotations

import mmap
import struct
from datetime import UTC, datetime
from pathlib import Path


class PlayedClock:
    """A clock that stands where it was set, for this process and for the door's: eight bytes in a shared file."""

    def __init__(self, path: Path) -> None:
        """Use or make the file at `path`."""
        if not path.exists():
            path.write_bytes(struct.pack("<q", 0))
        with path.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), 8)

    def __call__(self) -> datetime:
        """Where the clock stands."""
        return datetime.fromtimestamp(struct.unpack("<q", self._shared[:])[0], UTC)

    def set(self, moment: datetime) -> None:
        """Put it to a moment; seconds count, smaller parts don't."""
        self._shared[:] = struct.pack("<q", int(moment.timestamp()))
