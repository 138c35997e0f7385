"""Visits to two schools for the desk's insights: four to one, with few rooms in the third; one room of the other."""

from __future__ import annotations

from datetime import date, timedelta

from plfacilitate.core.visiting.fold import VisitFold
from plfacilitate.core.visiting.plan import Stop, Visit
from plfacilitate.shelf.plans import find_plan
from plfacilitate.shelf.protocols import find_protocol
from plfacilitate.steps import events, observe
from plfacilitate.steps.capture import written
from tests.front.desk.day import DAY, TZ, Day, psesd
from tests.front.desk.visiting import NOWHERE

LENS, LAKE = "psesd-lens", "lake-county-visit"
SCHOOL = "Lakeridge Elementary"


def walked(day: Day, school: str, on: date, rooms: int, seen: int, level: int, protocol: str = LENS) -> str:
    """A visit: all look-fors seen in the first rooms, all levels alike but one higher in the last room; gives the event."""
    plan, hand = find_plan("site-visit", NOWHERE, offices=NOWHERE), day.hand()
    event = events.schedule_event(day.ledger, hand, plan, psesd(), events.Schedule("s1", on, TZ, school))
    stops = tuple(Stop(f"s{n}", f"Room {n}") for n in range(rooms))
    drafts = [observe.plan_visit(hand, VisitFold(event), Visit(school, "To see", stops=stops))]
    instrument = find_protocol(protocol, NOWHERE)
    drafts += [observe.begin(hand, event, instrument, observer="Ada", stop=stop.id) for stop in stops]
    written(day.ledger.append(drafts))
    fold = observe.read_visit(day.ledger, event)
    for place, one in enumerate(sorted(fold.observations, key=lambda one: one.stop)):
        levels = level + (place == rooms - 1)
        answers = {"look-for": "seen" if place < seen else "not seen", "rating": levels}
        items = [item for item in instrument.items if item.kind in answers]
        written(day.ledger.append([observe.note(hand, one, item.id, answers[item.kind]) for item in items]))
        written(day.ledger.append([observe.end(hand, one)]))
    return event


def visits_on(day: Day) -> None:
    """Two schools."""
    for number, (rooms, seen, level) in enumerate(((5, 1, 1), (6, 3, 2), (3, 2, 2), (5, 4, 3))):
        walked(day, SCHOOL, DAY - timedelta(days=200 - 50 * number), rooms, seen, level)
    walked(day, SCHOOL, DAY - timedelta(days=20), 5, 5, 2, LAKE)
    walked(day, "Olympic [b]Middle[/b]", DAY - timedelta(days=10), 1, 1, 2)
