"""Groups on one page: who is in which, and how evenly they are mixed.

Owns what stands on it. The look is `exports/documents/groups.typ`. Never draws a group.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from plfacilitate.core.drawn import Drawing
from plfacilitate.core.grouping import Member, Share, role_of, school_of, shares, why
from plfacilitate.core.people import Person
from plfacilitate.core.plan import Event
from plfacilitate.shelf.protocol_form import Paper
from plfacilitate.shelf.shipped import folder
from plfacilitate.shelf.typeset import printable, typeset

TEMPLATE = "groups.typ"
_LONGEST = 80  # characters of a name on the page
_WIDE = 8  # groups from which on the two tables stand one below the other


def page(
    event: Event,
    drawing: Drawing,
    members: Sequence[Sequence[Member]],
    people: Mapping[str, Person],
    made_at: datetime,
    *,
    paper: Paper = "us-letter",
    template: Path | None = None,
    kind: Literal["pdf", "png"] = "pdf",
) -> bytes:
    """The groups to be hung up; `png` gives a picture. Refused: `sheet-not-drawn`."""
    source = template or folder("exports") / "documents" / TEMPLATE
    return typeset(source, "groups", printed(event, drawing, members, people, paper), made_at, kind=kind)


def printed(
    event: Event, drawing: Drawing, members: Sequence[Sequence[Member]], people: Mapping[str, Person], paper: Paper
) -> dict[str, Any]:
    """Everything that the template prints."""
    count = len(drawing.groups)
    return {
        "paper": paper,
        "title": _said(f"Groups: {event.title}"),
        "day": f"{event.day:%A, %B} {event.day.day}, {event.day:%Y}",
        "across": 1 if count == 1 else 2 if count <= 6 else 3,
        "wide": count > _WIDE,
        "numbers": [str(number) for number in range(1, count + 1)],
        "groups": [_box(drawing, number, people) for number in range(1, count + 1)],
        "why": _sentence(drawing, members),
        "schools": _rows(shares(members, school_of)),
        "roles": _rows(shares(members, role_of)),
        "foot": _said(event.plan.title),
    }


def _box(drawing: Drawing, number: int, people: Mapping[str, Person]) -> dict[str, Any]:
    group = drawing.groups[number - 1]
    known = [people.get(one) or Person(one, last_name="?") for one in group]
    return {
        "title": _said(drawing.title(number)),
        "count": f"{len(group)}",
        "people": [{"name": _said(one.spoken), "school": _said(one.school)} for one in known],
    }


def _sentence(drawing: Drawing, members: Sequence[Sequence[Member]]) -> str:
    said = why(members)
    how = {"mix": "Evenly mixed by school and role", "random": "Drawn by chance", "choice": "By choice"}[drawing.way]
    return f"{how}: {said}." if said else ""


def _rows(found: Sequence[Share]) -> list[dict[str, Any]]:
    """The rows of a table; none where only one thing is known of everybody."""
    if len(found) < 2:
        return []
    return [{"name": _said(one.name or "not known"), "each": [str(count) for count in one.each]} for one in found]


def _said(text: str) -> str:
    return printable(text, _LONGEST)
