"""What each attendee takes home, as one row a person for a mail merge: for those who left without looking.

Owns the columns. Never computes: times and hours are those of the sheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from plfacilitate.core.agenda import SessionFacts
from plfacilitate.core.explain import explain
from plfacilitate.core.minutes import clock, day_text, hours_text, minute_of
from plfacilitate.core.plan import Event
from plfacilitate.core.tally import CreditLine, CreditSheet
from plfacilitate.steps.tally import event_credit, series_credit
from plfacilitate.store.ledger import Ledger

COLUMNS = (
    "email", "first_name", "last_name", "school", "title", "session", "date", "place", "in_service", "times", "minutes",
    "hours", "status", "how_counted", "standing", "claim_code", "platform", "hours_to_enter", "correction",
)  # fmt: skip

Row = tuple[str | int | float | None, ...]


class Records(NamedTuple):
    """The rows in last-name order, and how many of these people have no e-mail to write to."""

    rows: Sequence[Row]
    without_email: int


def records(ledger: Ledger, event: str, at: datetime) -> Records:
    """One row for everybody who was there and is out. Claim code and hours to enter only once the event has ended.

    Refused: `event-unknown`.
    """
    sheet = event_credit(ledger, event, at=at)
    one = sheet.event
    assert one is not None, "an event's sheet is of one event"
    whole = {}
    if len(one.plan.sessions) > 1:
        whole = {line.person.id: line for line in series_credit(ledger, one.series, at=at).lines}
    there = [line for line in sheet.lines if line.presence and line.presence.stays and not line.presence.is_in]
    over = one.closed_at is not None or at >= one.ends_at
    rows = [_row(sheet, one, line, whole, over=over) for line in there]
    return Records(rows, sum(1 for line in there if not line.person.email))


def _row(sheet: CreditSheet, event: Event, one: CreditLine, whole: Mapping[str, CreditLine], *, over: bool) -> Row:
    person, line = one.person, one.line
    claimed = whole.get(person.id, one).line
    ready = over and claimed.status == "earned" and claimed.hundredths > 0
    assert isinstance(sheet.facts, SessionFacts), "an event's facts are those of its session"
    return (
        person.email,
        person.first_name,
        person.last_name,
        person.school,
        event.plan.title,
        event.title,
        f"{day_text(event.day)} {event.day.year}",
        event.place,
        event.in_service,
        _times(event, one),
        line.minutes,
        line.hundredths / 100,
        line.status,
        explain(sheet.facts, line),
        line.standing.text if line.standing else "",
        event.claim_code if ready else "",
        str(event.office.get("platform", "")) if ready else "",
        hours_text(claimed.hundredths) if ready else "",
        sheet.office.correction,
    )


def _times(event: Event, one: CreditLine) -> str:
    stays = one.presence.stays if one.presence else ()
    said = [(stay.came.at, stay.left.at if stay.left else None) for stay in stays]
    return ", ".join(
        f"{clock(minute_of(came), event.zone)}–{clock(minute_of(left), event.zone) if left else ''}"
        for came, left in said
    )
