"""Offerings that are held for a dispute.

Owns how one is named, held and released. Never judges the dispute.
"""

from __future__ import annotations

from datetime import datetime

from plfacilitate.core.entry import utc_text
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain, tidy
from plfacilitate.office.roll import called, find_series
from plfacilitate.store.register import Register
from plfacilitate.store.register.retention import Hold


def hold(register: Register, name: str, *, reason: str, at: datetime, by: str) -> Hold:
    """Hold the offering of that name. Refused: `hold-reason`, as `find_series`."""
    if not tidy(reason):
        raise Refused("hold-reason")
    kept = Hold(find_series(register, name), tidy(reason), utc_text(at), by)
    register.hold(kept)
    return kept


def release(register: Register, name: str, *, at: datetime, by: str) -> list[Hold]:
    """Hold it no longer; gives what it was held for. Refused: `not-held`, as `find_series`."""
    series = find_series(register, name)
    events = {series, *register.events_of_series(series)}
    held = [one for one in register.holds() if not events.isdisjoint(_events_of(register, one))]
    if not sum(register.release(one, utc_text(at), by) for one in {one.series for one in held}):
        raise Refused("not-held", title=plain(called(register, series)))
    return held


def held_events(register: Register) -> dict[str, list[Hold]]:
    """Event → why it is held: a hold stays with the events that it was put on, whatever their number is since."""
    found: dict[str, list[Hold]] = {}
    for one in register.holds():
        for event in _events_of(register, one):
            found.setdefault(event, []).append(one)
    return found


def _events_of(register: Register, one: Hold) -> set[str]:
    return {one.series, *register.events_of_series(one.series)}
