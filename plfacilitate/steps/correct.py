"""Other times for a person's sign-in and sign-out, found by name and written as `HH:MM`.

Owns which of several marks is meant, and that nobody is out before they were in. Never changes a mark without a reason.
"""

from __future__ import annotations

from datetime import datetime

from plfacilitate.core.directory import Directory
from plfacilitate.core.entry import Draft, Entry
from plfacilitate.core.fold import EventFold
from plfacilitate.core.localtime import UnreadableTime, parse_moment
from plfacilitate.core.people import Person
from plfacilitate.core.plan import Event
from plfacilitate.core.presence import Mark
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import tidy
from plfacilitate.steps.capture import Hand, correct_mark, sign_in, sign_out, written
from plfacilitate.steps.events import local_time, read_fold
from plfacilitate.steps.merge import merged_people
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.search import people, person


def person_named(ledger: Ledger, name: str) -> Person:
    """The one person of an id, e-mail or name; Refused where nobody or several are meant."""
    exact = person(ledger.connection, merged_people(ledger).get(name, name))
    return exact or Directory(people(ledger.connection)).find(email=name if "@" in name else "", name=name)


def moment_on(event: Event, text: str) -> datetime:
    """`15:45` on the event's day at its place, as an aware UTC moment. Refused: `time-unreadable`."""
    try:
        return parse_moment(text.strip(), event.zone, event.day).at
    except UnreadableTime:
        raise Refused("time-unreadable", text=text) from None


def correct_times(
    ledger: Ledger, hand: Hand, event: Event, who: Person, *, came: str | None, left: str | None, reason: str
) -> list[Entry]:
    """Set the first sign-in, the last sign-out or both; one that is not there is made. All of it or nothing.

    Refused: `reason-missing`, `time-unreadable`, `out-before-in`, `before-sign-in` for an out of somebody who never came.
    """
    if not tidy(reason):
        raise Refused("reason-missing")
    new_in, new_out = (moment_on(event, text) if text is not None else None for text in (came, left))
    fold = read_fold(ledger, event.id)
    _check(event, fold, who, new_in, new_out)
    drafts = []
    if new_in is not None:
        ins = [mark for mark in _in_order(fold, who) if mark.is_in]
        drafts += [_corrected(hand, fold, who, mark, new_in, reason) for mark in ins[:1]]
        drafts = drafts or [sign_in(hand, event.id, who.id, at=new_in, reason=tidy(reason))]
    if new_out is not None:
        # Whoever came back and forgot to sign out again keeps the first stay.
        outs = [mark for mark in _in_order(fold, who) if not mark.is_in and not fold.presence(who.id).is_in]
        again = [_corrected(hand, fold, who, mark, new_out, reason) for mark in outs[-1:]]
        by_hand = sign_out(hand, event.id, who.id, at=new_out, reason=tidy(reason), closed_by_hand=True)
        drafts += again or [by_hand]
    return written(ledger.append(drafts))


def _in_order(fold: EventFold, who: Person) -> list[Mark]:
    return sorted(fold.marks(who.id), key=lambda mark: mark.at)


def _corrected(hand: Hand, fold: EventFold, who: Person, mark: Mark, at: datetime, reason: str) -> Draft:
    """The new time, which settles what was undecided about the old one."""
    heads = [head.id for family in fold.versions(who.id) if family.root == mark.root for head in family.heads]
    return correct_mark(hand, fold.event_id, who.id, mark, at=at, reason=reason, settles=heads)


def _check(event: Event, fold: EventFold, who: Person, new_in: datetime | None, new_out: datetime | None) -> None:
    """Nobody is out before they were in."""
    presence = fold.presence(who.id)
    came, left = new_in or presence.first_in, new_out or presence.last_out
    if new_out is not None and came is None:
        raise Refused("before-sign-in", name=who.spoken, time=local_time(event, new_out))
    if came is not None and left is not None and left < came:
        raise Refused("out-before-in", name=who.spoken, out=local_time(event, left), came=local_time(event, came))
