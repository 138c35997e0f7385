"""How much lies in the ballot box, looked at a few times a second for as long as a screen wants to know.

Owns that the box is opened only when its file has changed. Never takes anything out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from plfacilitate.core.refusal import Refused

Found = TypeVar("Found")


class BoxWatched(Generic[Found]):
    """What `read` finds in the box for some rounds, of each as it was last seen."""

    def __init__(self, box: Path, read: Callable[[Path, Sequence[str]], Mapping[str, Found]]) -> None:
        self._box, self._read = box, read
        self._signature: tuple[int, int] | None = None
        self._rounds: tuple[str, ...] = ()
        self.found: Mapping[str, Found] = {}

    def look(self, rounds: Sequence[str]) -> bool:
        """Whether something else lies there now for these rounds."""
        before, self.found = self.found, self._look(tuple(rounds))
        return before != self.found

    def _look(self, rounds: tuple[str, ...]) -> Mapping[str, Found]:
        signature = _signature(self._box) if rounds else None
        if signature is None:
            self._signature, self._rounds = None, ()
            return {}
        if signature == self._signature and rounds == self._rounds:
            return self.found
        try:
            found = self._read(self._box, rounds)
        except Refused:  # somebody is writing: a moment later it can be counted
            return self.found
        self._signature, self._rounds = signature, rounds
        return found


def _signature(path: Path) -> tuple[int, int] | None:
    """What changes with a file whenever something is written into it; None = it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
