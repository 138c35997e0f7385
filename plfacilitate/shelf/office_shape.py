"""What an office's file looks like.

Owns the keys of `exports/*.toml` and what each may hold. Imported only where a file is read, since pydantic is heavy.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from plfacilitate.core.office import AGENDA_UNLESS_SAID, ROOMS_UNLESS_SAID, Agenda, Round
from plfacilitate.core.plan import SegmentKind
from plfacilitate.core.visiting.plan import Rooms
from plfacilitate.shelf.shapes import Id, Number, Shape, Text, wrong

EXAMPLES: Mapping[str, str] = {
    "version": 'version = "2026-1"',
    "title": 'title = "The name of the office"',
    "counts": 'counts = ["instruction", "work-time", "protocol"]',
    "round_step_minutes": "round_step_minutes = 30",
    "round": 'round = "total"',
    "sheet_due_days": "sheet_due_days = 10",
    "column": '[[column]] with title = "Last name" and field = "last_name"',
    "field": 'field = "last_name"',
}


def _least(value: object) -> object:
    if value == "none":
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise wrong('must be whole minutes such as 60, or "none".')
    return value


def _cap(value: object) -> object:
    return None if value == "none" else value


class ColumnShape(Shape):
    """One column of the table."""

    title: Text
    field: Id
    ceds: str = ""


class FeeShape(Shape):
    """What a person pays, in dollars."""

    per_hour: Number = Decimal(0)
    minimum: Number = Decimal(0)
    added: Number = Decimal(0)
    added_up_to_hours: Number | None = None
    note: str = ""


class VisitsShape(Shape):
    """What holds for site visits."""

    rooms: Rooms = ROOMS_UNLESS_SAID


class OfficeShape(Shape):
    """The whole file."""

    id: Id | None = None
    version: Text
    title: Text
    counts: Annotated[list[SegmentKind], Field(min_length=1)]
    minutes_per_hour: Annotated[int, Field(ge=1, le=60)] = 60
    round_step_minutes: Annotated[int, Field(ge=1, le=60)]
    round: Round
    agenda: Agenda = AGENDA_UNLESS_SAID
    offering_minimum_minutes: Annotated[int, Field(ge=0, le=24 * 60)] = 60
    person_minimum: Annotated[int | None, BeforeValidator(_least)] = None
    day_cap: Annotated[Number | None, BeforeValidator(_cap)] = None
    evaluation: Literal["door", "provider"] = "provider"
    sheet_due_days: Annotated[int, Field(ge=0, le=366)]
    transcript_approved: bool = False
    keep_years: Annotated[int, Field(ge=1, le=100)] = 7
    platform: str = ""
    contact: str = ""
    correction: str = ""
    sources: list[Text] = Field(default_factory=list)
    fee: FeeShape = FeeShape()
    visits: VisitsShape = VisitsShape()
    column: Annotated[list[ColumnShape], Field(min_length=1)]
    assumed: dict[str, Text] = Field(default_factory=dict)
