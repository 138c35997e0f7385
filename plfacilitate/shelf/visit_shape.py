"""What a visit file looks like.

Owns the keys of a site visit's file and what each may hold. Imported only where a file is read, since pydantic is heavy.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator, Field

from plfacilitate.core.visiting.plan import Rooms
from plfacilitate.shelf.shapes import ClockTime, Id, Shape, Text

EXAMPLES: Mapping[str, str] = {
    "school": 'school = "Lakeridge Elementary"',
    "purpose": 'purpose = "What the team wants to learn, and what the school gets out of it"',
    "id": 'id = "s1"',
    "room": 'room = "Room 12"',
}


def _grade(value: object) -> object:
    """A grade may be written as a number."""
    return str(value) if type(value) is int else value


class StopShape(Shape):
    """One room on the way."""

    id: Id
    room: Text
    starts: ClockTime | None = None
    minutes: Annotated[int, Field(ge=1, le=24 * 60)] | None = None
    host: str = ""
    subject: str = ""
    grade: Annotated[str, BeforeValidator(_grade)] = ""
    team: list[Text] = Field(default_factory=list)
    protocols: list[Id] = Field(default_factory=list)


class VisitShape(Shape):
    """The whole file."""

    school: Text
    purpose: Text
    look_fors: list[Text] = Field(default_factory=list)
    rooms: Rooms | None = None
    hosts: list[Text] = Field(default_factory=list)
    debrief: ClockTime | None = None
    stop: list[StopShape] = Field(default_factory=list)
