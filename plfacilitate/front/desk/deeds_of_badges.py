"""What a badge does at the desk, each as one function for the writer thread: a scan, a badge given to somebody.

Owns the words about badges. What a scan means is a rule (`core.scan`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from plfacilitate.core.badges import spaced
from plfacilitate.core.entry import Means
from plfacilitate.core.fold import EventFold
from plfacilitate.core.minutes import clock, minute_of
from plfacilitate.core.people import Person
from plfacilitate.core.presence import Presence
from plfacilitate.core.refusal import Refused
from plfacilitate.core.scan import meaning
from plfacilitate.core.text import plain
from plfacilitate.front.desk.hands import Deed, Done, Work
from plfacilitate.front.desk.pictures import Scan
from plfacilitate.steps import capture
from plfacilitate.store import search


def scan(event: str, number: str, *, out: bool | None, means: Means = "badge") -> Deed:
    """A badge was read: its holder is in or out, if the rule says so. `out` None = by the agenda's end."""

    def deed(work: Work) -> Done:
        search.catch_up(work.ledger.connection)
        who = search.by_badge(work.ledger.connection, number)
        if who is None:
            return Done("badge unknown", (), event, Scan("unknown", number))
        return _signed(work, event, who, number, out, means)

    return deed


def _signed(work: Work, event: str, who: Person, number: str, out: bool | None, means: Means) -> Done:
    fold, now = work.fold(event), work.hand.clock()
    leaving = out if out is not None else fold.event is not None and fold.event.ending(now)
    what = meaning(fold.presence(who.id), now, out=leaving)
    if what in ("in-already", "out-already"):
        return Done("already", (), event, Scan(what, number, who.name, _since(fold, fold.presence(who.id))))
    hand = replace(work.hand, means=means, by="kiosk" if means == "kiosk" else work.hand.by)
    draft = (capture.sign_in if what == "in" else capture.sign_out)(hand, event, who.id, at=now)
    entries = work.write([draft])
    said = f"{plain(who.name)} {what} at {_time(fold, entries[0].at)}"
    return Done(said, entries, event, Scan(what, number, who.name, _time(fold, entries[0].at)))


def give_badge(event: str, number: str, person: str, name: str) -> Deed:
    """A badge that nobody has is this person's from now on, and they are in."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps.merge import person_heads

        search.catch_up(work.ledger.connection)
        holder = search.by_badge(work.ledger.connection, number)
        if holder is not None:
            raise Refused("badge-taken", number=spaced(number), name=plain(holder.name))
        body = {"fields": {"badge": number}, "reason": "scanned at the desk"}
        replaces = person_heads(work.ledger, person)
        drafts = [work.hand.draft("person", person=person, body=body, replaces=replaces)]
        fold = work.fold(event)
        if not fold.presence(person).is_in:
            drafts.append(capture.sign_in(work.hand, event, person))
        entries = work.write(drafts)
        came = f", in at {_time(fold, entries[-1].at)}" if len(entries) > 1 else ""
        return Done(f"{plain(name)} has badge {spaced(number)}{came}", entries, event)

    return deed


def _time(fold: EventFold, at: datetime) -> str:
    return clock(minute_of(at), fold.event.zone) if fold.event is not None else ""


def _since(fold: EventFold, presence: Presence) -> str:
    last = presence.stays[-1]
    return _time(fold, last.left.at if last.left is not None else last.came.at)
