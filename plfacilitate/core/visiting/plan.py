"""What a site visit is for and where it goes: school, purpose, look-fors announced beforehand, stops.

Owns the frozen values. Never says who was seen (`core.visiting.observation`) nor who of the team was there (`core.presence`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from typing import Any, Literal, get_args

Rooms = Literal["anonymous", "named"]
ROOMS: tuple[Rooms, ...] = get_args(Rooms)
SITE_VISIT = "site-visit"
"""The kind of a plan whose day is a visit."""
PARTS: Mapping[str, str] = {
    "patterns": "Patterns",
    "adoption": "Adoption",
    "adherence": "Adherence",
    "next": "Next level of work",
}
"""What the team writes into the report, by the name of its part in the ledger."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One room on the way. `starts` is local `HH:MM`, "" = whenever; `minutes` 0 = as long as it takes.

    `room` and `host` are what the team needs to find it; a report says `Room A` unless rooms are named. `team` are
    the names of those who observe here, () = whoever is there; `protocols` the ids of what they use.
    """

    id: str
    room: str
    starts: str = ""
    minutes: int = 0
    host: str = ""
    subject: str = ""
    grade: str = ""
    team: tuple[str, ...] = ()
    protocols: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit as it was announced. `debrief` is local `HH:MM`, "" = not fixed.

    `event` is not announced with it: whoever reads a visit out of the ledger says which event it is of.
    """

    school: str
    purpose: str
    look_fors: tuple[str, ...] = ()
    rooms: Rooms = "anonymous"
    hosts: tuple[str, ...] = ()
    stops: tuple[Stop, ...] = ()
    debrief: str = ""
    event: str = field(default="", compare=False)

    def stop(self, stop_id: str) -> Stop | None:
        """The stop of that id, or None."""
        return next((stop for stop in self.stops if stop.id == stop_id), None)

    def with_stop(self, stop: Stop) -> Visit:
        """With a stop in place of the one of its id, or with one more; in order of time, those without one last."""
        stops = [stop if one.id == stop.id else one for one in self.stops]
        if self.stop(stop.id) is None:
            stops.append(stop)
        return replace(self, stops=tuple(sorted(stops, key=lambda one: (not one.starts, one.starts))))

    def without_stop(self, stop_id: str) -> Visit:
        """Without a stop."""
        return replace(self, stops=tuple(stop for stop in self.stops if stop.id != stop_id))

    def label(self, stop_id: str) -> str:
        """What a report calls a room: its name, or `Room A` where rooms stay anonymous.

        Letters don't follow the way, which the school has on paper with the names of its teachers: a digest of two ids,
        which are on no paper, shuffles them, alike on every laptop.
        """
        stop = self.stop(stop_id)
        if stop is None:
            return "a room that is not on the way"
        return stop.room if self.rooms == "named" else f"Room {_letters(self.in_letters().index(stop_id))}"

    def in_letters(self) -> list[str]:
        """The ids of the stops as a report has them one after the other: along the way, or by their letters."""
        ids = [stop.id for stop in self.stops]
        return ids if self.rooms == "named" else sorted(ids, key=lambda stop: _shuffled(self.event, stop))

    def place(self, stop_id: str) -> str:
        """What the team calls a room among themselves: its name, and behind it the letter that a report gives it."""
        stop = self.stop(stop_id)
        if stop is None or self.rooms == "named":
            return self.label(stop_id)
        return f"{stop.room} ({self.label(stop_id).removeprefix('Room ')})"

    def to_json(self) -> dict[str, Any]:
        """The visit as plain values, for the ledger."""
        return {name: value for name, value in asdict(self).items() if name != "event"}

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> Visit:
        """The visit of a snapshot; keys of a later version are passed over."""
        known = {name: value[name] for name in Visit.__dataclass_fields__ if name in value and name != "event"}
        known |= {name: tuple(value.get(name, ())) for name in ("look_fors", "hosts")}
        known["stops"] = tuple(_stop(one) for one in value.get("stops", ()))
        return Visit(**known)


def _stop(value: Mapping[str, Any]) -> Stop:
    known = {name: value[name] for name in Stop.__dataclass_fields__ if name in value}
    return Stop(**{**known, **{name: tuple(value.get(name, ())) for name in ("team", "protocols")}})


def _shuffled(event: str, stop: str) -> bytes:
    return sha256(f"visit\0{event}\0{stop}".encode("utf-8", "replace")).digest()


def _letters(place: int) -> str:
    """A to Z, then AA, AB and so on."""
    text = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        text = chr(ord("A") + letter) + text
    return text
