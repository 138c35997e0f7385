"""Session notes as they stand: what was noted, parked, decided, in the order in which it was written.

Owns the three kinds and which version of a note counts. Never reads a ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Literal, NamedTuple

from plfacilitate.core.entry import Entry
from plfacilitate.core.kept import Fold, of_event
from plfacilitate.core.sequence import as_it_went
from plfacilitate.core.versions import currents

Tag = Literal["note", "parking", "decision"]
TAGS: Mapping[Tag, str] = {"note": "note", "parking": "parking lot", "decision": "decision"}
"""What an entry calls each kind, and what people call it."""
NOTE_KINDS = frozenset({"note", "undo", "erased"})


class Note(NamedTuple):
    """One note. `segment` = what was on the agenda, "" = nothing."""

    id: str
    at: datetime
    by: str
    tag: Tag
    text: str
    segment: str


class NoteFold(Fold):
    """The notes of one event; None = those that belong to no event. Feed it with `apply`."""

    def __init__(self, event_id: str | None) -> None:
        """An event at which nothing was noted yet."""
        super().__init__(of_event(event_id, NOTE_KINDS))
        self.event_id = event_id

    def apply(self, entries: Iterable[Entry]) -> bool:
        """Take entries in; True = something may look different now."""
        return bool(self._kept.take(entries))

    def notes(self) -> tuple[Note, ...]:
        """All notes that stand, in the order in which they were written."""
        return tuple(map(_note, as_it_went(currents(self._kept.entries.values(), self._kept.void))))


def _note(entry: Entry) -> Note:
    tag: Tag = next((one for one in TAGS if one == entry.body.get("tag")), "note")
    return Note(
        entry.id, entry.at, entry.by, tag, str(entry.body.get("text", "")),
        str(entry.body.get("segment") or ""),
    )  # fmt: skip


def next_tag(tag: Tag, step: int = 1) -> Tag:
    """The kind that comes after this one, or before."""
    known = list(TAGS)
    return known[(known.index(tag) + step) % len(known)]
