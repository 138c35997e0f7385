"""Local times as people and spreadsheets write them, made exact.

Owns the forms that are read and what happens where the clocks change. Never guesses a day that isn't written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})", re.ASCII)
_MONTH_FIRST = re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4}|\d{2})", re.ASCII)
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(:(?P<second>\d{2})([.,]\d+)?)?\s*((?P<half>[ap])\.?\s?m\.?)?"
    r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?",
    re.ASCII | re.IGNORECASE,
)
_PARTS = re.compile(r"(?P<day>[\d/.-]{6,10})(?:[ T,]+(?P<clock>.+))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Moment:
    """A written time made exact. `twice` = that local time came twice that day and the first one was taken."""

    at: datetime
    twice: bool = False


class UnreadableTime(Exception):
    """A written time that is none; `str()` is one sentence without the text itself."""


def parse_day(text: str) -> date | None:
    """The day in `2026-12-06` or `12/6/2026`; None = not a day."""
    match = _YEAR_FIRST.fullmatch(text) or _MONTH_FIRST.fullmatch(text)
    if not match:
        return None
    year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
    try:
        return date(year, int(match["month"]), int(match["day"])) if 1900 < year < 2200 else None
    except ValueError:
        return None


def local_day(utc: str, tz: str) -> str:
    """The day, as `2026-12-06`, that it was in a zone at a moment that `utc_text` wrote."""
    return datetime.fromisoformat(utc).astimezone(ZoneInfo(tz)).date().isoformat()


def parse_moment(text: str, zone: ZoneInfo, day: date | None = None) -> Moment:
    """The UTC moment of a local time such as `2026-12-06 08:07`, `12/6/2026 8:07 AM`, or `8:07` on a given `day`.

    Seconds, `T` and an offset of its own (`Z`, `-08:00`) are read too. Raises UnreadableTime.
    """
    text = " ".join(text.split())
    parts = _PARTS.fullmatch(text)
    written = parse_day(parts["day"]) if parts else None
    if parts and written is None:
        raise UnreadableTime("there is no such day: write YYYY-MM-DD HH:MM.")
    clock = (parts["clock"] if parts else text) or ""
    if parts and not clock:
        raise UnreadableTime("the time of day is missing: write YYYY-MM-DD HH:MM.")
    match = _CLOCK.fullmatch(clock)
    if not match:
        raise UnreadableTime("this is no time: write YYYY-MM-DD HH:MM.")
    if (on := written or day) is None:
        raise UnreadableTime("the day is missing: write YYYY-MM-DD HH:MM.")
    local = datetime.combine(on, _time_of_day(match))
    if match["zone"]:
        return Moment(local.replace(tzinfo=UTC) - _offset(match["zone"]))
    return _exact(local, zone)


def _time_of_day(match: re.Match[str]) -> time:
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise UnreadableTime("there is no such time of day: write YYYY-MM-DD HH:MM.")
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return time(hour, int(match["minute"]), int(match["second"] or 0))
    except ValueError as no:
        raise UnreadableTime("there is no such time of day: write YYYY-MM-DD HH:MM.") from no


def _offset(zone: str) -> timedelta:
    if zone in "Zz":
        return timedelta()
    size = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return -size if zone[0] == "-" else size


def _exact(local: datetime, zone: ZoneInfo) -> Moment:
    """A time that the clocks skip is none; of one that comes twice it is the first."""
    first = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    second = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) != local:
        raise UnreadableTime("the clocks were put forward then: that time does not exist on that day.")
    return Moment(first, twice=first != second)
