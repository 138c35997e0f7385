"""By when: a field that takes a day or words, says beside them which day they come to, and keeps that day.

Owns the wording. Words that are no day are kept as they were typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from plfacilitate.core.minutes import day_text
from plfacilitate.core.problems.due import due_day
from plfacilitate.core.spoken import spoken_day
from plfacilitate.core.text import tidy
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.dialogs.form import Field
from plfacilitate.front.desk.lists.dates import far

HINT = "14 Dec, Friday, in two weeks, or words"


def due_field(desk: DeskBase, before: str = "", *, name: str = "due", label: str = "By when") -> Field:
    """The field, with what stood there before."""
    today = desk.around.today
    return Field(name, label, before, hint=HINT, says=lambda text: told(text, today))


def dated(values: Mapping[str, str], today: date, name: str = "due") -> dict[str, str]:
    """The values with the day as 2026-12-14 where the words come to one."""
    day = _day(values[name], today)
    return {**values, name: day.isoformat() if day is not None else tidy(values[name])}


def told(text: str, today: date) -> str:
    """`Thu 14 Dec, in 8 days`; "" where nothing is typed."""
    if not tidy(text):
        return ""
    day = _day(text, today)
    if day is None:
        return "kept as words, no day"
    year = f" {day.year}" if day.year != today.year else ""
    return f"{day_text(day)}{year}, {far(day, today)}"


def _day(text: str, today: date) -> date | None:
    return due_day(tidy(text), today) or spoken_day(text, today)
