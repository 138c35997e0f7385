"""Bundles for registers: laptops that write, and what they would pack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path

from plfacilitate.core.entry import Draft, Sealed, content_digest, content_of, digest, envelope_of, stable_id, utc_text
from plfacilitate.store.register import Arrival, Register, Taken
from tests.played import Clock

_numbers = count(1)


class Paper:
    """A laptop without a ledger, quick enough for thousands of played days: it only chains."""

    def __init__(self, name: str) -> None:
        self.device = stable_id("device", name)
        self.name = name
        self.written: list[Sealed] = []
        self.digests: list[str] = []

    def write_person(self, clock: Clock, person: str) -> str:
        """What is known of a person, of no event."""
        return self.write(clock, None, kind="person", person=person, fields={"last_name": person})

    def write(
        self,
        clock: Clock,
        event: str | None,
        *,
        kind: str = "note",
        person: str | None = None,
        replaces: tuple[str, ...] = (),
        **body: object,
    ) -> str:
        """One more entry; its id."""
        at = clock()
        entry_id = stable_id("entry", self.name, str(next(_numbers)))
        draft = Draft(entry_id, kind, at, self.name, "facilitator", bytes(16), person, event, replaces, body)
        text = utc_text(at)
        content = content_of(draft, text)
        previous = self.digests[-1] if self.digests else None
        bound = content_digest(draft.salt, content)
        envelope = envelope_of(draft, bound, self.device, len(self.digests) + 1, previous, text)
        self.written.append(Sealed(envelope, draft.salt, content))
        self.digests.append(digest(envelope))
        return entry_id

    def copied(self) -> Paper:
        """A copy of its disk, which knows nothing of what is written after this."""
        copy = Paper(self.name)
        copy.written, copy.digests = [*self.written], [*self.digests]
        return copy

    def packed(self, after: int = 0, name: str = "") -> Packed:
        """What it wrote after that number, as a bundle."""
        last = len(self.digests)
        covers = {self.device: (after + 1, last, self.digests[-1])} if last > after else {}
        return Packed(name or f"{self.name}-{after}-{last}-{self.digests[-1][:6]}", covers, self.written[after:])


class Packed:
    """A bundle on its way."""

    def __init__(self, name: str, covers: Mapping[str, tuple[int, int, str]], entries: list[Sealed]) -> None:
        self.name, self.covers, self.entries = name, dict(covers), entries

    def arrival(self) -> Arrival:
        """It as it arrives."""
        device = next(iter(self.covers), "none")
        return Arrival(self.name, "sha-" + self.name, Path(self.name), device, "hours", "2023", "2023", self.covers)

    def brought_to(self, register: Register) -> Taken:
        """What the register makes of it."""
        return register.take(self.arrival(), lambda: self.entries)


def told(register: Register, events: Iterator[str] | list[str]) -> set[tuple[str, bytes | None]]:
    """All that a register can say of these events."""
    return {(entry.id, entry.content) for event in events for entry in register.entries(event)}
