"""A day as it is spoken, *Friday* or *in two weeks*, made exact.

Owns the words. Only for where somebody sees at once which day is meant, and the day itself is kept: words that lie in a
ledger mean nothing by the day on which they are read.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from plfacilitate.core.text import fold

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = ("a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_BEFORE = frozenset({"by", "on", "until", "till", "before", "this", "coming", "in", "within"})
_NEAR = {"today": 0, "tomorrow": 1}
_MOST = 999  # days, weeks or months that are meant seriously


def spoken_day(text: str, today: date) -> date | None:
    """The day that is meant today; None = these words name none. A weekday is the next one after today."""
    words = fold(text).split()
    while words and words[0] in _BEFORE:
        words = words[1:]
    if len(words) == 1:
        return today + timedelta(days=_NEAR[words[0]]) if words[0] in _NEAR else _weekday(words[0], today)
    return _later(words[0], words[1], today) if len(words) == 2 else None


def _weekday(word: str, today: date) -> date | None:
    found = [number for number, name in enumerate(_DAYS) if len(word) >= 3 and name.startswith(word)]
    return today + timedelta(days=(found[0] - today.weekday() - 1) % 7 + 1) if len(found) == 1 else None


def _later(number: str, unit: str, today: date) -> date | None:
    many, added = _many(number), _UNITS.get(unit.removesuffix("s"))
    return added(today, many) if added is not None and 0 < many <= _MOST else None


def _many(number: str) -> int:
    """In figures, or in words up to twelve; 0 = it is no number."""
    if number.isascii() and number.isdecimal():
        return int(number[:4])
    return max(1, _NUMBERS.index(number)) if number in _NUMBERS else 0


def _months(today: date, many: int) -> date:
    """The same day of a later month, its last one where it has no such day."""
    year, month = divmod(today.year * 12 + today.month - 1 + many, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


_UNITS: Mapping[str, Callable[[date, int], date]] = {
    "day": lambda today, many: today + timedelta(days=many),
    "week": lambda today, many: today + timedelta(weeks=many),
    "month": _months,
}
