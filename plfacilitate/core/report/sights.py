"""What the observers of a visit brought back, room by room, ready to be counted.

Owns how long an observation was, which observations are of one room, and which value holds for a room that several
looked at. Never says in words what it found (`core.report.findings`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from plfacilitate.core.minutes import clock, minute_of
from plfacilitate.core.protocol import Item, Protocol
from plfacilitate.core.report.words import median
from plfacilitate.core.text import fold
from plfacilitate.core.visiting.fold import Agreed, Place
from plfacilitate.core.visiting.observation import NOTHING, Observation
from plfacilitate.core.visiting.plan import Visit
from plfacilitate.core.visiting.veil import Veil

FEW = 5
"""Rooms from which on a figure is broken down where rooms are anonymous, however often each was looked at."""

DIFFER = "differ"
"""In place of a value: two observers of a room noted different ones and nothing was agreed."""

Value = str | int | float | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sight:
    """One observation as a report takes it. `room` tells rooms apart; `seconds` is how long it was, 0 = unknown."""

    observation: Observation
    room: str
    label: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Telling:
    """What may be told of whom.

    Where rooms are `open` (named), everything. Where they are not: a figure is broken down by rooms only where it rests
    on `FEW` rooms or more where the thing could be, and where the observers don't differ; below that only what holds for
    all of them together is told ("level 1 in both rooms" says of each no more than of the school); of what one room
    alone gave, a figure, words, taps, nothing. Quotes carry a room's letter only where `rooms` (all that were seen with an instrument) is `FEW`
    or more, never the time of day, which with the day's schedule would name the room; and of an instrument that was
    used in one room nothing is told or quoted: all of it would speak of one teacher.
    """

    open: bool
    rooms: int
    zone: ZoneInfo
    veil: Veil
    agreed: Mapping[Place, Agreed]

    def broken_down(self, rooms: int) -> bool:
        """Whether a figure that rests on so many rooms may be broken down."""
        return self.open or rooms >= FEW

    def alone(self, rooms: int) -> bool:
        """Whether what so many rooms gave would speak of one teacher."""
        return not self.open and rooms == 1

    @property
    def lettered(self) -> bool:
        """Whether a quote says from which room it is."""
        return self.open or self.rooms >= FEW

    def when(self, sight: Sight, at: datetime) -> str:
        """When a thing was noted: the time of day, or where rooms are anonymous the minute of the observation."""
        if self.open:
            return clock(minute_of(at), self.zone)
        return f"minute {max(0, round((at - sight.observation.started_at).total_seconds())) // 60}"


def sights(visit: Visit | None, observations: Sequence[Observation]) -> list[Sight]:
    """All observations of rooms, in the order of their letters, named ones in that of the way; interviews are none."""
    stops = visit.in_letters() if visit else []
    found = []
    for one in counted(observations):
        if one.protocol.kind != "interview":
            known = one.stop in stops
            label = visit.label(one.stop) if visit and known else "a room that is not on the way"
            found.append(Sight(one, one.stop if known else one.id, label, seconds_of(one, visit)))
    return sorted(found, key=lambda one: stops.index(one.room) if one.room in stops else len(stops))


def counted(observations: Sequence[Observation]) -> list[Observation]:
    """Those that count: not what holds nothing, and of one observer's sheets of one room the one begun last."""
    last: dict[tuple[str, ...], Observation] = {}
    for one in observations:
        if holds_something(one):
            again = one.stop and not one.respondent
            key = (one.stop, one.protocol.id, one.protocol.version, fold(one.observer)) if again else (one.id,)
            last[key] = max(last.get(key, one), one, key=lambda each: (each.started_at, each.id))
    kept = {one.id for one in last.values()}
    return [one for one in observations if one.id in kept]


def holds_something(one: Observation) -> bool:
    """Whether anything was noted, or somebody said that this is all: nothing seen is an observation, too."""
    return bool(one.ended_at or one.lines) or any(notes != NOTHING for notes in one.notes.values())


def newest(one: Observation) -> datetime:
    """The moment of the last thing that was noted."""
    moments = [one.started_at, *(line.at for line in one.lines)]
    for notes in one.notes.values():
        moments += [*notes.taps, *(glance.at for glance in notes.glances)]
        moments += [bout.ended or bout.began for bout in notes.bouts]
        moments += [notes.answer.at] if notes.answer is not None else []
    return max(moments)


def seconds_of(one: Observation, visit: Visit | None) -> int:
    """How long somebody watched. What was keyed in from paper lasted as long as was planned: its times are of the keying."""
    if one.means == "paper":
        stop = visit.stop(one.stop) if visit else None
        noted: dict[str, int] = {}  # states that exclude each other lasted one after the other
        for item in one.protocol.items:
            if item.kind == "state":
                group = item.group or item.id
                noted[group] = noted.get(group, 0) + one.of(item.id).seconds(one.started_at)
        return max([(stop.minutes if stop else 0) * 60 or one.protocol.minutes * 60, *noted.values()])
    until = one.ended_at or newest(one)
    return max(0, round((until - one.started_at) / timedelta(seconds=1)))


def by_version(observations: Iterable[Observation]) -> list[tuple[Protocol, list[Observation]]]:
    """Each version of each protocol that was used, in the order of first use, with its observations."""
    groups: dict[tuple[str, str], tuple[Protocol, list[Observation]]] = {}
    for one in observations:
        key = one.protocol.id, one.protocol.version
        groups.setdefault(key, (one.protocol, []))[1].append(one)
    return list(groups.values())


def rooms_of(group: Sequence[Sight]) -> list[str]:
    """The rooms of some observations, each once, in their order."""
    return list(dict.fromkeys(one.room for one in group))


def answered(item: Item, group: Sequence[Sight], telling: Telling) -> dict[str, Value]:
    """Room → its value; a room of which nobody noted anything is left out."""
    rooms: dict[str, list[Observation]] = {}
    for one in group:
        rooms.setdefault(one.room, []).append(one.observation)
    found = ((room, settled(item, observations, telling.agreed)) for room, observations in rooms.items())
    return {room: value for room, value in found if value is not None}


def settled(item: Item, observations: Sequence[Observation], agreed: Mapping[Place, Agreed]) -> Value | None:
    """What one room came to: what was agreed, or what all who looked noted alike; else `DIFFER`. None = nobody noted it.

    A count that differs is the median of what was counted; of a choice where several may fit, what anybody marked.
    """
    word = agreed.get((observations[0].stop, observations[0].protocol.id, item.id))
    if word is not None and word.value is not None:
        return word.value
    values = [value for one in observations if (value := _value(one, item)) is not None]
    return _one_of(item, values) if values else None


def _value(one: Observation, item: Item) -> str | int | tuple[str, ...] | None:
    answer = one.of(item.id).answer
    if answer is None or answer.value in ((), ""):
        return None
    if isinstance(answer.value, tuple):
        return tuple(option.id for option in item.options if option.id in answer.value)
    return answer.value


def _one_of(item: Item, values: Sequence[str | int | tuple[str, ...]]) -> Value:
    if all(value == values[0] for value in values):
        return values[0]
    if item.kind == "count":
        return median(value for value in values if isinstance(value, int))
    if item.kind == "choice" and item.several:
        marked = {option for value in values if isinstance(value, tuple) for option in value}
        return tuple(option.id for option in item.options if option.id in marked)
    return DIFFER
