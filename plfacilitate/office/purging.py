"""Taking away what has been kept for long enough: looked at first, then offering by offering.

Owns what may go, what stays and why, and the order of the deed. What was shown is what is done: an offering into which
something came in between stays. Never takes away what is held for a dispute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from plfacilitate.core.entry import Entry, utc_moment
from plfacilitate.core.retention import YEARS, Against, Aged
from plfacilitate.core.scheduled import event_of
from plfacilitate.office.holding import held_events
from plfacilitate.office.papers import office_file
from plfacilitate.store.register import Register
from plfacilitate.store.register.leaving import PEOPLE
from plfacilitate.store.register.purging import Gone, Purge

ORPHANS = ("commitment-settled", "problem-filed", "problem-resource")
"""What is written long after an event about what was said there: it goes with the event."""
_EVERY = 100  # offerings or events after which progress is told

_MOST_YEARS = 100
_STEP = 20  # offerings taken away after which it is told

Progress = Callable[[str], None]
Years = Callable[[str], int]
"""Calendar years for which an office (by its file's name) keeps what it has; 0 = it has no file here."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a purge would do. `goes` and `stays` ended before the day, the latter with what stands against it.

    `later` = so many offerings ended on that day or afterwards.
    """

    before: date
    today: date
    goes: tuple[Aged, ...]
    stays: tuple[Aged, ...]
    later: int


@dataclass(frozen=True, slots=True)
class Done:
    """What a purge did. `stayed` say why; `people` = contents of records that were taken away with their last event.

    `wiped` is False where somebody read the register for too long: what was deleted can still be dug out of its file
    until the next purge.
    """

    gone: tuple[Aged, ...]
    stayed: tuple[tuple[Aged, Against], ...]
    people: int
    wiped: bool


@dataclass(frozen=True, slots=True)
class Purging:
    """One register, looked at on one day. `zone` is where days of what has no schedule are said."""

    register: Register
    today: date
    zone: ZoneInfo
    years: Years
    progress: Progress = field(default=lambda text: None)

    # -- looking -------------------------------------------------------------------------------------------------------

    def preview(self, before: date) -> Preview:
        """What ended before a day: what of it may go, what stays."""
        held = held_events(self.register)
        merged = self.register.merged()
        goes: list[Aged] = []
        stays: list[Aged] = []
        later = 0
        for number, found in enumerate(self._offerings(), start=1):
            if number % _EVERY == 0:
                self.progress(f"{number} offerings looked at")
            holds = dict.fromkeys(hold for event in found.events for hold in held.get(event, ()))
            one = replace(found, held=tuple(f"{hold.reason} ({hold.by}, {hold.at[:10]})" for hold in holds))
            if one.last_day >= before:
                later += 1
                continue
            if one.against(self.today):
                stays.append(one)
            else:
                goes.append(self._counted(one, merged))
        return Preview(before, self.today, tuple(sorted(goes, key=_order)), tuple(sorted(stays, key=_order)), later)

    def _offerings(self) -> Iterator[Aged]:
        """Everything that the register holds, by series; then each event of which it knows no schedule."""
        seen: set[str] = set()
        for series in self.register.all_series():
            events = sorted(self.register.events_of_series(series))
            seen.update(events)
            yield from filter(None, [self.aged(series, events)])
        for event in self.register.all_events():
            if event not in seen:
                yield from filter(None, [self.aged(event, [event])])

    def aged(self, series: str, events: Sequence[str]) -> Aged | None:
        """An offering of those of these events that are of this series: its days, and for how long it is kept.

        Nothing is counted. None = another approval number put all of them under another series.
        """
        own: list[str] = []
        days: list[date] = []
        title = number = ""
        years, approved = 0, 0
        for event in events:
            about = self.register.about(event)
            found = event_of(about)
            if found is None:
                own.append(event)
                days += self._days_of(event, about)
                continue
            if found.series != series:
                continue
            own.append(event)
            days.append(found.day)
            title, number = found.plan.title, found.in_service
            approved = max(approved, found.plan.approved_hundredths)
            office = str(found.office.get("id", ""))
            years = max(years, _years_of(found.office), self.years(office))
        if not own:
            return None
        return Aged(
            series,
            tuple(own),
            title or "(without a schedule)",
            number,
            min(days),
            max(days),
            years or YEARS,
            approved,
        )

    def _days_of(self, event: str, about: Iterable[Entry]) -> list[date]:
        """When an event was whose schedule was taken back or never came: by the schedules, else by its entries."""
        said = [date.fromisoformat(one.body["date"]) for one in about if one.kind == "event-scheduled"]
        found = self.register.extent(event)
        moments = [utc_moment(text) for text in (found.first, found.last) if text]
        return said or [moment.astimezone(self.zone).date() for moment in moments] or [self.today]

    def _counted(self, one: Aged, merged: Mapping[str, str]) -> Aged:
        extents = [self.register.extent(event) for event in one.events]
        people = {merged.get(person, person) for found in extents for person in found.people}
        files = dict.fromkeys(path.name for event in one.events for path in self.register.bundle_files(event))
        entries = sum(found.entries for found in extents)
        return replace(one, people=len(people), entries=entries, bundles=tuple(files))

    # -- doing -----------------------------------------------------------------------------------------------------------

    def purge(self, seen: Preview, purge: Purge, at: Callable[[], str]) -> Done:
        """Do what a preview showed. Stopped in between, what went is whole, and the next purge goes on.

        `at` gives the moment as a UTC text.
        """
        gone: list[Aged] = []
        stayed: list[tuple[Aged, Against]] = []
        for number, one in enumerate(seen.goes, start=1):
            against = self._take(one, purge, at())
            if against:
                stayed.append((one, against))
            else:
                gone.append(one)
            if number % _STEP == 0:
                self.progress(f"{number} of {len(seen.goes)} offerings")
        if orphans := self.register.orphans(ORPHANS):
            self.register.erase(orphans)
        people = self._let_go()
        return Done(tuple(gone), tuple(stayed), people, self.register.wipe())

    def _take(self, one: Aged, purge: Purge, at: str) -> Against:
        there = {person for event in one.events for person in self.register.people_at(event)}
        gone = Gone(
            one.series, one.title, one.in_service, one.first_day.isoformat(), one.last_day.isoformat(), one.people,
            one.entries, one.bundles, at,
        )  # fmt: skip
        return self.register.purge(purge, gone, one.events, sorted(there))

    def _let_go(self) -> int:
        """Take away the records of whoever was at a purged event and has nothing left at any other."""
        leaving = set(self.register.leaving())
        if not leaving:
            return 0
        groups = _groups(leaving, self.register.merged())
        everybody = {one for group in groups for one in group}
        self.register.may_leave(sorted(everybody - leaving))
        left: set[str] = set()
        for number, event in enumerate(self.register.all_events(), start=1):
            left |= everybody & self.register.people_at(event)
            if number % _EVERY == 0:
                self.progress(f"{number} events looked at for people who stay")
        self.register.stay(sorted({one for group in groups if not left.isdisjoint(group) for one in group}))
        going = iter([group for group in groups if left.isdisjoint(group)])
        done = 0
        while page := list(islice(going, PEOPLE)):
            done += self.register.let_go(page)
        return done


def looked_at(register: Register, at: datetime, tz: str, exports: Path, progress: Progress) -> Purging:
    """A register looked at at a moment, with the office files of a folder as they are now."""

    def years(office: str) -> int:
        known = office_file(office, exports)
        return known.keep_years if known is not None else 0

    zone = ZoneInfo(tz)
    return Purging(register, at.astimezone(zone).date(), zone, years, progress)


def _years_of(office: Mapping[str, object]) -> int:
    """For how many years an office said it keeps things when people signed in."""
    said = office.get("keep_years", YEARS)
    return said if isinstance(said, int) and 0 < said <= _MOST_YEARS else YEARS


def _groups(people: Iterable[str], merged: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Each of these records with all that are read as the same person."""
    records: dict[str, set[str]] = {}
    for record, stays in merged.items():
        records.setdefault(stays, {stays}).add(record)
    shown = sorted({merged.get(one, one) for one in people})
    return [tuple(sorted(records.get(one, {one}))) for one in shown]


def _order(one: Aged) -> tuple[date, str, str]:
    return (one.last_day, one.title, one.series)
