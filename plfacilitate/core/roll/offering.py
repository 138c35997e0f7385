"""One offering on the roll: everybody's line now, beside what the laptop handed in.

Owns the way from entries to lines, at two points of the ledgers. The rule is the laptop's own (`core.tally`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, pairwise

from plfacilitate.core.entry import Entry, utc_moment
from plfacilitate.core.fold import EventFold
from plfacilitate.core.people import Person
from plfacilitate.core.plan import Event
from plfacilitate.core.roll.changes import AsOf, Change, because, changed, later, until
from plfacilitate.core.roll.issued import Issued
from plfacilitate.core.roll.lines import Figures, RollLine, roll_lines
from plfacilitate.core.roll.people import Merges, people_of
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
    among them too. `versions` were issued before, `since_version` is what differs from the last of them;
    `history` goes by version: what made it another one than the version before, nothing for the first. `as_of` is the
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
    history: tuple[tuple[Change, ...], ...] = ()

    @property
    def figures(self) -> dict[str, Figures]:
        """What a version of its roll keeps."""
        return figures_by_person(self.lines)


@dataclass(frozen=True, slots=True)
class Read:
    """Everything that was read of one series: entries by event, merges of records, people.

    `records` are the versions of those people's records who may once have been in doubt.
    """

    series: str
    entries: Mapping[str, Sequence[Entry]]
    merges: Merges
    people: Mapping[str, Person]
    records: Mapping[str, Sequence[Entry]]

    @property
    def everything(self) -> Iterable[Entry]:
        """All of it that can make a line another one."""
        return chain(*self.entries.values(), self.merges.entries, *self.records.values())


def folds_of(entries: Mapping[str, Sequence[Entry]], merged: Mapping[str, str], as_of: AsOf | None = None) -> Folds:
    """The events of a series at a point of the ledgers (None = now), without those that are not scheduled there.

    `merged` = record → the record that it is read as at that point.
    """
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
    sheet = _sheet(folds, read.people, None, at)
    lines = roll_lines(sheet, folds)
    found = Offering(
        events=sheet.events,
        sheet=sheet,
        lines=tuple(lines),
        as_of=newest(read.everything),
        never_came=len(sheet.lines) - len(lines),
        handed_in=point,
        versions=tuple(versions),
    )
    if point is not None:
        before = {**read.people, **people_of(read.records, point.as_of)}
        merged = read.merges.at(point.as_of, before)
        if _may_differ(read, found, before, merged):
            found = _held_against(found, read, folds_of(read.entries, merged, point.as_of), before)
    if versions:
        last = versions[-1]
        why = _because(read, last.as_of, sheet)
        history = ((), *(_between(read, one, other, sheet) for one, other in pairwise(versions)))
        found = replace(found, since_version=tuple(changed(last.lines, found.figures, why)), history=history)
    return found


def _between(read: Read, one: Issued, other: Issued, sheet: CreditSheet) -> tuple[Change, ...]:
    """What made a version another one than the version before it, as far as it was not erased since."""
    new = until(later(read.everything, one.as_of), other.as_of)
    why = because(new, read.everything, read.merges.now, sheet.events[-1].zone)
    return tuple(changed(one.lines, other.lines, why))


def _may_differ(read: Read, found: Offering, before: Mapping[str, Person], merged: Mapping[str, str]) -> bool:
    """Whether anything that credit looks at came in since the offering was handed in."""
    point = found.handed_in
    assert point is not None, "only what was handed in is held against it"
    return (
        any(is_beyond(newest(group), point.as_of) for group in read.entries.values())
        or _went_on(found.events, point.at, found.sheet.at)
        or merged != read.merges.now
        or any(
            bool(before[one].doubtful) != bool(read.people[one].doubtful) for one in read.records if one in read.people
        )
    )


def newest(entries: Iterable[Entry]) -> dict[str, int]:
    """Device → the greatest number among these entries."""
    found: dict[str, int] = {}
    reached = found.get
    for entry in entries:
        if entry.number > reached(entry.device, 0):
            found[entry.device] = entry.number
    return found


def is_beyond(as_of: AsOf, point: AsOf) -> bool:
    """Whether anything of it was written after a point."""
    return any(number > point.get(device, 0) for device, number in as_of.items())


def _went_on(events: Iterable[Event], since: datetime, until_: datetime) -> bool:
    """Whether an event that nobody closed ended between two moments: what was to come is over."""
    return any(event.closed_at is None and since < event.ends_at <= until_ for event in events)


def figures_by_person(lines: Iterable[RollLine]) -> dict[str, Figures]:
    """The figures of lines by person."""
    return {line.person: line.figures for line in lines}


def _held_against(found: Offering, read: Read, folds: Folds, people: Mapping[str, Person]) -> Offering:
    """With what the laptops handed in beside what is known now; `folds` and `people` as they stood then."""
    point = found.handed_in
    assert point is not None, "only what was handed in is held against it"
    then: dict[str, Figures] = {}
    if folds:
        then = figures_by_person(roll_lines(_sheet(folds, people, point.as_of, point.at), folds))
    changes = changed(then, found.figures, _because(read, point.as_of, found.sheet))
    by_person = {one.person: one for one in changes}
    lines = [
        line._replace(was=one.was or Figures(0, 0, "none", 0), since=one.why)
        if (one := by_person.get(line.person)) is not None
        else line
        for line in found.lines
    ]
    return replace(found, lines=tuple(lines), changes=tuple(changes))


def _because(read: Read, as_of: AsOf, sheet: CreditSheet) -> dict[str, tuple[str, ...]]:
    return because(later(read.everything, as_of), read.everything, read.merges.now, sheet.events[-1].zone)


def _sheet(folds: Folds, people: Mapping[str, Person], as_of: AsOf | None, at: datetime) -> CreditSheet:
    return credit_sheet(list(folds.values()), people, event=None, as_of=as_of or {}, at=at)
