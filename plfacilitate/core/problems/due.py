"""By when something was promised, read out of what somebody typed.

Owns the ways in which a day may be written. Never guesses: words that are no day have none.
"""

from __future__ import annotations

import re
from datetime import date

from plfacilitate.core.localtime import parse_day
from plfacilitate.core.text import fold

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_NUMBER = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?")
_SHORT = re.compile(r"\s*(?P<month>\d{1,2})/(?P<day>\d{1,2})\s*")
_YEAR = re.compile(r"20\d\d")


def due_day(text: str, said: date) -> date | None:
    """The day that was meant, for something said on a day; None = no day is written there.

    `2023-12-14`, `12/14/2023`, `12/14`, `14 Dec`, `Thursday, December 14th`. Without a year it is the next such day.
    """
    exact = parse_day(text.strip())
    if exact is not None:
        return exact
    short = _SHORT.fullmatch(text)
    if short:
        return _next(int(short["month"]), int(short["day"]), said)
    words = fold(text).split()
    months = [month for word in words if (month := _month(word))]
    days = [int(found["day"]) for word in words if (found := _NUMBER.fullmatch(word))]
    years = [int(word) for word in words if _YEAR.fullmatch(word)]
    if len(months) != 1 or len(days) != 1 or len(years) > 1:
        return None
    if years:
        return _day(years[0], months[0], days[0])
    return _next(months[0], days[0], said)


def _month(word: str) -> int:
    """The month of its name or at least its first three letters; 0 = it is none."""
    if len(word) < 3:
        return 0
    return next((n for n, name in enumerate(_MONTHS, start=1) if name.startswith(word)), 0)


def _next(month: int, day: int, said: date) -> date | None:
    """The first such day that is not before; 29 February waits for its year."""
    for year in range(said.year, said.year + 9):
        found = _day(year, month, day)
        if found is not None and found >= said:
            return found
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
