"""Whether the way of a visit can be walked: times that fit, people who are in one room at a time.

Owns the rules and their sentences, which a visit file and a form of the desk share. Never knows where a visit was
written down.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from plfacilitate.core.text import fold, plain
from plfacilitate.core.visiting.plan import Stop, Visit

MOST_STOPS = 60
"""Stops of one visit: more is no visit of a day."""
_DAY = 24 * 60


class Trouble(NamedTuple):
    """What keeps a way from being walked: at which stop (its place from 0), under which key, and the sentence."""

    stop: int
    key: tuple[str | int, ...]
    sentence: str


def minute_of(time: str) -> int | None:
    """The minute of the day of a local `HH:MM`; None for ""."""
    if not time:
        return None
    hour, minute = time.split(":")
    return int(hour) * 60 + int(minute)


def clock_time(text: str) -> str | None:
    """`900`, `9:00` or `09:00` as local `HH:MM`; None where it is no time of day."""
    found = re.fullmatch(r"([01]?\d|2[0-3]):?([0-5]\d)", text.strip(), re.ASCII)
    return f"{int(found[1]):02}:{found[2]}" if found else None


def ends(stop: Stop) -> str:
    """When a stop ends as local `HH:MM`; "" where its beginning or its length is not fixed."""
    begins = minute_of(stop.starts)
    return _clock(begins + stop.minutes) if begins is not None and stop.minutes else ""


def troubles(visit: Visit) -> list[Trouble]:
    """All that can't be as it stands, stop by stop. [] = the way can be walked."""
    if len(visit.stops) > MOST_STOPS:
        said = f"is one stop too many: {len(visit.stops)} of them, at most {MOST_STOPS}."
        return [Trouble(MOST_STOPS, (), said)]
    found = [*_ids(visit), *_teams(visit), *_late(visit), *_overlaps(visit)]
    return sorted(found, key=lambda trouble: trouble.stop)


def _ids(visit: Visit) -> Iterator[Trouble]:
    seen: set[str] = set()
    for place, stop in enumerate(visit.stops):
        if stop.id in seen:
            yield Trouble(place, ("id",), f'"{plain(stop.id)}" is the id of an earlier stop too: give each its own.')
        seen.add(stop.id)


def _teams(visit: Visit) -> Iterator[Trouble]:
    for place, stop in enumerate(visit.stops):
        seen: set[str] = set()
        for at, name in enumerate(stop.team):
            if fold(name) in seen:
                yield Trouble(place, ("team", at), f"{plain(name)} is named twice: once is enough.")
            seen.add(fold(name))


def _late(visit: Visit) -> Iterator[Trouble]:
    debrief = minute_of(visit.debrief)
    for place, stop in enumerate(visit.stops):
        begins = minute_of(stop.starts)
        if begins is None:
            continue
        if begins + stop.minutes > _DAY:
            yield Trouble(place, ("minutes",), f"{stop.minutes} min from {stop.starts} go on after midnight.")
        elif debrief is not None and begins >= debrief:
            yield Trouble(place, ("starts",), f"{stop.starts} is after the debrief begins ({visit.debrief}).")
        elif debrief is not None and begins + stop.minutes > debrief:
            said = (
                f"{stop.minutes} min from {stop.starts} go on until {ends(stop)}, past the debrief ({visit.debrief})."
            )
            yield Trouble(place, ("minutes",), said)


def _overlaps(visit: Visit) -> Iterator[Trouble]:
    """Who is in two rooms at once. A stop of no fixed length takes its first minute only."""
    for (_, one), (place, other) in combinations(enumerate(visit.stops), 2):
        first, second = _span(one), _span(other)
        if first is None or second is None or first[0] >= second[1] or second[0] >= first[1]:
            continue
        there = {fold(name) for name in one.team}
        for at, name in enumerate(other.team):
            if fold(name) in there:
                until = f"{one.starts}–{ends(one)}" if one.minutes else f"at {one.starts}"
                said = f"{plain(name)} is in {plain(one.room)} ({plain(one.id)}) then, {until}: nobody is in two rooms."
                yield Trouble(place, ("team", at), said)


def _span(stop: Stop) -> tuple[int, int] | None:
    begins = minute_of(stop.starts)
    return None if begins is None else (begins, begins + max(stop.minutes, 1))


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02}:{minute % 60:02}"
