"""The file of passes: which number in a phone's cookie belongs to whom.

Owns one line a pass, appended as it is given. Losing a line costs its phone one search, so nothing waits for the disk
here. Never holds a name.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from plfacilitate.core.refusal import Refused
from plfacilitate.shelf.write import write_bytes


class PassFile:
    """One file of one series. Lines are `number person-id`; what is no such line is passed over."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def load(self, known: Callable[[str], bool]) -> dict[str, str]:
        """Number → person of all whose person is `known`; the others are dropped from the file as well."""
        try:
            lines = self._path.read_text("ascii", "replace").splitlines()
        except OSError:
            return {}
        pairs = [line.split(" ") for line in lines]
        passes = {pair[0]: pair[1] for pair in pairs if len(pair) == 2 and known(pair[1])}
        if len(passes) < len(lines):
            self._rewrite(passes)
        return passes

    def add(self, number: str, person: str) -> None:
        """One more line; a disk that says no costs this phone its one tap, nothing else."""
        try:
            if self._handle is None:
                flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
                self._handle = os.open(self._path, flags, 0o600)
            os.write(self._handle, f"{number} {person}\n".encode("ascii", "replace"))
        except OSError:
            return

    def close(self) -> None:
        """Let go of the file."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _rewrite(self, passes: dict[str, str]) -> None:
        lines = "".join(f"{number} {person}\n" for number, person in passes.items())
        try:
            write_bytes(self._path, lines.encode("ascii", "replace"), private=True)
        except Refused:
            return
