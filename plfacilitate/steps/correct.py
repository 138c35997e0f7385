"""What a person at the desk sets right about one attendee: their times, hours asked for, hours or credits.

Owns which of several marks is meant, and that nobody is out before they were in. Never changes anything without a
reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from plfacilitate.core.directory import Directory
from plfacilitate.core.entry import Draft, Entry
from plfacilitate.core.fold import EventFold
from plfacilitate.core.localtime import UnreadableTime, parse_moment
from plfacilitate.core.people import Person
from plfacilitate.core.plan import Event
from plfacilitate.core.presence import Mark
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain, tidy
from plfacilitate.steps.capture import Hand, choose, correct_mark, request, sign_in, sign_out, written
from plfacilitate.steps.events import check_kept, local_time, read_fold
from plfacilitate.steps.merge import merged_people
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.search import people, person


def person_named(ledger: Ledger, name: str) -> Person:
    """The one person of an id, e-mail or name; Refused where nobody or several are meant."""
    exact = person(ledger.connection, merged_people(ledger).get(name, name))
    return exact or Directory(people(ledger.connection)).find(email=name if "@" in name else "", name=name)


def moment_on(event: Event, text: str) -> datetime:
    """`15:45` on the event's day at its place, as an aware UTC moment. Refused: `time-missing`, `time-unreadable`."""
    if not text.strip():
        raise Refused("time-missing")
    try:
        return parse_moment(text.strip(), event.zone, event.day).at
    except UnreadableTime:
        raise Refused("time-unreadable", text=plain(text)) from None


@dataclass(frozen=True, slots=True)
class Correction:
    """What to set; None = leave it. `came` and `left` are `HH:MM`, `hours` is `4.5`, `choice` one that the plan offers."""

    came: str | None = None
    left: str | None = None
    hours: str | None = None
    choice: str | None = None


def correct(ledger: Ledger, hand: Hand, event: Event, who: Person, what: Correction, *, reason: str) -> list[Entry]:
    """Set the first sign-in, the last sign-out, the hours asked for, the choice. All of it or nothing.

    A sign-in or sign-out that is not there is made. Refused: `reason-missing`, `time-unreadable`, `hours-unreadable`,
    `choice-unknown`, `out-before-in`, `event-cleared`, and `before-sign-in` for an out of somebody who never came.
    """
    if not tidy(reason):
        raise Refused("reason-missing")
    check_kept(read_fold(ledger, event.id))
    drafts = _times(ledger, hand, event, who, what, reason)
    if what.hours is not None:
        drafts.append(request(hand, event.id, who.id, hundredths(what.hours), reason=reason))
    if what.choice is not None:
        chosen = next((one for one in event.plan.choice if one == what.choice), None)
        if chosen is None:
            raise Refused("choice-unknown", title=event.plan.title, known=", ".join(event.plan.choice))
        drafts.append(choose(hand, event.id, who.id, chosen, offering=event.series, reason=reason))
    return written(ledger.append(drafts))


def hundredths(text: str) -> int:
    """`4.5` → 450, hundredths of an hour. Refused: `hours-unreadable`."""
    found = re.fullmatch(r"(\d{1,3})(?:\.(\d{1,2}))?", text.strip(), re.ASCII)
    if found is None:
        raise Refused("hours-unreadable", text=plain(text))
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


def _times(ledger: Ledger, hand: Hand, event: Event, who: Person, what: Correction, reason: str) -> list[Draft]:
    came, left = what.came, what.left
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
    return drafts


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
