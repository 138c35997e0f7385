"""In or out by a badge or a chosen name: what it means at this moment, and how it is told.

Owns what scanner and kiosk have in common in the writer thread. What a scan means is a rule (`core.scan`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from plfacilitate.core.entry import Entry, Means
from plfacilitate.core.fold import EventFold
from plfacilitate.core.minutes import clock, minute_of
from plfacilitate.core.people import Person
from plfacilitate.core.scan import Meaning, meaning
from plfacilitate.core.text import plain
from plfacilitate.front.desk.painting.pictures import Scan
from plfacilitate.front.desk.threads.hands import Done, Work
from plfacilitate.steps.capture import Hand


def meant(fold: EventFold, person: str, now: datetime, *, out: bool | None) -> Meaning:
    """What it does to this person. `out` None = by the agenda's end."""
    leaving = out if out is not None else fold.event is not None and fold.event.ending(now)
    return meaning(fold.presence(person), now, out=leaving)


def hand_of(work: Work, means: Means) -> Hand:
    """Whose deed it is: the facilitator's, or at the kiosk the kiosk's."""
    return replace(work.hand, means=means, by="kiosk" if means == "kiosk" else work.hand.by)


def already(fold: EventFold, did: Meaning, who: Person, number: str = "") -> Done:
    """It is so already: since when."""
    last = fold.presence(who.id).stays[-1]
    since = last.left.at if last.left is not None else last.came.at
    return Done("already", (), fold.event_id, Scan(did, number, who.name, time_of(fold, since)))


def told(fold: EventFold, did: Meaning, who: Person, entries: Sequence[Entry], number: str = "") -> Done:
    """It was done; said once it is durable."""
    at = next(entry.at for entry in entries if entry.kind in ("sign-in", "sign-out"))
    time = time_of(fold, at)
    return Done(f"{plain(who.name)} {did} at {time}", tuple(entries), fold.event_id, Scan(did, number, who.name, time))


def time_of(fold: EventFold, at: datetime) -> str:
    """A moment as the clock on the wall shows it; "" where the event is not known."""
    return clock(minute_of(at), fold.event.zone) if fold.event is not None else ""
