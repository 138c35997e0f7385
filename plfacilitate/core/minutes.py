"""Whole minutes and hundredths of an hour: flooring, rounding down, and how both are written for people.

Owns the arithmetic of credit's units. Never knows what a minute was spent on, and never uses a float for credit.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def minute_of(moment: datetime) -> int:
    """The whole minute of an aware moment, counted from 1970 in UTC; seconds are dropped."""
    return int(moment.timestamp() // 60)


def moment_of(minute: int) -> datetime:
    """The aware UTC moment at which a minute begins."""
    return datetime.fromtimestamp(minute * 60, UTC)


@lru_cache(maxsize=8192)
def clock(minute: int, zone: ZoneInfo) -> str:
    """A minute as the clock on the wall shows it: `8:37`."""
    local = moment_of(minute).astimezone(zone)
    return f"{local.hour}:{local.minute:02}"


def day_text(day: date) -> str:
    """A day as a sheet names it, in any locale: `Wed 6 Dec`."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


def length(minutes: int) -> str:
    """A number of minutes in hours and minutes: `5 h 39`, `6 h`, `5 h 05`, `45 min`."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02}" if rest else f"{hours} h"


def span(minutes: int) -> str:
    """A number of minutes with both units named, for where a bare number would look cut: `7 h 15 min`, `6 h`, `45 min`."""
    return f"{length(minutes)} min" if minutes > 60 and minutes % 60 else length(minutes)


def hours_text(hundredths: int) -> str:
    """Hundredths of an hour as people write them: `5.5`, `6.0`, `5.25`."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02}".removesuffix("0")


def in_hundredths(minutes: int, per_hour: int, step: int) -> int:
    """Minutes as hundredths of an hour, rounded down to a whole step of so many minutes."""
    return minutes // step * step * 100 // per_hour


def in_minutes(hundredths: int, per_hour: int) -> int:
    """Hundredths of an hour as whole minutes, rounded down."""
    return hundredths * per_hour // 100
