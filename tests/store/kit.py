"""Laptops of a test: a ledger each, a marker folder each, and short ways to write what happens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from plfacilitate.core.entry import Draft, Entry, Means, Sealed, new_id
from plfacilitate.store.ledger import Identity, Ledger
from plfacilitate.store.marker import Marker
from tests.played import Chance, Clock

NINE = "2023-12-06T17:00:00Z"  # nine in the morning at Renton


class Laptop:
    """One machine with one workspace. Its clock and chance are its own."""

    def __init__(self, folder: Path, name: str = "laptop", *, seed: int = 0, clock: Clock | None = None) -> None:
        self.folder = folder / name
        self.folder.mkdir(parents=True, exist_ok=True)
        self.name = name
        self.path = self.folder / "ledger.db"
        self.clock = clock or Clock(datetime.fromisoformat(NINE))
        self.chance = Chance(seed)
        self.marker = Marker(self.folder / "state", name)
        self._open: list[Ledger] = []

    def open(self, path: Path | None = None, **options: Any) -> Ledger:
        """A connection of this laptop to its ledger, or to one at another path."""
        wanted: dict[str, Any] = {"marker": self.marker, "identity": Identity(self.name)}
        ledger = Ledger.open(path or self.path, clock=self.clock, chance=self.chance, **(wanted | options))
        self._open.append(ledger)
        return ledger

    def close(self) -> None:
        """Close all that was opened."""
        while self._open:
            self._open.pop().close()

    def draft(
        self,
        kind: str,
        *,
        event: str | None = "e",
        person: str | None = None,
        replaces: Sequence[str] = (),
        at: datetime | None = None,
        means: Means = "facilitator",
        by: str = "Ruth",
        entry_id: str | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Draft:
        """Something that happens now."""
        return Draft(
            id=entry_id or new_id(self.chance),
            kind=kind,
            happened_at=at or self.clock(),
            by=by,
            means=means,
            salt=self.chance(16),
            person=person,
            event=event,
            replaces=tuple(replaces),
            body=body or {},
        )

    def sign_in(self, person: str, **parts: Any) -> Draft:
        """A person is in."""
        return self.draft("sign-in", person=person, **parts)

    def sign_out(self, person: str, **parts: Any) -> Draft:
        """A person is out."""
        return self.draft("sign-out", person=person, **parts)

    def note(self, text: str, **parts: Any) -> Draft:
        """A session note."""
        return self.draft("note", body={"text": text}, **parts)

    def person(self, person: str, *, replaces: Sequence[str] = (), **fields: str) -> Draft:
        """Fields of a person."""
        return self.draft("person", event=None, person=person, replaces=replaces, body={"fields": fields})

    def undo(self, entry: Entry) -> Draft:
        """Void exactly this entry."""
        return self.draft("undo", event=entry.event, person=entry.person, body={"undoes": entry.id, "reason": ""})


def told(ledger: Ledger) -> set[tuple[str, bytes | None]]:
    """What a ledger says, in whatever order it came: the id and content of every entry."""
    return {(entry.id, entry.content) for entry in ledger.entries()}


def all_of(ledger: Ledger) -> list[Sealed]:
    """Everything, as it travels."""
    return list(ledger.sealed())
