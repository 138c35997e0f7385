"""The notes of one event, followed for a screen.

Owns nothing but that. Runs in the reader's thread and never writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from plfacilitate.core.entry import Entry
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.surroundings import Surroundings

if TYPE_CHECKING:
    from plfacilitate.core.notes import Note


class NotesFollowed:
    """What was noted, parked, decided."""

    def __init__(self, ledger: Ledger, around: Surroundings, event: str) -> None:
        """Read them."""
        from plfacilitate.core.notes import NOTE_KINDS, NoteFold

        self._event, self._fold = event, NoteFold(event)
        self._fold.apply(ledger.entries(event=event, kinds=NOTE_KINDS))

    def take(self, new: Sequence[Entry]) -> bool:
        """Notes, and what takes one back."""
        return self._fold.apply(new)

    def look(self) -> bool:
        """All of it stands in the ledger."""
        return False

    def picture(self) -> tuple[str, tuple[Note, ...]]:
        """The event, and its notes."""
        return self._event, self._fold.notes()
