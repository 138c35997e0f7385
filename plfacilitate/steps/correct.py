"""Another time for a person's sign-in or sign-out, found by name and written as `HH:MM`.

Owns which of several marks is meant. Never changes a mark without a reason.
"""

from __future__ import annotations

from datetime import UTC, datetime, time

from plfacilitate.core.directory import Directory
from plfacilitate.core.people import Person
from plfacilitate.core.plan import Event
from plfacilitate.core.refusal import Refused
from plfacilitate.steps.capture import Hand, correct_mark, sign_in, sign_out
from plfacilitate.steps.events import read_fold
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.search import people


def person_named(ledger: Ledger, name: str) -> Person:
    """The one person of an id, e-mail or name; Refused where nobody or several are meant."""
    known = people(ledger.connection)
    exact = [one for one in known if one.id == name]
    return exact[0] if exact else Directory(known).find(email=name if "@" in name else "", name=name)


def moment_on(event: Event, text: str) -> datetime:
    """`15:45` on the event's day at its place, as an aware UTC moment."""
    try:
        local = time.fromisoformat(text.strip().zfill(5))
    except ValueError:
        raise Refused("time-unreadable", text=text) from None
    return datetime.combine(event.day, local, event.zone).astimezone(UTC)


def correct_time(ledger: Ledger, hand: Hand, event: Event, name: str, *, is_in: bool, time: str, reason: str) -> None:
    """Correct the first sign-in or the last sign-out of a person; where there is none, set one."""
    person = person_named(ledger, name)
    at = moment_on(event, time)
    fold = read_fold(ledger, event.id)
    marks = sorted((mark for mark in fold.marks(person.id) if mark.is_in == is_in), key=lambda mark: mark.at)
    if marks:
        mark = marks[0] if is_in else marks[-1]
        ledger.append_one(correct_mark(hand, event.id, person.id, mark, at=at, reason=reason))
        return
    if not reason.strip():
        raise Refused("reason-missing")
    if is_in:
        ledger.append_one(sign_in(hand, event.id, person.id, at=at, reason=reason.strip()))
    else:
        if fold.presence(person.id).first_in is None:
            raise Refused("before-sign-in", name=person.spoken, time=time)
        ledger.append_one(sign_out(hand, event.id, person.id, at=at, reason=reason.strip(), closed_by_hand=True))
