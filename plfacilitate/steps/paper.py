"""The sheet of paper at the door: the same sheet as at the close, to be signed by hand and keyed in later.

Owns who stands on it, and what a row that was keyed in writes. Never computes credit and never prints (`shelf.sheet`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from plfacilitate.core.entry import Draft
from plfacilitate.core.fold import EventFold
from plfacilitate.core.minutes import minute_of
from plfacilitate.core.office import Office
from plfacilitate.core.people import Person
from plfacilitate.core.refusal import Refused
from plfacilitate.core.sheet import Sheet, SheetRow
from plfacilitate.steps.capture import Hand, correct_mark, sign_in, sign_out
from plfacilitate.steps.events import local_time
from plfacilitate.steps.sheet import sheet_head

STATEMENT = (
    "By signing I confirm that I was here from the time in to the time out that stand in my row."
    " If I ask for fewer hours, I write them in."
)


def paper_sheet(fold: EventFold, people: Mapping[str, Person], at: datetime, *, spare: int = 12) -> Sheet:
    """A sheet with everybody expected, and `spare` empty rows for whoever comes along. Refused: `event-unknown`."""
    event = fold.event
    if event is None:
        raise Refused("event-unknown", event=fold.event_id)
    everybody = [people[one] for one in fold.expected if one in people]
    rows = [SheetRow(person=one) for one in [*everybody, *(Person("") for _ in range(spare))]]
    return replace(sheet_head(event, Office.from_json(event.office), at), rows=tuple(rows), statement=STATEMENT)


REASON = "as it stands on the sheet of paper"


def key_in(
    hand: Hand, fold: EventFold, person: str, name: str, *, came: datetime | None = None, left: datetime | None = None
) -> list[Draft]:
    """What a row of the sheet says, as drafts: new times, or corrections of those that stand; [] = they stand already.

    Refused: `before-sign-in`, `out-before-in`.
    """
    event, presence = fold.event, fold.presence(person)
    if event is None:
        raise Refused("event-unknown", event=fold.event_id)
    marks = sorted(fold.marks(person), key=lambda mark: mark.at)
    first = next((mark for mark in marks if mark.is_in), None)
    # Whoever came back and did not sign out again keeps the first stay.
    last = next((mark for mark in reversed(marks) if not mark.is_in), None) if not presence.is_in else None
    began, ended = came or presence.first_in, left or presence.last_out
    if left is not None and began is None:
        raise Refused("before-sign-in", name=name, time=local_time(event, left))
    if began is not None and ended is not None and ended < began:
        raise Refused("out-before-in", name=name, out=local_time(event, ended), came=local_time(event, began))
    found = []
    for at, mark, make in ((came, first, sign_in), (left, last, sign_out)):
        if at is None or (mark is not None and minute_of(mark.at) == minute_of(at)):
            continue
        if mark is None:
            found.append(make(hand, event.id, person, at=at))
        else:
            heads = [head.id for family in fold.versions(person) if family.root == mark.root for head in family.heads]
            found.append(correct_mark(hand, event.id, person, mark, at=at, reason=REASON, settles=heads))
    return found
