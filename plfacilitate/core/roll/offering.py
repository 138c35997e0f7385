"""One offering on the roll: everybody's line now, beside what the laptop handed in.

Owns the way from entries to lines, at two points of the ledgers. The rule is the laptop's own (`core.tally`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from plfacilitate.core.entry import Entry, utc_moment
from plfacilitate.core.fold import EventFold
from plfacilitate.core.merged import merged_records
from plfacilitate.core.people import Person
from plfacilitate.core.plan import Event
from plfacilitate.core.roll.changes import AsOf, Change, because, changed, later, until
from plfacilitate.core.roll.issued import Issued
from plfacilitate.core.roll.lines import Figures, RollLine, roll_lines
from plfacilitate.core.roll.people import people_of
from plfacilitate.core.tally import CreditSheet, credit_sheet

Folds = Mapping[str, EventFold]


@dataclass(frozen=True, slots=True)
class Point:
    """Where the laptops stood when they handed in. `at` = when the last of them packed."""

    at: datetime
    as_of: AsOf


@dataclass(frozen=True, slots=True)
class Offering:
    """One offering with its lines, in last-name order.

    `handed_in` is None where no laptop has packed its hours. `changes` are those since then; who has no line any more is
    among them too. `versions` were issued before, `since_version` is what differs from the last of them. `as_of` is the
    newest entry of each device that was looked at. `never_came` = people on a list who were at no event of it.
    """

    events: tuple[Event, ...]
    sheet: CreditSheet
    lines: tuple[RollLine, ...]
    as_of: AsOf
    never_came: int
    handed_in: Point | None = None
    changes: tuple[Change, ...] = ()
    versions: tuple[Issued, ...] = ()
    since_version: tuple[Change, ...] = ()

    @property
    def figures(self) -> dict[str, Figures]:
        """What a version of its roll keeps."""
        return figures_by_person(self.lines)


@dataclass(frozen=True, slots=True)
class Read:
    """Everything that was read of one series: entries by event, merges of records, versions of records by person."""

    series: str
    entries: Mapping[str, Sequence[Entry]]
    merges: Sequence[Entry]
    records: Mapping[str, Sequence[Entry]]

    @property
    def everything(self) -> Iterable[Entry]:
        """All of it."""
        for group in (*self.entries.values(), self.merges, *self.records.values()):
            yield from group


def folds_of(entries: Mapping[str, Sequence[Entry]], merges: Sequence[Entry], as_of: AsOf | None = None) -> Folds:
    """The events of a series at a point of the ledgers (None = now), without those that are not scheduled there."""
    merged = merged_records(merges if as_of is None else until(merges, as_of))
    found = {}
    for event, group in entries.items():
        fold = EventFold(event)
        fold.read_as_one(merged)
        fold.apply(group if as_of is None else until(group, as_of))
        if fold.event is not None:
            found[event] = fold
    return found


def persons_of(folds: Folds) -> set[str]:
    """Everybody on the lists or with a mark."""
    return set[str]().union(*(fold.persons() for fold in folds.values()))


def point_of(handed_in: Iterable[tuple[str, AsOf]]) -> Point | None:
    """The furthest point of all hand-ins (UTC text, device → number); None where there was none."""
    at, as_of = "", dict[str, int]()
    for when, numbers in handed_in:
        at = max(at, when)
        for device, number in numbers.items():
            as_of[device] = max(number, as_of.get(device, 0))
    return Point(utc_moment(at), as_of) if at else None


def offering(
    read: Read, folds: Folds, *, at: datetime, point: Point | None = None, versions: Sequence[Issued] = ()
) -> Offering:
    """The offering as it stands at `at`; `folds` are those of `read`, now, and there is at least one."""
    sheet = _sheet(folds, people_of(read.records), None, at)
    lines = roll_lines(sheet, folds)
    merged = merged_records(read.merges)
    as_of: dict[str, int] = {}
    for entry in read.everything:
        as_of[entry.device] = max(entry.number, as_of.get(entry.device, 0))
    found = Offering(
        events=sheet.events,
        sheet=sheet,
        lines=tuple(lines),
        as_of=as_of,
        never_came=len(sheet.lines) - len(lines),
        handed_in=point,
        versions=tuple(versions),
    )
    if point is not None and (_went_on(sheet.events, point.at, at) or any(later(read.everything, point.as_of))):
        found = _held_against(found, read, point, merged)
    if versions:
        last = versions[-1]
        why = _because(read, last.as_of, merged, sheet)
        found = replace(found, since_version=tuple(changed(last.lines, found.figures, why)))
    return found


def _went_on(events: Iterable[Event], since: datetime, until_: datetime) -> bool:
    """Whether an event that nobody closed ended between two moments: what was to come is over."""
    return any(event.closed_at is None and since < event.ends_at <= until_ for event in events)


def figures_by_person(lines: Iterable[RollLine]) -> dict[str, Figures]:
    """The figures of lines by person."""
    return {line.person: line.figures for line in lines}


def _held_against(found: Offering, read: Read, point: Point, merged: Mapping[str, str]) -> Offering:
    """With what the laptops handed in beside what is known now."""
    folds = folds_of(read.entries, read.merges, point.as_of)
    then: dict[str, Figures] = {}
    if folds:
        before = _sheet(folds, people_of(read.records, point.as_of), point.as_of, point.at)
        then = figures_by_person(roll_lines(before, folds))
    changes = changed(then, found.figures, _because(read, point.as_of, merged, found.sheet))
    by_person = {one.person: one for one in changes}
    lines = [
        line._replace(was=one.was or Figures(0, 0, "none", 0), since=one.why)
        if (one := by_person.get(line.person)) is not None
        else line
        for line in found.lines
    ]
    return replace(found, lines=tuple(lines), changes=tuple(changes))


def _because(read: Read, as_of: AsOf, merged: Mapping[str, str], sheet: CreditSheet) -> dict[str, tuple[str, ...]]:
    return because(later(read.everything, as_of), read.everything, merged, sheet.events[-1].zone)


def _sheet(folds: Folds, people: Mapping[str, Person], as_of: AsOf | None, at: datetime) -> CreditSheet:
    return credit_sheet(list(folds.values()), people, event=None, as_of=as_of or {}, at=at)
