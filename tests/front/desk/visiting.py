"""A site visit for the desk's tests: five rooms, two observers, the example that is shipped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from plfacilitate.core.office import Office
from plfacilitate.core.visiting.fold import VisitFold
from plfacilitate.core.visiting.plan import Visit
from plfacilitate.shelf.offices import find_office
from plfacilitate.shelf.plans import find_plan
from plfacilitate.shelf.protocols import find_protocol
from plfacilitate.shelf.visits import read_visit_file
from plfacilitate.steps import events, observe
from plfacilitate.steps.capture import written
from tests.front.desk.day import DAY, TZ, Day
from tests.visits import EXAMPLE

NOWHERE = Path("/nowhere")
DANA, LAN = "Dana Whitfield", "Lan Nguyễn"


def shipped_visit() -> Visit:
    """The example."""
    return read_visit_file(EXAMPLE, protocols=NOWHERE, allowed="anonymous")


def visiting_day(folder: Path, at: str = "9:30", *, visit: Visit | None = None, rooms: str = "anonymous") -> Day:
    """A site visit's event, its doors open, the visit announced. Dana sits at the desk."""
    day = Day.begin(folder, "8:20")
    day.around = replace(day.around, by=DANA)
    plan = find_plan("site-visit", NOWHERE, offices=NOWHERE)
    office: Office = find_office("psesd", NOWHERE)
    office = replace(office, visit_rooms="named" if rooms == "named" else "anonymous")
    when = events.Schedule("s1", DAY, TZ, "Lakeridge Elementary")
    day.event = events.schedule_event(day.ledger, day.hand(), plan, office, when)
    events.open_event(day.ledger, day.hand(), events.read_event(day.ledger, day.event), plan, office)
    announce(day, visit or shipped_visit())
    return day.at(at)


def announce(day: Day, visit: Visit) -> None:
    """The visit is announced."""
    written(day.ledger.append([observe.plan_visit(day.hand(), standing(day), visit)]))


def observes(
    day: Day, who: str, stop: str, protocol: str, *, at: str = "", ended: str = "", respondent: str = ""
) -> str:
    """Somebody observes, with one line of their own, until `ended`; gives the observation."""
    hand = day.hand()
    draft = observe.begin(
        hand, day.event, find_protocol(protocol, NOWHERE), observer=who, stop=stop, respondent=respondent,
        at=day.moment(at) if at else None,
    )  # fmt: skip
    day.ledger.append([draft])
    seen = standing(day).observation(draft.id)
    assert seen is not None
    day.ledger.append([observe.line(hand, seen, "a line that nobody else reads", at=day.moment(at) if at else None)])
    if ended:
        day.ledger.append([observe.end(hand, seen, at=day.moment(ended))])
    return draft.id


def standing(day: Day) -> VisitFold:
    """The visit as it stands in the ledger."""
    return observe.read_visit(day.ledger, day.event)
