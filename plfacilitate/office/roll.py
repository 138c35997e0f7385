"""One offering of the register on the roll, and how offerings and people are found by name.

Owns what is read for it, and the issuing of a version. Never computes a minute (`core.roll`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from plfacilitate.core.directory import Directory
from plfacilitate.core.entry import utc_text
from plfacilitate.core.people import Person, is_email, person_id
from plfacilitate.core.plan import Event
from plfacilitate.core.refusal import Refused
from plfacilitate.core.roll.issued import Issued, next_version
from plfacilitate.core.roll.lines import number_key
from plfacilitate.core.roll.offering import Offering, Read, folds_of, is_beyond, newest, offering, persons_of, point_of
from plfacilitate.core.roll.people import Known, Merges, PeopleKnown, known_of, people_of
from plfacilitate.core.scheduled import event_of
from plfacilitate.core.text import plain
from plfacilitate.store.register import Register
from plfacilitate.store.register.purging import Gone, Purge

PAGE = 1000  # people whose records are read at a time


@dataclass(frozen=True, slots=True)
class Records:
    """People, looked up in the register itself."""

    register: Register

    def of(self, ids: Iterable[str]) -> Mapping[str, Known]:
        """Those of these people who are known."""
        return known_of(self.register.records(ids))


def read_offering(
    register: Register,
    series: str,
    *,
    at: datetime,
    merges: Merges | None = None,
    people: PeopleKnown | None = None,
) -> Offering | None:
    """An offering as the register has it now; None where none of its events is scheduled (any more).

    `merges` and `people` may be handed in where many are read one after the other.
    """
    merges = merges or Merges(register.merges())
    events = register.events_of_series(series)
    entries = {event: register.entries(event) for event in events}
    folds = folds_of(entries, merges.now)
    moved = {event for event, fold in folds.items() if fold.event is not None and fold.event.series != series}
    for event in moved:  # another approval number put it under another series, and there it counts
        del entries[event], folds[event]
    if not folds:
        return None
    point = point_of((one.at, one.as_of) for event in entries for one in register.handed_in(event))
    persons = persons_of(folds)
    if point is not None and any(is_beyond(newest(group), point.as_of) for group in entries.values()):
        persons |= {str(entry.person) for group in entries.values() for entry in group if entry.person}
    known = (people or Records(register)).of(merges.records_of(persons))
    varied = [one for one, found in known.items() if found.varied]
    read = Read(
        series,
        entries,
        merges,
        {one: found.person for one, found in known.items()},
        register.records(varied) if varied else {},
    )
    return offering(read, folds, at=at, point=point, versions=register.issued(series))


def issue(register: Register, found: Offering, *, at: datetime, by: str) -> Issued | None:
    """Keep the offering's figures as the next version of its roll; None where the last one says the same.

    Refused: `roll-issued-meanwhile`.
    """
    last = found.versions[-1] if found.versions else None
    new = next_version(last, found.sheet.series, found.figures, at=utc_text(at), by=by, as_of=found.as_of)
    if new is not None and not register.issue(new):
        raise Refused("roll-issued-meanwhile", title=found.events[-1].plan.title)
    return new


# -- by name ---------------------------------------------------------------------------------------------------------


def find_series(register: Register, name: str) -> str:
    """The series of an id (its own or an event's, or the beginning), in-service number (in any hand) or plan.

    Refused: `offering-unknown`, `offering-purged`, `series-several`.
    """
    found: dict[str, Event] = {}
    for series, event in _scheduled(register):
        number = bool(event.in_service) and number_key(event.in_service) == number_key(name)
        if (
            number
            or name in (series, event.id, event.plan.id)
            or (len(name) >= 4 and (series.startswith(name) or event.id.startswith(name)))
        ):
            found[series] = event
    if not found:
        gone = purged_called(register, name)
        if gone is not None:
            raise Refused("offering-purged", name=plain(name), title=plain(gone[1].title), detail=purge_said(*gone))
        raise Refused("offering-unknown", name=name)
    if len(found) > 1:
        numbers = ", ".join(sorted({event.in_service or series for series, event in found.items()}))
        raise Refused("series-several", name=name, known=numbers)
    return next(iter(found))


def purged_called(register: Register, name: str) -> tuple[Purge, Gone] | None:
    """The offering of that number or id (its own or an event's) that was purged, and the purge; None = none was."""
    series = register.purged_series(name)
    key = number_key(name)
    return next(
        (
            (purge, one)
            for purge, gone in reversed(register.purges())
            for one in gone
            if one.series in (name, series) or (key and number_key(one.in_service) == key)
        ),
        None,
    )


def purge_said(purge: Purge, gone: Gone) -> str:
    """By whom and when an offering was purged, as the end of a sentence."""
    return f"purged on {gone.at[:10]} by {plain(purge.by)} ({plain(purge.reason)})"


def purged_remark(register: Register) -> str:
    """What is in no figure since it was purged, in a sentence; "" = nothing ever was."""
    gone = [one for _, offerings in register.purges() for one in offerings]
    if not gone:
        return ""
    was = "1 offering was" if len(gone) == 1 else f"{len(gone)} offerings were"
    last = max(one.last_day for one in gone)
    return f"{was} purged and in no figure here, the latest of {last}: `plfacilitate office purge --list`."


def called(register: Register, series: str) -> str:
    """What people call an offering: its in-service number and title; its id where nothing says more."""
    ever = [found for event in register.events_of_series(series) if (found := event_of(register.about(event)))]
    if not ever:
        return series
    last = max([event for event in ever if event.series == series] or ever, key=lambda event: event.day)
    return f"{last.in_service} {last.plan.title}".strip()


def series_by_number(register: Register) -> dict[str, list[str]]:
    """In-service number, without case and blanks → the series that have it."""
    found: dict[str, list[str]] = {}
    for series, event in _scheduled(register):
        known = found.setdefault(number_key(event.in_service), [])
        if event.in_service and series not in known:
            known.append(series)
    return found


def _scheduled(register: Register) -> Iterator[tuple[str, Event]]:
    for series in register.all_series():
        for event in register.events_of_series(series):
            found = event_of(register.about(event))
            if found is not None and found.series == series:
                yield series, found


def find_person(register: Register, name: str) -> Person:
    """The person of an id, e-mail or name. Refused: `person-not-here`, `person-several`."""
    merged = register.merged()
    quick = [name, *([person_id({"email": name})] if is_email(name) else [])]
    for one in quick:
        known = register.people([merged.get(one, one)])
        if known:
            return next(iter(known.values()))
    shown = (one for one in everybody(register) if one.id not in merged)
    return one_called(shown, name)


def one_called(people: Iterable[Person], name: str) -> Person:
    """The one of these people who has this e-mail or name. Refused: `person-not-here`, `person-several`."""
    try:
        return Directory(people).find(email=name if "@" in name else "", name=name)
    except Refused as no:
        if no.refusal.code == "person-unknown":  # whose sentence is about a laptop's people
            raise Refused("person-not-here", person=plain(name)) from no
        raise


def everybody(register: Register) -> Iterator[Person]:
    """Everybody of whom a record is here, merged ones too, read page by page."""
    ids = iter(list(register.person_ids()))
    while page := list(islice(ids, PAGE)):
        yield from people_of(register.records(page)).values()


def series_of(register: Register, person: Person) -> list[str]:
    """The series that this person has anything to do with, whichever of their records it was written on."""
    records = [record for record, stays in register.merged().items() if stays == person.id]
    return list(register.series_with([person.id, *records]))
