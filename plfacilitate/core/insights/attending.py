"""Who came, hours and standing, session by session and school by school, of people in groups only.

Owns how few may not be shown by themselves: schools with fewer than `FEWEST` people are put together, and where that
would leave such a group again, the next smallest school goes with them, so that none can be worked out from the sum.
Whoever is together in one table of a series is so in all of them: else one table tells what another withholds. Never
names a person, and never reckons an hour (`core.tally`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from plfacilitate.core.minutes import hours_text
from plfacilitate.core.report.words import count
from plfacilitate.core.tally import CreditLine, CreditSheet
from plfacilitate.core.text import fold

FEWEST = 5
"""People from which on a group is shown by itself."""
NO_SCHOOL = "no school given"
TOO_FEW = f"fewer than {FEWEST} people: not broken down"


class Group(NamedTuple):
    """Some people of one school, or of several small ones (`schools` > 1).

    `hundredths` of an hour are earned; `waiting` hundredths wait for something, with `pending` of them. `withheld` = too
    few: nothing else is told.
    """

    name: str
    schools: int
    expected: int
    came: int
    hundredths: int
    waiting: int
    pending: int
    withheld: bool = False


class Sitting(NamedTuple):
    """A session on its day, all of its people and the groups."""

    event: str
    series: str
    title: str
    day: date
    whole: Group
    groups: tuple[Group, ...]


class Standings(NamedTuple):
    """Where the people of a school stand in a series: how many attended all sessions, are on course, missed one."""

    name: str
    schools: int
    people: int
    complete: int
    on_course: int
    missed: int
    hundredths: int
    waiting: int
    withheld: bool = False


class Course(NamedTuple):
    """A series: its sessions and who stands where.

    `cleared` = sessions whose hours were cleared from this laptop, a sentence each: they are in no figure.
    """

    series: str
    title: str
    sittings: tuple[Sitting, ...]
    whole: Standings
    standings: tuple[Standings, ...]
    cleared: tuple[str, ...] = ()


def gone(series: str, title: str, cleared: Sequence[str]) -> Course:
    """A series of which nobody's hours are here any more."""
    return Course(series, title, (), Standings("", 1, 0, 0, 0, 0, 0, 0, withheld=True), (), tuple(cleared))


def course(sessions: Sequence[CreditSheet], series: CreditSheet, cleared: Sequence[str] = ()) -> Course:
    """A series out of the sheets of its events and its own; `cleared` = sentences of sessions that are not here."""
    small = together([series.lines, *(one.lines for one in sessions)])
    sittings = sorted((_sitting(one, small) for one in sessions), key=lambda one: (one.day, one.event))
    found = [_standing(name, many, lines) for name, many, lines in broken_down(series.lines, small)]
    return Course(
        series.series, series.events[0].plan.title, tuple(sittings), _standing("", 1, series.lines), tuple(found),
        tuple(cleared),
    )  # fmt: skip


def together(tables: Sequence[Sequence[CreditLine]]) -> frozenset[str]:
    """Keys of the schools that are never shown by themselves: too small in one of these tables, or needed to hide one."""
    sizes = [Counter(fold(one.person.school) for one in lines) for lines in tables]
    by_size = [school for school, _ in sorted(sum(sizes, Counter[str]()).items(), key=lambda pair: (pair[1], pair[0]))]
    small = {school for each in sizes for school, people in each.items() if people < FEWEST}
    while True:
        thin = [each for each in sizes if 0 < sum(each[school] for school in small) < FEWEST]
        more = next(
            (school for school in by_size if school not in small and any(school in each for each in thin)), None
        )
        if more is None:
            return frozenset(small)
        small.add(more)


def broken_down(lines: Sequence[CreditLine], small: Collection[str]) -> list[tuple[str, int, list[CreditLine]]]:
    """Name, how many schools, their lines: the large ones by themselves; those of `small` together, which come last."""
    schools: dict[str, list[CreditLine]] = {}
    rest: list[CreditLine] = []
    for one in lines:
        key = fold(one.person.school)
        (rest if key in small else schools.setdefault(key, [])).append(one)
    found = [(_named(group), 1, group) for _, group in sorted(schools.items())]
    if rest:
        found.append((f"{len(small)} small schools together" if len(small) > 1 else _named(rest), len(small), rest))
    return found


def _named(group: Sequence[CreditLine]) -> str:
    """A school as it is written most often; of two as often, the first by letters."""
    names: dict[str, int] = {}
    for one in group:
        names[one.person.school] = names.get(one.person.school, 0) + 1
    return min(names, key=lambda name: (-names[name], name)) or NO_SCHOOL


def _sitting(sheet: CreditSheet, small: Collection[str]) -> Sitting:
    event = sheet.event
    assert event is not None, "a session's sheet is of one event"
    groups = [_group(name, many, lines) for name, many, lines in broken_down(sheet.lines, small)]
    return Sitting(event.id, sheet.series, event.title, event.day, _group("", 1, sheet.lines), tuple(groups))


def _group(name: str, schools: int, lines: Sequence[CreditLine]) -> Group:
    if len(lines) < FEWEST:
        return Group(name, schools, 0, 0, 0, 0, 0, withheld=bool(lines))
    came = sum(one.presence is not None and bool(one.presence.stays) for one in lines)
    pending = [one.line.hundredths for one in lines if one.line.status == "pending"]
    return Group(name, schools, len(lines), came, _earned(lines), sum(pending), len(pending))


def hours_said(one: Group | Standings) -> str:
    """`24.0 h`; what waits for something apart: `0.0 h, 270.0 h wait`."""
    waiting = f", {hours_text(one.waiting)} h wait" if one.waiting else ""
    return f"{hours_text(one.hundredths)} h{waiting}"


def _earned(lines: Sequence[CreditLine]) -> int:
    return sum(one.line.hundredths for one in lines if one.line.status == "earned")


def _standing(name: str, schools: int, lines: Sequence[CreditLine]) -> Standings:
    if len(lines) < FEWEST:
        return Standings(name, schools, 0, 0, 0, 0, 0, 0, withheld=bool(lines))
    known = [one.line.standing for one in lines if one.line.standing is not None]
    complete = sum(one.complete for one in known)
    missed = sum(bool(one.missed) for one in known)
    waiting = sum(one.line.hundredths for one in lines if one.line.status == "pending")
    on_course = len(known) - complete - missed
    return Standings(name, schools, len(lines), complete, on_course, missed, _earned(lines), waiting)


def standing_text(one: Standings, *, sessions: int) -> str:
    """`12 people: 3 all 5 sessions, 7 on course, 2 missed one or more`."""
    if one.withheld:
        return TOO_FEW
    people = count(one.people, "person", "people")
    if sessions < 2:
        return people
    parts = [f"{one.complete} at all {sessions} sessions"] if one.complete else []
    parts += [f"{one.on_course} on course"] if one.on_course else []
    parts += [f"{one.missed} missed one or more"] if one.missed else []
    return f"{people}: {', '.join(parts)}" if parts else people
