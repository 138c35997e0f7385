"""How far a stop of a visit is: not begun, who observes, who is done, what was agreed; and which stop comes next.

Owns the words for it. Blind by design: knows names and states only, never what anybody noted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from plfacilitate.core.plan import Event
from plfacilitate.core.text import fold, plain
from plfacilitate.core.visiting.itinerary import minute_of
from plfacilitate.core.visiting.observation import Observation
from plfacilitate.core.visiting.plan import Stop, Visit

State = Literal["not-begun", "observed", "partly", "done", "agreed"]


class Standing(NamedTuple):
    """A stop as it stands. `observing` are names; `done` of `people` have ended all that they were to observe there.

    `agreed` counts the items on which they agreed at the debrief.
    """

    state: State
    observing: tuple[str, ...]
    done: int
    people: int
    agreed: int = 0

    @property
    def words(self) -> str:
        """As people read it: `not begun`, `Ada observes · 1 of 2 done`, `done`, `done · 3 agreed`."""
        if self.state == "not-begun":
            return "not begun"
        if self.state in ("done", "agreed"):
            return f"done · {self.agreed} agreed" if self.agreed else "done"
        said = []
        if self.observing:
            verb = "observes" if len(self.observing) == 1 else "observe"
            said.append(f"{_joined(self.observing)} {verb}")
        if self.done:
            said.append(f"{self.done} of {self.people} done")
        return " · ".join(said) or "begun"


def standing(stop: Stop, observations: Iterable[Observation], agreed: Collection[tuple[str, str, str]]) -> Standing:
    """How far a stop is. `agreed` are the places (stop, protocol, item) that were talked about.

    Whoever the team names is waited for, with each protocol that the stop asks for; others who observed there count
    from when they began. An interview is done when it has ended, whoever held it.
    """
    there = [one for one in observations if one.stop == stop.id]
    observing = tuple(dict.fromkeys(one.observer for one in there if one.ended_at is None))
    people = {fold(name) for name in stop.team} | {fold(one.observer) for one in there}
    done = sum(1 for person in people if _is_done(person, stop, there))
    talked = sum(1 for place in agreed if place[0] == stop.id)
    if not there:
        state: State = "not-begun"
    elif observing:
        state = "observed"
    elif done < len(people):
        state = "partly"
    else:
        state = "agreed" if talked else "done"
    return Standing(state, observing, done, len(people), talked if state == "agreed" else 0)


def _is_done(person: str, stop: Stop, there: Sequence[Observation]) -> bool:
    own = [one for one in there if fold(one.observer) == person]
    ended = {one.protocol.id for one in own if one.ended_at is not None}
    wanted = _asked(stop, there) if any(fold(name) == person for name in stop.team) else set()
    return bool(own) and all(one.ended_at is not None for one in own) and wanted <= ended


def _asked(stop: Stop, there: Iterable[Observation]) -> set[str]:
    """The protocols that everybody of the team fills in: an interview is held once, by one of them."""
    interviews = {one.protocol.id for one in there if one.protocol.kind == "interview"}
    return set(stop.protocols) - interviews


def clock_there(event: Event, moment: datetime) -> str:
    """The time at the place as local `HH:MM`; before the day its first minute, after it its last."""
    local = moment.astimezone(event.zone)
    if local.date() == event.day:
        return f"{local:%H:%M}"
    return "00:00" if local.date() < event.day else "23:59"


def next_stop(visit: Visit, standings: Sequence[Standing], now: str) -> str:
    """The id of the stop that comes next, or goes on, at local `HH:MM`; "" = all of them are done.

    A stop whose time has passed is not waited for while another one is still to come.
    """
    left = [
        stop
        for stop, one in zip(visit.stops, standings, strict=True)
        if one.state in ("not-begun", "observed", "partly")
    ]
    minute = minute_of(now) or 0
    for stop in left:
        begins = minute_of(stop.starts)
        if begins is None or begins + max(stop.minutes, 1) > minute:
            return stop.id
    return left[0].id if left else ""


def _joined(names: Sequence[str]) -> str:
    shown = list(map(plain, names))
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
