"""A visit on one page, for the school: who comes when, what for, what will be written down and what will not.

Owns what stands on it. The look is `exports/documents/visit.typ`. Never says what was seen.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from plfacilitate.core.plan import Event
from plfacilitate.core.refusal import Refused
from plfacilitate.core.visiting.itinerary import ends
from plfacilitate.core.visiting.plan import Rooms, Stop, Visit
from plfacilitate.shelf.protocol_form import Paper
from plfacilitate.shelf.protocols import find_protocol
from plfacilitate.shelf.shipped import folder
from plfacilitate.shelf.typeset import printable, typeset

TEMPLATE = "visit.typ"
_LONGEST = 600  # characters of one text on the page
_WRITTEN = (
    "What students and teachers say and do, in their own words, with the time.",
    "What can be counted or timed: questions, who talks, who chooses.",
    "What we ask students and adults, if they are willing to answer.",
)
_NOT_WRITTEN = (
    "Names of students: they become S1, S2 and so on.",
    "Praise, blame or advice about a teacher; nothing goes into anybody's evaluation.",
    "Photographs and recordings.",
)
_ROOMS: dict[Rooms, str] = {
    "anonymous": "The report calls rooms Room A, Room B and so on, and names no teacher.",
    "named": "The report calls rooms by their names, as your office has agreed.",
}
_GIVEN = "The school gets a report: patterns over several rooms, with what was seen, and questions to work on."


def page(
    event: Event,
    visit: Visit,
    made_at: datetime,
    protocols: Path,
    *,
    paper: Paper = "us-letter",
    template: Path | None = None,
    kind: Literal["pdf", "png"] = "pdf",
) -> bytes:
    """The announcement; `protocols` = the workspace's folder of them; `png` gives a picture. Refused: `sheet-not-drawn`."""
    source = template or folder("exports") / "documents" / TEMPLATE
    return typeset(source, "visit", printed(event, visit, protocols, paper), made_at, kind=kind)


def printed(event: Event, visit: Visit, protocols: Path, paper: Paper) -> dict[str, Any]:
    """Everything that the template prints."""
    titles = {one: _title(one, protocols) for stop in visit.stops for one in stop.protocols}
    team = list(dict.fromkeys(name for stop in visit.stops for name in stop.team))
    return {
        "paper": paper,
        "title": _said(f"Site visit at {visit.school}"),
        "day": f"{event.day:%A, %B} {event.day.day}, {event.day:%Y}",
        "purpose": _said(visit.purpose),
        "look_fors": list(map(_said, visit.look_fors)),
        "hosts": _said(", ".join(visit.hosts)),
        "team": _said(", ".join(team)),
        "stops": [_row(stop, titles) for stop in visit.stops],
        "debrief": visit.debrief,
        "written": list(_WRITTEN),
        "not_written": list(_NOT_WRITTEN),
        "rooms": _ROOMS[visit.rooms],
        "given": _GIVEN,
        "foot": _said(event.title),
    }


def _row(stop: Stop, titles: dict[str, str]) -> dict[str, Any]:
    grade = f"grade\N{NO-BREAK SPACE}{stop.grade}" if stop.grade[:1].isdigit() else stop.grade
    return {
        "time": f"{stop.starts}–{ends(stop)}".rstrip("–"),
        "room": _said(stop.room),
        "host": _said(stop.host),
        "what": _said(", ".join(filter(None, (stop.subject, grade)))),
        "team": list(map(_said, stop.team)),
        "with": [_said(titles[one]) for one in stop.protocols],
    }


def _title(protocol: str, own: Path) -> str:
    """What a protocol is called; its id where it can't be read on this laptop."""
    try:
        return find_protocol(protocol, own).title
    except Refused:
        return protocol


def _said(text: str) -> str:
    return printable(text, _LONGEST)
