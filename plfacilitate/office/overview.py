"""What an office sees at a glance: what came, what is held, its laptops, its offerings.

Owns how that is read, cheap things first: nothing here reckons credit but `figured`, which is asked for one offering at
a time. Never shows what a programme parcel holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from plfacilitate.core.roll.lines import RollLine
from plfacilitate.core.roll.offering import Offering
from plfacilitate.core.roll.people import Merges
from plfacilitate.core.roll.summary import Summary, summary_of
from plfacilitate.core.scheduled import event_of
from plfacilitate.office.roll import read_offering
from plfacilitate.seal.keys import fingerprint
from plfacilitate.store.register import Register
from plfacilitate.store.register.laptops import Laptop
from plfacilitate.store.register.shown import Came

_DOUBTS = frozenset({"doubtful", "doubtful-person", "no-sign-out"})
_UNDER_WAY = frozenset({"series-incomplete", "to-come", "still-in"})
NAMED = 3  # people of an offering that are named where something waits


class Arrived(NamedTuple):
    """A bundle that came, with its laptop's name ("" = it was not told). `there` = its file lies where it lay then."""

    came: Came
    laptop: str
    there: bool = True


class Standing(NamedTuple):
    """A laptop, its key as people compare it, when it came last and up to which number the register has it without a gap."""

    laptop: Laptop
    key: str
    seen_at: str
    number: int
    waiting: int


class Card(NamedTuple):
    """What an offering is. Days are `2023-12-06`; `planned` sessions stand in its plan, `scheduled` of them have a day."""

    series: str
    in_service: str
    title: str
    first_day: str
    last_day: str
    scheduled: int
    planned: int
    events: tuple[str, ...]


class OpenClaim(NamedTuple):
    """Somebody whom a claimant was taken for, or not, until that was taken back. `at` is a UTC text."""

    name: str
    at: str
    by: str


class Some(NamedTuple):
    """Some people of an offering: how many, their hours in hundredths, the first few by name."""

    people: int = 0
    hundredths: int = 0
    names: tuple[str, ...] = ()

    def and_(self, line: RollLine) -> Some:
        """One more."""
        names = (*self.names, line.name) if len(self.names) < NAMED else self.names
        return Some(self.people + 1, self.hundredths + line.figures.hundredths, names)


class Figured(NamedTuple):
    """An offering reckoned: its row of the roll, who waits for a decision, whose figures are other than handed in."""

    summary: Summary
    waits: Some = Some()
    changed: Some = Some()


def arrived(found: Iterable[Came], laptops: Iterable[Laptop], *, look: bool = False) -> list[Arrived]:
    """These bundles with the names of their laptops; `look` = see whether each file is still there."""
    names = {one.device: one.name for one in laptops if one.name}
    return [Arrived(one, names.get(one.device, ""), not look or Path(one.file).exists()) for one in found]


def standings(register: Register, laptops: Sequence[Laptop], held: Sequence[Arrived]) -> list[Standing]:
    """Every laptop: those that are new first, then the one that came last."""
    devices = {one.device for one in laptops}
    seen, heads = register.last_seen(devices), register.heads(devices)
    waiting: dict[str, int] = {}
    for one in held:
        waiting[one.came.device] = waiting.get(one.came.device, 0) + 1
    found = [
        Standing(
            one,
            fingerprint(one.public_key),
            max(seen.get(one.device, ""), one.seen_at),
            heads.get(one.device, (0, ""))[0],
            waiting.get(one.device, 0),
        )
        for one in laptops
    ]
    found.sort(key=lambda one: one.seen_at, reverse=True)
    return sorted(found, key=lambda one: one.laptop.standing != "new")


def cards(register: Register, series: Sequence[str]) -> dict[str, Card]:
    """What these offerings are; without those of which no event is scheduled any more."""
    found = {}
    for one, groups in register.schedules(series).items():
        events = sorted(
            (event for event in map(event_of, groups) if event is not None and event.series == one),
            key=lambda event: event.starts_at,
        )
        if events:
            last = events[-1]
            found[one] = Card(
                one,
                last.in_service,
                last.plan.title,
                events[0].day.isoformat(),
                last.day.isoformat(),
                len(events),
                len(last.plan.sessions),
                tuple(event.id for event in events),
            )
    return found


def figured(register: Register, series: str, *, at: datetime, merges: Merges | None = None) -> Figured | None:
    """An offering reckoned as it stands now; None where none of its events is scheduled any more."""
    found = read_offering(register, series, at=at, merges=merges)
    return figured_of(found) if found is not None else None


def figured_of(found: Offering) -> Figured:
    """The same of an offering that was read."""
    return with_people(Figured(summary_of(found, found.lines)), found.lines)


def with_people(figured: Figured, lines: Iterable[RollLine]) -> Figured:
    """The same, with these lines of it looked at too."""
    for line in lines:
        if needs_decision(line):
            figured = figured._replace(waits=figured.waits.and_(line))
        if line.was is not None:
            figured = figured._replace(changed=figured.changed.and_(line))
    return figured


def open_claims(register: Register, limit: int) -> list[OpenClaim]:
    """Claimants of whom it was decided who they are, and taken back."""
    found = register.open_claims(limit)
    people = register.people({one.person for one in found})
    return [OpenClaim(people[one.person].name, one.at, one.by) for one in found if one.person in people]


def needs_decision(line: RollLine) -> bool:
    """Whether a line waits for a person, and not only for the sessions that are still to come."""
    if line.figures.status != "pending":
        return False
    return not _DOUBTS.isdisjoint(line.codes) or _UNDER_WAY.isdisjoint(line.codes)
