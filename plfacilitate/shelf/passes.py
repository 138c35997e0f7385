"""The file of passes: which number in a phone's cookie belongs to whom.

Owns one line a pass, gathered until somebody says `save`. Losing a line costs its phone one search, so nobody waits
for the disk here. Never holds a name.
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
        self._lines: list[str] = []  # given, and not in the file yet

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
        """One more line, when it is saved next."""
        self._lines.append(f"{number} {person}\n")

    def save(self) -> None:
        """Write what was added; a disk that says no costs these phones their one tap, nothing else."""
        if not self._lines:
            return
        lines, self._lines = "".join(self._lines), []
        try:
            if self._handle is None:
                flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
                self._handle = os.open(self._path, flags, 0o600)
            os.write(self._handle, lines.encode("ascii", "replace"))
        except OSError:
            return

    def close(self) -> None:
        """Save, and let go of the file."""
        self.save()
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _rewrite(self, passes: dict[str, str]) -> None:
        lines = "".join(f"{number} {person}\n" for number, person in passes.items())
        try:
            write_bytes(self._path, lines.encode("ascii", "replace"), private=True)
        except Refused:
            return
