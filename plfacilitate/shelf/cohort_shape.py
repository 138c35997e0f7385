"""What a cohort's file looks like.

Owns its keys and what each may hold. Imported only where a file is read, since pydantic is heavy.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated

from pydantic import BeforeValidator, Field

from plfacilitate.shelf.shapes import Id, Shape, Text, wrong

EXAMPLES: Mapping[str, str] = {
    "id": 'id = "pscpl-1"',
    "title": 'title = "PSCPL Cohort I"',
    "starts": "starts = 2023-10-02",
    "months": "months = 12",
    "date": "date = 2023-12-06",
    "name": 'name = "Lakeridge Elementary"',
    "school": 'school = "Lakeridge Elementary"',
}


def _day(value: object) -> object:
    """A day as TOML has it, or as a text of the same form."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            raise wrong("must be a day such as 2023-12-06.") from None
    if isinstance(value, datetime) or not isinstance(value, date):
        raise wrong("must be a day such as 2023-12-06.")
    if not 1970 <= value.year < 9000:
        raise wrong("is a year that nobody meets in.")
    return value


Day = Annotated[date, BeforeValidator(_day)]


class DayShape(Shape):
    """A day of the whole cohort."""

    date: Day
    title: str = ""


class SchoolDayShape(Shape):
    """A day of one school."""

    school: Text
    date: Day
    title: str = ""


class SchoolShape(Shape):
    """One school and its leadership team; each person as `Name <e-mail>`, the e-mail may be left out."""

    name: Text
    administrators: list[Text] = Field(default_factory=list)
    teacher_leaders: list[Text] = Field(default_factory=list)
    others: list[Text] = Field(default_factory=list)


class CohortShape(Shape):
    """The whole file."""

    id: Id
    title: Text
    starts: Day
    months: Annotated[int, Field(ge=1, le=60)] = 12
    office: str = ""
    visits: Annotated[int, Field(ge=0, le=60)] = 0
    school: list[SchoolShape] = Field(default_factory=list)
    session: list[DayShape] = Field(default_factory=list)
    academy: list[DayShape] = Field(default_factory=list)
    network: list[DayShape] = Field(default_factory=list)
    visit: list[SchoolDayShape] = Field(default_factory=list)
    planning: list[SchoolDayShape] = Field(default_factory=list)
