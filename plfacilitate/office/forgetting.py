"""Somebody asks the office to be forgotten: what the register holds about them goes for good.

Owns what is about a person and theirs alone, and what stands against it. Never changes what names others too: such lists
and texts are named, and somebody looks. Never takes anything of an offering that is held for a dispute.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from plfacilitate.core.entry import Entry
from plfacilitate.core.fold import LIST_KINDS, EventFold
from plfacilitate.core.mentions import TEXT_KINDS, mentions
from plfacilitate.core.people import Person
from plfacilitate.core.refusal import Refused
from plfacilitate.core.retention import Aged
from plfacilitate.core.scheduled import event_of
from plfacilitate.core.text import plain, tidy
from plfacilitate.office.holding import held_events
from plfacilitate.office.purging import Purging
from plfacilitate.store.register import Register

_EVERY = 200  # events after which progress is told


class Place(NamedTuple):
    """An event at which something stands that somebody has to look at: its title and day, and what (`a list`, `note`)."""

    event: str
    called: str
    what: str


@dataclass(frozen=True, slots=True)
class Theirs:
    """What a register holds about a person. `records` are all that are read as theirs, `ids` the entries that would go.

    `offerings` are those that something is here of, `held` what of them is held, `kept_until` the last day on which one
    of them has to be kept, None = none has to be. `left` stays and is to be looked at. `laptops` wrote about them.
    """

    who: Person
    records: tuple[str, ...]
    ids: tuple[str, ...]
    offerings: tuple[Aged, ...]
    held: tuple[Aged, ...]
    kept_until: date | None
    left: tuple[Place, ...]
    laptops: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forgetting:
    """A register that is looked through for one person."""

    purging: Purging

    @property
    def register(self) -> Register:
        """The register."""
        return self.purging.register

    def look(self, who: Person) -> Theirs:
        """All that is here about a person; changes nothing."""
        merged = self.register.merged()
        records = (who.id, *sorted(record for record, stays in merged.items() if stays == who.id))
        found = self.register.about_people(records)
        ids = [one for _, one, _ in found]
        ids += [entry.id for entry in self.register.merges() if entry.body.get("other") in records]
        left: list[Place] = []
        events = {event for event, _, _ in found if event}
        for number, event in enumerate(self.register.all_events(), start=1):
            lists, stay = self._lists(event, frozenset(records))
            if lists or stay:
                events.add(event)
            ids += lists
            left += [*self._places(event, stay), *self._places(event, self._texts(event, who))]
            if number % _EVERY == 0:
                self.purging.progress(f"{number} events looked through")
        left += self._places(None, self._texts(None, who))
        left += self._holds(who)
        offerings = list(self._offerings(events))
        held = held_events(self.register)
        kept = [one.kept_until for one in offerings if one.kept_until >= self.purging.today]
        return Theirs(
            who,
            records,
            tuple(dict.fromkeys(ids)),
            tuple(offerings),
            tuple(one for one in offerings if not held.keys().isdisjoint(one.events)),
            max(kept, default=None),
            tuple(left),
            tuple(self._laptops({device for _, _, device in found})),
        )

    def check(self, theirs: Theirs, reason: str, *, despite_duty: bool) -> None:
        """See that they may be forgotten. Refused: `reason-…`, `person-held`, `person-kept`."""
        name = plain(theirs.who.name)
        if not tidy(reason):
            raise Refused("reason-missing")
        if mentions({"reason": reason}, theirs.who):
            raise Refused("reason-names", person=name)
        if theirs.held:
            raise _held(theirs, theirs.held)
        if theirs.kept_until is not None and not despite_duty:
            raise Refused("person-kept", person=name, until=theirs.kept_until)

    def forget(self, theirs: Theirs, *, reason: str, at: str, by: str, despite_duty: bool) -> tuple[int, bool]:
        """Take it away; how many entries went, and whether nothing can be dug out of the file. Refused as `check`."""
        self.check(theirs, reason, despite_duty=despite_duty)
        series = [one.series for one in theirs.offerings]
        done = self.register.forget(theirs.records, theirs.ids, series, at=at, by=by, reason=tidy(reason))
        if done is None:
            raise _held(theirs, theirs.offerings)
        return done, self.register.wipe()

    # -- what is looked at -----------------------------------------------------------------------------------------------

    def _lists(self, event: str, records: frozenset[str]) -> tuple[list[str], list[Entry]]:
        """Of the lists with this person those that may go, and those that stay, since they say something of others."""
        entries = self.register.of_kinds(event, [*LIST_KINDS, "undo"])
        naming = [one for one in entries if records.intersection(map(str, one.body.get("people", ())))]
        if not naming:
            return [], []
        ids = {one.id for one in naming}
        if (
            _expected(event, entries) - records
            == _expected(event, [one for one in entries if one.id not in ids]) - records
        ):
            return sorted(ids), []
        return [], naming

    def _texts(self, event: str | None, who: Person) -> list[Entry]:
        return [one for one in self.register.of_kinds(event, TEXT_KINDS) if mentions(one.body, who)]

    def _places(self, event: str | None, entries: Sequence[Entry]) -> Iterator[Place]:
        if not entries:
            return
        known = event_of(self.register.about(event)) if event else None
        called = f"{known.title}, {known.day}" if known else "no event"
        for one in entries:
            yield Place(event or "", called, "a list" if one.kind in LIST_KINDS else str(one.kind))

    def _holds(self, who: Person) -> Iterator[Place]:
        for one in self.register.holds():
            if mentions({"reason": one.reason}, who):
                yield Place("", one.series, "why it is held")

    def _offerings(self, events: Iterable[str]) -> Iterator[Aged]:
        wanted = set(events)
        for series in self.register.all_series():
            theirs = self.register.events_of_series(series)
            if wanted.isdisjoint(theirs):
                continue
            found = self.purging.aged(series, sorted(theirs))
            if found is not None and not wanted.isdisjoint(found.events):
                yield found
                wanted.difference_update(found.events)
        for event in sorted(wanted):
            yield from filter(None, [self.purging.aged(event, [event])])

    def _laptops(self, devices: set[str]) -> Iterator[str]:
        names = {one.device: one.name for one in self.register.laptops()}
        for device in sorted(devices):
            yield names.get(device) or device[:8]


def _held(theirs: Theirs, offerings: Iterable[Aged]) -> Refused:
    titles = ", ".join(plain(f"{one.in_service} {one.title}".strip()) for one in offerings)
    return Refused("person-held", person=plain(theirs.who.name), offerings=titles)


def _expected(event: str, entries: Iterable[Entry]) -> frozenset[str]:
    fold = EventFold(event)
    fold.apply(entries)
    return fold.expected
