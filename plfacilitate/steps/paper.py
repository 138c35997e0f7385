"""The sheet of paper at the door: the same sheet as at the close, to be signed by hand and keyed in later.

Owns who stands on it. Never computes credit and never prints (`shelf.sheet`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from plfacilitate.core.fold import EventFold
from plfacilitate.core.office import Office
from plfacilitate.core.people import Person
from plfacilitate.core.refusal import Refused
from plfacilitate.core.sheet import Sheet, SheetDay, SheetRow

STATEMENT = (
    "By signing I confirm that I was here from the time in to the time out that stand in my row."
    " If I ask for fewer hours, I write them in."
)


def paper_sheet(fold: EventFold, people: Mapping[str, Person], at: datetime, *, spare: int = 12) -> Sheet:
    """A sheet with everybody expected, and `spare` empty rows for whoever comes along. Refused: `event-unknown`."""
    event = fold.event
    if event is None:
        raise Refused("event-unknown", event=fold.event_id)
    plan, office = event.plan, Office.from_json(event.office)
    everybody = [people[one] for one in fold.expected if one in people]
    rows = [SheetRow(person=one) for one in [*everybody, *(Person("") for _ in range(spare))]]
    return Sheet(
        title=plan.title,
        session_title=event.title,
        days=(SheetDay(event.title, event.starts_at, event.ends_at),),
        tz=event.tz,
        made_at=at,
        rows=tuple(rows),
        event=event.id,
        in_service=event.in_service,
        place=event.place,
        sponsor=plan.sponsor,
        presenters=plan.presenters,
        designations=plan.designations,
        approved_hundredths=plan.approved_hundredths,
        office_title=office.title,
        correction=office.correction,
        statement=STATEMENT,
    )
